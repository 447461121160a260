"""One self-contained offline HTML page of a graph."""

from dipgraph.ontology import Ontology
from dipgraph.views.payload import MultiGraph, contract


def page(
    graph: MultiGraph, ontology: Ontology, *, title: str = "dipgraph", description: str = "", limit: int = 2500
) -> str:
    """The HTML: it opens from disk, asks for nothing, and shows every fact with its evidence.

    `limit`: how many best-linked nodes are drawn at first; the reader can raise it.
    """
    from dipgraph.views.pyvis_page import PageNetwork  # pyvis imports IPython: 0.3 s

    return str(
        PageNetwork(contract(graph, ontology, title=title, description=description, limit=limit)).generate_html()
    )
