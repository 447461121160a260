"""Expressions of time against the date of publication: Wednesday 15 March 2023, unless a test says otherwise."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dipgraph.language.times import Day, TimeExpression, find
from dipgraph.language.units import Distance

PUBLISHED = date(2023, 3, 15)


def values(text: str, published: date | None = PUBLISHED) -> list[tuple[str | None, str | None]]:
    return [(t.past and t.past.value, t.future and t.future.value) for t in find(text, published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on May 9, 2020", "2020-05-09"),
        ("the 9th of May 2020", "2020-05-09"),
        ("Sept. 3, 2019", "2019-09-03"),
        ("May 9-11, 2020", "2020-05-09/2020-05-11"),
        ("9 to 11 May 2020", "2020-05-09/2020-05-11"),
        ("on 2020-05-09", "2020-05-09"),
        ("in May 2020", "2020-05"),
        ("in 2020", "2020"),
        ("in the spring of 2021", "2021-03/2021-05"),
        ("between 2014 and 2016", "2014/2016"),
        ("in 2014-16", "2014/2016"),
        ("since 2014", "2014/"),
        ("until 2014", "/2014"),
        ("in the 1990s", "1990/1999"),
        ("on Christmas Day 1979", "1979-12-25"),
        ("in mid-2018", "2018"),
        ("on Tuesday, May 9, 2020", "2020-05-09"),
        ("from 29 April to 3 May 2021", "2021-04-29/2021-05-03"),
        ("from 30 December to 2 January 2021", "2020-12-30/2021-01-02"),
        ("in the winter of 1999", "1999-12/2000-02"),
        ("in the second quarter of 2020", "2020-04/2020-06"),
        ("in the first half of 2019", "2019-01/2019-06"),
        ("between March 2018 and May 2019", "2018-03/2019-05"),
        ("from November to February 2020", "2019-11/2020-02"),
    ],
)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_a_full_date_needs_no_publication(text: str, value: str, published: date | None) -> None:
    assert [past for past, _ in values(text, published)] == [value]


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("on Monday", "2023-03-13", "2023-03-20"),
        ("on Friday", "2023-03-10", "2023-03-17"),
        ("on Wednesday", "2023-03-15", "2023-03-15"),
        ("Friday's talks", "2023-03-10", "2023-03-17"),
        ("last Wednesday", "2023-03-08", "2023-03-08"),
        ("next Wednesday", "2023-03-22", "2023-03-22"),
        ("yesterday", "2023-03-14", "2023-03-14"),
        ("today", "2023-03-15", "2023-03-15"),
        ("tomorrow", "2023-03-16", "2023-03-16"),
        ("last week", "2023-03-06/2023-03-12", "2023-03-06/2023-03-12"),
        ("earlier this week", "2023-03-13/2023-03-15", "2023-03-15/2023-03-19"),
        ("next week", "2023-03-20/2023-03-26", "2023-03-20/2023-03-26"),
        ("last month", "2023-02", "2023-02"),
        ("next month", "2023-04", "2023-04"),
        ("last year", "2022", "2022"),
        ("two days ago", "2023-03-13", "2023-03-13"),
        ("three weeks ago", "2023-02-22", "2023-02-22"),
        ("a month ago", "2023-02", "2023-02"),
        ("12 years ago", "2011", "2011"),
        ("a fortnight ago", "2023-03-01", "2023-03-01"),
        ("half a century ago", "1973", "1973"),
        ("a couple of weeks ago", "2023-03-01", "2023-03-01"),
        ("a few days ago", "2023-03", "2023-03"),
        ("last summer", "2022-06/2022-08", "2022-06/2022-08"),
        ("over the weekend", "2023-03-11/2023-03-12", "2023-03-18/2023-03-19"),
        ("last night", "2023-03-14", "2023-03-14"),
        ("in January", "2023-01", "2024-01"),
        ("in May", "2022-05", "2023-05"),
        ("last March", "2022-03", "2023-03"),
        ("in mid-January", "2023-01", "2024-01"),
        ("on March 12 and 13", "2023-03-12/2023-03-13", "2024-03-12/2024-03-13"),
    ],
)
def test_a_relative_time_counts_from_publication(text: str, past: str, future: str) -> None:
    assert values(text) == [(past, future)]
    assert values(text, None) == [(None, None)]


@pytest.mark.parametrize(
    ("published", "text", "past", "future"),
    [
        (date(2024, 1, 1), "last month", "2023-12", "2023-12"),
        (date(2023, 12, 31), "tomorrow", "2024-01-01", "2024-01-01"),
        (date(2024, 2, 28), "tomorrow", "2024-02-29", "2024-02-29"),
        (date(2024, 12, 30), "in January", "2024-01", "2025-01"),
        (date(2024, 1, 3), "on December 30", "2023-12-30", "2024-12-30"),
        (date(2024, 1, 1), "on Sunday", "2023-12-31", "2024-01-07"),
    ],
)
def test_years_and_months_turn(published: date, text: str, past: str, future: str) -> None:
    assert values(text, published) == [(past, future)]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("They met on May 9, 2020. Two days later they parted.", "2020-05-11"),
        ("They met on May 9, 2020, and the next day they parted.", "2020-05-10"),
        ("They met in May 2019. That same month they parted.", "2019-05"),
        ("They met in 2019, and the following year they parted.", "2020"),
        ("They met in 2019. A week later they parted.", "2019"),
        ("They met on May 9, 2020. A few hours later they parted.", "2020-05-09"),
        ("They met on May 9, 2020. They parted the same night.", "2020-05-09"),
        ("They met on May 9, 2020, and parted the morning after.", "2020-05-10"),
        ("They met on May 9, 2020. That August they parted.", "2020-08"),
        ("They met on May 9, 2020. In August of that year they parted.", "2020-08"),
        ("They met on May 9, 2020. On 3 June of the same year they parted.", "2020-06-03"),
        ("They met on May 9, 2020, and on the same day in 1963.", "1963-05-09"),
        ("They met on May 9, 2020. Three years later they parted.", "2023"),
        ("They met on May 9, 2020. Two months later they parted.", "2020-07"),
    ],
)
def test_a_story_counts_from_its_last_time_and_is_no_more_precise(text: str, second: str) -> None:
    assert values(text)[1] == (second, second)


def test_a_story_ends_with_its_paragraph() -> None:
    assert values("They met on May 9, 2020.\n\nTwo days later they parted.")[1] == (None, None)


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("from Monday to Wednesday", "2023-03-13/2023-03-15"),
        ("on Monday and Tuesday", "2023-03-13/2023-03-14"),
        ("between May 2020 and this January", "2020-05/2023-01"),
    ],
)
def test_two_times_make_a_range(text: str, past: str) -> None:
    assert [found for found, _ in values(text)] == [past]


def test_days_that_are_only_listed_stay_apart() -> None:
    assert len(values("on Monday and Friday")) == 2


def test_earlier_without_a_story_counts_from_the_day_of_the_text() -> None:
    assert values("They had last met three days earlier.") == [("2023-03-12", "2023-03-12")]


def test_what_only_measures_is_no_step_of_the_story() -> None:
    text = "In March 2018 he made his first visit since he took power in 2011. That August he came again."
    assert values(text)[-1] == ("2018-08", "2018-08")


def test_a_distance_waits_for_what_it_lies_apart_from() -> None:
    (found,) = find("Two days after they met", PUBLISHED)
    assert (found.past, found.distance) == (None, Distance(-2, "day"))


def test_after_a_dateline_today_is_its_day() -> None:
    found = find("They met today.", PUBLISHED, (Day(0, date(2023, 3, 1)),))
    assert [t.past and t.past.value for t in found] == ["2023-03-01"]


def test_bare_months_follow_the_year_of_the_story() -> None:
    past = [past for past, _ in values("In 2019 they met in March, in May and in July.")]
    assert past == ["2019", "2019-03", "2019-05", "2019-07"]


@pytest.mark.parametrize(
    "text", ["2,020 people", "2020%", "£2020", "a 2020-page book", "she may go", "march on", "12345 cars", ""]
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert values(text) == []


def test_a_day_that_no_month_has_means_nothing() -> None:
    assert values("on February 30, 2020") == [(None, None)]


VOCABULARY = """on in by last next this the Monday Friday May March 2019 1990s 12 9-11 , . two days weeks ago later years
    since until spring of yesterday same following month and 2020-05-09"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n\n"])


