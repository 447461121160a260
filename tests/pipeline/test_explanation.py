"""`explain`: what each sentence mentions, what fired, what nearly did and what stood in its place."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dipgraph
from dipgraph.model import Document

TEXT = (
    "\n Prime Minister Narendra Modi visited Serbia on Tuesday, the Serbian foreign ministry said. He also visited the museum.\n\n"
    "Macron may visit. Moscow broke its old promise. It rained."
)
DOCUMENT = Document("d", TEXT, published=date(2024, 5, 9))


@pytest.fixture(scope="module")
def sentences() -> list[dict[str, Any]]:
    return list(dipgraph.explain(DOCUMENT))


def test_every_offset_is_the_documents(sentences: list[dict[str, Any]]) -> None:
    assert [s["text"] for s in sentences][1:3] == ["He also visited the museum.", "Macron may visit."]
    for sentence in sentences:
        assert TEXT[sentence["start"] :].startswith(sentence["text"])
        for each in (*sentence["predicates"], *sentence["fired"], *sentence["missed"]):
            assert TEXT[each["start"] :].startswith(each["trigger"])
        for mention in sentence["mentions"]:
            assert TEXT[mention["start"] :].startswith(mention["text"])
    json.dumps(sentences)


def test_predicates_show_whom_their_slots_mean(sentences: list[dict[str, Any]]) -> None:
    (visited,) = [p for p in sentences[1]["predicates"] if p["trigger"] == "visited"]
    assert (visited["word"], visited["part"]) == ("visit", "verb")
    (subject,), (thing,) = visited["slots"]["subject"], visited["slots"]["object"]
    assert (subject["text"], [e["label"] for e in subject["means"]]) == ("He", ["Narendra Modi"])
    assert (thing["text"], thing["means"]) == ("the museum", [])
    assert list(visited["slots"]) == ["subject", "object"], "in the order of the text"


def test_facts_show_how_often_their_like_is_right(sentences: list[dict[str, Any]]) -> None:
    office, visit = sentences[0]["fired"]
    assert (office["type"], office["trigger"]) == ("OfficeHolding", "Prime Minister"), "all words of a title"
    assert (visit["type"], visit["time"]) == ("Visit", "2024-05-07")
    assert [e["label"] for e in visit["attribution"]] == ["Serbian foreign ministry"]
    assert visit["evidence"][0]["text"] == sentences[0]["text"]
    assert 0 < visit["counted"]["right"] <= visit["counted"]["of"]
    assert 0.5 < visit["confidence"] < 1


def test_near_misses_say_which_role_lacks_what(sentences: list[dict[str, Any]]) -> None:
    museum = next(m for m in sentences[1]["missed"] if m["type"] == "Visit" and m["stands"])
    assert (museum["near"], museum["lacks"]) == (True, ["destination"])
    assert ("object", "the museum", []) in [(s["slot"], s["text"], s["means"]) for s in museum["stands"]]
    assert museum["roles"]["visitor"][0]["label"] == "Narendra Modi"
    nowhere = next(m for m in sentences[2]["missed"] if m["type"] == "Visit")
    assert (nowhere["lacks"], nowhere["stands"]) == (["destination"], [])
    assert "object" in nowhere["looked"]


def test_what_its_words_rule_out_is_not_near(sentences: list[dict[str, Any]]) -> None:
    ruled_out = [miss for miss in sentences[3]["missed"] if miss["why"].startswith("its object is none of")]
    assert ruled_out
    assert not any(miss["near"] or miss["lacks"] or miss["stands"] for miss in ruled_out)


def test_a_sentence_without_a_word_of_any_kind_of_fact(sentences: list[dict[str, Any]]) -> None:
    last = sentences[-1]
    assert last["predicates"] == last["fired"] == last["missed"] == last["mentions"] == []


def test_the_page_is_written(tmp_path: Path) -> None:
    html = dipgraph.explain_page(DOCUMENT, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == html
    assert "Narendra Modi" in html and "nothing known" in html
