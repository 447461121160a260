"""Documents, claims, entities and facts as quads (`values` is the way back): functions from values to values.

A document and its claims stand in the named graph of the document's IRI, facts and their plain triples in `FACTS`, each
entity's description once in `ENTITIES`: standing in every document's graph it would be counted once a document, since
the union of named graphs that queries see keeps duplicates.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from dipgraph.model import ID, Claim, Document, Entity, Fact, Span

if TYPE_CHECKING:  # the ontology's module imports rdflib, which querying does without
    from dipgraph.ontology import Ontology

PREFIXES: Mapping[str, str] = {
    "": ID,
    "dip": "https://w3id.org/dipgraph/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that every query may use."""

CONTEXT = 32
"""Characters kept on either side of a quotation, by which it is found again in a text that has changed."""

Triples = Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def encoded(text: str, safe: str = "") -> str:
    """The text with what may not stand in an IRI percent-encoded; `safe` names reserved characters to keep."""
    return quote(text, safe=safe)


@lru_cache(maxsize=1 << 16)
def node(iri: str) -> NamedNode:
    """The named node of an IRI, mended where a character may not stand in one."""
    return NamedNode(encoded(iri, safe=":/?#@!$&'()*+,;=%"))


def term(name: str) -> NamedNode:
    """The named node of a prefixed name: `term("dip:status")`."""
    prefix, _, local = name.partition(":")
    return node(PREFIXES[prefix] + local)


FACTS = node(f"{ID}graph/facts")
ENTITIES = node(f"{ID}graph/entities")
LEDGER = node(f"{ID}graph/ledger")

TYPE, LABEL, ALIAS, SAME = term("rdf:type"), term("rdfs:label"), term("skos:altLabel"), term("owl:sameAs")
DESCRIPTION, COUNTRY, GENERIC = term("dcterms:description"), term("dip:country"), term("dip:generic")
DOCUMENT, CLAIM, FACT = term("dip:Document"), term("dip:Claim"), term("dip:Fact")
IDENTIFIER, TITLE, ISSUED = term("dcterms:identifier"), term("dcterms:title"), term("dcterms:issued")
URL, TEXT, DIGEST = term("schema:url"), term("schema:text"), term("dip:digest")
READING, TOUCHED = term("dip:reading"), term("dip:touched")
STATUS, TIME, BEGIN, END = term("dip:status"), term("dip:time"), term("dip:begin"), term("dip:end")
PLACE, ATTRIBUTED, CONFIDENCE = term("dip:place"), term("dip:attributedTo"), term("dip:confidence")
EVIDENCE, DERIVED = term("dip:evidence"), term("prov:wasDerivedFrom")
SOURCE, SELECTOR, EXACT = term("oa:hasSource"), term("oa:hasSelector"), term("oa:exact")
START, STOP = term("oa:start"), term("oa:end")
NO_ROLES = {TYPE, STATUS, TIME, BEGIN, END, PLACE, ATTRIBUTED, CONFIDENCE, EVIDENCE, DERIVED}

DATE, INTEGER, DECIMAL = term("xsd:date"), term("xsd:integer"), term("xsd:decimal")
TIME_TYPES = {4: term("xsd:gYear"), 7: term("xsd:gYearMonth"), 10: DATE}


def document_iri(document: str) -> str:
    """The IRI of the document of that id, and of its named graph."""
    return f"{ID}document/{encoded(document)}"


def claim_iri(claim: Claim) -> str:
    """The IRI of a claim: a hash of what it says, so that it stays the same when other claims come or go."""
    content = [
        claim.kind,
        sorted((role, sorted(entity.iri for entity in fillers)) for role, fillers in claim.roles.items()),
        claim.status,
        sorted((span.start, span.end) for span in claim.evidence),
        claim.time.value if claim.time else "",
        sorted(entity.iri for entity in claim.place),
        sorted(entity.iri for entity in claim.attribution),
        _decimal(claim.confidence),
    ]
    digest = hashlib.blake2b(json.dumps(content).encode(), digest_size=8).hexdigest()
    return f"{document_iri(claim.document)}/claim/{digest}"


def document_quads(document: Document, claims: Iterable[Claim], ontology: "Ontology") -> list[Quad]:
    """A document's named graph (text, claims, evidence), and the descriptions of the entities that they name."""
    claims = tuple(claims)
    subject = node(document_iri(document.id))
    triples = [*_document_triples(subject, document)]
    for claim in claims:
        triples += _claim_triples(subject, claim, ontology)
    for span in dict.fromkeys(span for claim in claims for span in claim.evidence):
        triples += _evidence_triples(subject, span, document.text)
    quads = [Quad(*triple, subject) for triple in triples]
    return quads + [quad for entity in entities_of(claims).values() for quad in entity_quads(entity, ontology)]


def fact_quads(fact: Fact, ontology: "Ontology") -> list[Quad]:
    """A fact in the named graph `FACTS`; where it has the default status, its kind's plain triples too."""
    subject = node(fact.iri)
    triples = [(subject, TYPE, FACT), *_statement(subject, fact, ontology)]
    triples += [(subject, DERIVED, node(claim_iri(claim))) for claim in fact.claims]
    if fact.status == ontology.default_status:
        triples += _plain_triples(fact, ontology)
    return [Quad(*triple, FACTS) for triple in triples]


