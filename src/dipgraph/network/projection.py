"""The store -> networkx: entities joined by the plain triples of their facts, and states joined by what is done for them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx

from dipgraph.model import Entity, Fact, Gazetteer, Tenure, Time
from dipgraph.ontology import Kind, Ontology

if TYPE_CHECKING:
    from dipgraph.knowledge.store import KnowledgeGraph

Ends = tuple[Entity, str, Entity, bool]
"""Source, property, target, whether the relation is symmetric."""


def entities(
    kg: "KnowledgeGraph",
    ontology: Ontology,
    *,
    statuses: Collection[str] | None = ("",),
    kinds: Collection[str] | None = None,
    between: tuple[date, date] | None = None,
) -> nx.MultiDiGraph:
    """Entities and the facts between them: one edge for each shortcut of a fact, keyed so that parallel facts stay apart.

    `statuses` are the statuses taken: by default only what is asserted, None for all. `kinds` limits the kinds of fact,
    `between` the days in which a fact may lie (undated facts then stay out). Nodes carry `label`, `kind`, `aliases`,
    `description`, `same_as`; edges `fact`, `type`, `property`, `symmetric`, `time`, `begin`, `end`, `status`, `sign`,
    `confidence`, `sources`, `attribution`, `place`, `roles`, `evidence`. Order and content depend on the store alone.
    """
    graph, texts = _empty(kg)
    for fact in _chosen(kg, ontology, statuses, kinds, between):
        kind = ontology.kinds[fact.kind]
        attributes = _edge(fact, kind, texts)
        for source, name, target, symmetric in _ends(fact, kind):
            for entity in (source, target):
                graph.add_node(entity.iri, **_node(entity))
            key = f"{fact.iri}|{name}|{source.iri}|{target.iri}"
            graph.add_edge(source.iri, target.iri, key=key, property=name, symmetric=symmetric, **attributes)
    return graph


def dyads(
    kg: "KnowledgeGraph",
    ontology: Ontology,
    gazetteer: Gazetteer,
    *,
    state: str = "State",
    statuses: Collection[str] | None = ("",),
    kinds: Collection[str] | None = None,
    between: tuple[date, date] | None = None,
) -> nx.MultiDiGraph:
    """States and the facts between them; a person's act counts for the state whose office they held at that time.

    Nodes and edges as in `entities`; edges also have `via`, the labels of the persons who were lifted.
    `graph.graph["unlifted"]` counts the facts that join no two states.
    """
    graph, texts = _empty(kg)
    facts = tuple(_chosen(kg, ontology, statuses, kinds, between))
    tenures = _tenures(gazetteer, facts, ontology)
    states = {iri: e for iri, e in gazetteer.entities.items() if e.kind == state}
    states |= {e.iri: e for f in facts for found in f.roles.values() for e in found if e.kind == state}
    unlifted = 0
    for fact in facts:
        kind = ontology.kinds[fact.kind]
        attributes = _edge(fact, kind, texts)
        lifted = {}
        for source, name, target, symmetric in _ends(fact, kind):
            ends = [_lifted(e, fact.time, tenures, states) for e in (source, target)]
            if ends[0] is None or ends[1] is None or ends[0].iri == ends[1].iri:
                continue
            if symmetric:
                ends.sort(key=lambda e: e.iri if e else "")
            via = tuple(e.label for e in (source, target) if e.iri not in states)
            lifted[f"{fact.iri}|{name}|{ends[0].iri}|{ends[1].iri}"] = (ends[0], ends[1], name, symmetric, via)
        unlifted += not lifted
        for key, (first, second, name, symmetric, via) in lifted.items():
            for entity in (first, second):
                graph.add_node(entity.iri, **_node(entity))
            graph.add_edge(first.iri, second.iri, key=key, property=name, symmetric=symmetric, via=via, **attributes)
    graph.graph["unlifted"] = unlifted
    return graph


def _empty(kg: "KnowledgeGraph") -> tuple[nx.MultiDiGraph, Mapping[str, str]]:
    graph, texts = nx.MultiDiGraph(), {}
    graph.graph["documents"] = {}
    for document in kg.documents():
        texts[document.id] = document.text
        published = document.published.isoformat() if document.published else ""
        graph.graph["documents"][document.id] = {"title": document.title, "published": published, "url": document.url}
    return graph, texts


def _chosen(
    kg: "KnowledgeGraph",
    ontology: Ontology,
    statuses: Collection[str] | None,
    kinds: Collection[str] | None,
    between: tuple[date, date] | None,
) -> Iterator[Fact]:
    wanted = None if statuses is None else {status or ontology.default_status for status in statuses}
    window = Time(f"{between[0]}/{between[1]}") if between else None
    for fact in sorted(kg.facts(), key=lambda f: f.iri):
        if (
            (wanted is None or fact.status in wanted)
            and (kinds is None or fact.kind in kinds)
            and (window is None or (fact.time is not None and fact.time.overlaps(window)))
        ):
            yield fact


def _ends(fact: Fact, kind: Kind) -> Iterator[Ends]:
    """The plain triples of a fact, whatever its status; of a symmetric relation each pair once."""
    for shortcut in kind.shortcuts:
        symmetric = shortcut.source == shortcut.target
        for source in fact.roles.get(shortcut.source, ()):
            for target in fact.roles.get(shortcut.target, ()):
                if source.iri < target.iri if symmetric else source.iri != target.iri:
                    yield source, shortcut.property, target, symmetric


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "label": entity.label,
        "kind": entity.kind,
        "aliases": entity.aliases,
        "description": entity.description,
        "same_as": entity.same_as,
    }


def _edge(fact: Fact, kind: Kind, texts: Mapping[str, str]) -> dict[str, Any]:
    begin, end = (fact.time.begin, fact.time.end) if fact.time else (None, None)
    return {
        "fact": fact.iri,
        "type": fact.kind,
        "time": fact.time.value if fact.time else "",
        "begin": begin.isoformat() if begin else "",
        "end": end.isoformat() if end else "",
        "status": fact.status,
        "sign": kind.sign,
        "confidence": fact.confidence,
        "sources": tuple(sorted({claim.document for claim in fact.claims})),
        "attribution": tuple(e.label for e in fact.attribution),
        "place": tuple(e.label for e in fact.place),
        "roles": {kind.roles[name].label: tuple(e.label for e in found) for name, found in sorted(fact.roles.items())},
        "evidence": tuple(_evidence(fact, texts)),
    }


def _evidence(fact: Fact, texts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Each quoted span in its sentence, cut in three: before, the span, after."""
    spans = {(claim.document, span.start, span.end) for claim in fact.claims for span in claim.evidence}
    for document, start, end in sorted(spans):
        text = texts.get(document, "")
        first = max(text.rfind("\n", 0, start) + 1, text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0)
        stops = [position for mark in (". ", "\n") if (position := text.find(mark, end)) >= 0]
        last = min(stops, default=len(text))
        whole = text[end - 1 : end] in ".?!" or text[end : end + 1] == "\n"
        yield {
            "document": document,
            "before": text[first:start],
            "text": text[start:end],
            "after": "" if whole else text[end : last + 1].rstrip(),
        }


