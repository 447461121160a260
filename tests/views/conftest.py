"""Chromium for all browser tests, and a reader of a page of one's choice."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from browsing import CHROMIUM, FLAGS, Reader
from playwright.sync_api import Browser, sync_playwright
from sample import ontology, small

from dipgraph.views.page import page as make


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and "CI" not in os.environ:
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def reader(browser: Browser, folder: Path, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """The small graph, unless a test asks for another by `indirect`; no test may leave a fault behind."""
    graph, context = getattr(request, "param", (small, {}))
    path = folder / f"{graph.__name__}.html"
    if not path.exists():
        path.write_text(make(graph(), ontology(), title="A made-up world"), encoding="utf-8")
    reader = Reader(browser, path, **{"viewport": {"width": 1300, "height": 850}, **context}).open()
    yield reader
    faults = [fault for fault in reader.faults if "Content Security Policy" not in fault]
    reader.context.close()
    assert not faults
