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


VISITS = """id	start	end	visitor	from_id	from	description
1	1874-12-12	1874-12-23	King Example	hawaii	Hawaii	First visit of its kind.
2	1960-05-07	1960-05-07	Emperor Sample	ethiopia	Ethiopia	A day in Washington.
3	2019-01-08	2019-01-09	President Specimen	france	France	Talks and a dinner.
"""
TRIPS = """id	role	who	name	start	end	country_id	country	locale	remarks
1	president	model-m	M. Model	1961-06-02	1961-06-04	france	France	Paris	State visit.
2	secretary	case-c	C. Case	2020-02-01		russia	Russia	Moscow	Talks.
3	secretary	case-c	C. Case			russia	Russia		No date: no claim.
"""
"""Made up, in the form of the tables, so that the way from a row to the page is tested without them."""


class Told:
    """The facts of the tables with their documents, without a store."""

    def __init__(self, historian: Any, tables: Path):
        names = historian.Names()
        read = [historian.claimed(journey, names) for journey in historian.journeys(tables)]
        self.rows, self.claims = [d for d, _ in read], [claim for _, claims in read for claim in claims]

    def facts(self) -> Iterable[Fact]:
        return merge(self.claims, load())

    def documents(self) -> Iterable[Document]:
        return self.rows


@pytest.fixture(scope="module")
def historian() -> Any:
    spec = importlib.util.spec_from_file_location("historian", SCRIPT)
    assert spec and spec.loader
    historian = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(historian)
    return historian


def test_rows_become_visits_of_states_with_the_row_as_evidence(
    historian: Any, browser: Browser, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "visits.tsv").write_text(VISITS, encoding="utf-8")
    (tmp_path / "trips.tsv").write_text(TRIPS, encoding="utf-8")
    graph = dyads(Told(historian, tmp_path), load(), gazetteer.load())
    ends = {(graph.nodes[a]["label"], graph.nodes[b]["label"], data["time"]) for a, b, data in graph.edges(data=True)}
    assert ends == {
        ("Hawaii", "United States", "1874-12-12/1874-12-23"), ("Ethiopia", "United States", "1960-05-07"),
        ("France", "United States", "2019-01-08/2019-01-09"), ("United States", "France", "1961-06-02/1961-06-04"),
        ("United States", "Russia", "2020-02-01"),
    }  # fmt: skip
    path = folder / "rows.html"
    path.write_text(make(graph, load(), title="Rows"), encoding="utf-8")
    reader = Reader(browser, path).open()
    reader.window(high=1961 * 12 + 11)
    assert len(reader.shown()[1]) == 3
    reader.open("#node=https%3A%2F%2Fw3id.org%2Fdipgraph%2Fstate%2FETH")
    assert reader.text("#details blockquote").startswith(
        "Emperor Sample of Ethiopia visited United States, 1960-05-07."
    )
    link = reader.page.locator("#details cite a")
    assert link.get_attribute("href") == "https://history.state.gov/departmenthistory/visits/ethiopia"
    reader.context.close()
    assert not reader.faults


def test_a_century_and_a_half_of_visits_plays_through(historian: Any, browser: Browser, folder: Path) -> None:
    if not historian.TABLES.is_dir():
        pytest.skip(f"the reference tables are not at {historian.TABLES}")
    told = Told(historian, historian.TABLES)
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
