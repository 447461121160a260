"""The knowledge graph as Python users hold it: the store, with its projection to networkx."""

from typing import TYPE_CHECKING, Any

from dipgraph.knowledge import store

if TYPE_CHECKING:
    import networkx as nx


class KnowledgeGraph(store.KnowledgeGraph):
    """A knowledge graph that is open: `dipgraph.open("KG")` opens one to read; `dataset` is its rdflib Dataset."""

    def to_networkx(self, lens: str = "entities", **options: Any) -> "nx.MultiDiGraph[Any]":
        """The facts that are said to be so as a MultiDiGraph of `entities`, or as dyads of `states`.

        Options as in `dipgraph.networkx`. Edges carry fact, type, time, status, sign and sources.

        >>> with dipgraph.open("KG") as kg:
        ...     kg.to_networkx("states").number_of_edges()
        """
        from dipgraph.pipeline.outputs import networkx

        return networkx(self, lens, **options)