@given(
    st.one_of(st.text(), st.lists(WORDS, max_size=20).map(" ".join)),
    st.none() | st.dates(date(1950, 1, 1), date(2050, 1, 1)),
)
@example("in the 1990s, last week and on May 9-11, 2020", PUBLISHED)
def test_any_text_gives_spans_in_order_and_apart(text: str, published: date | None) -> None:
    found = find(text, published)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.dates(date(1700, 1, 1), date(2090, 12, 31)))
def test_every_day_is_read_back_from_its_usual_spellings(day: date) -> None:
    for text in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"):
        assert values(text) == [(day.isoformat(), day.isoformat())]


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_is_within_a_week_on_either_side(published: date, weekday: str) -> None:
    (found,) = find(f"on {weekday}", published)
    assert isinstance(found, TimeExpression) and found.past and found.future
    past, future = found.past.begin, found.future.begin
    assert past and future and f"{past:%A}" == f"{future:%A}" == weekday
    assert 0 <= (published - past).days < 7 and 0 <= (future - published).days < 7


def test_a_span_ahead_is_for_plans_and_a_gap_is_no_time() -> None:
    assert values("they will meet in a fortnight.") == [(None, "2023-03-29")]
    assert values("the first visit in three years.") == [(None, None)]


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("on New Year's Eve", "2022-12-31"),
        ("at the start of the year", "2023"),
        ("earlier in the week", "2023-03-13/2023-03-15"),
        ("In May 1985 he left; the following spring", "1986-03/1986-05"),
        ("On Wednesday it told of the previous week", "2023-03-06/2023-03-12"),
        ("the day before.", "2023-03-14"),
    ],
)
def test_a_time_of_the_calendar_around_the_text(text: str, past: str) -> None:
    assert values(text)[-1][0] == past
