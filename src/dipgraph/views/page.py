"""One self-contained offline HTML page of a graph."""

from typing import ClassVar

from dipgraph.ontology import Ontology
from dipgraph.views.frame import Framed
from dipgraph.views.payload import Json, MultiGraph, contract


class Page(Framed):
    """The HTML of a page, which a notebook shows in a frame of its own; how much it holds, and by what that was chosen."""

    TITLE: ClassVar[str] = "Graph"
    SANDBOX: ClassVar[str] = f"allow-scripts allow-downloads allow-modals {Framed.SANDBOX}"
    """What the page may do inside a notebook: draw, save and print, open sources."""

    entities: int
    facts: int
    selection: str

    def __new__(cls, html: str, document: Json) -> "Page":
        made = super().__new__(cls, html)
        made.entities, made.facts = len(document["nodes"]), len(document["facts"])
        made.selection = document["selection"]
        return made


def page(
    graph: MultiGraph,
    ontology: Ontology,
    *,
    title: str = "dipgraph",
    description: str = "",
    selection: str = "",
    limit: int = 2500,
) -> Page:
    """The HTML: it opens from disk, asks for nothing, and shows every fact with its evidence.

    `selection`: what was chosen from a bigger graph, in words. `limit`: how many best-linked nodes are drawn at first; the
    reader can raise it.
    """
    from dipgraph.views.pyvis_page import PageNetwork  # pyvis imports IPython: 0.3 s

    document = contract(graph, ontology, title=title, description=description, selection=selection, limit=limit)
    return Page(PageNetwork(document).generate_html(), document)
