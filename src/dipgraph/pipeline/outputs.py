"""The verbs that take a knowledge graph elsewhere: to networkx, to a page, to measures, to files of other programs."""

import difflib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from pyoxigraph import RdfFormat, Triple, serialize

from dipgraph.errors import InputError
from dipgraph.knowledge import gazetteer, quads
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.model import Time
from dipgraph.ontology import shipped
from dipgraph.pipeline import Folders, Progress, Summary, build, load_ontology
from dipgraph.pipeline.answers import Graph, Question, Table, ask, opened, questions

if TYPE_CHECKING:
    import networkx as nx

    from dipgraph.views.page import Page


LENSES = ENTITIES, STATES, FACTS = ("entities", "states", "facts")
Day = date | str | int
"""A date, or like "2020-05-06", "2020-05", "2020" or 2020, which is then the first or the last day of that month or year."""
ALL = "all"
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
RDF: Mapping[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD,
}  # fmt: skip
EXPORTS: Mapping[str, str] = {
    "turtle": "ttl", "trig": "trig", "nquads": "nq", "jsonld": "jsonld", "graphml": "graphml", "gexf": "gexf", "csv": "csv",
}  # fmt: skip
"""Formats of export with the suffix of their files."""


class Filters(TypedDict, total=False):
    """Which facts of a graph, as `networkx` explains them."""

    status: str
    kinds: Collection[str]
    as_of: Day | None
    between: tuple[Day | None, Day | None] | None
    min_confidence: float


def networkx(
    graph: Graph,
    lens: str = ENTITIES,
    *,
    status: str = "",
    kinds: Collection[str] = (),
    as_of: Day | None = None,
    between: tuple[Day | None, Day | None] | None = None,
    min_confidence: float = 0.0,
    ontology: Folders = (),
) -> "nx.MultiDiGraph[Any]":
    """The graph for networkx: `entities` and the facts between them; `states`, to which the acts of persons are lifted; or
    `facts`, each a node of its own, joined to the fillers of its roles.

    `status`: the facts of that status, or of `all`; without it, those that are said to be so. `kinds`: of these kinds only.
    `as_of`: as it stood on a day: all events until then, and of what lasts, what then lasted. `between`: what may have
    happened, or held, from a first to a last day (None: open). Undated facts count in neither. `min_confidence`: none that
    is less to be trusted.

    >>> dipgraph.networkx("KG", "states", as_of="2020-05").number_of_edges()
    """
    from dipgraph.network import periods, projection

    rules = load_ontology(ontology, graph)
    if status not in (ALL, "", *rules.statuses):
        near = difflib.get_close_matches(status, rules.statuses, n=1)
        hint = f"did you mean {near[0]}? There are" if near else "choose"
        raise InputError(f"--status {status}: there is no such status; {hint} {', '.join(rules.statuses)} or {ALL}.")
    if lens not in LENSES:
        raise InputError(f"--lens {lens}: there is no such lens; choose {', '.join(LENSES)}.")
    first, last = period_of(as_of, between)
    statuses = None if status == ALL else (status,)
    options: dict[str, Any] = {"statuses": statuses, "kinds": named(kinds) or None, "min_confidence": min_confidence}

    def cut(seen: "nx.MultiDiGraph[Any]") -> "nx.MultiDiGraph[Any]":
        if as_of is None and between is None:
            return seen
        part = periods.during(seen, rules, (first, last)) if as_of is None else periods.as_of(seen, rules, last)
        return _without_loose(part, lambda told: periods.falls(_time(told), rules.kind(told["type"]), (first, last)))

    with opened(graph) as kg:
        if lens == STATES:
            return cut(projection.dyads(kg, rules, gazetteer.load(), **options))
        plain = projection.entities(kg, rules, **options)
        return (
            cut(plain)
            if lens == ENTITIES
            else _without(cut(projection.incidence(kg, rules, **options)), _facts(plain) - _facts(cut(plain)))
        )


def _time(told: Mapping[str, Any]) -> Time | None:
    return Time(told["time"]) if told["time"] else None


def _without_loose(graph: "nx.MultiDiGraph[Any]", stays: Callable[[Mapping[str, Any]], bool]) -> "nx.MultiDiGraph[Any]":
    """The graph with those of its facts without an edge that stay."""
    graph.graph["loose"] = {fact: told for fact, told in graph.graph.get("loose", {}).items() if stays(told)}
    return graph


def _facts(graph: "nx.MultiDiGraph[Any]") -> set[str]:
    return {data["fact"] for *_, data in graph.edges(data=True)}


def _without(graph: "nx.MultiDiGraph[Any]", ended: Iterable[str]) -> "nx.MultiDiGraph[Any]":
    """The graph of facts without those that others had ended, which only their plain triples tell."""
    graph.remove_nodes_from(ended)
    graph.remove_nodes_from([node for node, degree in graph.degree() if not degree])
    return graph


def period_of(as_of: Day | None, between: tuple[Day | None, Day | None] | None) -> tuple[date, date]:
    """First and last day that are asked for; InputError if what is given is no date, or both are given."""
    from dipgraph.network import periods

    if as_of is not None and between is not None:
        raise InputError("give either --as-of or --between, not both.")
    first, last = (None, as_of) if between is None else between
    return periods.bounds((_day(first, last=False), _day(last, last=True)))


def _day(given: Day | None, *, last: bool) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        time = Time(str(given))
        return (time.end if last else time.begin) if _DAY.fullmatch(time.value) else date.fromisoformat(time.value)
    except ValueError:
        raise InputError(f"{given}: not a date; write it like 2020-05-06, 2020-05 or 2020.") from None


