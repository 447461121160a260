"""How central each node is, by the measures that the field asks for, of either projection.

Directions are ignored except by PageRank; parallel edges are one tie whose strength is the number of different facts. A
networkx backend is used where one is named.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import nan
from random import Random
from typing import TYPE_CHECKING, Any

from dipgraph.network.measures import (
    EXACT,
    PIVOTS,
    SEED,
    MultiGraph,
    betweenness,
    communities,
    computing,
    degree,
    pagerank,
    undirected,
)

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Centrality:
    """One node's place in the network. The functions of this module and of `measures` say what each figure means."""

    iri: str
    label: str
    kind: str
    facts: int
    """Different facts that join it to others: its strength."""
    neighbours: int
    cooperative: int
    """Facts of a positive sign."""
    conflictual: int
    closeness: float
    harmonic: float
    betweenness: float
    eigenvector: float
    pagerank: float
    signed: float
    """Positive-negative centrality; nan where it is not defined."""
    core: int
    """The k of the innermost k-core that it is in."""
    community: int


def centralities(graph: MultiGraph, *, top: int | None = None, backend: str | None = None) -> tuple[Centrality, ...]:
    """Every measure of every node, or of the `top` first: by facts, then PageRank, then label."""
    with computing(backend):
        degrees, between, rank = degree(graph), betweenness(graph), pagerank(graph)
        near, harmony, vector, core = closeness(graph), harmonic(graph), eigenvector(graph), cores(graph)
        groups = {node: i for i, found in enumerate(communities(graph), 1) for node in found}
    signs, net = signed_degree(graph), signed(graph)
    nodes, simple = undirected(graph)
    neighbours = {node: simple.degree[i] for i, node in enumerate(nodes)}
    rows = (
        Centrality(
            iri=node, label=str(data.get("label") or node), kind=str(data.get("kind", "")),
            facts=degrees[node].total, neighbours=neighbours[node], cooperative=signs[node][0], conflictual=signs[node][1],
            closeness=near[node], harmonic=harmony[node], betweenness=between[node], eigenvector=vector[node],
            pagerank=rank[node], signed=net[node], core=core[node], community=groups[node],
        )
        for node, data in graph.nodes(data=True)
    )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.facts, -row.pagerank, row.label, row.iri))[:top])


def closeness(graph: MultiGraph) -> dict[str, float]:
    """How near a node is to those that it can reach, in steps, times the share of the network that it can reach.

    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1, 215-239; for
    networks in several parts as in Wasserman, S. & Faust, K. (1994). Social Network Analysis, equation 5.22. Above `EXACT`
    nodes it would take too long, and all have nan.
    """
    import networkx as nx

    nodes, simple = undirected(graph)
    if len(nodes) > EXACT:
        return dict.fromkeys(nodes, nan)
    return _named(nodes, nx.closeness_centrality(simple, wf_improved=True))


def harmonic(graph: MultiGraph) -> dict[str, float]:
    """The mean of one over the steps to each other node, 0 for those out of reach: from 0 to 1.

    Marchiori, M. & Latora, V. (2000). Harmony in the small-world. Physica A 285, 539-546; Boldi, P. & Vigna, S. (2014).
    Axioms for centrality. Internet Mathematics 10, 222-262. Above `EXACT` nodes it is estimated from the steps to `PIVOTS`
    others, drawn with a fixed seed: Eppstein, D. & Wang, J. (2004). Fast approximation of centrality. Journal of Graph
    Algorithms and Applications 8, 39-45.
    """
    import networkx as nx

    nodes, simple = undirected(graph)
    if len(nodes) > EXACT:
        pivots = frozenset(Random(SEED).sample(range(len(nodes)), PIVOTS))  # noqa: S311
        found = _named(nodes, nx.harmonic_centrality(simple, sources=pivots))
        return {node: value / (PIVOTS - (i in pivots)) for i, (node, value) in enumerate(found.items())}
    others = max(len(nodes) - 1, 1)
    return {node: value / others for node, value in _named(nodes, nx.harmonic_centrality(simple)).items()}


