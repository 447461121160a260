"""The Office of the Historian's visits and trips as dyads of states, played through in the browser."""

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from browsing import Reader
from playwright.sync_api import Browser

from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.merging import merge
from dipgraph.model import Document, Fact
from dipgraph.network.projection import dyads
from dipgraph.ontology import load
from dipgraph.views.page import page as make

SCRIPT = Path(__file__).parents[2] / "docs/historian.py"


class Told:
    """The facts of the tables with their documents, without a store."""

    def __init__(self, historian: Any):
        names = historian.Names()
        read = [historian.claimed(journey, names) for journey in historian.journeys()]
        self.rows, self.claims = [d for d, _ in read], [claim for _, claims in read for claim in claims]

    def facts(self) -> Iterable[Fact]:
        return merge(self.claims, load())

    def documents(self) -> Iterable[Document]:
        return self.rows


@pytest.fixture(scope="module")
def told() -> Told:
    spec = importlib.util.spec_from_file_location("historian", SCRIPT)
    assert spec and spec.loader
    historian = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(historian)
    if not historian.TABLES.is_dir():
        pytest.skip(f"the reference tables are not at {historian.TABLES}")
    return Told(historian)


def test_a_century_and_a_half_of_visits_plays_through(told: Told, browser: Browser, folder: Path) -> None:
    graph = dyads(told, load(), gazetteer.load())
    facts = {data["fact"] for *_, data in graph.edges(data=True)}
    years = {int(data["begin"][:4]) for *_, data in graph.edges(data=True)}
    assert len(told.rows) == 7535 and len(facts) > 7400 and (min(years), max(years)) == (1866, 2025)
    path = folder / "historian.html"
    path.write_text(make(graph, load(), title="Visits to and from Washington"), encoding="utf-8")
    reader = Reader(browser, path, viewport={"width": 1300, "height": 850}).open()
    assert reader.text("#details h2") == "Visits to and from Washington"
    assert reader.text("#window") == "Jan 1866 – Feb 2025"
    assert len(reader.shown()[1]) == len(facts)
    reader.window(high=1900 * 12)
    counts = [len(reader.shown()[1])]
    assert 0 < counts[0] < 20
    reader.page.locator("#play").click()
    for _ in range(600):
        if reader.page.locator("#play").get_attribute("aria-label") == "Play":
            break
        counts.append(reader.page.evaluate("() => dipgraph.shown.facts.size"))
        reader.page.wait_for_timeout(100)
    assert counts == sorted(counts) and len(set(counts)) > 8
    assert len(reader.shown()[1]) == len(facts)
    reader.open("#node=https%3A%2F%2Fw3id.org%2Fdipgraph%2Fstate%2FRUS")
    assert "history.state.gov" in str(reader.page.locator("#details cite a").first.get_attribute("href"))
    reader.context.close()
    assert not reader.faults
