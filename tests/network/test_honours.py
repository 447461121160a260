from datetime import date
from typing import Any

import pytest
from network_sample import ANN, BOB, GRADES, MEDAL, A, B, C, Store, entity, fact, ontology

from dipgraph.model import Document, Fact, Gazetteer, Span, Tenure
from dipgraph.network import honours, projection, ranks

RULES = ontology()
COLLAR = entity("collar", "Medal")


def graph(*facts: Fact) -> Any:
    return projection.entities(Store(facts, (Document("one", "They", "T"),)), RULES)


GIVEN = (
    fact("1", "Gift", giver=A, given=MEDAL, getter=B, time="2012-05-10"),
    fact("2", "Gift", giver=B, given=entity("x", "Medal", aliases=()), getter=A, time="2013"),
    fact("3", "Gift", giver=A, given=MEDAL, getter=C),
    fact("4", "Gift", giver=A, given=MEDAL, getter=B, time="2011"),
)


def test_awards_in_order_of_time() -> None:
    found = honours.awards(graph(*GIVEN, fact("5", "Chat", talker=(A, B))), RULES)
    assert [(each.source_label, each.target_label, each.time, each.fact) for each in found] == [
        ("A", "B", "2011", "fact/4"), ("A", "B", "2012-05-10", "fact/1"), ("B", "A", "2013", "fact/2"), ("A", "C", "", "fact/3"),
    ]  # fmt: skip
    assert found[0].token == "STAR"


def test_the_matrix_and_what_comes_back() -> None:
    given = honours.awards(graph(*GIVEN), RULES)
    first, *others = honours.exchanges(given)
    assert (first.source_label, first.target_label, first.given, first.returned) == ("A", "B", 2, 1)
    assert first.given_facts == ("fact/4", "fact/1") and first.returned_facts == ("fact/2",)
    assert [(row.source_label, row.target_label, row.given, row.returned) for row in others] == [
        ("B", "A", 1, 2), ("A", "C", 1, 0), ("C", "A", 0, 1),
    ]  # fmt: skip
    found = honours.reciprocity(given)
    # A -> B, B -> A, A -> C: two of three arcs are returned, one pair of two is mutual.
    assert (found.awards, found.givers, found.receivers, found.pairs, found.mutual) == (4, 2, 3, 2, 1)
    assert (found.ordered, found.returned) == (3, 2)
    assert found.reciprocity == pytest.approx(2 / 3) and honours.reciprocity(()).reciprocity is None


@pytest.mark.parametrize(
    ("names", "quoted", "expected"),
    [
        (["Grand Star of the Owl"], [], "first"),
        (["Star of the Owl"], [], "second"),
        (["Order of the Owl"], ["made a Knight of the Order of the Owl"], "third"),
        (["Order of the Owl"], ["the Order of the Owl, Collar, in Oslo"], "first"),
        (["Order of the Owl"], ["the Knight rode on"], ""),
        (["Order of the Owl"], ["a Starry night of fun"], ""),
        (["Star of the Owl"], ["the Collar of the Owl"], "second"),  # its own name comes first
    ],
)
def test_grades(names: list[str], quoted: list[str], expected: str) -> None:
    found = honours.grade(names, quoted, GRADES)
    assert (found.label if found else "") == expected


def test_rank_exchanged() -> None:
    best = fact("1", "Gift", giver=A, given=entity("owl", "Medal"), getter=B, time="2012")
    quoted = [
        Fact(best.iri, best.kind, best.roles, best.status, tuple(_quoting(each, "the Collar of the Owl") for each in best.claims), best.time),
        fact("2", "Gift", giver=B, given=entity("knight", "Medal"), getter=A, time="2013"),
    ]  # fmt: skip
    kg = Store(tuple(quoted), (Document("one", "the Collar of the Owl", "T"),))
    rows = honours.exchanges(honours.awards(projection.entities(kg, RULES), RULES))
    assert [(row.given_grade, row.returned_grade, row.balance) for row in rows] == [
        ("first", "", None),
        ("", "first", None),
    ]


def _quoting(claim: Any, text: str) -> Any:
    return type(claim)(**{**claim.__dict__, "evidence": (Span(0, len(text), text),)})


def test_the_rank_of_giver_and_receiver() -> None:
    """Ann headed state A until 2011 and its government before; Bob was a minister of B's, and nobody in 2013."""
    names = Gazetteer(
        tenures=(
            Tenure(ANN.iri, "premier", A.iri, "2005", "2009", "head-of-government"),
            Tenure(ANN.iri, "queen", A.iri, "2009", "2011", "both"),
            Tenure(BOB.iri, "foreign minister", B.iri, "2008", "2012", "foreign-minister"),
            Tenure(BOB.iri, "mayor", B.iri, "2000", "", "mayor"),
        )
    )
    given = tuple(
        fact(time or "none", "Gift", giver=ANN, given=MEDAL, getter=BOB, time=time, **more)
        for time, more in (("2008-05", {}), ("2009", {}), ("2013", {}), ("", {"published": date(2010, 1, 1)}))
    )
    found = ranks.standings((*given, fact("chat", "Chat", talker=(ANN, BOB), time="2008")), RULES, names)
    assert {iri: (giver.title, receiver.title) for iri, (giver, receiver) in found.items()} == {
        "fact/2008-05": ("premier", "foreign minister"),
        "fact/2009": ("queen", "foreign minister"),
        "fact/2013": ("", ""),
        "fact/none": ("queen", "foreign minister"),
    }
    rows = {row.time: row.level for row in honours.awards(graph(*given), RULES, found)}
    assert rows == {"2008-05": 1, "2009": 2, "2013": None, "": 2}


def test_before_and_after() -> None:
    around = honours.around(
        graph(
            GIVEN[0],
            fact("a", "Chat", talker=(A, B), time="2012-05-01"), fact("b", "Chat", talker=(A, B), time="2011-01-01"),
            fact("c", "Chat", talker=(B, A), time="2012-05"), fact("d", "Chat", talker=(B, A), time="2012-06-10"),
            fact("e", "Quarrel", angry=B, blamed=A, time="2012-05-11"), fact("f", "Quarrel", angry=C, blamed=A, time="2012-05-11"),
        ),
        RULES,
    )  # fmt: skip
    chat, quarrel = around
    assert (chat.kind, chat.before, chat.at, chat.after) == ("chat", 1, 1, 1)
    assert (chat.days_before, chat.days_after) == (9, 31)
    assert (chat.facts_before, chat.facts_at, chat.facts_after) == (("fact/a",), ("fact/c",), ("fact/d",))
    assert (quarrel.before, quarrel.after, quarrel.days_before, quarrel.days_after) == (0, 1, None, 1)


def test_undated_tokens_have_no_before() -> None:
    assert honours.around(graph(GIVEN[2]), RULES) == ()
