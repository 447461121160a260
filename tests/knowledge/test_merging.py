"""Claims about one event become one fact, whatever their order; the last word on its status counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import readings

from dipgraph.knowledge.merging import merge
from dipgraph.model import ID, Claim, Entity, Fact, Span, Time
from dipgraph.ontology import load

ONTOLOGY = load()


def person(name: str) -> Entity:
    return Entity(f"{ID}person/{name}", "Person", name)


PUTIN, KIM, XI, ENVOY, MINISTER = map(person, ("Putin", "Kim", "Xi", "Envoy", "Minister"))
RUSSIA, CHINA = Entity(f"{ID}state/RUS", "State", "Russia"), Entity(f"{ID}state/CHN", "State", "China")
ORDER = Entity(f"{ID}honour/order", "Honour", "Order of Friendship")
MEDAL = Entity(f"{ID}honour/medal.1", "Honour", "medal", generic=True)


def claim(
    kind: str, *, document: str = "a", start: int = 0, time: str = "", status: str = "asserted", **roles: object
) -> Claim:
    """A claim with its roles given as one entity or several."""
    filled = {name: given if isinstance(given, tuple) else (given,) for name, given in roles.items()}
    said = Span(start, start + 5, "words")
    return Claim(document, kind, filled, status, (said,), Time(time) if time else None)  # type: ignore[arg-type]


def visit(**more: object) -> Claim:
    return claim("Visit", visitor=XI, destination=RUSSIA, **more)  # type: ignore[arg-type]


def facts(*claims: Claim) -> tuple[Fact, ...]:
    return merge(claims, ONTOLOGY)


def test_no_claims_give_no_facts() -> None:
    assert facts() == ()


def test_two_visits_a_year_apart_stay_two() -> None:
    found = facts(visit(time="2022-03"), visit(start=10, time="2023-03"))
    assert [fact.time for fact in found] == [Time("2022-03"), Time("2023-03")]
    assert found[0].iri != found[1].iri


@pytest.mark.parametrize("document", ["a", "b"])
def test_two_reports_of_one_visit_become_one(document: str) -> None:
    (fact,) = facts(visit(time="2023"), visit(document=document, start=10, time="2023-03-20"))
    assert (fact.time, len(fact.claims)) == (Time("2023-03-20"), 2)


def test_within_a_document_an_undated_report_is_of_the_dated_event() -> None:
    assert len(facts(visit(time="2023"), visit(start=10))) == 1


def test_across_documents_an_undated_report_may_be_of_another_event() -> None:
    assert len(facts(visit(time="2023"), visit(document="b"))) == 2


def test_across_documents_a_lasting_state_is_one_with_or_without_a_date() -> None:
    assert ONTOLOGY.kinds["AlliedWith"].lasting
    given = (
        claim("AlliedWith", ally=(RUSSIA, CHINA), time="2023"),
        claim("AlliedWith", ally=(RUSSIA, CHINA), document="b"),
    )
    assert len(facts(*given)) == 1


def test_other_fillers_are_another_fact() -> None:
    assert len(facts(visit(), claim("Visit", visitor=KIM, destination=RUSSIA))) == 2
    assert len(facts(visit(), claim("Visit", visitor=XI, destination=CHINA))) == 2


def test_fillers_of_one_event_are_united() -> None:
    met = claim("Meeting", participant=(XI, PUTIN)), claim("Meeting", participant=(XI, PUTIN, KIM), start=10)
    (fact,) = facts(*met)
    assert {e.label for e in fact.roles["participant"]} == {"Xi", "Putin", "Kim"}


def test_kinds_stay_apart() -> None:
    found = facts(visit(), claim("Criticism", critic=XI, criticized=RUSSIA))
    assert {fact.kind for fact in found} == {"Visit", "Criticism"}


def award(**more: object) -> Claim:
    return claim("HonourAward", **{"honour": ORDER, "awarder": PUTIN, "recipient": KIM, **more})  # type: ignore[arg-type]


def test_a_generic_honour_joins_the_named_one() -> None:
    (fact,) = facts(award(), award(honour=MEDAL, start=10))
    assert fact.roles["honour"] == (ORDER,)


def test_two_named_honours_stay_two() -> None:
    other = Entity(f"{ID}honour/other", "Honour", "Order of Courage")
    assert len(facts(award(), award(honour=other, start=10))) == 2


def test_others_who_give_a_named_honour_to_others_are_no_deputies() -> None:
    assert len(facts(award(), award(awarder=ENVOY, recipient=MINISTER, start=10))) == 2


def test_within_a_document_a_cue_outranks_plain_mention() -> None:
    (fact,) = facts(visit(start=10, status="postponed"), visit())
    assert fact.status == "postponed"


def test_of_two_documents_the_later_published_has_the_last_word() -> None:
    planned = replace(visit(document="z", time="2023", status="planned"), published=date(2023, 1, 1))
    happened = replace(visit(document="a", time="2023"), published=date(2023, 6, 1))
    assert [fact.status for fact in facts(planned, happened)] == ["asserted"]
    cancelled = replace(visit(document="m", time="2023", status="cancelled"), published=date(2023, 3, 1))
    assert [fact.status for fact in facts(planned, happened, cancelled)] == ["asserted"]
    assert [fact.status for fact in facts(planned, cancelled)] == ["cancelled"]


def test_speakers_are_united_and_the_best_confidence_counts() -> None:
    one = replace(visit(), attribution=(PUTIN,), confidence=0.5)
    other = replace(visit(start=10), attribution=(KIM, PUTIN), place=(CHINA,), confidence=0.75)
    (fact,) = facts(one, other)
    assert ({e.label for e in fact.attribution}, fact.place, fact.confidence) == ({"Putin", "Kim"}, (CHINA,), 0.75)


@st.composite
def several(draw: st.DrawFn) -> list[Claim]:
    """Made-up claims of all kinds that know at least one core role, as all that is read does."""
    said = [claim for _, claims in draw(st.lists(readings(), max_size=4)) for claim in claims]
    return [claim for claim in said if ONTOLOGY.kinds[claim.kind].core & claim.roles.keys()]


def small() -> st.SearchStrategy[list[Claim]]:
    """Claims of one kind over few fillers and times, so that many of them agree."""
    people = st.sampled_from([PUTIN, KIM, XI])
    one = st.builds(
        lambda document, start, time, status, awarder, recipient, honour: claim(
            "HonourAward", document=document, start=start, time=time, status=status, awarder=awarder, recipient=recipient, honour=honour
        ),
        st.sampled_from(["a", "b"]), st.integers(0, 40), st.sampled_from(["", "2023", "2023-03", "2024"]),
        st.sampled_from(sorted(ONTOLOGY.statuses)), people, people, st.sampled_from([ORDER, MEDAL]),
    )  # fmt: skip
    return st.lists(one, max_size=7)


@given(st.one_of(several(), small()), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(claims: list[Claim], random: object) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert shown(merge(shuffled, ONTOLOGY)) == shown(merge(claims, ONTOLOGY))


def shown(found: Sequence[Fact]) -> list[object]:
    """Facts without the order of claims that stand at the same characters."""
    return [
        (f.iri, f.status, f.time, {n: {e.iri for e in r} for n, r in f.roles.items()}, len(f.claims)) for f in found
    ]


@given(st.one_of(several(), small()))
def test_every_claim_supports_exactly_one_fact(claims: list[Claim]) -> None:
    given_, kept = [id(c) for c in claims], [id(c) for fact in merge(claims, ONTOLOGY) for c in fact.claims]
    assert sorted(kept) == sorted(given_)


@given(st.one_of(several(), small()))
def test_no_two_facts_share_an_identifier(claims: list[Claim]) -> None:
    iris = [fact.iri for fact in merge(claims, ONTOLOGY)]
    assert len(set(iris)) == len(iris)


@given(small())
def test_merging_again_what_was_merged_changes_nothing(claims: list[Claim]) -> None:
    found = merge(claims, ONTOLOGY)
    again = merge([c for fact in found for c in fact.claims], ONTOLOGY)
    assert shown(again) == shown(found)
