"""Scoring: every figure agrees exactly with the team's own scorer, on real articles and on made-up odd ones."""

import io
import json
import os
import sys
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dipgraph
from dipgraph.ontology import load
from dipgraph.pipeline.scoring import Counts, figures, normalised, scores
from dipgraph.reading.gold import read_gold

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "gold"
ONTOLOGY = load()
FIGURES = ("articles", "fact", "strict", "filler", "status", "time", "place", "attribution", "grounded", "types")
needs_the_scorer = pytest.mark.skipif(
    not SHARED.is_dir() and "CI" not in os.environ, reason="score.py stands in ../shared of the team"
)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    sys.path.insert(0, str(SHARED))
    import score  # type: ignore[import-not-found]

    return score  # type: ignore[no-any-return]


def theirs(scorer: ModuleType, gold: Path, predictions: Path) -> tuple[dict[str, Any], list[list[Any]]]:
    """What score.py says: its figures and its errors."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as out:
        patch.setattr(sys, "argv", ["score.py", str(gold), str(predictions), "--json", "--errors"])
        scorer.main()
    *errors, found = [json.loads(line) for line in out.getvalue().splitlines()]
    return found, errors


def assert_the_same(scorer: ModuleType, gold: Path, found: list[dict[str, Any]], folder: Path) -> None:
    predictions = folder / "predictions.jsonl"
    predictions.write_text("\n".join(map(json.dumps, found)), encoding="utf-8")
    wanted, errors = theirs(scorer, gold, predictions)
    ours = scores(read_gold([gold], ONTOLOGY), found, ONTOLOGY)
    assert {name: figures(ours)[name] for name in FIGURES} == wanted
    assert [(e.article, e.what, e.kind) for e in ours.errors] == [tuple(error[:3]) for error in errors]


@needs_the_scorer
@pytest.mark.parametrize("gold", [SHARED / "dev", ROOT / "tests/gold/dev"], ids=["shared", "own"])
def test_the_figures_agree_with_the_scorer(gold: Path, scorer: ModuleType, tmp_path: Path) -> None:
    found = list(dipgraph.extract(gold))
    assert len(found) > 50
    assert_the_same(scorer, gold, found, tmp_path)


@needs_the_scorer
def test_the_core_roles_are_those_of_the_guidelines(scorer: ModuleType) -> None:
    assert {kind.name: (kind.core, kind.roles.keys() - kind.core) for kind in ONTOLOGY.kinds.values()} == scorer.ROLES


# Odd cases: few entities whose names and codes overlap, so that ties, several candidates and empty roles are common.

TEXT = "It rained in Rome."
ENTITIES = {
    "a": {"type": "State", "iso3": "FRA", "names": ["France", "the Élysée"]},
    "b": {"type": "State", "iso3": "FRA", "names": ["French Republic"]},
    "c": {"type": "Person", "names": ["Ann O’Neil", "Ann", "the  Élysée's"]},
    "d": {"type": "Place", "names": ["Rome", "..."]},
}
LABELS = ["France", "THE elysee", "French Republic", "Ann O'Neil", "ann", "Rome", "president", "leader", "", "the"]
IDS = ["https://x.example/state/FRA", "x:fra", "FRA", "x#d", "", None]
KINDS = ("HonourAward", "Meeting", "OfficeHolding", "TakingOffice")
OFFICE = "office"
TIMES = ["2020", "2020-05", "2020/2021"]
STATUSES = ["asserted", "planned"]

keys = st.lists(st.sampled_from(sorted(ENTITIES)), min_size=1, max_size=2)
titles = st.lists(st.sampled_from(["president", "Leader"]), min_size=1, max_size=2)
filler = st.fixed_dictionaries({}, optional={"label": st.sampled_from(LABELS), "id": st.sampled_from(IDS)})


def several(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, max_size=3)


@st.composite
def annotated(draw: st.DrawFn) -> dict[str, Any]:
    kind = ONTOLOGY.kinds[draw(st.sampled_from(KINDS))]
    core = draw(st.sampled_from(sorted(kind.core)))
    roles = {core, *draw(st.sets(st.sampled_from(sorted(kind.roles)), max_size=2))}
    more = st.fixed_dictionaries(
        {"status": st.sampled_from(STATUSES)},
        optional={"time": st.sampled_from(TIMES), "place": several(keys), "attribution": several(keys), "optional": st.booleans()},
    )  # fmt: skip
    filled = {role: draw(several(titles if role == OFFICE else keys)) for role in sorted(roles)}
    return {"type": kind.name, "roles": filled, "evidence": [TEXT], **draw(more)}


@st.composite
def predicted(draw: st.DrawFn) -> dict[str, Any]:
    kind = ONTOLOGY.kinds[draw(st.sampled_from(KINDS))]
    roles = draw(st.sets(st.sampled_from(sorted(kind.roles)), max_size=3))
    span = st.fixed_dictionaries(
        {"start": st.integers(0, 3), "end": st.integers(2, 5), "text": st.sampled_from(["It", " ra"])}
    )
    more = st.fixed_dictionaries(
        {},
        optional={
            "roles": st.just({role: draw(several(filler)) for role in sorted(roles)}), "status": st.sampled_from(STATUSES),
            "time": st.sampled_from([*TIMES, None]), "place": st.none() | several(filler), "attribution": several(filler),
            "evidence": several(span),
        },
    )  # fmt: skip
    return {"document": draw(st.sampled_from(["one", "one", "two", "other"])), "type": kind.name, **draw(more)}


@needs_the_scorer
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(annotated(), max_size=6), st.lists(annotated(), max_size=2), st.lists(predicted(), max_size=10))
def test_odd_cases_agree_with_the_scorer(
    scorer: ModuleType, one: list[dict[str, Any]], two: list[dict[str, Any]], found: list[dict[str, Any]]
) -> None:
    with TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        gold.mkdir()
        for name, facts in (("one", one), ("two", two)):
            article = {"id": name, "text": TEXT, "entities": ENTITIES, "facts": facts}
            (gold / f"{name}.json").write_text(json.dumps(article), encoding="utf-8")
        assert_the_same(scorer, gold, found, Path(folder))


# By hand


def gold_of(tmp_path: Path, *facts: dict[str, Any]) -> Any:
    entities = {name: {"type": "Person", "names": [name.title()]} for name in ("ann", "bob", "cat")}
    article = {"id": "one", "text": TEXT, "entities": entities, "facts": list(facts)}
    (tmp_path / "one.json").write_text(json.dumps(article), encoding="utf-8")
    return read_gold([tmp_path], ONTOLOGY)


def meeting(*names: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "Meeting",
        "roles": {"participant": [[n] for n in names]},
        "status": "asserted",
        "evidence": [TEXT],
        **more,
    }


def said(*labels: str, **more: Any) -> dict[str, Any]:
    return {"document": "one", "type": "Meeting", "roles": {"participant": [{"label": n} for n in labels]}, **more}


def test_the_better_of_two_candidates_is_the_match(tmp_path: Path) -> None:
    found = scores(gold_of(tmp_path, meeting("ann", "bob")), [said("Ann", "Cat"), said("Bob", "Ann")], ONTOLOGY)
    assert found.kinds == {"Meeting": Counts(right=1, wrong=1)}
    assert found.strict == 1
    (error,) = [error for error in found.errors if error.what == "wrong"]
    assert error.found == {"participant": ["Ann", "Cat"]}


def test_an_optional_fact_counts_neither_way(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, meeting("ann", "bob", optional=True), meeting("ann", "cat", optional=True))
    found = scores(gold, [said("Ann", "Bob", confidence=0.9, status="asserted")], ONTOLOGY)
    assert found.kinds == {"Meeting": Counts()}
    assert found.errors == found.outcomes == []


def test_confidence_is_set_against_what_is_right(tmp_path: Path) -> None:
    facts = [said("Ann", "Bob", confidence=0.9), said("Cat", "Dan", confidence=0.4), said("Eve", "Fay")]
    found = scores(gold_of(tmp_path, meeting("ann", "bob")), facts, ONTOLOGY)
    assert found.outcomes == [(0.9, True), (0.4, False)]


def test_errors_say_what_was_expected_and_what_was_found(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, meeting("ann", "bob", time="2020", place=[["cat"]]), meeting("bob", "cat"))
    found = scores(gold, [said("Ann", "Bob", "Dan", status="planned")], ONTOLOGY)
    told = {error.what: (error.expected, error.found) for error in found.errors}
    assert told["status"] == ("asserted", "planned")
    assert told["time"] == ("2020", None)
    assert told["place"] == (["Cat"], [])
    assert told["partly"] == ({"participant": ["Ann", "Bob"]}, {"participant": ["Ann", "Bob", "Dan"]})
    assert told["missed"] == ({"participant": ["Bob", "Cat"]}, None)
    assert Counter(error.evidence for error in found.errors) == {TEXT: 5}


def test_nothing_annotated_and_nothing_found_is_no_figure(tmp_path: Path) -> None:
    found = figures(scores(gold_of(tmp_path), [], ONTOLOGY))
    assert found["fact"] == [0.0, 0.0, 0.0]
    assert found["grounded"] is found["status"] is None
    assert found["types"] == found["roles"] == {}


@pytest.mark.parametrize(
    ("label", "same"), [("The Élysée’s", "elysee"), ("Xi  Jin-ping", "xi jin ping"), ("theatre", "theatre")]
)
def test_labels_are_compared_without_what_does_not_count(label: str, same: str) -> None:
    assert normalised(label) == same
