"""The page of how articles were read: what it marks, and that no text can act. In a browser, offline."""

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browsing import violations
from playwright.sync_api import Browser, Page

from dipgraph.ontology import load
from dipgraph.views.reading_page import Palette, pieces, reading_page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ONTOLOGY = load()
TEXT = "Ann Lee, the envoy, met Bob and will visit Rome.\n\nIt rained. She toured a park."
HOSTILE = "</style></title><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7 * 7 }}"


def at(quote: str) -> dict[str, Any]:
    return {"start": TEXT.index(quote), "end": TEXT.index(quote) + len(quote), "text": quote}


def named(text: str, kind: str) -> dict[str, Any]:
    return {"text": text, "start": TEXT.index(text), "id": f"x:{text}", "label": text, "class": kind}


def fired(kind: str, trigger: str, evidence: str, status: str = "asserted", **roles: str) -> dict[str, Any]:
    return {
        "type": kind, "trigger": trigger, "start": TEXT.index(trigger), "status": status, "time": "2020-05-06", "place": [],
        "attribution": [{"id": "x:press", "label": "the press"}], "confidence": 0.876, "counted": {"right": 7, "of": 8},
        "roles": {role: [{"id": "x", "label": label}] for role, label in roles.items()}, "evidence": [at(evidence)],
    }  # fmt: skip


def sentence(text: str, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"mentions": [], "predicates": [], "fired": [], "missed": []}
    return {"document": "d", "start": TEXT.index(text), "text": text, **empty, **more}


FIRST = TEXT.split("\n")[0]
MISS = {
    "type": "Visit", "trigger": "toured", "start": TEXT.index("toured"), "why": "role destination is not filled", "near": True,
    "lacks": ["destination"], "looked": ["object"], "stands": [{"slot": "object", "text": "a park", "means": []}], "roles": {},
}  # fmt: skip
FAR = {**MISS, "why": "none of these words", "near": False, "stands": [], "looked": []}
SENTENCES = [
    sentence(
        FIRST,
        mentions=[named("Ann Lee", "Person"), named("Bob", "Person"), named("Rome", "Place")],
        predicates=[{"trigger": "met", "start": TEXT.index("met"), "word": "meet", "part": "verb",
                     "slots": {"object": [{"text": "Bob", "means": [{"id": "x", "label": "Bob", "class": "Person"}]}]}}],
        fired=[
            fired("OfficeHolding", "envoy", "Ann Lee, the envoy", holder="Ann Lee", office="envoy"),
            fired("Meeting", "met", FIRST, participant="Bob"),
            fired("Visit", "visit", FIRST, "planned", visitor="Ann Lee", destination="Rome"),
        ],
    ),
    sentence("It rained."),
    sentence("She toured a park.", missed=[MISS, FAR]),
]  # fmt: skip


def article(**more: Any) -> dict[str, Any]:
    return {
        "id": "d",
        "title": "A day",
        "text": TEXT,
        "url": "",
        "published": "2020-05-06",
        "sentences": SENTENCES,
        **more,
    }


def test_the_text_is_cut_where_marks_begin_and_end() -> None:
    palette = Palette(ONTOLOGY)
    found = pieces(SENTENCES[0], palette)
    assert "".join(piece.text for piece in found) == FIRST
    marks = {piece.text: piece for piece in found}
    assert marks["envoy"].styles.split()[1:] == ["trigger", palette.kind("OfficeHolding")]
    assert marks["Ann Lee"].styles.split()[1:] == ["name", palette.entity_class("Person")]
    assert marks["visit"].status == "planned"
    assert marks["met"].status == ""
    assert list(palette.tints) == [("OfficeHolding",), ("Meeting", "Visit")], "the innermost evidence gives the colour"
    assert (
        "visit (planned) – visitor: Ann Lee; destination: Rome; time: 2020-05-06; says: the press" in marks["visit"].tip
    )
    assert "Ann Lee = Ann Lee (Person)" in marks["Ann Lee"].tip


def test_marks_that_reach_out_of_the_sentence_are_cut() -> None:
    beyond = {
        **SENTENCES[1],
        "fired": [{**fired("Meeting", "met", FIRST), "evidence": [{"start": 0, "end": len(TEXT), "text": TEXT}]}],
    }
    assert [piece.text for piece in pieces(beyond, Palette(ONTOLOGY))] == ["It rained."]


def test_only_near_misses_are_marked() -> None:
    near = next(piece for piece in pieces(SENTENCES[2], Palette(ONTOLOGY)) if piece.text == "toured")
    assert near.styles == "near"
    far = {**SENTENCES[2], "missed": [FAR]}
    assert not any(piece.styles for piece in pieces(far, Palette(ONTOLOGY)))


