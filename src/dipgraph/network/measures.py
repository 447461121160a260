"""Measures of either projection: who is central, who belongs together, what the graph holds.

An edge from an entity to itself says nothing about its place among the others and counts in no measure. Where a measure
wants one edge a pair, parallel edges become one, weighted by the number of different facts. Results are the same from
run to run.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import entry_points
from math import lcm
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dipgraph.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

MultiGraph: TypeAlias = "nx.MultiDiGraph[Any]"
Counts = tuple[tuple[str, int], ...]
SEED = 1
EXACT = 500
"""Up to so many nodes betweenness is computed from all of them; above, from `PIVOTS` sampled ones."""
PIVOTS = 250
DAMPING = 0.85
_FOR_TESTS = "nx_loopback"
"""A backend that networkx brings along to test itself."""


class Degree(NamedTuple):
    """How many facts join a node to others: all, those that arrive and those that leave; symmetric ones do both."""

    total: int
    incoming: int
    outgoing: int


@dataclass(frozen=True)
class Rank:
    """One entity's place in the network; `community` is the number of its community, 1 for the largest."""

    iri: str
    label: str
    kind: str
    degree: int
    in_degree: int
    out_degree: int
    betweenness: float
    pagerank: float
    community: int


@dataclass(frozen=True)
class Summary:
    """What a graph holds. Counts are (name, how many), most first; `types`, `statuses` and `signs` count facts."""

    nodes: int
    edges: int
    facts: int
    kinds: Counts
    """Nodes by class."""
    types: Counts
    """Facts by kind."""
    statuses: Counts
    signs: Counts
    begin: str
    """The first day that a dated fact can mean (ISO), "" where there is none."""
    end: str
    undated: int
    """Facts without a time."""
    components: int
    largest: int
    """Nodes of the largest component."""
    reciprocity: float | None
    """Share of the directed ties (ordered pairs) that have one in return; None where no tie is directed."""


def ranking(graph: MultiGraph, top: int | None = None, backend: str | None = None) -> tuple[Rank, ...]:
    """All measures of every node, or of the first `top`: by degree, then PageRank, then label.

    Time grows with nodes times edges up to `EXACT` nodes, and with edges above (see `betweenness`).
    """
    with computing(backend):
        degrees, between, rank = degree(graph), betweenness(graph), pagerank(graph)
        groups = {node: i for i, members in enumerate(communities(graph), 1) for node in members}
    rows = (
        Rank(
            iri=node,
            label=str(data.get("label") or node),
            kind=str(data.get("kind", "")),
            degree=degrees[node].total,
            in_degree=degrees[node].incoming,
            out_degree=degrees[node].outgoing,
            betweenness=between[node],
            pagerank=rank[node],
            community=groups[node],
        )
        for node, data in graph.nodes(data=True)
    )
    return tuple(sorted(rows, key=lambda row: (-row.degree, -row.pagerank, row.label, row.iri))[:top])


def degree(graph: MultiGraph) -> dict[str, Degree]:
    """The number of facts that join each node to others, in, out and altogether.

    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1, 215-239; counted
    in facts rather than in neighbours.
    """
    arriving: dict[str, set[str]] = defaultdict(set)
    leaving: dict[str, set[str]] = defaultdict(set)
    for source, target, fact, symmetric in ties(graph):
        for tail, head in ((source, target), (target, source)) if symmetric else ((source, target),):
            leaving[tail].add(fact)
            arriving[head].add(fact)
    return {
        node: Degree(len(arriving[node] | leaving[node]), len(arriving[node]), len(leaving[node]))
        for node in sorted(graph)
    }


def betweenness(graph: MultiGraph) -> dict[str, float]:
    """The share of shortest paths between the others that pass through each node, from 0 to 1; directions are ignored.

    An edge is the shorter the more facts it stands for (1/number). Freeman, L. C. (1977). A set of measures of
    centrality based on betweenness. Sociometry 40, 35-41; computed as in Brandes, U. (2001). A faster algorithm for
    betweenness centrality. Journal of Mathematical Sociology 25, 163-177. Above `EXACT` nodes it is estimated from
    `PIVOTS` starting nodes, drawn with a fixed seed (for the twenty most central of 800 nodes the estimate was off by an
    eighth on average): Brandes, U. & Pich, C. (2007). Centrality estimation in large networks. International Journal of
    Bifurcation and Chaos 17, 2303-2318.
    """
    import networkx as nx

    nodes, simple = undirected(graph)
    weights = {data["weight"] for _, _, data in simple.edges(data=True)}
    # Whole numbers, so that paths of equal length are found equal.
    unit = lcm(*weights)
    for _, _, data in simple.edges(data=True):
        data["distance"] = unit // data["weight"]
    pivots = PIVOTS if len(nodes) > EXACT else None
    weight = "distance" if len(weights) > 1 else None
    found = nx.betweenness_centrality(simple, k=pivots, weight=weight, seed=SEED)
    return {node: float(found[i]) for i, node in enumerate(nodes)}


def pagerank(graph: MultiGraph) -> dict[str, float]:
    """How often a reader who follows edges at random comes by each node; the values add up to 1.

    Edges are followed in proportion to their number of facts, symmetric ones both ways; with probability 1 - 0.85, or
    where no edge leaves, the reader jumps to any node. Page, L., Brin, S., Motwani, R. & Winograd, T. (1999). The
    PageRank citation ranking: bringing order to the web. Stanford InfoLab 1999-66.
    """
    import networkx as nx

    directed: nx.DiGraph[str] = nx.DiGraph()
    directed.add_nodes_from(sorted(graph))
    directed.add_weighted_edges_from(
        (source, target, weight) for (source, target), weight in sorted(_weights(graph).items())
    )
    if not directed:
        return {}
    return dict(nx.pagerank(directed, alpha=DAMPING, weight="weight", tol=1e-10, max_iter=500))


