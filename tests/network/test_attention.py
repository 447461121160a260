from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from network_sample import A, B, C, Store, claim, fact, ontology

from dipgraph.model import Document, Fact, Time
from dipgraph.network import attention, projection

RULES = ontology()
TEXTS = (
    Document("one", "They", "First", date(2013, 5, 1), "https://www.elm.example/1"),
    Document("two", "They", "Second", date(2013, 5, 2), "https://elm.example/2"),
    Document("three", "They", "Third", date(2013, 5, 3), "https://oak.example/3"),
    Document("four", "They", "Fourth"),
)
TOLD = (
    fact("1", "Chat", talker=(A, B), time="2013", documents=("one", "two")),
    fact("2", "Chat", talker=(A, C), time="2012", documents=("one", "three")),
    fact("3", "Quarrel", angry=A, blamed=B, documents=("four",)),
)


def graph(*facts: Fact) -> Any:
    return projection.entities(Store(facts, TEXTS), RULES)


def test_publishers() -> None:
    assert [attention.publisher(text.id, {"url": text.url}) for text in TEXTS] == ["elm.example", "elm.example", "oak.example", "four"]  # fmt: skip


def test_coverage() -> None:
    found = {row.publisher: row for row in attention.coverage(graph(*TOLD))}
    assert list(found) == ["elm.example", "four", "oak.example"]
    elm = found["elm.example"]
    assert (elm.documents, elm.facts, elm.sole, elm.pairs, elm.share) == (2, 2, 1, 2, pytest.approx(2 / 3))
    assert (found["oak.example"].facts, found["oak.example"].sole, found["four"].sole) == (1, 0, 1)


def test_which_source_reports_which_pair() -> None:
    found = attention.reports(graph(*TOLD))
    assert [(row.publisher, row.source, row.target, row.count, row.share, row.facts) for row in found] == [
        ("elm.example", "A", "B", 1, 0.5, ("fact/1",)),
        ("elm.example", "A", "C", 1, 0.5, ("fact/2",)),
        ("four", "A", "B", 1, 1.0, ("fact/3",)),
        ("oak.example", "A", "C", 1, 1.0, ("fact/2",)),
    ]


def test_what_rests_on_one_source() -> None:
    found = attention.sole(graph(*TOLD), RULES)
    assert [(row.fact, row.kind, row.time, row.publisher, row.documents) for row in found] == [
        ("fact/1", "chat", "2013", "elm.example", ("one", "two")),
        ("fact/3", "quarrel", "", "four", ("four",)),
    ]


def test_claims_of_one_fact_that_disagree() -> None:
    claims = (
        claim("one", "Chat", {"talker": (A, B)}),
        replace(claim("three", "Chat", {"talker": (A, B)}), status="refuted"),
    )
    (found,) = attention.contradictions([fact("1", "Chat", talker=(A, B), claims=claims)], RULES)
    assert (found.kind, found.roles, found.aspect, found.facts) == ("chat", "talker: A, B", "status", ("fact/1",))
    assert (found.values, found.documents) == (("refuted", "stated"), (("three",), ("one",)))
    announced = (claims[0], replace(claims[1], status="announced"))
    assert not attention.contradictions([fact("1", "Chat", talker=(A, B), claims=announced)], RULES)


@pytest.mark.parametrize(
    ("first", "second", "aspect"),
    [
        ({"time": "2013-05-01"}, {"time": "2013-05-03"}, "time"),
        ({"time": "2013-05-01"}, {"time": "2013-05-30"}, ""),
        ({"time": "2013-05-01"}, {"time": "2013-05"}, ""),
        ({"time": "2013-05-01"}, {"time": None, "status": "refuted"}, "status"),
        ({"time": "2013-05-01"}, {"time": "2014", "status": "refuted"}, ""),
        ({"time": "2013-05-01"}, {"time": "2013-05-03", "documents": ("one",)}, ""),
        ({"time": "2013-05-01"}, {"time": "2013-05-03", "talker": (A, C)}, ""),
    ],
)
def test_facts_that_may_be_about_one_event(first: dict[str, Any], second: dict[str, Any], aspect: str) -> None:
    one = fact("1", "Chat", **{"talker": (A, B), **first})
    other = fact("2", "Chat", **{"talker": (B, A), "documents": ("three",), **second})
    for order in ((one, other), (other, one)):
        found = attention.contradictions(order, RULES)
        assert [each.aspect for each in found] == ([aspect] if aspect else [])
        assert all(each.facts == ("fact/1", "fact/2") for each in found)


def test_two_spells_of_what_lasts_are_no_contradiction() -> None:
    bonds = [fact(n, "Bond", friend=(A, B), time=t, documents=(d,)) for n, t, d in (("1", "2013-05-01", "one"), ("2", "2013-05-03", "three"))]  # fmt: skip
    assert bonds[0].time != Time("2013") and not attention.contradictions(bonds, RULES)
