"""The values: digests tell documents apart, times are no more precise than they say."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipgraph.model import Claim, Document, Entity, Fact, Gazetteer, Span, Time

TIMES = st.one_of(
    st.dates().map(date.isoformat),
    st.dates().map(lambda day: f"{day:%Y-%m}".zfill(7)),
    st.tuples(st.dates(), st.dates()).map(lambda ends: "/".join(sorted(day.isoformat() for day in ends))),
    st.dates().map(lambda day: f"{day.isoformat()}/"),
    st.dates().map(lambda day: f"/{day.isoformat()}"),
).map(Time)


@pytest.mark.parametrize(
    ("value", "begin", "end"),
    [
        ("2020-05-09", date(2020, 5, 9), date(2020, 5, 9)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020/2021-03", date(2020, 1, 1), date(2021, 3, 31)),
        ("2020/", date(2020, 1, 1), None),
        ("/2020", None, date(2020, 12, 31)),
    ],
)
def test_a_time_spans_all_days_that_it_can_mean(value: str, begin: date | None, end: date | None) -> None:
    assert (Time(value).begin, Time(value).end) == (begin, end)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2020", "2020-05-09", True),
        ("2020-05", "2020-06", False),
        ("2020-05/2020-07", "2020-06-15", True),
        ("2020/", "2031-01-01", True),
        ("2020/", "2019", False),
        ("/2020", "2020-12-31", True),
        ("/2020", "2021/", False),
    ],
)
def test_times_overlap_where_some_day_can_be_both(one: str, other: str, expected: bool) -> None:
    assert Time(one).overlaps(Time(other)) is Time(other).overlaps(Time(one)) is expected


@given(TIMES, TIMES)
def test_overlap_is_mutual_and_a_time_overlaps_itself(one: Time, other: Time) -> None:
    assert one.overlaps(one)
    assert one.overlaps(other) == other.overlaps(one)


@pytest.mark.parametrize(
    "change",
    [{"id": "other"}, {"text": "other"}, {"title": "other"}, {"published": date(2020, 1, 2)}, {"url": "other"}],
)
def test_a_digest_depends_on_all_that_reading_depends_on(change: dict[str, str]) -> None:
    document = Document("a", "text", "title", date(2020, 1, 1), "url")
    assert replace(document, **change).digest != document.digest  # type: ignore[arg-type]
    assert replace(document).digest == document.digest


def test_a_digest_keeps_fields_apart() -> None:
    assert Document("a", "bc").digest != Document("ab", "c").digest


@pytest.mark.parametrize(
    "value",
    [
        Document("a", "text"),
        Entity("iri", "Person", "label"),
        Span(0, 1, "a"),
        Time("2020"),
        Claim("a", "Visit", {}, "asserted", ()),
        Fact("iri", "Visit", {}, "asserted", ()),
        Gazetteer(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_cannot_be_changed_and_are_compared_by_content(value: object) -> None:
    field = next(iter(value.__dataclass_fields__))  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, "other")
    assert replace(value) == value  # type: ignore[type-var]
