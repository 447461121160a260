import random
from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_sample import (
    ANN,
    BOB,
    CHIEF,
    CLUB,
    CYD,
    DAN,
    EMBASSY,
    GAZETTEER,
    MEDAL,
    TOWN,
    A,
    B,
    C,
    D,
    Store,
    fact,
    ontology,
    store,
)  # fmt: skip

from dipgraph.errors import InputError, OntologyError
from dipgraph.model import Document, Fact
from dipgraph.network import projection

RULES = ontology()


def edges(graph: Any) -> list[tuple[str, str, str]]:
    return [(a, data["property"], b) for a, b, data in graph.edges(data=True)]


def states(*facts: Fact, **options: Any) -> Any:
    return projection.dyads(store(*facts), RULES, GAZETTEER, **options)


def test_edges_are_the_plain_triples_of_a_fact() -> None:
    graph = projection.entities(store(fact("1", "Gift", giver=A, given=MEDAL, getter=(ANN, BOB))), RULES)
    assert set(edges(graph)) == {
        (ANN.iri, "keeps", MEDAL.iri),
        (BOB.iri, "keeps", MEDAL.iri),
        (A.iri, "gaveTo", ANN.iri),
        (A.iri, "gaveTo", BOB.iri),
    }
    assert graph.has_edge(A.iri, ANN.iri, f"fact/1|gaveTo|{A.iri}|{ANN.iri}")
    assert graph.nodes[A.iri] == {
        "label": "A", "kind": "State", "aliases": ("the a",), "description": "", "same_as": (),
    }  # fmt: skip


def test_a_symmetric_shortcut_joins_each_pair_once_smaller_iri_first() -> None:
    graph = projection.entities(store(fact("1", "Chat", talker=(C, A, B, A))), RULES)
    assert edges(graph) == [(x.iri, "talkedWith", y.iri) for x, y in ((A, B), (A, C), (B, C))]
    assert all(symmetric for *_, symmetric in graph.edges(data="symmetric"))


def test_an_edge_says_everything_about_its_fact() -> None:
    told = fact(
        "1", "Gift", giver=A, given=MEDAL, getter=ANN, time="2013-05", place=(TOWN,), attribution=(BOB,), confidence=0.75, documents=("two", "one", "one")
    )  # fmt: skip
    data = next(data for *_, data in projection.entities(store(told), RULES).edges(data=True))
    assert data == {
        "fact": "fact/1", "type": "Gift", "property": "keeps", "symmetric": False, "time": "2013-05", "begin": "2013-05-01", "end": "2013-05-31",
        "status": "stated", "sign": 1, "confidence": 0.75, "sources": ("one", "two"), "attribution": ("BOB",), "place": ("TOWN",),
        "roles": {"given": ("STAR",), "given to": ("ANN",), "given by": ("A",)}, "claims": 3,
        "evidence": (
            {"document": "one", "status": "stated", "before": "", "text": "They", "after": " talked."},
            {"document": "two", "status": "stated", "before": "", "text": "They", "after": ""},
        ),
    }  # fmt: skip


def test_open_and_unknown_times_are_empty() -> None:
    facts = fact("1", "Quarrel", angry=A, blamed=B, time="2013/"), fact("2", "Quarrel", angry=A, blamed=B)
    found = {d["fact"]: (d["time"], d["begin"], d["end"]) for *_, d in projection.entities(store(*facts), RULES).edges(data=True)}  # fmt: skip
    assert found == {"fact/1": ("2013/", "2013-01-01", ""), "fact/2": ("", "", "")}


def test_only_documents_that_an_edge_cites_are_described() -> None:
    kg = Store((fact("1", "Chat", talker=(A, B)),), (*store().texts, Document("two", "Unread.")))
    assert projection.entities(kg, RULES).graph["documents"] == {
        "one": {"title": "First", "published": "2013-05-01", "url": "https://one.example"}
    }