def test_the_colours_are_the_ontologys() -> None:
    html = reading_page([article()], ONTOLOGY)
    assert f"--k:{ONTOLOGY.kinds['Meeting'].color}" in html
    assert f"--m:{ONTOLOGY.classes['Place'].color}" in html
    bad = replace(
        ONTOLOGY, kinds={**ONTOLOGY.kinds, "Meeting": replace(ONTOLOGY.kinds["Meeting"], color="red}</style>")}
    )
    assert "red}" not in reading_page([article()], bad)


def test_the_policy_allows_the_style_and_nothing_else() -> None:
    html = reading_page([article()], ONTOLOGY)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert (
        policy[1].replace("&#39;", "'")
        == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.findall(r"<script|<link|<img|https?:", html)


def hostile() -> str:
    start = {"start": 0}
    entity = {"id": HOSTILE, "label": HOSTILE, "class": HOSTILE}
    claim = {
        **fired("Meeting", "met", FIRST, participant=HOSTILE),
        "trigger": HOSTILE,
        "time": HOSTILE,
        "place": [entity],
        **start,
    }
    miss = {
        **MISS,
        "type": HOSTILE,
        "why": HOSTILE,
        "trigger": HOSTILE,
        "stands": [{"slot": HOSTILE, "text": HOSTILE, "means": [entity]}],
        **start,
    }
    predicate = {
        "trigger": HOSTILE,
        "part": HOSTILE,
        "word": "x",
        "slots": {HOSTILE: [{"text": HOSTILE, "means": [entity]}]},
        **start,
    }
    claim["evidence"] = [{"start": 0, "end": len(HOSTILE), "text": HOSTILE}]
    one = {"document": HOSTILE, "start": 0, "text": HOSTILE, "mentions": [{**entity, "text": HOSTILE, **start}],
           "predicates": [predicate], "fired": [claim], "missed": [miss]}  # fmt: skip
    return reading_page(
        [article(id=HOSTILE, title=HOSTILE, text=HOSTILE, published=HOSTILE, sentences=[one])], ONTOLOGY
    )


def test_hostile_text_stays_text() -> None:
    html = hostile()
    assert HOSTILE not in html
    assert not re.findall(r"<script|<img", html)
    assert html.count("</style>") == 1
    assert "{{ 7 * 7 }}" in html


def test_an_article_without_facts_says_so() -> None:
    html = reading_page([article(sentences=[SENTENCES[1]]), article(sentences=[])], ONTOLOGY)
    assert html.count("This article states no fact of any kind that the ontology knows.") == 2
    assert "How 2 articles were read" in html


def test_a_lone_surrogate_does_no_harm() -> None:
    reading_page([article(title="\ud800")], ONTOLOGY).encode()


# In the browser


def opened(browser: Browser, folder: Path, html: str, **context: Any) -> tuple[Page, list[str]]:
    """The page, open, and what goes wrong on it."""
    path, faults = folder / "page.html", []
    path.write_text(html, encoding="utf-8")
    page = browser.new_context(offline=True, **context).new_page()
    page.on("console", lambda message: faults.append(message.text))
    page.on("dialog", lambda dialog: (faults.append("dialog"), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(path.as_uri()) else faults.append(request.url))
    page.goto(path.as_uri())
    return page, faults


DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sentence_shows_its_card(size: Any, scheme: Any, browser: Browser, tmp_path: Path) -> None:
    page, faults = opened(browser, tmp_path, reading_page([article()], ONTOLOGY), viewport=size, color_scheme=scheme)
    assert page.locator(".card:visible").count() == 0
    page.locator(".sentence").first.click()
    card = page.locator(".card:visible")
    assert card.count() == 1
    assert "visitor\nAnn Lee" in card.inner_text() and "planned" in card.inner_text()
    assert "confidence 88%, 7 of 8 like it were right" in card.inner_text()
    card.locator(".close").click()
    assert page.locator(".card:visible").count() == 0
    page.locator(".sentence").nth(2).click()
    assert "visit by “toured”: role destination is not filled" in page.locator(".card:visible").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(scheme: Any, browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, tmp_path, reading_page([article()], ONTOLOGY), viewport=DESK, color_scheme=scheme)
    assert violations(page) == []
    page.locator(".sentence").first.click()
    assert violations(page) == []


def test_the_overview_leads_to_a_sentence(browser: Browser, tmp_path: Path) -> None:
    page, faults = opened(browser, tmp_path, reading_page([article()], ONTOLOGY), viewport=DESK)
    page.get_by_text("office holding", exact=True).last.click()
    assert "Ann Lee" in page.locator(".card:visible").inner_text()
    assert faults == []


def test_hostile_text_does_nothing_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    page, faults = opened(browser, tmp_path, hostile(), viewport=PHONE)
    page.locator(".sentence").click()
    assert HOSTILE in page.locator(".card:visible").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.title() == HOSTILE
    assert faults == []
