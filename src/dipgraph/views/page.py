"""One self-contained offline HTML page of a graph."""

from html import escape

from dipgraph.ontology import Ontology
from dipgraph.views.payload import Json, MultiGraph, contract

SANDBOX = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"
"""What the page may do inside a notebook: draw, save and print, open sources. It can reach nothing of the notebook."""


class Page(str):
    """The HTML of a page, which a notebook shows in a frame of its own; how much it holds, and by what that was chosen."""

    entities: int
    facts: int
    selection: str

    def __new__(cls, html: str, document: Json) -> "Page":
        made = super().__new__(cls, html)
        made.entities, made.facts = len(document["nodes"]), len(document["facts"])
        made.selection = document["selection"]
        return made

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="Graph" sandbox="{SANDBOX}" width="100%" height="680" '
            f'style="border: 1px solid #8884; border-radius: 8px" srcdoc="{escape(self)}"></iframe>'
        )


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
