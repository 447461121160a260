"""Who did what to whom by grammatical slot, whatever the dress of the sentence."""

import pytest

from dipgraph.language import predicates
from dipgraph.language.parse import lemma, parse
from dipgraph.language.predicates import Predicate

LIGHT = frozenset({"hold", "pay", "begin"})


def predicate(text: str, trigger: str, word: str) -> Predicate:
    token = next(token for token in parse(text) if lemma(token) == word)
    if trigger == "noun":
        return predicates.noun(token, LIGHT)
    return predicates.verb(token) if trigger == "verb" else predicates.adjective(token)


def slots(text: str, trigger: str, word: str) -> dict[str, list[str]]:
    return {slot: [t.text for t in tokens] for slot, tokens in predicate(text, trigger, word).slots.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The king awarded the minister a medal.", {"subject": ["king"], "indirectObject": ["minister"], "object": ["medal"]}),
        ("The king awarded a medal to the minister.", {"subject": ["king"], "to": ["minister"], "object": ["medal"]}),
        ("The minister was awarded a medal.", {"indirectObject": ["minister"], "object": ["medal"]}),
        ("The medal was awarded to the minister by the king.", {"subject": ["king"], "to": ["minister"], "object": ["medal"]}),
        ("A medal awarded to the minister by the king was lost.", {"subject": ["king"], "to": ["minister"], "object": ["medal"]}),
    ],
)  # fmt: skip
def test_voice_is_undone(text: str, expected: dict[str, list[str]]) -> None:
    assert slots(text, "verb", "award") == expected


@pytest.mark.parametrize(
    ("text", "trigger", "word", "slot", "expected"),
    [
        ("Biden, Xi hold talks in Bali", "verb", "hold", "subject", ["Biden", "Xi"]),
        ("Adams is due in Paris.", "adjective", "due", "subject", ["Adams"]),
        ("Adams made the king a Knight of the Garter.", "verb", "make", "object", ["king"]),
        ("Among those invited to the ball was Adams.", "verb", "invite", "object", ["Adams"]),
        ("The king flew back to Paris.", "verb", "fly", "to", ["Paris"]),
        ("Adams condemned Russia's attack.", "verb", "condemn", "objectOwner", ["Russia"]),
        ("Adams protested at the raid by Chad.", "verb", "protest", "objectOwner", ["Chad"]),
        ("Signatories include Chad.", "noun", "signatory", "subject", ["Chad"]),
        ("Talks began between the king and the minister.", "noun", "talk", "between", ["king"]),
        ("He sent a telegram of thanks from Adams.", "noun", "telegram", "from", ["Adams"]),
        ("She was a guest at the funeral in Paris.", "noun", "guest", "in", ["Paris"]),
        ("The king signed a memorandum of understanding with Chad.", "verb", "sign", "with", ["Chad"]),
        ("The king signed a contract for ships with Adams.", "verb", "sign", "with", ["Adams"]),
        ("Chad sent aid worth $10 million to Mali.", "verb", "send", "to", ["Mali"]),
        ("She attended the funeral of Adams in Paris.", "noun", "funeral", "in", ["Paris"]),
        ("Adams flew to Paris and dined there.", "verb", "dine", "in", ["there"]),
        ("He praised the treaty of friendship that the two kings signed.", "verb", "sign", "subject", ["kings"]),
        ("He left the Union, to which Chad belongs.", "verb", "belong", "to", ["Union"]),
        ("The king's host, Adams, conferred on Brown the Order.", "verb", "confer", "object", ["Order"]),
    ],
)
def test_who_and_what_stand_in_a_slot(text: str, trigger: str, word: str, slot: str, expected: list[str]) -> None:
    assert slots(text, trigger, word)[slot] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The king visited Paris.",
        "The king, who visited Paris, slept.",
        "The king, visiting Paris, slept.",
        "The king slept after visiting Paris.",
        "The king wants to visit Paris.",
        "The minister asked the king to visit Paris.",
        "The king slept and visited Paris.",
    ],
)
def test_a_subject_is_found_wherever_it_stands(text: str) -> None:
    assert slots(text, "verb", "visit") == {"subject": ["king"], "object": ["Paris"]}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The king held talks with the minister.", "talk", {"subject": ["king"], "with": ["minister"]}),
        ("The king paid a visit to Paris.", "visit", {"subject": ["king"], "to": ["Paris"]}),
        ("The king's visit to Paris was short.", "visit", {"possessor": ["king"], "to": ["Paris"]}),
        ("The visit of the king to Paris was short.", "visit", {"of": ["king"], "to": ["Paris"]}),
        ("The king came for talks with the minister.", "talk", {"subject": ["king"], "with": ["minister"]}),
        ("A meeting was held between the king and the minister.", "meeting", {"between": ["king"]}),
        ("He held a meeting between the king and the minister.", "meeting", {"between": ["king"]}),
        ("The king is an ally of the minister.", "ally", {"subject": ["king"], "of": ["minister"]}),
        ("The king, an ally of the minister, slept.", "ally", {"subject": ["king"], "of": ["minister"]}),
    ],
)
def test_an_event_noun_is_a_predicate(text: str, word: str, expected: dict[str, list[str]]) -> None:
    assert slots(text, "noun", word) == expected


def test_a_light_verb_carries_tense_and_time() -> None:
    assert predicate("The king paid a visit to Paris.", "noun", "visit").clause.text == "paid"
    assert predicate("The king's visit to Paris was short.", "noun", "visit").clause.text == "was"


def test_an_adjective_takes_the_subject_of_its_verb() -> None:
    assert slots("The king was critical of the minister.", "adjective", "critical") == {
        "subject": ["king"],
        "of": ["minister"],
    }


def test_a_purpose_gives_an_occasion() -> None:
    found = slots("The king invited the minister to attend the parade.", "verb", "invite")
    assert found == {"subject": ["king"], "object": ["minister"], "occasionSlot": ["parade"]}


def test_spellings_of_a_preposition_are_one_slot() -> None:
    assert "on" in slots("The king called upon the minister.", "verb", "call")
    assert "toward" in slots("The king moved towards the minister.", "verb", "move")


def test_the_object_of_a_verb_lends_it_its_own_slots() -> None:
    verb = predicate("The king cut his ties with the minister.", "verb", "cut")
    joined = predicates.verb_with_object(verb, next(iter(verb.slots["object"])))
    assert [t.text for t in joined.slots["with"]] == ["minister"]
    assert [t.text for t in joined.slots["subject"]] == ["king"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Chad said that Mali had violated the border.", "violate", ["Chad"]),
        ("Mali was dangerous, Chad said.", "dangerous", ["Chad"]),
        ("Mali violated the border.", "violate", []),
        ("Chad said nothing when Mali violated the border.", "violate", []),
    ],
)
def test_who_says_so(text: str, word: str, expected: list[str]) -> None:
    trigger = "adjective" if word == "dangerous" else "verb"
    speakers = predicates.speakers(predicate(text, trigger, word), frozenset({"say"}))
    assert [t.text for t in speakers] == expected
