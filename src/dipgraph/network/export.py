"""A projection as a file for other programs: GraphML (yEd, Gephi, igraph), GEXF (Gephi), CSV tables (spreadsheets, pandas).

Attributes are flattened: tuples are joined by "; ", evidence becomes its quoted words, roles "role: who, who". The kind
of fact is called `kind` here, since GEXF and Gephi keep `type` for "directed". Equal graphs give equal texts.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

MultiGraph: TypeAlias = "nx.MultiDiGraph[Any]"
Scalar: TypeAlias = "str | int | float | bool"
NODE_COLUMNS = ("id", "label", "kind", "aliases", "description", "same_as")
EDGE_COLUMNS = (
    *("source", "target", "key", "fact", "kind", "property", "symmetric", "time", "begin", "end", "status", "sign"),
    *("confidence", "sources", "attribution", "place", "roles", "evidence", "claims"),
)
DOCUMENT_COLUMNS = ("id", "title", "published", "url")
_RENAMED = {"type": "kind"}
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"[=+\-@\t\r\n]")
_DATED = re.compile(r' lastmodifieddate="[^"]*"')


def graphml(graph: MultiGraph) -> str:
    """The graph as GraphML, to be encoded as UTF-8; `networkx.read_graphml(..., force_multigraph=True)` reads it back, edge keys too.

    What is unknown is left out rather than empty. Characters that XML forbids are removed.
    """
    import networkx as nx

    flat = _empty_like(graph)
    for node, data in _nodes(graph):
        flat.add_node(_clean(node), **_known(data))
    for source, target, key, data in _edges(graph):
        flat.add_edge(_clean(source), _clean(target), key=_clean(key), **_known(data))
    out = BytesIO()
    nx.readwrite.graphml.write_graphml_xml(flat, out)
    return out.getvalue().decode()


def gexf(graph: MultiGraph) -> str:
    """The graph as GEXF 1.2, to be encoded as UTF-8, with `start` and `end` on dated edges, so that Gephi shows its timeline.

    Edge labels are the properties of the plain triples. Otherwise as `graphml`.
    """
    import networkx as nx

    flat = _empty_like(graph)
    for node, data in _nodes(graph):
        flat.add_node(_clean(node), **_known(data))
    for source, target, key, data in _edges(graph):
        known = _known(data)
        if "begin" in known:
            known["start"] = known.pop("begin")
        flat.add_edge(
            _clean(source), _clean(target), key=_clean(key), id=_clean(key), label=known.get("property", ""), **known
        )
    out = BytesIO()
    nx.write_gexf(flat, out)
    return _DATED.sub("", out.getvalue().decode(), count=1)


def csv_tables(graph: MultiGraph) -> dict[str, str]:
    """`nodes.csv`, `edges.csv` and `documents.csv` (what `sources` refers to): file name -> text, with a header row.

    A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) gets an
    apostrophe in front; numbers stay numbers. Write the text with `newline=""` and encode it as UTF-8.
    """
    nodes = [{"id": node, **data} for node, data in _nodes(graph)]
    edges = [{"source": a, "target": b, "key": key, **_renamed(data)} for a, b, key, data in _edges(graph)]
    documents = graph.graph.get("documents", {})
    sources = [{"id": name, **documents[name]} for name in sorted(documents)]
    return {
        "nodes.csv": _table(NODE_COLUMNS, nodes),
        "edges.csv": _table(EDGE_COLUMNS, edges),
        "documents.csv": _table(DOCUMENT_COLUMNS, sources),
    }


def flattened(value: Any) -> Scalar:
    """An attribute as one text or number; None becomes an empty text."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return _clean("; ".join(f"{name}: {', '.join(map(str, fillers))}" for name, fillers in value.items()))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return _clean("; ".join(_item(item) for item in value))
    return _clean("" if value is None else str(value))


def _item(item: Any) -> str:
    return f"“{item.get('text', '')}”" if isinstance(item, Mapping) else str(item)


def _clean(text: str) -> str:
    # XML reads every line break as \n; an unquoted \r would break a row of CSV.
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _empty_like(graph: MultiGraph) -> MultiGraph:
    import networkx as nx

    flat: MultiGraph = nx.MultiDiGraph()
    flat.graph.update((name, value) for name, value in graph.graph.items() if isinstance(value, str | int))
    return flat


def _nodes(graph: MultiGraph) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted(graph.nodes(data=True), key=lambda node: node[0])


def _edges(graph: MultiGraph) -> list[tuple[str, str, str, Mapping[str, Any]]]:
    return sorted(graph.edges(keys=True, data=True), key=lambda edge: (edge[2], edge[0], edge[1]))


def _renamed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {_RENAMED.get(name, name): value for name, value in data.items()}


def _known(data: Mapping[str, Any]) -> dict[str, Scalar]:
    flat = {name: flattened(value) for name, value in _renamed(data).items()}
    return {name: value for name, value in flat.items() if value != ""}


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Known columns first and always, then whatever else the rows have, sorted."""
    header = (*columns, *sorted({name for row in rows for name in row} - set(columns)))
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(row.get(name)) for name in header] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Scalar:
    flat = flattened(value)
    if isinstance(flat, bool):
        return "true" if flat else "false"
    return guarded(flat) if isinstance(flat, str) else flat


def guarded(text: str) -> str:
    """The text of a cell with an apostrophe in front if a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text
