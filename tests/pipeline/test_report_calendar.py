"""How a report tells time, and where its charts begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipgraph.pipeline.report import calendar
from dipgraph.views.charts import Bar


def bars(counts: dict[int, int]) -> list[Bar]:
    return [Bar(f"{year:04}", (("plain", count),)) for year, count in sorted(counts.items())]


@pytest.mark.parametrize(
    ("days", "length"),
    [([], 4), (["2020-01-01"], 7), (["2020-01-01", "2022-12-31"], 7), (["2020-01-31", "2023-01-01"], 4)],
)
def test_time_is_told_by_the_month_where_there_are_few(days: list[str], length: int) -> None:
    assert calendar.unit(days) == length


def test_gaps_are_filled() -> None:
    months = calendar.filled([Bar("2019-11", (("plain", 1),)), Bar("2020-02", (("plain", 2),))])
    assert [bar.label for bar in months] == ["2019-11", "2019-12", "2020-01", "2020-02"]
    assert [bar.height for bar in months] == [1, 0, 0, 2]


def test_the_few_that_are_long_before_stand_together() -> None:
    found = calendar.filled(bars({1951: 1, 1990: 1, **dict.fromkeys(range(2000, 2020), 10)}))
    assert (found[0].label, found[0].height, found[1].label) == ("to 1999", 2, "2000")
    assert calendar.since([1951.5, 1990.2, *(2000 + n / 10 for n in range(200))]) == 2000


@pytest.mark.parametrize("counts", [{1951: 20, 2020: 20}, {2000: 1, 2010: 100}, {1900: 1, 1990: 5, 2020: 10}])
def test_what_is_many_or_near_is_drawn_in_its_place(counts: dict[int, int]) -> None:
    found = calendar.filled(bars(counts))
    assert found[0].label == f"{min(counts)}" and len(found) == max(counts) - min(counts) + 1
    assert calendar.since([year + 0.5 for year, count in counts.items() for _ in range(count)]) == min(counts) + 0.5


@given(st.dictionaries(st.integers(1, 9999), st.integers(1, 50), min_size=1, max_size=12))
def test_nothing_is_lost(counts: dict[int, int]) -> None:
    found = calendar.filled(bars(counts))
    assert sum(bar.height for bar in found) == sum(counts.values())
    labels = [int(bar.label) for bar in found if bar.label.isdigit()]
    assert labels == list(range(labels[0], labels[-1] + 1)) and labels[-1] == max(counts)


@pytest.mark.parametrize(
    ("day", "year"), [("2020-01-01", 2020.0), ("2020-12-31", 2020 + 365 / 366), ("0001-01-01", 1.0)]
)
def test_a_day_is_a_part_of_its_year(day: str, year: float) -> None:
    assert calendar.year(day) == pytest.approx(year)
