"""Which facts count in a period or on a date, and a graph cut to them: by the day, or as a series of years or months.

An event counts when it may have happened; what lasts counts from its time on, until something ends it (see `lasts`).
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from dipgraph.errors import InputError
from dipgraph.model import Time
from dipgraph.network.offices import EVER, PERSON, Days, days
from dipgraph.ontology import Kind, Ontology

if TYPE_CHECKING:
    import networkx as nx

MultiGraph: TypeAlias = "nx.MultiDiGraph[Any]"
Between: TypeAlias = tuple[date | None, date | None]
Edge: TypeAlias = tuple[str, str, str]
UNITS = ("year", "month")


@dataclass(frozen=True, order=True)
class Period:
    """A year ("2014") or a month ("2014-03"): its name, its first and its last day."""

    name: str
    first: date
    last: date


def bounds(between: Between | None) -> Days:
    """First and last day of a period, either of which may be open; InputError if they are in the wrong order."""
    first, last = (between[0] or date.min, between[1] or date.max) if between else EVER
    if first > last:
        raise InputError(f"no day is between {first} and {last}; give the earlier day first")
    return first, last


def held(time: Time | None, kind: Kind) -> Days | None:
    """First and last day on which a fact of this time may have happened or held; None where that is not known."""
    if time is None:
        return None
    begin, end = days(time)
    return begin, date.max if lasts(time, kind) else end


def lasts(time: Time, kind: Kind) -> bool:
    """Whether what a text tells of one time goes on from then, until something ends it.

    A lasting state of affairs does, save what is a person's, like an office: "President Eisenhower, in January 1961" says
    neither that it then began nor that it went on.
    """
    personal = any(role.ranges == (PERSON,) for role in kind.roles.values() if role.core)
    return kind.lasting and "/" not in time.value and not personal


def falls(time: Time | None, kind: Kind, period: Days) -> bool:
    """Whether a fact may fall in a period; an undated one does not."""
    known = held(time, kind)
    return known is not None and known[0] <= period[1] and period[0] <= known[1]


def during(graph: MultiGraph, ontology: Ontology, between: Between) -> MultiGraph:
    """The part of the graph that may fall between two days, either of which may be open (None)."""
    return _within(graph, _spans(graph, ontology), *bounds(between))


def as_of(graph: MultiGraph, ontology: Ontology, day: date) -> MultiGraph:
    """The graph as it stood on a day: all events until then, and of what lasts, what then lasted."""

    def stood(edge: Edge, data: Mapping[str, Any]) -> bool:
        begin, end = spans.get(edge, (date.max, date.min))
        return begin <= day and (end >= day or not ontology.kind(data["type"]).lasting)

    spans = _spans(graph, ontology)
    return _part(graph, stood)


def series(
    graph: MultiGraph, ontology: Ontology, unit: str = UNITS[0], between: Between | None = None
) -> Iterator[tuple[Period, MultiGraph]]:
    """The graph of each year or month, from the first in which something may have begun to the last, empty ones too.

    `between`: only the years or months that begin in it.
    """
    spans = _spans(graph, ontology)
    first, last = bounds(between)
    for period in periods(graph, unit):
        if first <= period.first <= last:
            yield period, _within(graph, spans, period.first, period.last)


def periods(graph: MultiGraph, unit: str = UNITS[0]) -> tuple[Period, ...]:
    """The years or months from the first in which a fact of the graph began to the last; InputError for another unit."""
    if unit not in UNITS:
        raise InputError(f"a series is by {' or '.join(UNITS)}, not by {unit!r}")
    begun = sorted({data["begin"] for *_, data in graph.edges(data=True) if data.get("begin")})
    if not begun:
        return ()
    first, last = date.fromisoformat(begun[0]), date.fromisoformat(begun[-1])
    if unit == UNITS[0]:
        return tuple(Period(f"{y:04}", date(y, 1, 1), date(y, 12, 31)) for y in range(first.year, last.year + 1))
    months = (divmod(n, 12) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month))
    return tuple(
        Period(f"{y:04}-{m + 1:02}", date(y, m + 1, 1), date(y, m + 1, monthrange(y, m + 1)[1])) for y, m in months
    )


def time_of(data: Mapping[str, Any]) -> Time | None:
    """The time of an edge."""
    return Time(data["time"]) if data.get("time") else None


def _spans(graph: MultiGraph, ontology: Ontology) -> dict[Edge, Days]:
    """First and last day of each dated edge, what lasts cut off by what ends it."""
    ends = _endings(graph, ontology)
    found = {}
    for source, target, key, data in graph.edges(keys=True, data=True):
        known = held(time_of(data), ontology.kind(data["type"]))
        if known:
            later = (day for day in ends.get((data["type"], source, target), ()) if day > known[0])
            found[source, target, key] = known[0], min([known[1], *later])
    return found


def _endings(graph: MultiGraph, ontology: Ontology) -> dict[tuple[str, str, str], list[date]]:
    """Lasting kind and both ends of an edge -> the days on which such an edge was ended."""
    found: dict[tuple[str, str, str], list[date]] = defaultdict(list)
    for source, target, data in graph.edges(data=True):
        ended = ontology.kind(data["type"]).ends
        if ended and data.get("begin") and data.get("status") == ontology.default_status:
            found[ended, source, target].append(date.fromisoformat(data["begin"]))
    return found


def _within(graph: MultiGraph, spans: Mapping[Edge, Days], first: date, last: date) -> MultiGraph:
    def meets(edge: Edge, _: Mapping[str, Any]) -> bool:
        span = spans.get(edge)
        return span is not None and span[0] <= last and first <= span[1]

    return _part(graph, meets)


def _part(graph: MultiGraph, wanted: Callable[[Edge, Mapping[str, Any]], bool]) -> MultiGraph:
    """The edges that are wanted with their ends, in the order of the graph."""
    import networkx as nx

    edges = [
        (source, target, key, data)
        for source, target, key, data in graph.edges(keys=True, data=True)
        if wanted((source, target, key), data)
    ]
    ends = {end for source, target, *_ in edges for end in (source, target)}
    part: MultiGraph = nx.MultiDiGraph(**graph.graph)
    part.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in ends)
    for source, target, key, data in edges:
        part.add_edge(source, target, key=key, **data)
    return part