def view(
    graph: Graph,
    output: Path | str | None = None,
    *,
    lens: str = ENTITIES,
    focus: str | Iterable[str] = (),
    hops: int = 1,
    title: str = "",
    limit: int = 2500,
    ontology: Folders = (),
    **filters: Unpack[Filters],
) -> "Page":
    """The graph as one HTML page that opens offline, every fact with its evidence; written to `output` if that is given.

    A notebook shows it in a frame. `focus`: only what is at most `hops` steps from the entities of that name. `filters`:
    status, kinds, as_of, between, min_confidence as in `networkx`, though of every status unless one is given; what they
    leave out is not in the page at all. `limit`: how many best-linked nodes are drawn at first.

    >>> dipgraph.view("KG", "graph.html", focus="Kim Jong-un", hops=2)
    """
    from dipgraph.network.neighbourhood import neighbourhood
    from dipgraph.views.page import page

    names = named(focus)
    wanted: Filters = {"status": ALL, **filters}
    drawn = networkx(graph, lens, ontology=ontology, **wanted)
    if names:
        steps = 2 * hops if lens == FACTS else hops  # from an entity to the next by way of a fact
        drawn = neighbourhood(drawn, _called(graph, names), steps)
        drawn = _without_loose(drawn, lambda told: any(end in drawn for end in told["parties"]))
    within = f"within {hops} {'step' if hops == 1 else 'steps'} of {', '.join(names)}" if names else ""
    selection = "; ".join(part for part in (*_described(wanted), within) if part)
    html = page(drawn, load_ontology(ontology, graph), title=title or "dipgraph", selection=selection, limit=limit)
    if output:
        write(output, html.encode())
    return html


def named(given: str | Iterable[str]) -> tuple[str, ...]:
    """Names, of which a single one may be given as it is."""
    return (given,) if isinstance(given, str) else tuple(given)


def _described(filters: Filters) -> Iterator[str]:
    """What was asked for, in words."""
    if (status := filters.get("status", ALL)) != ALL:
        yield f"status {status}"
    if kinds := filters.get("kinds"):
        yield f"kinds {', '.join(named(kinds))}"
    if (day := filters.get("as_of")) is not None:
        yield f"as of {day}"
    if between := filters.get("between"):
        yield f"between {' and '.join(str(day or 'any day') for day in between)}"
    if least := filters.get("min_confidence"):
        yield f"confidence at least {least}"


def _called(graph: Graph, names: Iterable[str]) -> list[str]:
    """The entities of these names; QueryError with near names for one that the graph does not know."""
    with opened(graph) as kg:
        return [entity.iri for name in names for entity in kg.find(name)]


def export(
    graph: Graph,
    format: str,
    *,
    lens: str = ENTITIES,
    ontology: Folders = (),
    **filters: Unpack[Filters],
) -> dict[str, bytes]:
    """The graph as files of other programs, by file name (CSV is three); `EXPORTS` lists the formats.

    The RDF formats give all that the graph holds, the others the network through a lens, filtered as in `networkx`.

    >>> dipgraph.export("KG", "turtle")["graph.ttl"]
    """
    from dipgraph.network import export as files

    if format not in EXPORTS:
        raise InputError(f"-f {format}: there is no such format; choose {', '.join(EXPORTS)}.")
    name = f"graph.{EXPORTS[format]}"
    if format in RDF:
        if any(filters.values()):
            raise InputError("filters are for the network's formats; RDF gives all, for SPARQL to filter.")
        with opened(graph) as kg:
            return {name: _rdf(kg, RDF[format])}
    seen = networkx(graph, lens, ontology=ontology, **filters)
    if format == "csv":
        return {table: text.encode() for table, text in files.csv_tables(seen).items()}
    return {name: (files.graphml(seen) if format == "graphml" else files.gexf(seen)).encode()}


def _rdf(kg: KnowledgeGraph, format: RdfFormat) -> bytes:
    """Sorted, so that equal graphs give equal files; without the ledger, and for formats without named graphs in one."""
    held = (quad for quad in kg.store if quad.graph_name != quads.LEDGER)
    if format.supports_datasets:
        return serialize(sorted(held, key=str), format=format, prefixes=dict(quads.PREFIXES)) or b""
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in held}
    return serialize(sorted(triples, key=str), format=format, prefixes=dict(quads.PREFIXES)) or b""


@dataclass(frozen=True)
class Demo:
    """What `demo` made: a summary, a stored question with its answer, and the page."""

    summary: Summary
    question: Question
    answer: Table
    page: Path


def demo(into: Path | str = "dipgraph-demo", *, progress: Progress = iter) -> Demo:
    """Read the articles that come with dipgraph into the folder `into`, ask a question and draw the graph.

    >>> dipgraph.demo().page
    """
    folder = Path(into)
    kg = folder / "kg"
    summary = build(shipped("data") / "articles", kg, progress=progress)
    known = questions()
    question = next((each for each in known.values() if each.demo), next(iter(known.values())))
    page = folder / "graph.html"
    view(kg, page, title="dipgraph demo")
    return Demo(summary, question, ask(kg, question.name), page)


def write(path: Path | str, content: bytes) -> None:
    """Write a file whole or not at all, in the place of one that is there; InputError if that cannot be.

    What a link points to is replaced, not the link; a device or a pipe is written to.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
            return
        real = Path(os.path.realpath(path))
        temporary = real.with_name(f".{real.name}.{os.getpid()}")
        try:
            temporary.write_bytes(content)
            temporary.replace(real)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); name another file with -o.") from error
