"""Who does what, wherever the sentence puts it."""

import pytest

from dipgraph.language.parse import parse
from dipgraph.language.subjects import is_cut_off, subjects


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Chile was the first country to admit it.", "admit", ["Chile"]),
        ("They thanked Chile, the first country to admit it.", "admit", ["Chile"]),
        ("Algeria's decision to leave the club surprised them.", "leave", ["Algeria"]),
        ("He was crowned, with Kabila, his uncle, handing over the sash.", "handing", ["Kabila"]),
        ("Ruto, Museveni to meet in Entebbe", "meet", ["Museveni", "Ruto"]),
        (
            "Made an honorary Companion of the Order of Australia in 2015, Prince Philip was grateful.",
            "Made",
            ["Philip"],
        ),
        ("Ratified in 2024, the treaty lapsed.", "lapsed", ["treaty"]),
        ("Chad gave them three days to leave and broke off talks.", "broke", ["Chad"]),
    ],
)
def test_subjects_are_found(text: str, verb: str, expected: list[str]) -> None:
    assert [t.text for t in subjects(next(t for t in parse(text) if t.text == verb))] == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Mugabe, ousted in a coup in November, died.", "ousted", True),
        ("Mugabe, the president, resigned in November.", "resigned", False),
        ("In November, Mugabe resigned.", "resigned", False),
    ],
)
def test_a_participle_after_one_comma_is_cut_off(text: str, verb: str, expected: bool) -> None:
    token = next(t for t in parse(text) if t.text == verb)
    assert (is_cut_off(token) or token.dep_ == "acl") == expected
