"""The part of a graph that is near some of its nodes."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

MultiGraph: TypeAlias = "nx.MultiDiGraph[Any]"


def neighbourhood(graph: MultiGraph, centres: Collection[str], hops: int = 1) -> MultiGraph:
    """What is at most so many steps from one of the centres, along edges or against them, with all edges among it.

    Known to sociology as an ego network (Wasserman and Faust 1994, Social Network Analysis, p. 42).
    """
    near = frontier = {node for node in centres if node in graph}
    for _ in range(hops):
        frontier = {other for node in frontier for other in (*graph.successors(node), *graph.predecessors(node))} - near
        near = near | frontier
    part: MultiGraph = graph.subgraph(near).copy()
    return part
