"""Events told by a pro-form or with something left out."""

import pytest
from told import Tell

from dipgraph.language.ellipsis import stands_for_another
from dipgraph.language.parse import parse

FORMS = ("do so", "do same", "follow suit")


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Benin did the same.", "did"),
        ("Benin did so, too.", "did"),
        ("Benin followed suit.", "followed"),
        ("Togo left, but Benin declined to.", "declined"),
    ],
)
def test_pro_forms_stand_for_another_event(text: str, verb: str) -> None:
    assert [t.text for t in parse(text) if stands_for_another(t, FORMS)] == [verb]


@pytest.mark.parametrize("text", ["Benin did its homework.", "Benin followed the debate.", "Benin declined to vote."])
def test_other_verbs_do_not(text: str) -> None:
    assert not any(stands_for_another(t, FORMS) for t in parse(text))


@pytest.mark.parametrize(
    ("text", "kind", "roles", "status"),
    [
        (
            "Gabon cut ties with Latvia. Benin did the same a year later.",
            "RelationsSevered",
            {"party": {"Benin", "Latvia"}, "initiator": {"Benin"}},
            "asserted",
        ),
        (
            "Gabon recognised Kosovo, but Benin declined to.",
            "Recognition",
            {"recognizer": {"Benin"}, "recognized": {"Kosovo"}},
            "denied",
        ),
        (
            "Gabon recognised Kosovo. Benin and Togo soon followed Gabon.",
            "Recognition",
            {"recognizer": {"Benin", "Togo"}, "recognized": {"Kosovo"}},
            "asserted",
        ),
        (
            "Gabon cut its ties with Latvia in 1990 and restored them in 1995.",
            "RelationsEstablished",
            {"party": {"Gabon", "Latvia"}},
            "asserted",
        ),
    ],
)
def test_the_event_told_before_is_meant(
    tell: Tell, text: str, kind: str, roles: dict[str, set[str]], status: str
) -> None:
    assert (roles, status) in [(claim.roles, claim.status) for claim in tell(text, kind)]


def test_whom_one_follows_must_have_done_it(tell: Tell) -> None:
    assert len(tell("Gabon recognised Kosovo. Benin followed Latvia.", "Recognition")) == 1


def test_what_is_said_but_not_understood_is_not_guessed(tell: Tell) -> None:
    assert len(tell("Gabon joined the African Union. Benin joined the queue.", "Accession")) == 1


def test_as_did_repeats_the_verb_that_it_stands_by(tell: Tell) -> None:
    text = "Gabon cut ties with Latvia. Benin condemned the raid by Latvia, as did Togo."
    assert [claim.roles["critic"] for claim in tell(text, "Criticism")] == [{"Benin"}, {"Togo"}]


def test_who_took_part_in_talks_signs_what_is_signed_after_them(tell: Tell) -> None:
    (claim,) = tell("Gabon and Latvia held talks in Riga. A treaty was signed.", "AgreementSigning")
    assert claim.roles["party"] == {"Gabon", "Latvia"}


def test_what_is_signed_long_after_talks_is_not_theirs(tell: Tell) -> None:
    text = "Gabon and Latvia held talks in Riga. It rained in Chad. It rained in Mali. A treaty was signed in Oslo."
    assert tell(text, "AgreementSigning") == []
