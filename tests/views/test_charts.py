"""Charts of time: what they draw, where it leads, and what they do with much."""

import re
from collections.abc import Sequence

import pytest

from dipgraph.views.charts import NARROW, PLACE, STACK, Axis, Bar, Histogram, Lane, Mark, Timelines
from dipgraph.views.svg import WIDTH


def mark(at: float, sign: int = 1, kind: str = "visit", fact: str = "f") -> Mark:
    return Mark(at, sign, kind, "#123456", fact, f"{kind} at {at}")


def drawn(*lanes: Sequence[Mark], since: float = 0.0) -> str:
    chart = Timelines(tuple(Lane(f"Pair {n}", f"pair{n}", tuple(marks)) for n, marks in enumerate(lanes)), since)
    return chart.draw("x", lambda label: f"#{label}")


def links(svg: str) -> list[str]:
    return re.findall(r'<a href="([^"]*)"', svg)


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("chart", [Histogram(()), Timelines((), 0.0)])
def test_charts_without_anything_are_charts(chart: Histogram | Timelines) -> None:
    svg = chart.draw("a < b", str)
    assert svg.startswith("<svg") and 'aria-label="a &lt; b"' in svg


def test_a_histogram_has_a_part_for_each_part_and_leads_on() -> None:
    svg = Histogram((Bar("2020", (("friend", 2), ("foe", 1))), Bar("to 1900", (("foe", 1),)))).draw(
        "x", lambda label: f"#{label}" if label == "2020" else ""
    )
    assert svg.count("<rect") == 3 and links(svg) == ["#2020"]
    assert "<title>2020: 3</title>" in svg
    heights = [float(each) for each in re.findall(r'height="([\d.]+)" class', svg)]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)


@pytest.mark.parametrize(("years", "step"), [(8, 1), (30, 2), (150, 10)])
def test_years_under_a_histogram_are_round(years: int, step: int) -> None:
    svg = Histogram(tuple(Bar(f"{1850 + n}", (("plain", 1),)) for n in range(years))).draw("x", str)
    shown = [int(word) for word in words(svg) if len(word) == 4]
    assert len(shown) >= 3 and all(year % step == 0 for year in shown)


def test_few_facts_are_marks_that_lead_to_them() -> None:
    svg = drawn([mark(2020.1, sign, fact=f"f{sign}") for sign in (-1, 0, 1)])
    assert (svg.count("<path"), svg.count("<circle")) == (2, 1)
    assert sorted(links(svg)) == ["#f-1", "#f0", "#f1", "#pair0"]


def test_facts_of_one_time_stand_one_above_the_other() -> None:
    svg = drawn([mark(2020.1), mark(2020.11), mark(2025)])
    tops = [tuple(map(float, each)) for each in re.findall(r'd="M([\d.]+) ([\d.]+)l', svg)]
    assert tops[0][0] == tops[1][0] != tops[2][0] and tops[0][1] != tops[1][1] == pytest.approx(tops[2][1] - 10)


def test_thousands_are_bars_that_lead_to_the_pair() -> None:
    marks = [mark(1900 + n / 20, 1 if n % 3 else -1, f"kind {n % 2}") for n in range(2000)]
    svg = drawn(marks, [mark(1990)])
    assert set(links(svg)) == {"#pair0", "#pair1"} and "<circle" not in svg
    assert len(svg) < 200_000
    assert any(word.startswith("highest bar: ") and word.endswith(" in one year") for word in words(svg))
    told = [int(each) for each in re.findall(r"<title>Pair 0, [\d to]+: (\d+) kind", svg)]
    assert sum(told) == 2000


def test_no_more_than_a_stack_is_drawn_as_marks() -> None:
    svg = drawn([mark(2000)] * STACK + [mark(2020)])
    assert "highest bar" not in svg and svg.count("<path") == STACK + 1
    assert "highest bar: 5 facts" in drawn([mark(2000)] * (STACK + 1) + [mark(2020)])


def test_what_was_long_before_stands_at_the_left() -> None:
    svg = drawn([mark(1800), mark(2001), mark(2010)], since=2000.0)
    assert [word for word in words(svg) if word.startswith("to ")] == ["to 1999"]
    places = [float(x) for x in re.findall(r'd="M([\d.]+) ', svg)]
    assert places == sorted(places) and places[0] < 40


@pytest.mark.parametrize("wide", [PLACE, NARROW])
@pytest.mark.parametrize("points", [[2020.0], [2020.0, 2020.3], [2019.5, 2024.0], [1774.0, 2025.9], [0.0, 9999.0]])
def test_every_place_is_on_the_axis(points: list[float], wide: float) -> None:
    axis = Axis.of(points, 0.0, wide)
    assert all(0 <= axis.place(point) < axis.places for point in points)
    assert all(0 < axis.x(axis.place(point)) < WIDTH for point in points)
    assert 1 <= len(axis.labels) <= 11 and all(0 <= x <= WIDTH for _, x in axis.labels)
    assert axis.wide >= wide
