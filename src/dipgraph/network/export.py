"""A projected graph as files of other programs: GraphML (yEd, Gephi), GEXF (Gephi), CSV (spreadsheets)."""

import csv
import io
import re
from typing import Any

import networkx as nx

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def graphml(graph: nx.MultiDiGraph) -> str:
    """The graph as GraphML; attributes that are lists become text joined by "; "."""
    return "\n".join(nx.generate_graphml(_plain(graph), named_key_ids=True)) + "\n"


def gexf(graph: nx.MultiDiGraph) -> str:
    """The graph as GEXF 1.2; node and edge attributes as in `graphml`."""
    return "\n".join(nx.generate_gexf(_plain(graph))) + "\n"


def csv_tables(graph: nx.MultiDiGraph) -> dict[str, str]:
    """`nodes.csv` and `edges.csv`. Cells that a spreadsheet would run as a formula start with an apostrophe."""
    nodes = [{"id": iri, **_flat(data)} for iri, data in graph.nodes(data=True)]
    edges = [{"source": a, "target": b, **_flat(data)} for a, b, data in graph.edges(data=True)]
    return {"nodes.csv": _table(nodes), "edges.csv": _table(edges)}


def _plain(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    plain = nx.MultiDiGraph()
    plain.add_nodes_from((_clean(iri), _flat(data)) for iri, data in graph.nodes(data=True))
    for source, target, key, data in graph.edges(keys=True, data=True):
        flat = _flat(data)
        plain.add_edge(_clean(source), _clean(target), key=_clean(key), **flat)
    return plain


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in sorted(data.items())}


def _text(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return _clean("; ".join(f"{name}: {', '.join(found)}" for name, found in value.items()))
    if isinstance(value, list | tuple):
        return _clean("; ".join(item["text"] if isinstance(item, dict) else str(item) for item in value))
    return _clean(str(value))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _table(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    fields = sorted(
        {name for row in rows for name in row}, key=lambda name: (name not in ("id", "source", "target"), name)
    )
    writer = csv.DictWriter(out, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
