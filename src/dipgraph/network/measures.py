"""Measures of a projected graph: who is central, which groups hold together, what the graph is made of."""

from collections import Counter
from dataclasses import dataclass

import networkx as nx

SEED = 1
EXACT_BETWEENNESS = 2000
"""Up to so many nodes betweenness is exact; above, it is estimated from that many sampled sources (Brandes & Pich 2007)."""


@dataclass(frozen=True)
class Rank:
    """One node's standing. Degrees count facts; betweenness and PageRank lie in [0, 1]; communities are numbered by size."""

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
class Overview:
    """What a graph is made of. `reciprocity` is the share of directed pairs of nodes that also run the other way."""

    nodes: int
    edges: int
    facts: int
    components: int
    reciprocity: float
    begin: str
    end: str
    kinds: dict[str, int]
    statuses: dict[str, int]
    signs: dict[int, int]


def weighted(graph: nx.MultiDiGraph) -> nx.Graph:
    """The undirected simple graph whose `weight` counts the facts between two nodes, `distance` its inverse."""
    pairs: Counter[tuple[str, str]] = Counter()
    seen = set()
    for source, target, fact in graph.edges(data="fact"):
        pair = (min(source, target), max(source, target))
        if (pair, fact) not in seen:
            seen.add((pair, fact))
            pairs[pair] += 1
    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    simple.add_edges_from((a, b, {"weight": n, "distance": 1 / n}) for (a, b), n in sorted(pairs.items()))
    return simple


def degree(graph: nx.MultiDiGraph) -> dict[str, int]:
    """How many edges touch each node (Freeman 1977, not normalised: parallel facts count)."""
    return dict(graph.degree())


def betweenness(graph: nx.MultiDiGraph) -> dict[str, float]:
    """The share of shortest paths through each node (Freeman 1977; algorithm of Brandes 2001); more facts, shorter way."""
    simple = weighted(graph)
    sample = EXACT_BETWEENNESS if len(simple) > EXACT_BETWEENNESS else None
    return dict(nx.betweenness_centrality(simple, k=sample, weight="distance", seed=SEED))


def pagerank(graph: nx.MultiDiGraph) -> dict[str, float]:
    """The stationary share of a random walk that follows facts both ways (Page et al. 1999, damping 0.85)."""
    simple = weighted(graph)
    return dict(nx.pagerank(simple, weight="weight")) if len(simple) else {}


def communities(graph: nx.MultiDiGraph) -> tuple[frozenset[str], ...]:
    """Groups of nodes with more facts inside than between (Louvain: Blondel et al. 2008, seeded), the largest first."""
    simple = weighted(graph)
    found = nx.community.louvain_communities(simple, weight="weight", seed=SEED) if len(simple) else []
    return tuple(sorted((frozenset(group) for group in found), key=lambda group: (-len(group), min(group))))


def ranking(graph: nx.MultiDiGraph, top: int | None = None) -> tuple[Rank, ...]:
    """All measures of every node, the highest PageRank first; `top` keeps so many."""
    between, rank = betweenness(graph), pagerank(graph)
    group = {iri: number for number, members in enumerate(communities(graph), 1) for iri in members}
    rows = (
        Rank(
            iri, data["label"], data["kind"], graph.degree(iri), graph.in_degree(iri), graph.out_degree(iri),
            round(between[iri], 6), round(rank[iri], 6), group[iri],
        )
        for iri, data in graph.nodes(data=True)
    )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.pagerank, row.iri))[:top])


def overview(graph: nx.MultiDiGraph) -> Overview:
    """Counts over a graph: nodes, edges, distinct facts by kind, status and sign, the span of their times."""
    facts = {data["fact"]: data for _, _, data in graph.edges(data=True)}
    begins = [data["begin"] for data in facts.values() if data["begin"]]
    ends = [data["end"] for data in facts.values() if data["end"]]
    simple = nx.DiGraph(graph)
    return Overview(
        nodes=len(graph),
        edges=graph.number_of_edges(),
        facts=len(facts),
        components=nx.number_weakly_connected_components(graph) if len(graph) else 0,
        reciprocity=round(nx.overall_reciprocity(simple), 4) if simple.number_of_edges() else 0.0,
        begin=min(begins, default=""),
        end=max(ends, default=""),
        kinds=dict(Counter(data["type"] for data in facts.values()).most_common()),
        statuses=dict(Counter(data["status"] for data in facts.values()).most_common()),
        signs=dict(Counter(data["sign"] for data in facts.values()).most_common()),
    )
