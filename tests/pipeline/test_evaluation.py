"""`evaluate` and `calibrate`, from gold files to figures and counts."""

import json
from pathlib import Path

import pytest

import dipgraph
from dipgraph.errors import InputError, OntologyError
from dipgraph.language.confidence import Count, read
from dipgraph.pipeline.evaluation import reliability

VISIT = "Xi Jinping visited Serbia on 7 May 2024."
OWN = "Vladimir Putin gifted a horse to Kim Jong-un."
KIND = """
@prefix dgx: <https://w3id.org/dipgraph/extraction#> .
@prefix dip: <https://w3id.org/dipgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
dip:GiftGiven a dip:KindOfFact ; rdfs:subClassOf dip:Event ; rdfs:label "gift" ;
    dgx:role [ dgx:property dip:giver ; dgx:range dip:Person ; dgx:core true ] , [ dgx:property dip:receiver ; dgx:range dip:Person ] ;
    dgx:frame [ dgx:verb "gift" ; dgx:subject dip:giver ; dgx:to dip:receiver ] .
"""


def article(folder: Path, text: str, *facts: dict[str, object], name: str = "a") -> Path:
    people = {
        key: {"type": "Person", "names": [n]}
        for key, n in (("xi", "Xi Jinping"), ("putin", "Vladimir Putin"), ("kim", "Kim Jong-un"))
    }
    entities = {**people, "serbia": {"type": "State", "iso3": "SRB", "names": ["Serbia"]}}
    path = folder / f"{name}.json"
    more = {"status": "asserted", "evidence": [text]}
    value = {"id": name, "text": text, "entities": entities, "facts": [{**more, **fact} for fact in facts]}
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def visit(**more: object) -> dict[str, object]:
    return {"type": "Visit", "roles": {"visitor": [["xi"]], "destination": [["serbia"]]}, **more}


def test_an_article_read_without_a_fault(tmp_path: Path) -> None:
    found = dipgraph.evaluate(article(tmp_path, VISIT, visit(time="2024-05-07")))
    assert found["fact"] == found["strict"] == found["filler"] == [1.0, 1.0, 1.0]
    assert found["status"] == found["time"] == found["grounded"] == 1.0
    assert found["place"] is None
    assert found["roles"]["visitor"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 1}
    assert found["errors"] == []
    json.dumps(found)


def test_errors_are_listed(tmp_path: Path) -> None:
    missed = {"type": "Meeting", "roles": {"participant": [["xi"], ["kim"]]}}
    found = dipgraph.evaluate(article(tmp_path, VISIT, visit(time="2023", status="planned"), missed))
    assert [error["what"] for error in found["errors"]] == ["status", "time", "missed"]
    assert found["errors"][1] == {
        "article": "a", "what": "time", "kind": "Visit", "expected": "2023", "found": "2024-05-07", "evidence": VISIT
    }  # fmt: skip


def test_only_some_kinds(tmp_path: Path) -> None:
    path = article(tmp_path, VISIT, visit(), {"type": "Meeting", "roles": {"participant": [["xi"], ["kim"]]}})
    assert dipgraph.evaluate(path, kinds=["Visit"])["types"].keys() == {"Visit"}
    with pytest.raises(OntologyError, match="did you mean Visit"):
        dipgraph.evaluate(path, kinds=["Visitt"])


def test_facts_extracted_before(tmp_path: Path) -> None:
    path = article(tmp_path, VISIT, visit())
    lines = [json.dumps(fact) for fact in dipgraph.extract(path)]
    lines.append(json.dumps({**json.loads(lines[0]), "document": "other"}))
    (tmp_path / "facts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = dipgraph.evaluate([path], predictions=tmp_path / "facts.jsonl")
    assert found.pop("ignored") == 1
    fresh = dipgraph.evaluate(path)
    assert fresh.pop("ignored") == 0
    assert found == fresh


def test_a_kind_of_the_users_own(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "gift.ttl").write_text(KIND, encoding="utf-8")
    path = article(tmp_path, OWN, {"type": "GiftGiven", "roles": {"giver": [["putin"]], "receiver": [["kim"]]}})
    with pytest.raises(InputError, match="no kind of fact is called 'GiftGiven'"):
        dipgraph.evaluate(path)
    found = dipgraph.evaluate(path, ontology=[folder])
    assert found["types"]["GiftGiven"]["f1"] == 1.0
    assert 0.5 < found["calibration"][0]["predicted"] < 1
    counts = tmp_path / "counts.csv"
    dipgraph.calibrate(path, counts, ontology=[folder])
    assert read(counts) == {("all", "GiftGiven", "verb"): Count(1, 1)}


def test_an_article_without_facts(tmp_path: Path) -> None:
    found = dipgraph.evaluate(article(tmp_path, "It rained."))
    assert (found["articles"], found["types"], found["calibration"]) == (1, {}, [])


def test_calibration_counts_what_is_right_of_each_construction(tmp_path: Path) -> None:
    article(tmp_path, VISIT, visit(), name="a")
    article(tmp_path, VISIT + " " + VISIT.replace("Serbia", "Hungary"), visit(), name="b")
    article(tmp_path, VISIT, visit(optional=True), name="c")
    made = dipgraph.calibrate(tmp_path, tmp_path / "counts.csv")
    assert read(tmp_path / "counts.csv") == {("all", "Visit", "verb"): Count(2, 3)}
    assert (made["articles"], made["facts"], made["constructions"], made["right"]) == (3, 3, 1, 0.667)
    (low, high) = made["calibration"]  # each article by the counts of the other: 1 of 2, then 1 of 1
    assert (low["facts"], low["found"], high["facts"], high["found"]) == (1, 1.0, 2, 0.5)
    assert low["predicted"] < high["predicted"]


def test_calibration_counts_a_fact_once_however_often_it_is_told(tmp_path: Path) -> None:
    dipgraph.calibrate(article(tmp_path, f"{VISIT} {VISIT}", visit()), tmp_path / "counts.csv")
    assert read(tmp_path / "counts.csv") == {("all", "Visit", "verb"): Count(1, 1)}


def test_reliability_by_range_of_confidence() -> None:
    rows = reliability([(0.55, True), (0.59, False), (0.6, True), (1.0, True)])
    assert [(r["from"], r["to"], r["facts"], r["predicted"], r["found"]) for r in rows] == [
        (0.5, 0.6, 2, 0.57, 0.5),
        (0.6, 0.7, 1, 0.6, 1.0),
        (0.9, 1.0, 1, 1.0, 1.0),
    ]
