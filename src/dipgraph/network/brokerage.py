"""Who stands between others: the roles of brokers between groups, and the structural holes around each node."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from dipgraph.network.measures import MultiGraph, communities, computing, ties, undirected
from dipgraph.network.occurrences import label

COORDINATOR, CONSULTANT, GATEKEEPER, REPRESENTATIVE, LIAISON = range(5)


@dataclass(frozen=True)
class Broker:
    """One node as a broker: how often it passes on from one to another who have no direct tie, by where the three belong."""

    iri: str
    label: str
    group: str
    coordinator: int
    """All three of one group."""
    consultant: int
    """The other two of one group, the broker of another (also "itinerant broker")."""
    gatekeeper: int
    """From outside into its own group."""
    representative: int
    """From its own group to outside."""
    liaison: int
    """All three of different groups."""
    constraint: float | None
    """How far its contacts are tied to one another (low: it bridges structural holes); None without contacts."""
    effective_size: float | None
    """Its contacts less those that are redundant."""

    @property
    def total(self) -> int:
        """In all roles."""
        return self.coordinator + self.consultant + self.gatekeeper + self.representative + self.liaison


def brokers(
    graph: MultiGraph, groups: Mapping[str, str] | None = None, *, top: int | None = None, backend: str | None = None
) -> tuple[Broker, ...]:
    """The roles and the holes of every node, or of the `top` first by the number of roles.

    `groups`: node -> name of its group, for every node; without it, the communities that Louvain finds, by number.
    Holes: Burt, R. S. (1992). Structural Holes: The Social Structure of Competition, weighted by the number of facts.
    """
    import networkx as nx

    nodes, simple = undirected(graph)
    with computing(backend):
        groups = groups or {n: str(i) for i, found in enumerate(communities(graph), 1) for n in found}
        # Of all nodes, since networkx computes that by matrices, a hundred times faster than of some.
        constraint = nx.constraint(simple, weight="weight") if nodes else {}
        size = nx.effective_size(simple, weight="weight") if nodes else {}
    counts = roles(graph, groups)
    first = sorted(graph, key=lambda node: (-sum(counts[node]), label(graph, node), node))[:top]
    at = {node: i for i, node in enumerate(nodes)}
    return tuple(
        Broker(
            node,
            label(graph, node),
            groups[node],
            *counts[node],
            constraint=_known(constraint[at[node]]),
            effective_size=_known(size[at[node]]),
        )
        for node in first
    )


def roles(graph: MultiGraph, groups: Mapping[str, str]) -> dict[str, tuple[int, int, int, int, int]]:
    """How often each node is coordinator, consultant, gatekeeper, representative and liaison.

    A broker passes on from one that has a tie to it to one that it has a tie to, where the first has no tie to the last.
    Gould, R. V. & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction networks.
    Sociological Methodology 19, 89-126. Directions count; a symmetric tie goes both ways.
    """
    heads: dict[str, set[str]] = defaultdict(set)
    tails: dict[str, set[str]] = defaultdict(set)
    for source, target, _, symmetric in ties(graph):
        for tail, head in ((source, target), (target, source)) if symmetric else ((source, target),):
            heads[tail].add(head)
            tails[head].add(tail)
    found = {}
    for node in sorted(graph):
        counts = Counter(
            _role(groups[tail], groups[node], groups[head])
            for tail in tails[node]
            for head in heads[node] - heads[tail] - {tail}
        )
        found[node] = (
            counts[COORDINATOR], counts[CONSULTANT], counts[GATEKEEPER], counts[REPRESENTATIVE], counts[LIAISON],
        )  # fmt: skip
    return found


def _role(tail: str, broker: str, head: str) -> int:
    if tail == head:
        return COORDINATOR if tail == broker else CONSULTANT
    if broker == head:
        return GATEKEEPER
    return REPRESENTATIVE if broker == tail else LIAISON


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)
