"""A pyvis network whose file is dipgraph's page: offline, with facts, filters and evidence.

pyvis gives the model of nodes, edges and options that its users know, and a vetted copy of vis-network. Its own three
ways to write a file are blank offline or ask other servers, hence the overrides.
"""

import json
import webbrowser
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment
from markupsafe import Markup
from pyvis.network import Network

from dipgraph.errors import DipgraphError
from dipgraph.views.inline import digest, inlined, resource
from dipgraph.views.payload import CONTRACT, Json, MultiGraph, contract

SCRIPTS = (
    "elements", "document", "state", "address", "looks", "rings", "drawing", "names", "looking",
    "legend", "facts", "details", "table", "time", "search", "figure", "exports", "printing", "app",
)  # fmt: skip
"""The files of `script/`, in the order in which they need one another; together they are one script."""
ENGINE = "templates/lib/vis-9.1.2/vis-network.min.js"


class PageNetwork(Network):  # type: ignore[misc]
    """A drop-in `pyvis.network.Network`: `generate_html`, `write_html` and `show` make the self-contained page."""

    def __init__(self, document: Json | None = None, **options: Any):
        super().__init__(**{"directed": True, "cdn_resources": "in_line", **options})
        self.document = document
        if document:
            self._fill(document)

    def _fill(self, document: Json) -> None:
        """Fill pyvis's own lists: its `add_edge` searches all nodes for each edge, which is quadratic."""
        self.nodes = document["nodes"]
        self.edges = document["edges"]
        self.node_ids = [node["id"] for node in self.nodes]
        self.node_map = {node["id"]: node for node in self.nodes}

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page as one string; the arguments are pyvis's and change nothing."""
        self.html = html(self.document or contract(self._as_graph(), title=self.heading or "dipgraph"))
        return self.html

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page as UTF-8, and open it if asked."""
        path = Path(name)
        path.write_text(self.generate_html(), encoding="utf-8", newline="\n")
        if open_browser:
            webbrowser.open(path.absolute().as_uri())

    def show(self, name: str, local: bool = True, notebook: bool = False) -> Any:
        """Write the page and open it: in a frame in a notebook, else in the browser."""
        self.write_html(name, open_browser=not notebook)
        if notebook:
            from IPython.display import IFrame

            return IFrame(name, width=self.width, height=self.height)
        return None

    def _as_graph(self) -> MultiGraph:
        """What plain `add_node` and `add_edge` calls drew, as a graph whose every edge is one undated fact."""
        graph: MultiGraph = nx.MultiDiGraph()
        for node in self.nodes:
            graph.add_node(node["id"], label=str(node.get("label", node["id"])), kind=str(node.get("group", "")))
        for i, edge in enumerate(self.edges):
            kind = str(edge.get("label") or edge.get("title") or "")
            graph.add_edge(edge["from"], edge["to"], f"{i:07}", type=kind, property=kind, symmetric=not self.directed)
        return graph


def html(document: Json) -> str:
    """The page that shows a `dipgraph.page/1` document."""
    if document.get("contract") != CONTRACT:
        raise DipgraphError(
            f"the page shows {CONTRACT}, not {document.get('contract')!r}; make it by views.payload.contract"
        )
    engine = inlined((files("pyvis") / ENGINE).read_text(encoding="utf-8"))
    script = inlined("(() => {\n" + "\n".join(resource(f"script/{name}.js") for name in SCRIPTS) + "\n})();")
    style = inlined(resource("app.css"))
    policy = (
        f"default-src 'none'; script-src {digest(engine)} {digest(script)}; style-src {digest(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    data = json.dumps(document, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(resource("page.html.j2"))
    text = page.render(
        title=document["title"], policy=policy, engine=engine, script=script, style=style,
        data=Markup(data.replace("<", "\\u003c")),  # noqa: S704 - no "<" is left in it
    )  # fmt: skip
    # a lone surrogate from a broken input would make the file unwritable
    return text.encode("utf-8", "replace").decode("utf-8")
