"""Gold files: what is read from them, and that every fault is said at once and in plain words."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dipgraph.errors import InputError
from dipgraph.ontology import load
from dipgraph.reading.gold import Answer, read_gold, read_predictions

ROOT = Path(__file__).parents[2]
DOCUMENTED = re.search(
    r"<!-- example -->\n```json\n(.*?)\n```", (ROOT / "docs/gold.md").read_text(encoding="utf-8"), re.S
)
assert DOCUMENTED
EXAMPLE = DOCUMENTED[1]


def file(folder: Path, value: Any, name: str = "a.json") -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def test_the_documented_example_is_read(tmp_path: Path) -> None:
    (article,) = read_gold([file(tmp_path, EXAMPLE)], load())
    assert article.document.id == "xi-in-belgrade"
    office, visit, meeting = article.facts
    assert office.roles["office"] == (Answer(("president",)),)
    assert visit.time == "2024-05-07" and visit.place is None and not visit.optional
    assert meeting.roles["participant"][0] == Answer(
        ("Xi Jinping", "Xi", "China", "People's Republic of China"), ("CHN",)
    )


def put(key: str, content: Any) -> Callable[[Any], None]:
    """A change of the second fact, the visit."""
    return lambda value: value["facts"][1].update({key: content})


FAULTS: list[tuple[Callable[[Any], Any], str]] = [
    (lambda v: [v], "not a JSON object; a gold file is one article"),
    (lambda v: v.pop("id"), 'no "id"'),
    (lambda v: v.update(text=3), '"text" is a number; it must be a string.'),
    (lambda v: v.update(published="May"), "\"published\" is 'May'; it must be a date"),
    (lambda v: v.update(entities=[]), '"entities" must be an object'),
    (lambda v: v["entities"].update(x="y"), "entity 'x': must be an object"),
    (lambda v: v["entities"]["xi"].update(type="Persn"), "entity 'xi': no class of entities is called 'Persn'; did you mean Person"),
    (lambda v: v["entities"]["xi"].update(names=[]), "entity 'xi': \"names\" must be a list"),
    (lambda v: v["entities"]["xi"].update(iso3=1), "entity 'xi': \"iso3\" must be a code"),
    (lambda v: v.update(facts={}), '"facts" must be a list'),
    (lambda v: v["facts"].append(3), "fact 4: no kind of fact is called None"),
    (put("type", "Visitt"), "fact 2: no kind of fact is called 'Visitt'; did you mean Visit"),
    (put("roles", []), 'fact 2 (Visit): "roles" must be an object'),
    (put("roles", {"visiter": [["xi"]]}), "fact 2 (Visit): no role of this kind is called 'visiter'; did you mean visitor"),
    (put("roles", {"host": [["xi"]]}), "fact 2 (Visit): no core role; give at least one of destination, visitor."),
    (put("roles", {"visitor": ["xi"]}), "fact 2 (Visit): visitor: must be a list of fillers, each of which is a list"),
    (put("roles", {"visitor": [["xo"]]}), "fact 2 (Visit): visitor: no entity 'xo'"),
    (put("status", "sure"), "fact 2 (Visit): no status is called 'sure'"),
    (put("time", "May 2024"), "fact 2 (Visit): time 'May 2024'; write YYYY"),
    (put("place", [["here"]]), "fact 2 (Visit): place: no entity 'here'"),
    (put("optional", "yes"), 'fact 2 (Visit): "optional" must be true or false'),
    (put("evidence", []), 'fact 2 (Visit): "evidence" must be a list'),
    (put("evidence", ["He stayed."]), "fact 2 (Visit): the evidence is not in the text: 'He stayed.'"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), FAULTS, ids=[message for _, message in FAULTS])
def test_a_fault_is_said_in_plain_words(change: Callable[[Any], Any], message: str, tmp_path: Path) -> None:
    value = json.loads(EXAMPLE)
    replaced = change(value)
    with pytest.raises(InputError) as error:
        read_gold([file(tmp_path, replaced if isinstance(replaced, list) else value)], load())
    assert message in str(error.value)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    value = json.loads(EXAMPLE)
    value["facts"][0]["status"] = "sure"
    value["facts"][1]["time"] = "soon"
    file(tmp_path, value)
    file(tmp_path, "{", "b.json")
    file(tmp_path, EXAMPLE, "c.json")
    file(tmp_path, EXAMPLE, "d.json")
    (tmp_path / "e.json").write_bytes(b"\xff")
    with pytest.raises(InputError) as error:
        read_gold([tmp_path, tmp_path / "gone"], load())
    lines = str(error.value).splitlines()
    assert [line.split(":")[0].rsplit("/", 1)[-1] for line in lines] == [
        "gone",
        "a.json",
        "a.json",
        "b.json",
        "d.json",
        "e.json",
    ]
    assert "the id 'xi-in-belgrade' is taken by" in lines[4]


def test_a_folder_without_gold_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold file"):
        read_gold([tmp_path], load())
    with pytest.raises(InputError, match="Nothing to evaluate"):
        read_gold([], load())


def test_many_faults_are_counted(tmp_path: Path) -> None:
    value = json.loads(EXAMPLE)
    value["facts"] *= 20
    for fact in value["facts"]:
        fact["evidence"] = ["never"]
    with pytest.raises(InputError, match=r"… and 40 more\."):
        read_gold([file(tmp_path, value)], load())


def test_predictions_are_facts_a_line(tmp_path: Path) -> None:
    path = file(
        tmp_path, '{"document": "a", "type": "Visit", "roles": {"visitor": [{"label": "Xi"}]}}\n\n', "facts.jsonl"
    )
    assert read_predictions(path)[0]["type"] == "Visit"
    bad = ["3", "{", '{"document": 1, "type": "x"}', '{"document": "a", "type": "x", "roles": {"r": ["Xi"]}}',
           '{"document": "a", "type": "x", "roles": []}', '{"document": "a", "type": "x", "evidence": ["He"]}']  # fmt: skip
    with pytest.raises(InputError) as error:
        read_predictions(file(tmp_path, "\n".join(bad), "bad.jsonl"))
    assert len(str(error.value).splitlines()) == len(bad)
    with pytest.raises(InputError, match="cannot be read"):
        read_predictions(tmp_path / "gone.jsonl")
