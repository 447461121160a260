"""When and where: each time and place goes to the event on its own branch of the sentence."""

from datetime import date

import pytest
from told import Tell

PUBLISHED = date(2023, 3, 15)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Emmanuel Macron visited Beijing on April 6, 2020.", "2020-04-06"),
        ("On Monday, Emmanuel Macron visited Beijing.", "2023-03-13"),
        ("Emmanuel Macron will visit Beijing on Monday.", "2023-03-20"),
        ("Emmanuel Macron is to visit Beijing on Monday.", "2023-03-20"),
        ("Emmanuel Macron plans to visit Beijing next week.", "2023-03-20/2023-03-26"),
        ("Emmanuel Macron visited Beijing in May.", "2022-05"),
        ("Emmanuel Macron will visit Beijing in May.", "2023-05"),
        ("Emmanuel Macron's visit to Beijing on Friday was short.", "2023-03-10"),
        ("Emmanuel Macron paid a visit to Beijing on Friday.", "2023-03-10"),
        ("Emmanuel Macron visited Beijing.", ""),
    ],
)
def test_tense_chooses_the_reading(tell: Tell, text: str, time: str) -> None:
    assert [claim.time for claim in tell(text, "Visit", PUBLISHED)] == [time]


def test_each_event_has_its_own_time(tell: Tell) -> None:
    text = "Emmanuel Macron visited Beijing in May and will visit Tokyo in June."
    assert [claim.time for claim in tell(text, "Visit", PUBLISHED)] == ["2022-05", "2023-06"]


def test_clauses_with_one_subject_share_a_time(tell: Tell) -> None:
    text = "Emmanuel Macron visited Beijing on Monday and met Xi Jinping."
    assert {claim.time for claim in tell(text, published=PUBLISHED)} == {"2023-03-13"}


def test_the_time_of_saying_is_not_the_time_of_the_event(tell: Tell) -> None:
    (claim,) = tell("The Kremlin said on Tuesday that Emmanuel Macron visited Beijing.", "Visit", PUBLISHED)
    assert claim.time == ""
    (claim,) = tell("The Kremlin said on Tuesday that Emmanuel Macron visited Beijing in 2019.", "Visit", PUBLISHED)
    assert claim.time == "2019"


def test_an_announcement_makes_the_event_known_when_it_happens(tell: Tell) -> None:
    text = "The Kremlin announced on Tuesday that Vladimir Putin awarded Xi Jinping a medal."
    assert [claim.time for claim in tell(text, "HonourAward", PUBLISHED)] == ["2023-03-14"]


def test_a_relative_clause_keeps_its_time_to_itself(tell: Tell) -> None:
    (claim,) = tell("Emmanuel Macron, who was elected in 2017, visited Beijing.", "Visit", PUBLISHED)
    assert claim.time == ""


def test_a_year_inside_a_name_dates_nothing(tell: Tell) -> None:
    (claim,) = tell("Japan and Russia signed the Treaty of 1875.", "AgreementSigning", PUBLISHED)
    assert claim.time == ""
    (claim,) = tell("Xi Jinping met Vladimir Putin, a veteran of the War of 1941.", "Meeting", PUBLISHED)
    assert claim.time == ""


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("in Beijing", "Beijing"),
        ("in Paris, France", "Paris"),
        ("in the Chinese city of Chengdu", "Chengdu"),
        ("near Lyon", "Lyon"),
        ("at a summit in Bali", "Bali"),
        ("in China", "China"),
    ],
)
def test_the_most_specific_place(tell: Tell, where: str, place: str) -> None:
    (claim,) = tell(f"Emmanuel Macron met Xi Jinping {where}.", "Meeting")
    assert claim.place == (place,)


def test_what_plays_a_role_is_no_place_besides(tell: Tell) -> None:
    (claim,) = tell("Emmanuel Macron arrived in Beijing.", "Visit")
    assert (claim.roles["destination"], claim.place) == ({"Beijing"}, ())