def eigenvector(graph: MultiGraph) -> dict[str, float]:
    """The centrality of those who have ties to the central, by the strength of ties; the squares add up to 1.

    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. Journal of
    Mathematical Sociology 2, 113-120. It tells apart the nodes of one component only: of a network in several parts it is
    computed for the largest (of equals the first by IRI), and 0 elsewhere.
    """
    import networkx as nx

    nodes, simple = undirected(graph)
    found = dict.fromkeys(nodes, 0.0)
    part = max(nx.connected_components(simple), key=lambda part: (len(part), -min(part)), default=set())
    if len(part) == 1:
        return {**found, nodes[min(part)]: 1.0}
    if part:
        component = _induced(simple, part)
        values = nx.eigenvector_centrality(component, max_iter=100_000, tol=1e-9, weight="weight")
        found.update((nodes[i], float(value)) for i, value in values.items())
    return found


def signed_degree(graph: MultiGraph) -> dict[str, tuple[int, int]]:
    """How many cooperative and how many conflictual facts join each node to others."""
    facts: dict[tuple[str, int], set[str]] = defaultdict(set)
    for source, target, key, data in graph.edges(keys=True, data=True):
        sign = int(data.get("sign", 0))
        if source != target and sign:
            for end in (source, target):
                facts[end, sign].add(str(data.get("fact", key)))
    return {node: (len(facts[node, 1]), len(facts[node, -1])) for node in sorted(graph)}


def signed(graph: MultiGraph) -> dict[str, float]:
    """Positive-negative centrality: high for who has friends, and friends of friends, and few enemies of both sorts.

    (I - A/(2n - 2))^-1 1, where A is 1 for a positive and -2 for a negative tie. Everett, M. G. & Borgatti, S. P. (2014).
    Networks containing negative ties. Social Networks 38, 111-120. A tie has the sign of `balance.signed`; nodes without
    signed ties are left out of n and have nan; so have two whose only tie is negative, for whom it is not defined.
    """
    import numpy as np
    from scipy.sparse import csc_array, eye_array
    from scipy.sparse.linalg import minres

    from dipgraph.network.balance import signed as signed_network

    found = dict.fromkeys(sorted(graph), nan)
    network = signed_network(graph)
    nodes = sorted(node for node, ties in network.degree if ties)
    if len(nodes) > 2 or any(tie["sign"] > 0 for _, _, tie in network.edges(data=True)):
        at = {node: i for i, node in enumerate(nodes)}
        ties = [(at[a], at[b], 1 if tie["sign"] > 0 else -2) for a, b, tie in network.edges(data=True)]
        rows, columns, signs = zip(*ties, strict=True)
        half = csc_array((signs, (rows, columns)), shape=(len(nodes), len(nodes)))
        system = eye_array(len(nodes), format="csc") - (half + half.T) / (2 * len(nodes) - 2)
        # Iterated: the factors of a sparse matrix can be dense, and the iteration takes a few steps for any network.
        values, _ = minres(system, np.ones(len(nodes)), rtol=1e-12)
        found.update(zip(nodes, map(float, values), strict=True))
    return found


def cores(graph: MultiGraph) -> dict[str, int]:
    """The largest k such that a node is among nodes that have at least k neighbours among one another.

    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5, 269-287; computed as in Batagelj, V. &
    Zaversnik, M. (2003). An O(m) algorithm for cores decomposition of networks.
    """
    import networkx as nx

    nodes, simple = undirected(graph)
    return {node: int(core) for node, core in _named(nodes, nx.core_number(simple)).items()}


def _named(nodes: list[str], values: Any) -> dict[str, float]:
    return {node: float(values[i]) for i, node in enumerate(nodes)}


def _induced(graph: "nx.Graph[int]", nodes: set[int]) -> "nx.Graph[int]":
    """As a graph of its own, in order: a view would go through a set, and backends refuse views."""
    import networkx as nx

    part: nx.Graph[int] = nx.Graph()
    part.add_nodes_from(sorted(nodes))
    part.add_edges_from((a, b, data) for a, b, data in graph.edges(data=True) if a in nodes)
    return part