def entity_quads(entity: Entity, ontology: "Ontology") -> list[Quad]:
    """An entity's description in the named graph `ENTITIES`."""
    subject = node(entity.iri)
    known = ontology.classes.get(entity.kind)
    triples: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (subject, TYPE, node(known.iri) if known else term(f"dip:{entity.kind}")),
        (subject, LABEL, Literal(entity.label)),
        *((subject, ALIAS, Literal(alias)) for alias in entity.aliases),
        *((subject, SAME, node(iri)) for iri in entity.same_as),
    ]
    if entity.description:
        triples.append((subject, DESCRIPTION, Literal(entity.description)))
    if entity.country:
        triples.append((subject, COUNTRY, node(entity.country)))
    if entity.generic:
        triples.append((subject, GENERIC, Literal(True)))
    return [Quad(*triple, ENTITIES) for triple in triples]


def entities_of(claims: Iterable[Claim]) -> dict[str, Entity]:
    """Every entity that the claims name, by IRI; descriptions of one entity are united."""
    found: dict[str, Entity] = {}
    for claim in claims:
        for fillers in (*claim.roles.values(), claim.place, claim.attribution):
            for entity in fillers:
                found[entity.iri] = united(found[entity.iri], entity) if entity.iri in found else entity
    return found


def united(one: Entity, other: Entity) -> Entity:
    """One description from two of the same entity, whichever comes first: the longer label, all names."""
    if one == other:
        return one
    label = max(one.label, other.label, key=_longest)
    return Entity(
        iri=one.iri,
        kind=min(one.kind, other.kind),
        label=label,
        aliases=tuple(sorted({one.label, other.label, *one.aliases, *other.aliases} - {label})),
        same_as=tuple(sorted({*one.same_as, *other.same_as})),
        description=max(one.description, other.description, key=_longest),
        country=max(one.country, other.country, key=_longest),
        generic=one.generic and other.generic,
    )


def _longest(text: str) -> tuple[int, str]:
    return len(text), text


def _document_triples(subject: NamedNode, document: Document) -> Triples:
    yield subject, TYPE, DOCUMENT
    yield subject, IDENTIFIER, Literal(document.id)
    yield subject, TEXT, Literal(document.text)
    yield subject, DIGEST, Literal(document.digest)
    if document.title:
        yield subject, TITLE, Literal(document.title)
    if document.published:
        yield subject, ISSUED, Literal(document.published.isoformat(), datatype=DATE)
    if document.url:
        # A literal: what people write there is not always an IRI.
        yield subject, URL, Literal(document.url)


def _claim_triples(document: NamedNode, claim: Claim, ontology: "Ontology") -> Triples:
    subject = node(claim_iri(claim))
    yield subject, TYPE, CLAIM
    yield subject, DERIVED, document
    yield from _statement(subject, claim, ontology)
    for span in dict.fromkeys(claim.evidence):
        yield subject, EVIDENCE, _span_node(document, span)


def _statement(subject: NamedNode, said: Claim | Fact, ontology: "Ontology") -> Triples:
    """What a claim and a fact have in common."""
    kind = ontology.kind(said.kind)
    yield subject, TYPE, node(kind.iri)
    for role, fillers in said.roles.items():
        declared = kind.roles.get(role)
        predicate = node(declared.iri) if declared else term(f"dip:{role}")
        yield from ((subject, predicate, node(entity.iri)) for entity in fillers)
    yield subject, STATUS, node(ontology.statuses[said.status].iri)
    if said.time:
        yield subject, TIME, Literal(said.time.value, datatype=TIME_TYPES.get(len(said.time.value), term("xsd:string")))
        for predicate, day in ((BEGIN, said.time.begin), (END, said.time.end)):
            if day:
                yield subject, predicate, Literal(day.isoformat(), datatype=DATE)
    yield from ((subject, PLACE, node(entity.iri)) for entity in said.place)
    yield from ((subject, ATTRIBUTED, node(entity.iri)) for entity in said.attribution)
    yield subject, CONFIDENCE, Literal(_decimal(said.confidence), datatype=DECIMAL)


def _decimal(number: float) -> str:
    # In the canonical form of the store, which would change "0.50" to "0.5" and so never find it again.
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _span_node(document: NamedNode, span: Span) -> NamedNode:
    return node(f"{document.value}/text/{span.start}-{span.end}")


def _evidence_triples(document: NamedNode, span: Span, text: str) -> Triples:
    subject = _span_node(document, span)
    position, quotation = node(f"{subject.value}/position"), node(f"{subject.value}/quote")
    yield subject, TYPE, term("oa:SpecificResource")
    yield subject, SOURCE, document
    yield subject, SELECTOR, position
    yield subject, SELECTOR, quotation
    yield position, TYPE, term("oa:TextPositionSelector")
    yield position, START, Literal(str(span.start), datatype=INTEGER)
    yield position, STOP, Literal(str(span.end), datatype=INTEGER)
    yield quotation, TYPE, term("oa:TextQuoteSelector")
    yield quotation, EXACT, Literal(span.text)
    yield quotation, term("oa:prefix"), Literal(text[max(0, span.start - CONTEXT) : span.start])
    yield quotation, term("oa:suffix"), Literal(text[span.end : span.end + CONTEXT])


def _plain_triples(fact: Fact, ontology: "Ontology") -> Triples:
    for shortcut in ontology.kind(fact.kind).shortcuts:
        pairs = shortcut.pairs({role: [e.iri for e in found] for role, found in fact.roles.items()})
        yield from ((node(tail), term(f"dip:{shortcut.predicate}"), node(head)) for tail, head in pairs)