def _tenures(gazetteer: Gazetteer, facts: Iterable[Fact], ontology: Ontology) -> Mapping[str, list[Tenure]]:
    """Who acted for which state when, by holder: what the gazetteer knows, then what the facts themselves say."""
    found: dict[str, list[Tenure]] = {}
    for tenure in gazetteer.tenures:
        found.setdefault(tenure.holder, []).append(tenure)
    binding = {name: ends for name, kind in ontology.kinds.items() if (ends := _binds(kind))}
    for fact in facts:
        for holder_role, polity_role in binding.get(fact.kind, ()):
            for holder in fact.roles.get(holder_role, ()):
                for polity in fact.roles.get(polity_role, ()):
                    begin, _, end = (fact.time.value if fact.time else "/").partition("/")
                    found.setdefault(holder.iri, []).append(Tenure(holder.iri, "", polity.iri, begin, end or begin))
    return found


def _binds(kind: Kind) -> tuple[tuple[str, str], ...]:
    """The plain triples with which a lasting kind that names an office ties a person to a body."""
    if not kind.lasting or not any(role.ranges == ("Office",) for role in kind.roles.values()):
        return ()
    return tuple((s.source, s.target) for s in kind.shortcuts if kind.roles[s.source].ranges == ("Person",))


def _lifted(
    entity: Entity, time: Time | None, tenures: Mapping[str, list[Tenure]], states: Mapping[str, Entity]
) -> Entity | None:
    if entity.iri in states:
        return states[entity.iri]
    if entity.country in states:
        return states[entity.country]
    held = [t for t in tenures.get(entity.iri, ()) if t.polity in states]
    at = [t for t in held if time is not None and Time(f"{t.begin}/{t.end}").overlaps(time)]
    chosen = at or ([] if time is not None and any(t.begin for t in held) else held)
    return states[chosen[-1].polity] if chosen else None
