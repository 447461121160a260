from dataclasses import replace

import pytest
from network_sample import ANN, claim, fact

from dipgraph.model import Span
from dipgraph.network.evidence import CUT, REACH, quotations, sentence


def around(text: str, quoted: str) -> tuple[str, str]:
    start = text.index(quoted)
    found = sentence(text, Span(start, start + len(quoted), quoted))
    assert found["text"] == quoted
    assert found["before"] + quoted + found["after"] in text
    return found["before"], found["after"]


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("He met her.", "He met her.", ("", "")),
        ("One. He met her today. Two.", "met", ("He ", " her today.")),
        ("One. He met her.", "He met her.", ("", "")),
        ("He met her. Two.", "He met her.", ("", "")),
        ("Is it so? He met Gen. Ann of the U.S. army! Two.", "met", ("He ", " Gen. Ann of the U.S. army!")),
        ("Gen. Ann met J. Bob. Two.", "met", ("Gen. Ann ", " J. Bob.")),
        ("“I met her.” He left.", "left", ("He ", ".")),
        ("A headline\n\nHe met her\n\nMore", "met", ("He ", " her")),
        ("It rose by 2.5 per cent. He met her", "met", ("He ", " her")),
        ("Wait... He met her", "met", ("He ", " her")),
    ],
)
def test_the_sentence_around_a_span(text: str, quoted: str, expected: tuple[str, str]) -> None:
    assert around(text, quoted) == expected


def test_a_long_sentence_is_cut_at_words() -> None:
    text = "start " + "word " * 500 + "here" + " word" * 500
    found = sentence(text, Span(text.index("here"), text.index("here") + 4, "here"))
    assert found["before"].startswith(f"{CUT}word ") and found["after"].endswith(f" word{CUT}")
    assert len(found["before"]) <= REACH + 1 and len(found["after"]) <= REACH + 1


def test_text_without_spaces_is_cut_all_the_same() -> None:
    text = "x" * 2000
    found = sentence(text, Span(1000, 1001, "x"))
    assert len(found["after"]) == REACH + 1 and found["after"].endswith(CUT)


def test_a_span_that_is_not_in_the_text_stands_alone() -> None:
    assert sentence("Other words.", Span(0, 3, "met")) == {"before": "", "text": "met", "after": ""}


def test_spans_come_once_by_document_and_position() -> None:
    spans = (Span(8, 11, "two"), Span(0, 3, "one"))
    claims = (claim("b", "Chat", {"talker": (ANN,)}, evidence=spans), claim("a", "Chat", {}, evidence=(spans[1],)))
    told = replace(fact("f", "Chat"), claims=(*claims, claims[0]))
    found = quotations(told, {"b": "one. or two."})
    assert [(q["document"], q["before"], q["text"], q["after"]) for q in found] == [
        ("a", "", "one", ""),
        ("b", "", "one", "."),
        ("b", "or ", "two", "."),
    ]
