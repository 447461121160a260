"""A networkx graph and the ontology's drawing of it -> the `dipgraph.page/1` contract that the page's script reads."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote, urlsplit

import networkx as nx

from dipgraph.model import Time
from dipgraph.network import periods
from dipgraph.ontology import EntityClass, Kind, Ontology
from dipgraph.views.layout import positions

Json = dict[str, Any]
MultiGraph: TypeAlias = "nx.MultiDiGraph[Any]"
CONTRACT = "dipgraph.page/1"
WEB = re.compile(r"https?://[^\s\x00-\x20<>\"\\]+", re.IGNORECASE)
SHAPES = {
    "dot": 1.0,
    "square": 0.86,
    "diamond": 1.2,
    "triangle": 1.12,
    "triangleDown": 1.12,
    "hexagon": 1.08,
    "star": 1.28,
}
"""Shapes that take a size, with the factor that makes equal sizes look equal."""
ARROWS = frozenset({"arrow", "bar", "circle", "diamond", "vee", "none"})
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
GREY = "#888888"


def contract(
    graph: MultiGraph,
    ontology: Ontology | None = None,
    *,
    title: str = "",
    description: str = "",
    selection: str = "",
    limit: int = 2500,
) -> Json:
    """Everything that the page shows, as `page.schema.json` describes it.

    Lists are sorted and cross-referenced by index: equal graphs give equal bytes.
    """
    rows = sorted(graph.edges(keys=True, data=True), key=lambda row: (str(row[2]), str(row[0]), str(row[1])))
    order = _ranked(graph, rows)
    node_at = {node: i for i, (node, _) in enumerate(order)}
    told = _told(rows, graph.graph.get("loose", {}))
    docs, doc_at = _documents(graph, told.values())
    facts, fact_at = _facts(told, doc_at, ontology)
    classes = _classes(Counter(str(graph.nodes[node].get("kind", "")) for node, _ in order), ontology)
    relations = _relations(Counter(fact["relation"] for fact in facts), ontology)
    statuses = _statuses(Counter(fact["status"] for fact in facts), ontology)
    for fact in facts:
        fact["relation"] = _index(relations, fact["relation"])
        fact["status"] = _index(statuses, fact["status"])
        fact["parties"] = sorted(node_at[end] for end in fact["parties"] if end in node_at)
    edges = _edges(rows, node_at, fact_at, facts, relations)
    return {
        "contract": CONTRACT, "title": title, "description": description, "selection": selection, "limit": max(1, limit),
        "nodes": _nodes(graph, order, classes, edges), "edges": edges, "facts": facts, "docs": docs,
        "classes": classes, "relations": relations, "statuses": statuses,
    }  # fmt: skip


def web(url: str) -> str:
    """The URL if a browser may follow it from a page (http or https), else nothing."""
    try:
        return url if WEB.fullmatch(url) and urlsplit(url).hostname else ""
    except ValueError:  # brackets that hold no address
        return ""


def _ranked(graph: MultiGraph, rows: list[Any]) -> list[tuple[Any, int]]:
    """Nodes with their number of facts, best linked first: the order of labels, of drawing limits and of search."""
    linked: dict[Any, set[str]] = defaultdict(set)
    for source, target, key, data in rows:
        for end in (source, target):
            linked[end].add(str(data.get("fact", key)))
    for name, told in graph.graph.get("loose", {}).items():
        for end in told["parties"]:
            linked[end].add(str(name))
    ranked = ((node, len(linked[node])) for node in graph.nodes)
    return sorted(ranked, key=lambda pair: (-pair[1], str(graph.nodes[pair[0]].get("label", pair[0])), str(pair[0])))


def _link(url: str) -> list[str]:
    """What to call it, and the URL: the end of its path, which is an identifier as a rule, and whose it is."""
    address = urlsplit(url)
    return [" · ".join(part for part in (unquote(address.path).strip("/").rsplit("/", 1)[-1], _host(url)) if part), url]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _documents(graph: MultiGraph, told: Iterable[Mapping[str, Any]]) -> tuple[list[Json], dict[str, int]]:
    """The documents that say something of these facts."""
    documents: Mapping[str, Mapping[str, Any]] = graph.graph.get("documents", {})
    cited = {
        str(name)
        for data in told
        for name in (*data.get("sources", ()), *(quote.get("document") for quote in data.get("evidence", ())))
    }
    docs = []
    for key in sorted(cited & documents.keys()):
        url = web(str(documents[key].get("url") or ""))
        title, date = str(documents[key].get("title") or key), str(documents[key].get("published") or "")
        docs.append({"id": key, "title": title, "date": date, "url": url, "publisher": _host(url)})
    return docs, {doc["id"]: i for i, doc in enumerate(docs)}


def _told(rows: list[Any], loose: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """What is told of each fact, however many edges draw it, or none."""
    unique = {str(name): loose[name] for name in sorted(loose)}
    for _, _, key, data in rows:
        unique.setdefault(str(data.get("fact", key)), data)
    return unique


def _facts(
    told: Mapping[str, Mapping[str, Any]], doc_at: dict[str, int], ontology: Ontology | None
) -> tuple[list[Json], dict[str, int]]:
    """One entry a fact; dated ones first, in order of time."""
    facts = [_fact(name, data, doc_at, ontology) for name, data in told.items()]
    facts.sort(key=lambda fact: (fact["t0"] is None, fact["t0"] or 0, fact["time"], fact["id"]))
    return facts, {fact["id"]: i for i, fact in enumerate(facts)}


def _fact(name: str, data: Mapping[str, Any], doc_at: dict[str, int], ontology: Ontology | None) -> Json:
    relation, time = str(data.get("type", "")), str(data.get("time") or "")
    kind = ontology.kinds.get(relation) if ontology else None
    lasts = bool(kind and time and periods.lasts(Time(time), kind))
    begin, end = _month(data.get("begin")), _month(data.get("end"))
    evidence = [
        {
            "doc": doc_at.get(str(quote.get("document")), -1),
            "status": _status_told(quote, data, ontology),
            **{part: str(quote.get(part, "")) for part in ("before", "text", "after")},
        }
        for quote in data.get("evidence", ())
    ]
    return {
        "id": name, "relation": relation, "status": str(data.get("status", "")), "time": time, "lasts": lasts,
        "t0": begin, "t1": None if lasts else end, "confidence": round(float(data.get("confidence", 1.0)), 3),
        "attribution": _texts(data.get("attribution", ())), "place": _texts(data.get("place", ())),
        "roles": [[str(role), _texts(fillers)] for role, fillers in sorted(dict(data.get("roles", {})).items())],
        "parties": _texts(data.get("parties", ())), "docs": sorted(doc_at[source] for source in map(str, data.get("sources", ())) if source in doc_at),
        "evidence": evidence,
    }  # fmt: skip


def _status_told(quote: Mapping[str, Any], data: Mapping[str, Any], ontology: Ontology | None) -> str:
    """The status that a document gives to the fact, in words; nothing where it is the fact's own."""
    status = str(quote.get("status") or "")
    if status in ("", str(data.get("status", ""))):
        return ""
    return ontology.statuses[status].label if ontology and status in ontology.statuses else status


