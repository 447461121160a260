"""The factions of a signed network: the two sides that it comes closest to falling into, and what speaks against them.

A tie is frustrated if it is positive between the sides or negative within one. Factions are the two sides with the fewest
frustrated ties, and that number is the frustration index. Of equally good divisions one is given, always the same. Where no
ties join two parts of the network, each has its own two sides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dipgraph.network.balance import Tie, ties
from dipgraph.network.division import ROUNDS, divided
from dipgraph.network.occurrences import label

if TYPE_CHECKING:
    import networkx as nx


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
class Frustration:
    """The frustration index with its factions. It is at least `bound` and at most `index`, which are equal if `exact`."""

    index: int
    bound: int
    ties: int
    normalised: float | None
    """1 - 2 index/ties: from 0 to 1, 1 for balance (Aref & Wilson 2018); None where there is no tie."""
    sides: tuple[Side, ...]
    frustrated: tuple[Tie, ...]
    """The ties that go against the factions: friends on different sides, or enemies on one."""

    @property
    def exact(self) -> bool:
        """Whether no better division exists."""
        return self.index == self.bound

    @property
    def gap(self) -> float:
        """How far the index may be above the best, as a share of it."""
        return (self.index - self.bound) / self.index if self.index else 0.0


def frustration(network: "nx.Graph[str]", *, rounds: int = ROUNDS) -> Frustration:
    """The fewest ties whose sign would have to change for balance, and the factions that show it.

    `network`: see `balance.signed`. Harary, F. (1959). On the measurement of structural balance. Behavioral Science 4,
    316-323. `division.divided` says how it is solved. Where `rounds` of raising the bound (and the branching after them) do not
    suffice, the best division found and a proven lower bound are given. Normalised as in Aref, S. & Wilson, M. C. (2018).
    Measuring partial balance in signed networks. Journal of Complex Networks 6, 566-595.
    """
    first, bound = divided(network, rounds)
    every = ties(network)
    frustrated = tuple(tie for tie in every if _against(first, tie.source, tie.target, tie.sign))
    return Frustration(
        index=len(frustrated),
        bound=bound,
        ties=len(every),
        normalised=1 - 2 * len(frustrated) / len(every) if every else None,
        sides=_sides(network, first),
        frustrated=frustrated,
    )


def _sides(network: "nx.Graph[str]", first: Mapping[str, bool]) -> tuple[Side, ...]:
    rows = []
    for node in sorted(network):
        against = [n for n in network[node] if _against(first, node, n, network.edges[node, n]["sign"])]
        rows.append(
            Side(
                iri=node,
                label=label(network, node),
                faction=0 if not network.degree[node] else 1 if first[node] else 2,
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
