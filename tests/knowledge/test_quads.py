"""Claims to quads and back, and what stands in between."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from pyoxigraph import Literal, Quad, Store
from samples import ONTOLOGY, POOL, claim, document, merge, readings

from dipgraph.knowledge import quads as q
from dipgraph.knowledge.quads import claim_iri, document_iri, document_quads, encoded, fact_quads, united
from dipgraph.knowledge.values import claims_from, document_from, facts_from
from dipgraph.model import ID, Claim, Document, Fact, Time

SHORTCUT = next(kind for kind in ONTOLOGY.kinds.values() if any(s.source != s.target for s in kind.shortcuts))


def stored(*parts: list[Quad]) -> Store:
    store = Store()
    for part in parts:
        store.extend(part)
    return store


@settings(deadline=None)
@given(readings())
def test_claims_and_documents_come_back(reading: tuple[Document, tuple[Claim, ...]]) -> None:
    document, claims = reading
    store = stored(document_quads(document, claims, ONTOLOGY))
    iri = document_iri(document.id)
    assert document_from(store, iri) == document
    back = {claim_iri(c): c for c in claims_from(store, [iri])}
    assert back == {claim_iri(c): replace(c, published=document.published) for c in claims}


@settings(deadline=None)
@given(readings())
def test_facts_come_back_and_no_triple_stands_twice(reading: tuple[Document, tuple[Claim, ...]]) -> None:
    document, claims = reading
    facts = merge(tuple({claim_iri(c): c for c in claims}.values()), ONTOLOGY)
    store = stored(document_quads(document, claims, ONTOLOGY), *(fact_quads(f, ONTOLOGY) for f in facts))
    back = {f.iri: f for f in facts_from(store, {claim_iri(c): c for c in claims})}
    assert {i: set(map(claim_iri, f.claims)) for i, f in back.items()} == {
        f.iri: set(map(claim_iri, f.claims)) for f in facts
    }
    assert {i: (f.kind, f.roles, f.time) for i, f in back.items()} == {f.iri: (f.kind, f.roles, f.time) for f in facts}
    triples = [quad.triple for quad in store]
    assert len(triples) == len(set(triples))  # a union of the named graphs would count them twice


@pytest.mark.parametrize(
    ("time", "datatype", "days"),
    [
        ("2024", "gYear", ["2024-01-01", "2024-12-31"]),
        ("2024-02", "gYearMonth", ["2024-02-01", "2024-02-29"]),
        ("2024-02-03", "date", ["2024-02-03", "2024-02-03"]),
        ("2024/2025-06", "string", ["2024-01-01", "2025-06-30"]),
        ("2024/", "string", ["2024-01-01"]),
    ],
)
def test_a_time_is_no_more_precise_than_the_text(time: str, datatype: str, days: list[str]) -> None:
    found = document_quads(document(1), [claim(document(1), time=Time(time))], ONTOLOGY)
    (literal,) = (quad.object for quad in found if quad.predicate == q.TIME)
    assert isinstance(literal, Literal)
    assert (literal.value, literal.datatype) == (time, q.term(f"xsd:{datatype}"))
    bounds = [quad.object for quad in found if quad.predicate in (q.BEGIN, q.END)]
    assert [b.value for b in bounds if isinstance(b, Literal) and b.datatype == q.DATE] == days


def test_evidence_quotes_the_text_with_its_surroundings() -> None:
    text = "x" * 40 + "The visit took place." + "y" * 40
    one = document(1, text)
    found = document_quads(one, [claim(one, start=40)], ONTOLOGY)
    said = {
        quad.predicate.value.rsplit("#")[-1]: quad.object
        for quad in found
        if quad.predicate.value.startswith(q.PREFIXES["oa"])
    }
    assert said["exact"] == Literal(text[40:49])
    assert said["prefix"] == Literal("x" * 32)
    assert said["suffix"] == Literal(text[49:81])
    assert not any("BlankNode" in repr(quad) for quad in found)


def test_plain_triples_only_where_the_fact_has_the_default_status() -> None:
    shortcut = next(s for s in SHORTCUT.shortcuts if s.source != s.target)
    plain = q.node(f"{q.PREFIXES['dip']}{shortcut.predicate}")
    for status in ONTOLOGY.statuses:
        fact = Fact(f"{ID}fact/1", SHORTCUT.name, {shortcut.source: POOL[:2], shortcut.target: POOL[2:4]}, status, ())
        found = [
            quad for quad in fact_quads(fact, ONTOLOGY) if quad.predicate == plain and quad.subject != q.node(fact.iri)
        ]
        assert len(found) == (4 if status == ONTOLOGY.default_status else 0)


def test_iris_are_encoded_in_one_way() -> None:
    assert encoded("a b/ü#?%") == "a%20b%2F%C3%BC%23%3F%25"
    assert q.node("https://x.org/a b<c>%20").value == "https://x.org/a%20b%3Cc%3E%20"


def test_a_claim_keeps_its_iri_whatever_the_order_of_its_parts() -> None:
    one = claim(document(1), place=(POOL[1], POOL[2]))
    assert claim_iri(one) == claim_iri(replace(one, place=(POOL[2], POOL[1])))
    assert claim_iri(one) != claim_iri(replace(one, confidence=0.5))


def test_descriptions_unite_in_any_order() -> None:
    one = POOL[1]
    two = replace(one, label="A longer name", aliases=("x",), same_as=(), description="")
    assert united(one, two) == united(two, one)
    assert united(one, two).label == "A longer name"
    assert {"x", *one.aliases, one.label} == set(united(one, two).aliases)