def _texts(values: Iterable[Any]) -> list[str]:
    return [str(value) for value in values]


def _month(day: Any) -> int | None:
    """Months since year 0, the page's unit of time; None where open."""
    match = re.match(r"(\d{4})-(\d{2})", str(day or ""))
    return int(match[1]) * 12 + int(match[2]) - 1 if match else None


def _edges(
    rows: list[Any], node_at: dict[Any, int], fact_at: dict[str, int], facts: list[Json], relations: list[Json]
) -> list[Json]:
    """One line for all facts of the same relation between the same two nodes in the same direction."""
    grouped: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for source, target, key, data in rows:
        a, b, symmetric = node_at[source], node_at[target], bool(data.get("symmetric"))
        if symmetric and a > b:
            a, b = b, a
        fact = fact_at[str(data.get("fact", key))]
        name = str(data.get("role") or _words(str(data.get("property", ""))))
        grouped[a, b, facts[fact]["relation"], name, symmetric].add(fact)
    names = [node for node, _ in sorted(node_at.items(), key=lambda item: item[1])]
    edges = [
        {
            "id": "|".join((*_lasting_ends(str(names[a]), str(names[b]), symmetric), name, relations[relation]["id"])),
            "from": a,
            "to": b,
            "relation": relation,
            "property": name,
            "symmetric": symmetric,
            "facts": sorted(found),
        }
        for (a, b, relation, name, symmetric), found in sorted(grouped.items())
    ]
    return _curved(edges)


