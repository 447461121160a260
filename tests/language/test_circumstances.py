"""When: each time goes to the event on its own branch of the sentence, or to what is told with it."""

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
    ("text", "kind", "time"),
    [
        ("Emmanuel Macron was in Berlin on Friday, two days after Xi Jinping had visited Rome.", "Visit", "2023-03-08"),
        ("When Emmanuel Macron visited Beijing in 2019, Xi Jinping met Angela Merkel.", "Meeting", "2019"),
        ("The crisis dates from May 2021, when Emmanuel Macron visited Beijing.", "Visit", "2021-05"),
        ("Emmanuel Macron resigned after the riots of 2021 in which he met Xi Jinping.", "Meeting", "2021"),
        ("Emmanuel Macron's two-day visit to Beijing, which ended on Friday, was his first.", "Visit", "2023-03-09/2023-03-10"),
        ("Emmanuel Macron began a three-day visit to Beijing on Monday.", "Visit", "2023-03-13/2023-03-15"),
        ("In May, the talks having failed, Emmanuel Macron met Xi Jinping.", "Meeting", "2022-05"),
    ],
)  # fmt: skip
def test_clauses_told_together_date_each_other(tell: Tell, text: str, kind: str, time: str) -> None:
    assert time in {claim.time for claim in tell(text, kind, PUBLISHED)}


def test_the_simple_past_goes_on_with_the_story_of_its_paragraph(tell: Tell) -> None:
    story = "Emmanuel Macron visited Beijing in May 2019."
    (claim,) = tell(f"{story} Xi Jinping met Angela Merkel.", "Meeting", PUBLISHED)
    assert claim.time == "2019-05"
    for aside in ("Xi Jinping has met Angela Merkel.", "Xi Jinping had met Angela Merkel."):
        (claim,) = tell(f"{story} {aside}", "Meeting", PUBLISHED)
        assert claim.time == ""
    (claim,) = tell(f"{story}\n\nXi Jinping met Angela Merkel.", "Meeting", PUBLISHED)
    assert claim.time == ""


def test_an_entry_of_a_diary_is_of_its_day(tell: Tell) -> None:
    text = (
        "Oslo, 3rd March, 2023\n\nEmmanuel Macron met Xi Jinping.\n\n4th March, 2023\n\nXi Jinping met Angela Merkel."
    )
    assert [claim.time for claim in tell(text, "Meeting", PUBLISHED)] == ["2023-03-03", "2023-03-04"]


def test_a_press_release_is_of_its_day(tell: Tell) -> None:
    text = "Emmanuel Macron today visited Beijing.\n\nTalks were held between Emmanuel Macron and Xi Jinping."
    assert {claim.time for claim in tell(text, "Meeting", PUBLISHED)} == {"2023-03-15"}


def test_what_is_dated_after_the_text_is_planned(tell: Tell) -> None:
    (claim,) = tell("Next week Xi Jinping meets Emmanuel Macron.", "Meeting", PUBLISHED)
    assert (claim.status, claim.time) == ("planned", "2023-03-20/2023-03-26")


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Angela Merkel, chancellor of Germany from 2005 to 2021, met Xi Jinping.", "2005/2021"),
        ("President Gerald Ford visited Finland in 1975.", "1975"),
        ("In 1983, when she was Togo's trade minister, Jane Doe visited Finland.", "1983"),
        ("President Emmanuel Macron of France visited Finland in 2018.", ""),
        ("President Emmanuel Macron of France visited Finland on Monday.", ""),
        ("The former president, Gerald Ford, visited Finland in 1979.", ""),
    ],
)
def test_when_an_office_was_held(tell: Tell, text: str, time: str) -> None:
    assert {claim.time for claim in tell(text, "OfficeHolding", PUBLISHED)} == {time}


def test_a_criticism_is_quoted_out_of_order(tell: Tell) -> None:
    text = "Emmanuel Macron visited Beijing in 2012. Xi Jinping condemned Japan."
    assert [(claim.kind, claim.time) for claim in tell(text, "Criticism", PUBLISHED)] == [("Criticism", "")]


def test_a_date_alone_at_the_head_of_news_is_not_the_time_of_all_that_it_tells(tell: Tell) -> None:
    text = "Wednesday, March 15, 2023\n\nEmmanuel Macron met Xi Jinping."
    assert [claim.time for claim in tell(text, "Meeting", PUBLISHED)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "Norway expelled a Russian diplomat in reaction to the arrest of a reporter and her driver in Moscow on 4 March.",
        "Norway recalled its ambassador to Russia in protest at the raid of 4 March.",
    ],
)
def test_what_is_answered_came_before_the_answer(tell: Tell, text: str) -> None:
    assert [claim.time for claim in tell(text, "AmbassadorRecalled", PUBLISHED)] == [""]


def test_what_follows_a_plan_after_a_comma_is_timed_by_its_announcement(tell: Tell) -> None:
    text = "Olaf Scholz and Xi Jinping announced on 3 March that they would restore them, two days after speaking by telephone."
    assert [claim.time for claim in tell(text, "Meeting", PUBLISHED)] == ["2023-03-01"]


def test_an_office_named_within_another_noun_has_not_the_time_of_its_clause(tell: Tell) -> None:
    text = "President William Ruto met Xi Jinping in Nairobi on 3 March in the second week of his term."
    held = tell(text, "OfficeHolding", PUBLISHED)
    assert {(claim.time, claim.place) for claim in held} == {("", ())}
    assert len(held) == 2
