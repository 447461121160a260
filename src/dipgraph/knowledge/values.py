"""Quads as documents, claims, entities and facts again: the inverse of `quads`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote

from pyoxigraph import NamedNode, Quad, Store

from dipgraph.knowledge import quads as q
from dipgraph.model import Claim, Document, Entity, Fact, Span, Time

Properties = Mapping[str, list[str]]
Nodes = Mapping[str, Properties]

STATEMENTS = (q.CLAIM.value, q.FACT.value)
NO_ROLES = {predicate.value for predicate in q.NO_ROLES}


class EntityLookup(dict[str, Entity]):
    """Entities by IRI, each read from the store when it is first asked for."""

    def __init__(self, store: Store):
        super().__init__()
        self.store = store

    def __missing__(self, iri: str) -> Entity:
        self[iri] = entity_from(iri, self.store.quads_for_pattern(q.node(iri), None, None, q.ENTITIES))
        return self[iri]


def claims_from(store: Store, documents: Iterable[str]) -> Iterator[Claim]:
    """The claims of the documents of these IRIs, the inverse of `document_quads`.

    What RDF keeps no order of comes sorted: claims and spans as the text has them, entities by IRI, aliases by name.
    """
    described = EntityLookup(store)
    for iri in documents:
        nodes = properties(store.quads_for_pattern(None, None, None, q.node(iri)))
        found = [(iri, _claim(nodes, iri, described)) for iri in nodes if STATEMENTS[0] in _all(nodes[iri], q.TYPE)]
        yield from (c for _, c in sorted(found, key=lambda f: ([(s.start, s.end) for s in f[1].evidence], f[0])))


def facts_from(store: Store, claims: Mapping[str, Claim]) -> Iterator[Fact]:
    """The facts of the store, by IRI; `claims` (by IRI) are those that they may be derived from."""
    described = EntityLookup(store)
    for iri in fact_iris(store):
        values = properties(store.quads_for_pattern(q.node(iri), None, None, q.FACTS))[iri]
        derived = sorted(claim for claim in _all(values, q.DERIVED) if claim in claims)
        yield Fact(iri, claims=tuple(claims[claim] for claim in derived), **_said(values, described))


def fact_iris(store: Store) -> list[str]:
    """The IRIs of all facts, sorted."""
    return sorted(value(quad.subject) for quad in store.quads_for_pattern(None, q.TYPE, q.FACT, q.FACTS))


def document_iris(store: Store) -> list[str]:
    """The IRIs of all documents, sorted."""
    return sorted(value(quad.subject) for quad in store.quads_for_pattern(None, q.TYPE, q.DOCUMENT, None))


def document_from(store: Store, iri: str) -> Document:
    """The document of that IRI; KeyError where the store has none."""
    values = properties(store.quads_for_pattern(q.node(iri), None, None, q.node(iri)))[q.node(iri).value]
    issued = _first(values, q.ISSUED)
    return Document(
        id=_first(values, q.IDENTIFIER),
        text=_first(values, q.TEXT),
        title=_first(values, q.TITLE),
        published=date.fromisoformat(issued) if issued else None,
        url=_first(values, q.URL),
    )


def entity_from(iri: str, quads: Iterable[Quad]) -> Entity:
    """The entity that the quads about it describe; where there are none, one named by the end of its IRI."""
    values = properties(quads).get(iri, {})
    return Entity(
        iri=iri,
        kind=local(_first(values, q.TYPE)),
        label=_first(values, q.LABEL) or unquote(local(iri)),
        aliases=tuple(sorted(_all(values, q.ALIAS))),
        same_as=tuple(sorted(_all(values, q.SAME))),
        description=_first(values, q.DESCRIPTION),
        country=_first(values, q.COUNTRY),
        generic=bool(_all(values, q.GENERIC)),
    )


def properties(quads: Iterable[Quad]) -> dict[str, dict[str, list[str]]]:
    """Quads as subject -> predicate -> objects, each by its IRI or its text."""
    found: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        found.setdefault(value(quad.subject), defaultdict(list))[quad.predicate.value].append(value(quad.object))
    return found


def value(term: Any) -> str:
    """The IRI or the text of a term; the store holds neither blank nodes nor triples as terms."""
    return str(term.value)


def local(iri: str) -> str:
    """The name at the end of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _all(values: Properties, predicate: NamedNode) -> list[str]:
    return values.get(predicate.value, [])


def _first(values: Properties, predicate: NamedNode) -> str:
    return min(_all(values, predicate), default="")


def _claim(nodes: Nodes, iri: str, described: EntityLookup) -> Claim:
    values = nodes[iri]
    spans = (_span(nodes, part) for part in _all(values, q.EVIDENCE))
    return Claim(
        document=_first(nodes[_first(values, q.DERIVED)], q.IDENTIFIER),
        evidence=tuple(sorted(spans, key=lambda span: (span.start, span.end))),
        published=date.fromisoformat(issued)
        if (issued := _first(nodes[_first(values, q.DERIVED)], q.ISSUED))
        else None,
        **_said(values, described),
    )


def _span(nodes: Nodes, part: str) -> Span:
    selected: dict[str, list[str]] = {}
    for selector in _all(nodes[part], q.SELECTOR):
        selected |= nodes[selector]
    return Span(int(_first(selected, q.START)), int(_first(selected, q.STOP)), _first(selected, q.EXACT))


def _said(values: Properties, described: EntityLookup) -> dict[str, Any]:
    """What a claim and a fact have in common, as arguments of both."""

    def entities(iris: Iterable[str]) -> tuple[Entity, ...]:
        return tuple(described[iri] for iri in sorted(iris))

    time = _first(values, q.TIME)
    return {
        "kind": next(local(kind) for kind in sorted(_all(values, q.TYPE)) if kind not in STATEMENTS),
        "roles": {local(role): entities(values[role]) for role in sorted(values) if role not in NO_ROLES},
        "status": local(_first(values, q.STATUS)),
        "time": Time(time) if time else None,
        "place": entities(_all(values, q.PLACE)),
        "attribution": entities(_all(values, q.ATTRIBUTED)),
        "confidence": float(_first(values, q.CONFIDENCE)),
    }