def _lasting_ends(a: str, b: str, symmetric: bool) -> tuple[str, str]:
    """As addresses name them: the same whoever is better linked in this graph."""
    return (min(a, b), max(a, b)) if symmetric else (a, b)


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


def _curved(edges: list[Json]) -> list[Json]:
    """Parallel lines bend apart by equal steps; a lone line stays straight."""
    pairs: dict[tuple[int, int], list[Json]] = defaultdict(list)
    for edge in edges:
        pairs[min(edge["from"], edge["to"]), max(edge["from"], edge["to"])].append(edge)
    for together in pairs.values():
        step = min(0.24, 1.3 / len(together))
        for i, edge in enumerate(together):
            bend = (i - (len(together) - 1) / 2) * step
            edge["curve"] = round(bend if edge["from"] <= edge["to"] else -bend, 3)
    return edges


def _nodes(graph: MultiGraph, order: list[tuple[Any, int]], classes: list[Json], edges: list[Json]) -> list[Json]:
    top = max((degree for _, degree in order), default=1) or 1
    sizes = [5 + 14 * (degree / top) ** 0.6 if degree else 5.0 for _, degree in order]
    places = positions(len(order), ((edge["from"], edge["to"], len(edge["facts"])) for edge in edges), sizes)
    at = {entry["id"]: i for i, entry in enumerate(classes)}
    nodes = []
    for (node, degree), size, (x, y) in zip(order, sizes, places, strict=True):
        data = graph.nodes[node]
        group = at[str(data.get("kind", ""))]
        links = [_link(url) for url in map(web, _texts(data.get("same_as", ()))) if url]
        aliases = [alias for alias in _texts(data.get("aliases", ())) if alias != data.get("label")]
        nodes.append({
            "id": str(node), "label": str(data.get("label") or node), "group": group, "shape": classes[group]["shape"],
            "x": x, "y": y, "size": round(size * SHAPES[classes[group]["shape"]], 1), "degree": degree,
            "about": {"description": str(data.get("description") or ""), "aliases": aliases, "links": links},
        })  # fmt: skip
    return nodes


def _classes(counts: Counter[str], ontology: Ontology | None) -> list[Json]:
    known: dict[str, EntityClass | Kind] = {**ontology.kinds, **ontology.classes} if ontology else {}
    entries = [
        {
            "id": name,
            "label": known[name].label if name in known else name or "Unclassified",
            "shape": known[name].shape if name in known and known[name].shape in SHAPES else "dot",
            "color": _color(known[name].color) if name in known else GREY,
            "count": count,
            "fact": name in ontology.kinds if ontology else False,
        }
        for name, count in counts.items()
    ]
    return sorted(entries, key=lambda entry: (-int(entry["count"]), str(entry["id"])))


def _relations(counts: Counter[str], ontology: Ontology | None) -> list[Json]:
    entries = []
    for name, count in counts.items():
        kind = ontology.kinds.get(name) if ontology else None
        entries.append({
            "id": name, "count": count, "label": kind.label if kind else name or "Unnamed",
            "definition": kind.definition if kind else "", "sign": kind.sign if kind else 0,
            "color": _color(kind.color) if kind else GREY,
            "shape": kind.shape if kind and kind.shape in ARROWS else "arrow",
        })  # fmt: skip
    return sorted(entries, key=lambda entry: (-entry["count"], entry["id"]))


def _statuses(counts: Counter[str], ontology: Ontology | None) -> list[Json]:
    """The status that holds most firmly first: an edge is drawn with the first that one of its facts has."""
    known = ontology.statuses if ontology else {}
    ordered = sorted(counts, key=lambda name: (known[name].rank if name in known else 99, name))
    plain = ontology.default_status if ontology else None
    return [
        {
            "id": name,
            "label": known[name].label if name in known else name or "unstated",
            "dash": [int(part) for part in re.findall(r"\d+", known[name].dash)] if name in known else [],
            "plain": plain in (name, None),
        }
        | {"count": counts[name]}
        for name in ordered
    ]


def _color(color: str) -> str:
    return color.lower() if COLOR.fullmatch(color) else GREY


def _index(entries: list[Json], name: str) -> int:
    return next(i for i, entry in enumerate(entries) if entry["id"] == name)
