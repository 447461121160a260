"""The examples that the ontology itself gives, and that a wrong one is reported."""

from dataclasses import replace

import pytest

from dipgraph.language.examples import faults
from dipgraph.language.reader import Reader
from dipgraph.ontology import Example, load

KINDS = load().kinds
VISIT = "Visit"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_as_its_examples_say(reader: Reader, kind: str) -> None:
    assert list(faults(KINDS[kind], reader)) == []


def found(reader: Reader, *examples: Example) -> list[str]:
    """The faults of a kind with these examples beside a right one of each sort."""
    right = Example("Narendra Modi visited Japan.", None, {"visitor": frozenset({"Narendra Modi"})})
    nothing = Example("It rained.", None, None)
    return list(faults(replace(KINDS[VISIT], examples=(right, nothing, *examples)), reader))


def test_a_kind_without_examples_has_two_faults(reader: Reader) -> None:
    first, second = faults(replace(KINDS[VISIT], examples=()), reader)
    assert first.startswith("Visit: no dgx:example;") and second.startswith("Visit: no dgx:counterexample;")


def test_right_examples_have_no_fault(reader: Reader) -> None:
    assert found(reader) == []


@pytest.mark.parametrize(
    "expected",
    [
        {"visitor": "Xi Jinping"},
        {"host": "Narendra Modi"},
        {"status": "planned"},
        {"time": "2020"},
        {"place": "Japan"},
        {"attributedTo": "Japan"},
    ],
)
def test_a_wrong_expectation_is_reported_with_what_was_found(reader: Reader, expected: dict[str, str]) -> None:
    text = "Narendra Modi visited Japan."
    (fault,) = found(reader, Example(text, None, {name: frozenset({value}) for name, value in expected.items()}))
    ((name, value),) = expected.items()
    assert fault.startswith(f"Visit: expected {name}: {value} in {text!r}; found ")
    assert "Narendra Modi" in fault and "status: asserted" in fault


def test_an_example_in_which_nothing_is_found_is_reported(reader: Reader) -> None:
    (fault,) = found(reader, Example("It rained.", None, {"visitor": frozenset({"Narendra Modi"})}))
    assert fault == "Visit: expected visitor: Narendra Modi in 'It rained.'; found nothing"


def test_a_counterexample_in_which_it_is_found_is_reported(reader: Reader) -> None:
    (fault,) = found(reader, Example("Narendra Modi visited Japan.", None, None))
    assert fault.startswith("Visit: found in the counterexample 'Narendra Modi visited Japan.': ")
