"""Attention: which sources report which pairs, which facts rest on one source, and where the texts contradict each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from dipgraph.model import Fact
from dipgraph.network.measures import MultiGraph
from dipgraph.network.occurrences import label
from dipgraph.ontology import Ontology

NEAR = 7
"""Days within which two reports of the same, dated differently, may mean one event, by default."""


@dataclass(frozen=True)
class Coverage:
    """What one source reports: how many documents, facts and pairs, and how much of it nobody else has."""

    publisher: str
    documents: int
    facts: int
    sole: int
    """Facts that only this source has."""
    pairs: int
    share: float
    """Of all facts, how many it has."""


@dataclass(frozen=True)
class Report:
    """How one source covers one pair (labels): the facts (IRIs), and the pair's share of all that the source reports."""

    publisher: str
    source: str
    target: str
    count: int
    share: float
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Sole:
    """A fact that rests on one source."""

    fact: str
    kind: str
    """Label of the kind of fact."""
    time: str
    source: str
    target: str
    publisher: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Contradiction:
    """Claims about one event that cannot all be so: what they disagree in, what each says and where."""

    kind: str
    """Label of the kind of fact."""
    roles: str
    """Who and what, by the labels."""
    aspect: str
    """"status" or "time"."""
    values: tuple[str, ...]
    documents: tuple[tuple[str, ...], ...]
    """For each of the values, the documents (ids) that say it."""
    facts: tuple[str, ...]
    """IRIs: one, or two that may be about the same event."""


def publisher(document: str, described: Mapping[str, Any]) -> str:
    """The source of a document: the host of its address, or the document itself where it has none."""
    try:
        site = urlsplit(str(described.get("url", ""))).hostname or ""
    except ValueError:  # http://[half of an address
        site = ""
    return site.removeprefix("www.") or document


def coverage(graph: MultiGraph) -> tuple[Coverage, ...]:
    """What each source reports, most facts first.

    That what is news differs from source to source: Galtung, J. & Ruge, M. H. (1965). The structure of foreign news.
    Journal of Peace Research 2, 64-91.
    """
    told = _told(graph)
    pairs, documents = defaultdict(set), defaultdict(set)
    for source, target, data in graph.edges(data=True):
        for name in data["sources"]:
            pairs[_publisher(graph, name)].add(frozenset((source, target)))
            documents[_publisher(graph, name)].add(name)
    facts: dict[str, list[str]] = defaultdict(list)
    for fact, by in told.items():
        for name in by:
            facts[name].append(fact)
    rows = (
        Coverage(
            publisher=name,
            documents=len(documents[name]),
            facts=len(found),
            sole=sum(len(told[fact]) == 1 for fact in found),
            pairs=len(pairs[name]),
            share=len(found) / len(told),
        )
        for name, found in facts.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.facts, row.publisher)))


