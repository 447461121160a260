"""Folding keeps every offset; a hyphenated name is one token; paragraphs end sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipgraph.errors import InputError
from dipgraph.language.parse import fold, lemma, load, parse


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_its_own_folding(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Nguyễn Phú Trọng", "Nguyen Phu Trong"),
        ("“Putin’s” visit", '"Putin\'s" visit'),
        ("2014–16", "2014-16"),
        ("Kim\u00a0Jong‑un", "Kim Jong-un"),
        ("金正恩 🙂", "金正恩 🙂"),
    ],
)
def test_quotes_hyphens_and_accents_become_plain(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("name", ["Kim Jong-un", "Ban Ki-moon", "Jean-Yves Le Drian", "Moon Jae-in"])
def test_a_hyphenated_name_is_one_token(name: str) -> None:
    assert [token.text for token in parse(f"{name} spoke.")][:-2] == name.split()


def test_a_hyphen_that_is_no_name_stays_a_hyphen() -> None:
    assert "-" in [token.text for token in parse("They held peace-talks.")]


def test_a_typographic_hyphen_is_a_hyphen_too() -> None:
    assert "Jong-un" in [token.text for token in parse("Kim Jong‑un spoke.")]


def test_a_paragraph_starts_a_sentence_even_without_a_full_stop() -> None:
    doc = parse("Putin honours Kim\n\nThe ceremony was short.")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Putin honours Kim", "The ceremony was short."]


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Britain pulled out.", "pulled", "pull out"),
        ("The ambassador handed over the medal.", "handed", "hand over"),
        ("They were awarded medals.", "awarded", "award"),
    ],
)
def test_a_lemma_has_its_particle(text: str, verb: str, expected: str) -> None:
    assert [lemma(token) for token in parse(text) if token.text == verb] == [expected]


def test_offsets_of_the_parse_are_offsets_of_the_text() -> None:
    text = "Erdoğan’s visit — “historic” — to Kim Jong‑un’s état."
    assert all(fold(text[token.idx : token.idx + len(token)]) == token.text for token in parse(text))


def test_a_model_that_is_not_installed_is_named_with_what_to_do() -> None:
    with pytest.raises(InputError, match=r"--model no_such_model: no such language model here; install it, e\.g\. pip"):
        load("no_such_model")