def test_roles_that_are_empty_make_no_edge_and_no_node() -> None:
    facts = fact("1", "Gift", giver=A), fact("2", "Chat", talker=A), fact("3", "Silence", silent=A)
    graph = projection.entities(store(*facts), RULES)
    assert len(graph) == 0
    loose = graph.graph["loose"]
    assert {name: told["parties"] for name, told in loose.items()} == {
        f"fact/{i}": (party.iri,) for i, party in (("1", A), ("2", A), ("3", A))
    }
    assert loose["fact/1"]["type"] == "Gift" and loose["fact/1"]["evidence"][0]["text"] == "They"
    assert set(graph.graph["documents"]) == {"one"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "1"),
        ({"statuses": None}, "12345"),
        ({"statuses": [""]}, "1"),
        ({"statuses": ["announced", "refuted"]}, "2345"),
        ({"statuses": None, "kinds": ["Quarrel", "Pact"]}, "345"),
        ({"statuses": None, "kinds": []}, ""),
        ({"statuses": None, "between": (date(2013, 5, 31), date(2013, 12, 31))}, "25"),
        ({"statuses": None, "between": (None, date(2012, 12, 31))}, "35"),
        ({"statuses": None, "between": (date(2014, 1, 1), None)}, "5"),
        ({"statuses": None, "between": (None, None)}, "235"),
    ],
)
def test_filters(options: dict[str, Any], expected: str) -> None:
    facts = (
        fact("1", "Chat", talker=(A, B)),
        fact("2", "Chat", talker=(A, B), status="announced", time="2013-05"),
        fact("3", "Quarrel", angry=A, blamed=B, status="refuted", time="2012"),
        fact("4", "Quarrel", angry=A, blamed=B, status="refuted"),
        # It lasts: from the time at which it is said to hold.
        fact("5", "Pact", bound=A, body=CLUB, status="announced", time="2012-01-01"),
    )
    graph = projection.entities(store(*facts), RULES, **options)
    assert sorted(name for *_, name in graph.edges(data="fact")) == [f"fact/{digit}" for digit in expected]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"statuses": ["anounced"]}, OntologyError, "did you mean announced"),
        ({"kinds": ["Quarel"]}, OntologyError, "did you mean Quarrel"),
        ({"between": (date(2014, 1, 1), date(2013, 1, 1))}, InputError, "earlier day first"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any], error: type[Exception], words: str) -> None:
    for make in (lambda: projection.entities(store(), RULES, **options), lambda: states(**options)):
        with pytest.raises(error, match=words):
            make()


def test_a_state_stays_and_a_person_is_lifted_to_the_state_of_the_office() -> None:
    graph = states(fact("1", "Gift", giver=ANN, getter=(B, BOB), time="2013"))
    assert edges(graph) == [(A.iri, "gaveTo", B.iri)]
    ((_, _, key, data),) = graph.edges(keys=True, data=True)
    assert key == f"fact/1|gaveTo|{A.iri}|{B.iri}"
    assert data["via"] == ("ANN", "BOB") and data["roles"] == {"given by": ("ANN",), "given to": ("B", "BOB")}
    assert graph.nodes[A.iri]["label"] == "A"


@pytest.mark.parametrize(
    ("end", "options", "expected"),
    [
        ({"angry": B, "blamed": ANN, "time": "2014"}, {}, [(B, A)]),
        ({"angry": B, "blamed": ANN, "time": "2014-07"}, {}, []),  # no longer in office, now of an alliance
        ({"angry": B, "blamed": ANN, "time": "2009/"}, {}, [(B, A)]),
        ({"angry": B, "blamed": ANN, "published": date(2013, 1, 1)}, {}, [(B, A)]),
        ({"angry": B, "blamed": ANN, "published": date(2020, 1, 1)}, {}, []),
        ({"angry": B, "blamed": ANN, "published": date(2020, 1, 1)}, {"at": date(2011, 1, 1)}, [(B, A)]),
        ({"angry": B, "blamed": ANN}, {}, [(B, A)]),  # nothing is known of when
        ({"angry": A, "blamed": EMBASSY}, {}, [(A, B)]),
        ({"angry": A, "blamed": TOWN}, {}, [(A, C)]),
        ({"angry": A, "blamed": CLUB}, {}, []),
        ({"angry": A, "blamed": DAN}, {}, []),
        ({"angry": A, "blamed": CYD}, {}, []),  # of two states at once
        ({"angry": A, "blamed": (CYD, C)}, {}, [(A, C)]),
    ],
)
def test_who_stands_for_which_state(end: dict[str, Any], options: dict[str, Any], expected: list[Any]) -> None:
    graph = states(fact("1", "Quarrel", **end), **options)
    assert edges(graph) == [(a.iri, "blamed", b.iri) for a, b in expected]
    assert (graph.graph["unlifted"], graph.graph["within"]) == (0 if expected else 1, 0)


