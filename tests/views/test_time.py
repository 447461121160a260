"""The axis of time: handles, bars, play, and what happens where a few early facts would crush all others."""

from typing import Any

import networkx as nx
import pytest
from browsing import Reader
from sample import ontology, small

from dipgraph.views.payload import contract

EARLY = {"1951-03-01", "1961-01-01"}


def crushed() -> nx.MultiDiGraph:
    """Two facts long before forty others, and one without a date."""
    graph = nx.MultiDiGraph()
    days = [*sorted(EARLY), *(f"{2015 + i // 8}-{1 + i % 8:02}-05" for i in range(40)), ""]
    for i, day in enumerate(days):
        graph.add_edge(
            f"a{i % 7}", "b", f"{i:02}", fact=f"{i:02}", type="Trip", status="stated", time=day, begin=day, end=day
        )
    return graph


def axis(reader: Reader) -> Any:
    return reader.page.evaluate(
        "() => ({early: dipgraph.axis.early, size: dipgraph.axis.size, cut: dipgraph.axis.cut})"
    )


def counted(reader: Reader) -> int:
    return len(reader.shown()[1])


@pytest.mark.parametrize("reader", [(crushed, {})], indirect=True)
def test_what_is_long_before_the_rest_is_pressed_together_and_within_reach(reader: Reader) -> None:
    found = axis(reader)
    assert found["cut"] == 2015 * 12 and 0 < found["early"] < found["size"] / 4
    reader.window(high=2014 * 12 + 11)
    assert reader.shown()[1] == {"00", "01", "42"}
    reader.page.locator("#undated").uncheck()
    reader.slide("#to", 1)
    assert reader.shown()[1] == {"00"}
    reader.slide("#to", found["size"])
    reader.window(low=2015 * 12)
    assert counted(reader) == 40
    years = reader.page.locator("#bars text").all_text_contents()
    assert {"1951", "2015"} <= set(years) and len(years) > 3 and reader.page.locator("#bars .break").count() == 1


def test_an_axis_that_is_not_crushed_is_even(reader: Reader) -> None:
    found = axis(reader)
    assert found["early"] == 0 and reader.page.locator("#bars .break").count() == 0
    dated = [f for f in contract(small(), ontology())["facts"] if f["t0"] is not None]
    assert found["size"] == max(f["t1"] or f["t0"] for f in dated) - min(f["t0"] for f in dated) + 1


@pytest.mark.parametrize("reader", [(crushed, {})], indirect=True)
def test_handles_move_by_keyboard_and_never_cross(reader: Reader) -> None:
    reader.page.locator("#from").focus()
    for _ in range(3):
        reader.page.keyboard.press("ArrowRight")
    reader.wait("() => dipgraph.state.lo > dipgraph.data.facts[0].t0")
    lo, step = reader.page.evaluate("() => [dipgraph.state.lo, dipgraph.axis.stride]")
    assert lo == 1951 * 12 + 2 + 3 * step and step % 12 == 0
    assert reader.page.locator("#from").get_attribute("aria-valuetext")
    reader.page.keyboard.press("End")
    reader.page.wait_for_timeout(60)
    lo, hi = reader.page.evaluate("() => [dipgraph.state.lo, dipgraph.state.hi]")
    assert lo == hi


@pytest.mark.parametrize("reader", [(crushed, {})], indirect=True)
def test_a_click_on_a_bar_chooses_its_time_and_another_one_all(reader: Reader) -> None:
    bar = reader.page.locator("#bars .target").last
    told = str(bar.locator("title").text_content())
    bar.click()
    chosen = counted(reader) - 1  # the undated one is shown besides
    assert f"{chosen} fact" in told and 0 < chosen < 40
    reader.page.locator("#bars .target").last.click()
    assert counted(reader) == 43


@pytest.mark.parametrize("reader", [(crushed, {})], indirect=True)
def test_play_sets_the_undated_aside_until_its_end(reader: Reader) -> None:
    reader.page.locator("#play").click()
    assert not reader.page.locator("#undated").is_checked()
    assert "42" not in reader.shown()[1]
    counts = [counted(reader)]
    for _ in range(120):
        if reader.page.locator("#play").get_attribute("aria-label") == "Play":
            break
        counts.append(counted(reader))
        reader.page.wait_for_timeout(100)
    assert counts == sorted(counts) and counts[0] < 3
    assert reader.page.locator("#undated").is_checked() and counted(reader) == 43


def undated() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", "1", fact="1", type="Trip", status="stated")
    return graph


@pytest.mark.parametrize("reader", [(undated, {})], indirect=True)
def test_without_a_date_there_is_no_axis(reader: Reader) -> None:
    assert not reader.page.locator("#time").is_visible()
    assert counted(reader) == 1
