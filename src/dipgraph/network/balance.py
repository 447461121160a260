"""The signed network, and how far it is balanced: who is for or against whom, and the triads that this makes.

Each pair has one tie, of the sign of the sum of its facts' signs: more cooperative facts than conflictual ones make it
positive, fewer negative. Where they cancel out there is no tie; such pairs are counted as `mixed`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dipgraph.network.measures import MultiGraph
from dipgraph.network.occurrences import label

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Balance:
    """How far a signed network is balanced. Triads are named by the signs of their ties."""

    nodes: int
    positive: int
    """Pairs by the sign of their tie."""
    negative: int
    mixed: int
    """Pairs whose facts cancel out."""
    ppp: int
    """Triads of friends."""
    ppn: int
    """Two enemies with a friend in common: the unbalanced sort that every theory rejects."""
    pnn: int
    """Two friends with an enemy in common."""
    nnn: int
    """Three enemies: unbalanced, but weakly balanced."""
    balanced: float | None
    """Share of balanced triads; None where there is no triad."""
    weakly_balanced: float | None

    @property
    def triads(self) -> int:
        """How many there are."""
        return self.ppp + self.ppn + self.pnn + self.nnn


@dataclass(frozen=True)
class Tie:
    """One tie of the signed network: its ends (IRIs and labels), its sign, by how many facts that leads, all its facts (IRIs)."""

    source: str
    target: str
    source_label: str
    target_label: str
    sign: int
    weight: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Triad:
    """Three that are tied each to each: their labels, the signs of the ties 1-2, 1-3 and 2-3, the facts behind them."""

    first: str
    second: str
    third: str
    signs: str
    balanced: bool
    weakly_balanced: bool
    facts: tuple[str, ...]


def signed(graph: MultiGraph) -> "nx.Graph[str]":
    """One tie a pair: `sign` (1 or -1), `weight` (by how many facts it leads), `facts` (IRIs of all that count, sorted).

    All nodes of the graph are there, in order; `graph["mixed"]` is the number of pairs without a tie whose facts cancel out.
    """
    import networkx as nx

    signs: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for source, target, key, data in graph.edges(keys=True, data=True):
        if source != target and data.get("sign"):
            signs[min(source, target), max(source, target)][str(data.get("fact", key))] = int(data["sign"])
    network: nx.Graph[str] = nx.Graph(mixed=sum(not sum(found.values()) for found in signs.values()))
    network.add_nodes_from((node, graph.nodes[node]) for node in sorted(graph))
    for (a, b), found in sorted(signs.items()):
        total = sum(found.values())
        if total:
            network.add_edge(a, b, sign=1 if total > 0 else -1, weight=abs(total), facts=tuple(sorted(found)))
    return network


def ties(network: "nx.Graph[str]") -> tuple[Tie, ...]:
    """Every tie of a signed network (see `signed`), the strongest first."""
    rows = (
        Tie(a, b, label(network, a), label(network, b), tie["sign"], tie["weight"], tie["facts"])
        for a, b, tie in network.edges(data=True)
    )
    return tuple(
        sorted(rows, key=lambda row: (-row.weight, row.source_label, row.target_label, row.source, row.target))
    )


def balance(graph: MultiGraph) -> Balance:
    """The census of signed triads and the share of them that is balanced.

    A triad is balanced if the product of its signs is positive: Cartwright, D. & Harary, F. (1956). Structural balance: a
    generalization of Heider's theory. Psychological Review 63, 277-293. It is weakly balanced unless exactly one of its ties
    is negative: Davis, J. A. (1967). Clustering and structural balance in graphs. Human Relations 20, 181-187.
    """
    network = signed(graph)
    signs = Counter(int(tie["sign"]) for _, _, tie in network.edges(data=True))
    by_negatives = Counter(triad.signs.count("-") for triad in triads(network))
    total = by_negatives.total()
    return Balance(
        nodes=len(network), positive=signs[1], negative=signs[-1], mixed=network.graph["mixed"],
        ppp=by_negatives[0], ppn=by_negatives[1], pnn=by_negatives[2], nnn=by_negatives[3],
        balanced=(by_negatives[0] + by_negatives[2]) / total if total else None,
        weakly_balanced=1 - by_negatives[1] / total if total else None,
    )  # fmt: skip


def triads(network: "nx.Graph[str]") -> Iterator[Triad]:
    """Every triad of a signed network (see `signed`) once, its three in the order of their IRIs."""
    later = {node: sorted(n for n in network[node] if n > node) for node in network}
    for first in network:
        for second, third in combinations(later[first], 2):
            if network.has_edge(second, third):
                yield _triad(network, first, second, third)


def _triad(network: "nx.Graph[str]", first: str, second: str, third: str) -> Triad:
    ties = [network.edges[pair] for pair in ((first, second), (first, third), (second, third))]
    negatives = sum(tie["sign"] < 0 for tie in ties)
    labels = [label(network, node) for node in (first, second, third)]
    return Triad(
        first=labels[0],
        second=labels[1],
        third=labels[2],
        signs="".join("+" if tie["sign"] > 0 else "-" for tie in ties),
        balanced=negatives % 2 == 0,
        weakly_balanced=negatives != 1,
        facts=tuple(sorted({fact for tie in ties for fact in tie["facts"]})),
    )
