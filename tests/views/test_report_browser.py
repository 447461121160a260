"""The report in a real browser: it asks for nothing, fits a phone, prints, and is as readable in the dark."""

from pathlib import Path

import pytest
from browsing import violations
from playwright.sync_api import Browser

import dipgraph
from dipgraph.ontology import shipped


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


def test_it_prints(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(browser: Browser, path: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(path.as_uri())
    assert violations(page) == []
    page.close()
