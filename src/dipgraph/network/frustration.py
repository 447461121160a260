"""The factions of a signed network: the two sides that it comes closest to falling into, and what speaks against them.

A tie is frustrated if it is positive between the sides or negative within one. Factions are the two sides with the fewest
frustrated ties, and that number is the frustration index. Of equally good divisions one is given, always the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

SECONDS = 60.0
"""How long the search for the best division may take by default. Networks of states are solved in seconds: 190 states
with 2,500 ties, one in ten of them against the factions, in one; 150 with a quarter of 600 against them in none."""


@dataclass(frozen=True)
class Side:
    """Where one node stands: its faction, its ties, and what a change of sides would mean for the network."""

    iri: str
    label: str
    faction: int
    """1 for the larger; 0 for a node without signed ties."""
    ties: int
    frustrated: int
    """How many of its ties go against the factions."""
    change: int
    """By how many the frustrated ties would become more if it alone changed sides; 0: it stands between them."""
    facts: tuple[str, ...]
    """IRIs of the facts behind its frustrated ties."""


@dataclass(frozen=True)
class Frustrated:
    """A tie that goes against the factions: friends on different sides (sign 1) or enemies on one side (sign -1)."""

    source: str
    target: str
    source_label: str
    target_label: str
    sign: int
    weight: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Frustration:
    """The frustration index with its factions. It is at least `bound` and at most `index`, which are equal if `exact`."""

    index: int
    bound: int
    ties: int
    normalised: float | None
    """1 - 2 index/ties: from 0 to 1, 1 for balance (Aref & Wilson 2018); None where there is no tie."""
    sides: tuple[Side, ...]
    frustrated: tuple[Frustrated, ...]

    @property
    def exact(self) -> bool:
        """Whether no better division exists."""
        return self.index == self.bound

    @property
    def gap(self) -> float:
        """How far the index may be above the best, as a share of it."""
        return (self.index - self.bound) / self.index if self.index else 0.0


def frustration(network: "nx.Graph[str]", *, seconds: float = SECONDS) -> Frustration:
    """The fewest ties whose sign would have to change for balance, and the factions that show it.

    `network`: see `balance.signed`. Harary, F. (1959). On the measurement of structural balance. Behavioral Science 4,
    316-323. Solved as the XOR model of Aref, S., Mason, A. J. & Wilson, M. C. (2020). A modeling and computational study of
    the frustration index in signed networks. Networks 75, 95-110, with their cuts for unbalanced triads, by HiGHS. Where
    `seconds` do not suffice, the best division found and a proven lower bound are given. Normalised as in Aref, S. &
    Wilson, M. C. (2018). Measuring partial balance in signed networks. Journal of Complex Networks 6, 566-595.
    """
    nodes = [node for node, ties in sorted(network.degree) if ties]
    ties = sorted((min(a, b), max(a, b), int(tie["sign"])) for a, b, tie in network.edges(data=True))
    first, bound = _division(nodes, ties, seconds)
    first = _improved(first, network, nodes)
    index = sum(_against(first, a, b, sign) for a, b, sign in ties)
    return Frustration(
        index=index,
        bound=min(bound, index),
        ties=len(ties),
        normalised=1 - 2 * index / len(ties) if ties else None,
        sides=_sides(network, first),
        frustrated=tuple(
            Frustrated(a, b, _label(network, a), _label(network, b), sign, tie["weight"], tie["facts"])
            for a, b, sign in ties
            for tie in (network.edges[a, b],)
            if _against(first, a, b, sign)
        ),
    )


def _division(nodes: list[str], ties: list[tuple[str, str, int]], seconds: float) -> tuple[dict[str, bool], int]:
    """Who is on the side of whom, and a lower bound of the frustrated ties that any division has."""
    import numpy as np
    from scipy.optimize import Bounds, milp

    if not ties:
        return dict.fromkeys(nodes, True), 0
    count = len(nodes)
    upper = np.ones(count + len(ties))
    lower = np.zeros(count + len(ties))
    lower[_busiest(nodes, ties)] = 1  # sides can be exchanged: one node's is given
    solved = milp(
        c=np.concatenate([np.zeros(count), np.ones(len(ties))]),
        integrality=np.concatenate([np.ones(count), np.zeros(len(ties))]),
        bounds=Bounds(lower, upper),
        constraints=_constraints(nodes, ties),
        options={"time_limit": seconds},
    )
    bound = 0 if solved.mip_dual_bound is None else max(0, ceil(solved.mip_dual_bound - 1e-6))
    values = np.ones(count) if solved.x is None else solved.x
    return {node: bool(values[i] > 0.5) for i, node in enumerate(nodes)}, bound


def _constraints(nodes: list[str], ties: list[tuple[str, str, int]]) -> Any:
    """Two for each tie, that it counts as frustrated where it is; one for each unbalanced triad, that one of its ties is."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    at = {node: i for i, node in enumerate(nodes)}
    rows: list[dict[int, int]] = []
    least: list[int] = []
    for k, (a, b, sign) in enumerate(ties, len(nodes)):
        if sign > 0:
            rows += [{k: 1, at[a]: -1, at[b]: 1}, {k: 1, at[a]: 1, at[b]: -1}]
            least += [0, 0]
        else:
            rows += [{k: 1, at[a]: -1, at[b]: -1}, {k: 1, at[a]: 1, at[b]: 1}]
            least += [-1, 1]
    triads = _unbalanced(ties)
    rows += [dict.fromkeys((len(nodes) + k for k in triad), 1) for triad in triads]
    least += [1] * len(triads)
    cells = [(i, j, value) for i, row in enumerate(rows) for j, value in row.items()]
    i, j, values = zip(*cells, strict=True)
    return LinearConstraint(csr_array((values, (i, j)), shape=(len(rows), len(nodes) + len(ties))), lb=least)