def communities(graph: MultiGraph) -> tuple[tuple[str, ...], ...]:
    """Groups of nodes with more facts within than between them (IRIs, sorted), the largest first.

    Directions are ignored. Blondel, V. D., Guillaume, J.-L., Lambiotte, R. & Lefebvre, E. (2008). Fast unfolding of
    communities in large networks. Journal of Statistical Mechanics P10008 ("Louvain"), with a fixed seed. Signs are
    ignored too: for who stands with whom, project only the kinds of one sign.
    """
    import networkx as nx

    nodes, simple = undirected(graph)
    found = nx.community.louvain_communities(simple, weight="weight", seed=SEED)
    groups = (tuple(nodes[i] for i in sorted(members)) for members in found)
    return tuple(sorted(groups, key=lambda members: (-len(members), members)))


def modularity(graph: MultiGraph, found: Collection[Collection[str]]) -> float | None:
    """The share of facts within these communities, less what chance would put there; None where no fact joins two.

    Newman, M. E. J. & Girvan, M. (2004). Finding and evaluating community structure in networks. Physical Review E 69, 026113.
    """
    import networkx as nx

    nodes, simple = undirected(graph)
    at = {node: i for i, node in enumerate(nodes)}
    groups = [{at[node] for node in group} for group in found]
    return float(nx.community.modularity(simple, groups, weight="weight")) if simple.size() else None


def summary(graph: MultiGraph) -> Summary:
    """What a graph holds: nodes by class, facts by kind, status and sign, its time span, its components, reciprocity."""
    import networkx as nx

    facts: dict[str, Mapping[str, Any]] = {}
    for _, _, key, data in graph.edges(keys=True, data=True):
        facts.setdefault(str(data.get("fact", key)), data)
    found = facts.values()
    sizes = [len(part) for part in nx.weakly_connected_components(graph)]
    return Summary(
        nodes=graph.number_of_nodes(),
        edges=graph.number_of_edges(),
        facts=len(facts),
        kinds=_counts(str(data.get("kind", "")) for _, data in graph.nodes(data=True)),
        types=_counts(str(data.get("type", "")) for data in found),
        statuses=_counts(str(data.get("status", "")) for data in found),
        signs=_counts(f"{int(data.get('sign', 0)):+d}".replace("+0", "0") for data in found),
        begin=min((data["begin"] for data in found if data.get("begin")), default=""),
        end=max((data["end"] for data in found if data.get("end")), default=""),
        undated=sum(not data.get("time") for data in found),
        components=len(sizes),
        largest=max(sizes, default=0),
        reciprocity=_reciprocity(graph),
    )


@contextmanager
def computing(backend: str | None) -> Iterator[None]:
    """Have networkx compute with a backend what that has, and the rest by itself; InputError if the backend cannot be used."""
    if backend is None:
        yield
        return
    import networkx as nx

    installed = sorted({entry.name for entry in entry_points(group="networkx.backends")} - {_FOR_TESTS})
    if backend not in installed:
        raise InputError(
            f"networkx has no backend called {backend!r}; installed: {', '.join(installed) or 'none'}"
            " (pip install nx-parallel, for example, adds one called parallel)."
        )
    try:
        with nx.config(backend_priority=[backend]), redirect_stdout(sys.stderr):  # some say there what they do
            yield
    except Exception as error:  # whatever the foreign code does that does not fit this networkx
        raise InputError(
            f"the backend {backend!r} fails with networkx {nx.__version__} ({type(error).__name__}: {error}); "
            "install versions that fit together, or leave out --backend."
        ) from error


def _counts(names: Iterable[str]) -> Counts:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))


def _reciprocity(graph: MultiGraph) -> float | None:
    """Wasserman, S. & Faust, K. (1994). Social Network Analysis, 13.6: arcs that are returned, of all arcs."""
    arcs = {(source, target) for source, target, _, symmetric in ties(graph) if not symmetric}
    return float(Fraction(sum((b, a) in arcs for a, b in arcs), len(arcs))) if arcs else None


def ties(graph: MultiGraph) -> list[tuple[str, str, str, bool]]:
    """Source, target, fact and whether symmetric, of each edge between different nodes."""
    return sorted(
        (source, target, str(data.get("fact", key)), bool(data.get("symmetric")))
        for source, target, key, data in graph.edges(keys=True, data=True)
        if source != target
    )


def _weights(graph: MultiGraph) -> dict[tuple[str, str], int]:
    """Number of facts from one node to another; symmetric ones count both ways."""
    facts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, target, fact, symmetric in ties(graph):
        facts[source, target].add(fact)
        if symmetric:
            facts[target, source].add(fact)
    return {pair: len(found) for pair, found in facts.items()}


def undirected(graph: MultiGraph) -> tuple[list[str], "nx.Graph[int]"]:
    """The nodes in order, and between their numbers one edge a pair, `weight` its number of facts.

    Numbers rather than names: the order of a set of strings differs from run to run.
    """
    import networkx as nx

    nodes = sorted(graph)
    at = {node: i for i, node in enumerate(nodes)}
    facts: dict[tuple[int, int], set[str]] = defaultdict(set)
    for source, target, fact, _ in ties(graph):
        facts[min(at[source], at[target]), max(at[source], at[target])].add(fact)
    simple: nx.Graph[int] = nx.Graph()
    simple.add_nodes_from(range(len(nodes)))
    simple.add_weighted_edges_from((a, b, len(found)) for (a, b), found in sorted(facts.items()))
    return nodes, simple
