"""The report in a real browser: it asks for nothing, fits a phone, prints, and is as readable in the dark."""

import sys
from pathlib import Path
from typing import Literal

import pytest
from browsing import violations
from playwright.sync_api import Browser

import dipgraph
from dipgraph.ontology import shipped

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))
from worlds import stored, world


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    names = ("xi-putin-friendship-medal", "putin-kim-pyongyang-treaty", "skripal-expulsions")
    dipgraph.build([shipped("data") / "articles" / f"{name}.md" for name in names], folder / "kg")
    dipgraph.report(folder / "kg", folder / "report.html")
    return folder / "report.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_opens_offline_and_fits(browser: Browser, path: Path, width: int, scheme: str) -> None:
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=False
    )
    page, faults = context.new_page(), []
    page.on("request", lambda request: None if request.url == path.as_uri() else faults.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(path.as_uri())
    page.screenshot()
    context.close()
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
    assert faults == []


def test_a_figure_leads_to_its_facts_and_these_to_the_text(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    figure = page.locator("main td.n a:visible").first
    count = figure.inner_text()
    figure.click()
    behind = page.locator("li:target")
    assert behind.locator("b").inner_text() == count
    page.locator(".behind a[href^='#f']").first.click()
    fact = page.locator("li:target")
    assert fact.locator("mark").count() >= 1
    fact.locator("cite a").first.click()
    assert page.locator(".documents li:target").count() == 1
    page.close()


def test_it_prints_with_the_numbers_behind_its_charts(browser: Browser, path: Path) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 900})
    page.goto(path.as_uri())
    hidden = page.locator(".block details table").first
    assert not hidden.is_visible()
    page.emulate_media(media="print")
    assert hidden.is_visible() and not page.locator(".block summary").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 700
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()


def test_a_chart_leads_to_its_facts(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    chart = page.locator("svg.chart a").first
    name = chart.locator("title").text_content() or ""
    chart.click()
    assert page.locator("li:target b").inner_text() == name.rsplit(": ", 1)[1]
    page.close()


def test_a_number_in_the_text_leads_to_its_facts(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    number = page.locator("header .lead a").nth(1)
    count = number.inner_text()
    number.click()
    assert page.locator("li:target b").inner_text() == count
    page.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of sixty states that honour each other."""
    folder = tmp_path_factory.mktemp("large")
    stored(folder / "kg", world(60, 1500, documents=40))
    dipgraph.report(folder / "kg", folder / "report.html")
    return folder / "report.html"


@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (390, "screen"), (700, "print")])
def test_a_matrix_of_forty_fits(browser: Browser, large: Path, width: int, media: Literal["screen", "print"]) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(large.as_uri())
    page.emulate_media(media=media)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    matrix = page.locator("table.upright")
    assert matrix.locator("thead th").count() > 30
    wide = matrix.evaluate("e => e.getBoundingClientRect().width")
    assert wide <= width or width == 390  # on a phone it scrolls by itself
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(browser: Browser, path: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(path.as_uri())
    assert violations(page) == []
    page.close()