def _unbalanced(ties: list[tuple[str, str, int]]) -> list[tuple[int, int, int]]:
    """The triads with an odd number of negative ties, as the numbers of their ties."""
    number = {(a, b): k for k, (a, b, _) in enumerate(ties)}
    later: dict[str, list[str]] = {}
    for a, b, _ in ties:
        later.setdefault(a, []).append(b)
    found = (
        (number[a, b], number[a, c], number[b, c])
        for a, heads in later.items()
        for i, b in enumerate(heads)
        for c in heads[i + 1 :]
        if (b, c) in number
    )
    return [triad for triad in found if sum(ties[k][2] < 0 for k in triad) % 2]


def _busiest(nodes: list[str], ties: Iterable[tuple[str, str, int]]) -> int:
    count = dict.fromkeys(nodes, 0)
    for a, b, _ in ties:
        count[a] += 1
        count[b] += 1
    return max(range(len(nodes)), key=lambda i: (count[nodes[i]], -i))


def _improved(first: Mapping[str, bool], network: "nx.Graph[str]", nodes: list[str]) -> dict[str, bool]:
    """The division after every single change of sides that leaves fewer ties frustrated; an exact one stays as it is."""
    sides = dict(first)
    while gain := next((node for node in nodes if _change(network, sides, node) < 0), None):
        sides[gain] = not sides[gain]
    return sides


def _sides(network: "nx.Graph[str]", first: Mapping[str, bool]) -> tuple[Side, ...]:
    larger = 2 * sum(first.values()) >= len(first)
    rows = []
    for node in sorted(network):
        against = [n for n in network[node] if _against(first, node, n, network.edges[node, n]["sign"])]
        rows.append(
            Side(
                iri=node,
                label=_label(network, node),
                faction=0 if node not in first else 1 if first[node] == larger else 2,
                ties=network.degree[node],
                frustrated=len(against),
                change=_change(network, first, node),
                facts=tuple(sorted({fact for n in against for fact in network.edges[node, n]["facts"]})),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.faction == 0, row.faction, -row.ties, row.label, row.iri)))


def _change(network: "nx.Graph[str]", sides: Mapping[str, bool], node: str) -> int:
    against = sum(_against(sides, node, n, tie["sign"]) for n, tie in network[node].items())
    return network.degree[node] - 2 * against


def _against(sides: Mapping[str, bool], a: str, b: str, sign: int) -> bool:
    return (sides[a] == sides[b]) != (sign > 0)


def _label(network: "nx.Graph[str]", node: str) -> str:
    return str(network.nodes[node].get("label") or node)