def test_facts_within_one_state_and_facts_without_triples_are_not_unlifted() -> None:
    graph = states(
        fact("1", "Quarrel", angry=BOB, blamed=B, time="2013"),
        fact("2", "Chat", talker=(BOB, EMBASSY), time="2013"),
        fact("3", "Silence", silent=A),
        fact("4", "Gift", given=MEDAL, getter=ANN),
    )
    assert len(graph) == 0 and (graph.graph["unlifted"], graph.graph["within"]) == (1, 2)


def test_a_symmetric_fact_joins_states_once_whoever_came() -> None:
    graph = states(fact("1", "Chat", talker=(BOB, EMBASSY, B, ANN, CLUB), time="2013"))
    assert edges(graph) == [(A.iri, "talkedWith", B.iri)]
    assert [via for *_, via in graph.edges(data="via")] == [("ANN", "BOB", "EMBASSY")]


def post(name: str, who: Any, whose: Any, **more: Any) -> Fact:
    return fact(name, "Post", who=who, what=CHIEF, whose=whose, **more)


@pytest.mark.parametrize(
    ("offices", "when", "expected"),
    [
        ([post("p", DAN, D, time="2013")], "2013-05", [D]),
        ([post("p", DAN, D, time="2013")], "2014-05", []),
        ([post("p", DAN, D, published=date(2013, 5, 1))], "2013-09", [D]),  # within a year of the publication
        ([post("p", DAN, D, published=date(2013, 5, 1))], "2015", []),
        ([post("p", DAN, D)], "1990", [D]),
        ([post("p", DAN, EMBASSY)], "2013", [B]),
        ([post("p", DAN, D, status="refuted")], "2013", []),
        ([post("p", DAN, D), post("q", DAN, C)], "2013", []),
        ([post("p", DAN, D), post("q", DAN, C, documents=("one", "two"))], "2013", [C]),
        # the role of the place where an envoy serves is not of the fact's identity
        ([fact("p", "Post", who=DAN, what=CHIEF, whose=D, where=C)], "2013", [D]),
    ],
)
def test_offices_that_the_texts_give(offices: list[Fact], when: str, expected: list[Any]) -> None:
    graph = states(fact("1", "Quarrel", angry=A, blamed=DAN, time=when), *offices, kinds=["Quarrel"])
    assert edges(graph) == [(A.iri, "blamed", state.iri) for state in expected]


def test_the_texts_decide_between_the_states_of_one_person_but_not_against_the_gazetteer() -> None:
    quarrels = [fact(str(i), "Quarrel", angry=B, blamed=who, time="2013") for i, who in enumerate((CYD, ANN))]
    graph = states(*quarrels, post("p", CYD, D), post("q", ANN, C))
    assert edges(graph) == [(B.iri, "blamed", D.iri), (B.iri, "blamed", A.iri)]


PEOPLE = (A, B, C, D, ANN, BOB, CYD, DAN, EMBASSY, CLUB, TOWN)
FACTS = st.lists(
    st.tuples(
        st.sampled_from(["Chat", "Quarrel", "Post"]),
        st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3),
        st.sampled_from([None, "2013", "2014-08", "2000/2015"]),
        st.sampled_from([None, date(2013, 5, 1)]),
    ),
    max_size=12,
)


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_facts_makes_no_difference(drawn: list[Any], shuffler: random.Random) -> None:
    names = {"Chat": ("talker", "talker"), "Quarrel": ("angry", "blamed"), "Post": ("who", "whose")}
    facts = [
        fact(str(i), kind, time=time, published=day, **{names[kind][0]: (found[0],), names[kind][1]: tuple(found)})
        for i, (kind, found, time, day) in enumerate(drawn)
    ]
    shuffled = shuffler.sample(facts, len(facts))
    for make in (
        lambda held: projection.entities(store(*held), RULES),
        lambda held: projection.dyads(store(*held), RULES, GAZETTEER),
    ):
        one, other = make(facts), make(shuffled)
        assert list(one.nodes(data=True)) == list(other.nodes(data=True))
        assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
        assert one.graph == other.graph
        assert nx.is_directed(one)