def reports(graph: MultiGraph) -> tuple[Report, ...]:
    """Which source reports which pair, most facts first."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    total: dict[str, set[str]] = defaultdict(set)
    for source, target, data in graph.edges(data=True):
        for name in {_publisher(graph, document) for document in data["sources"]}:
            found[name, min(source, target), max(source, target)].add(data["fact"])
            total[name].add(data["fact"])
    rows = (
        Report(name, label(graph, a), label(graph, b), len(facts), len(facts) / len(total[name]), tuple(sorted(facts)))
        for (name, a, b), facts in found.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.count, row.publisher, row.source, row.target, row.facts)))


def sole(graph: MultiGraph, ontology: Ontology) -> tuple[Sole, ...]:
    """The facts that rest on one source, by time, the undated last; each once, with one of its pairs."""
    told = _told(graph)
    rows = {
        data["fact"]: Sole(
            fact=data["fact"], kind=ontology.kind(data["type"]).label, time=data["time"],
            source=label(graph, source), target=label(graph, target), publisher=min(told[data["fact"]]), documents=data["sources"],
        )
        for source, target, _, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2], reverse=True)
        if len(told[data["fact"]]) == 1
    }  # fmt: skip
    return tuple(sorted(rows.values(), key=lambda row: (not row.time, row.time, row.fact)))


def contradictions(facts: Iterable[Fact], ontology: Ontology, *, near: int = NEAR) -> tuple[Contradiction, ...]:
    """Where the texts contradict each other, by kind and roles.

    In status: one says that it is so, another that it is not, or not to be (a final status). In time: two documents date
    what is otherwise the same a few days apart; two events that near are rarer than one misdated, but look. Facts are taken
    with all statuses.
    """
    found: list[Contradiction] = []
    alike: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: fact.iri):
        found += _within(fact, ontology)
        core = ontology.kind(fact.kind).core
        alike[fact.kind, *_fillers(fact, core)].append(fact)
    for group in alike.values():
        for one, other in combinations(group, 2):
            found += _between(one, other, ontology, near)
    return tuple(sorted(found, key=lambda each: (each.kind, each.roles, each.aspect, each.facts)))


def told_roles(fact: Fact, ontology: Ontology) -> str:
    """Who and what a fact is about, by labels: "visitor: Xi Jinping; destination: Moscow"."""
    roles = ontology.kind(fact.kind).roles
    return "; ".join(
        f"{roles[name].label if name in roles else name}: {', '.join(entity.label for entity in found)}"
        for name, found in sorted(fact.roles.items())
    )


def _within(fact: Fact, ontology: Ontology) -> Iterator[Contradiction]:
    """Claims that were merged to one fact for all their disagreement."""
    said: dict[str, set[str]] = defaultdict(set)
    for claim in fact.claims:
        said[claim.status].add(claim.document)
    if _opposed(said, ontology):
        yield _contradiction([fact], ontology, "status", said)


def _between(one: Fact, other: Fact, ontology: Ontology, near: int) -> Iterator[Contradiction]:
    """Two facts of different documents with the same core roles."""
    if _documents(one) & _documents(other) or ontology.kind(one.kind).lasting:
        return
    apart = _days_apart(one, other)
    if apart <= near and _opposed({one.status, other.status}, ontology):
        said = {fact.status: _documents(fact) for fact in (one, other)}
        yield _contradiction([one, other], ontology, "status", said)
    elif one.status == other.status and 0 < apart <= near:
        said = {fact.time.value: _documents(fact) for fact in (one, other) if fact.time}
        yield _contradiction([one, other], ontology, "time", said)


def _opposed(statuses: Iterable[str], ontology: Ontology) -> bool:
    return ontology.default_status in statuses and any(ontology.statuses[status].final for status in statuses)


def _days_apart(one: Fact, other: Fact) -> int:
    """The fewest days between two facts; 0 where either is undated."""
    times = sorted((fact.time for fact in (one, other) if fact.time), key=lambda time: time.value)
    if len(times) < 2 or times[0].overlaps(times[1]):
        return 0
    begin, end = times[1].begin, times[0].end
    return abs((begin - end).days) if begin and end else 0


def _contradiction(facts: list[Fact], ontology: Ontology, aspect: str, said: Mapping[str, set[str]]) -> Contradiction:
    return Contradiction(
        kind=ontology.kind(facts[0].kind).label,
        roles=told_roles(facts[0], ontology),
        aspect=aspect,
        values=tuple(sorted(said)),
        documents=tuple(tuple(sorted(said[value])) for value in sorted(said)),
        facts=tuple(sorted(fact.iri for fact in facts)),
    )


def _fillers(fact: Fact, core: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, tuple(sorted(e.iri for e in fact.roles[name]))) for name in sorted(core) if name in fact.roles]


def _documents(fact: Fact) -> set[str]:
    return {claim.document for claim in fact.claims}


def _publisher(graph: MultiGraph, document: str) -> str:
    return publisher(document, graph.graph.get("documents", {}).get(document, {}))


def _told(graph: MultiGraph) -> dict[str, set[str]]:
    """Fact -> who reports it."""
    found: dict[str, set[str]] = defaultdict(set)
    for *_, data in graph.edges(data=True):
        found[data["fact"]].update(_publisher(graph, document) for document in data["sources"])
    return found
