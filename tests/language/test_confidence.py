"""Confidence: shares of right claims, smoothed toward those of wider groups."""

from pathlib import Path

import pytest

from dipgraph.errors import InputError
from dipgraph.language.confidence import Confidence, Construction, Count, construction, counted, load, read, written
from dipgraph.language.frames import Match
from dipgraph.model import Entity
from dipgraph.ontology import Kind
from dipgraph.ontology import load as load_ontology
from dipgraph.ontology.tables import TRIGGERS

ONTOLOGY = load_ontology()
COUNTS = {
    Construction("all", "Meeting", "verb"): Count(90, 100),
    Construction("all", "Meeting", "noun"): Count(1, 1),
    Construction("all", "Visit", "verb"): Count(40, 80),
    Construction("some", "Visit", "verb"): Count(10, 40),
}


def test_what_was_counted_often_has_about_its_own_share() -> None:
    confidence = Confidence(COUNTS)
    assert confidence.of(Construction("all", "Meeting", "verb")) == pytest.approx(0.9, abs=0.03)
    assert confidence.of(Construction("all", "Visit", "verb")) == pytest.approx(0.5, abs=0.03)


def test_what_was_counted_once_has_about_the_share_of_its_kind() -> None:
    once = Confidence(COUNTS).of(Construction("all", "Meeting", "noun"))
    assert 0.85 < once < 0.97


def test_what_was_never_counted_has_the_share_of_the_wider_group() -> None:
    confidence = Confidence(COUNTS)
    whole, part = (confidence.of(Construction(filled, "OfMine", "verb")) for filled in ("all", "some"))
    assert whole == pytest.approx(131 / 181, abs=0.02)
    assert part == pytest.approx(10 / 40, abs=0.05)
    assert confidence.of(Construction("none", "OfMine", "verb")) == pytest.approx(142 / 223, abs=0.001)


def test_a_share_is_never_certain() -> None:
    for right in (0, 1000):
        assert (
            0
            < Confidence({Construction("all", "Meeting", "verb"): Count(right, 1000)}).of(
                Construction("all", "Meeting", "verb")
            )
            < 1
        )
    assert Confidence({}).of(Construction("all", "Meeting", "verb")) == 0.5


def test_counts_alike_are_smoothed_more_than_counts_apart() -> None:
    def of_few(other: int) -> float:
        counts = {
            Construction("all", f"Kind{i}", "verb"): Count(right, 50) for i, right in enumerate((25, 25, other, 25))
        }
        return Confidence({**counts, Construction("all", "Few", "verb"): Count(2, 2)}).of(
            Construction("all", "Few", "verb")
        )

    assert of_few(25) < of_few(49)


def match(kind: Kind, *roles: str) -> Match:
    filler = (Entity("x:a", "Person", "A"),)
    return Match(kind.frames[0], None, dict.fromkeys(roles, filler))  # type: ignore[arg-type]


def test_a_construction_says_whether_all_core_roles_are_filled() -> None:
    kind = ONTOLOGY.kinds["Visit"]
    assert construction(match(kind, *kind.core), kind) == ("all", "Visit", kind.frames[0].trigger)
    assert construction(match(kind, "visitor"), kind).filled == "some"


def test_counts_are_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "confidence.csv"
    path.write_text(written(COUNTS), encoding="utf-8")
    assert read(path) == COUNTS
    assert path.read_text(encoding="utf-8").splitlines()[:2] == ["filled,kind,trigger,right,of", "all,Meeting,noun,1,1"]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "filled,kind,trigger,right,of\nall,Visit,verb,x,2\n"])
def test_a_table_that_is_none_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "confidence.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="not a table of counts"):
        read(path)


def test_outcomes_are_counted() -> None:
    made = Construction("all", "Visit", "verb")
    assert counted([(made, True), (made, False), (made, True)]) == {made: Count(2, 3)}


def test_the_counts_that_ship_are_of_the_ontology() -> None:
    counts = load().counts
    assert sum(count.of for count in counts.values()) > 200
    assert {made.kind for made in counts} <= ONTOLOGY.kinds.keys()
    assert {made.trigger for made in counts} <= set(TRIGGERS)
    assert {made.filled for made in counts} == {"all", "some"}
    assert all(0 <= count.right <= count.of for count in counts.values())
