"""The seed article is read without a fault, by the team's own scorer."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.merging import merge
from dipgraph.language.reader import Reader
from dipgraph.model import Document
from dipgraph.ontology import load
from dipgraph.pipeline import as_json

GOLD = Path(__file__).parents[2] / "shared" / "gold"
SEED = "seed-victory-medal.json"
pytestmark = pytest.mark.skipif(
    not GOLD.is_dir() and "CI" not in os.environ, reason="the annotated articles stand in ../shared of the team"
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load(), gazetteer.load())


def score(reader: Reader, articles: list[Path], folder: Path, *options: str) -> list[Any]:
    """What score.py says, line by line, of what we read in these articles."""
    golds, lines = folder / "gold", []
    golds.mkdir()
    for path in articles:
        text = path.read_text(encoding="utf-8")
        (golds / path.name).write_text(text, encoding="utf-8")
        gold = json.loads(text)
        document = Document(gold["id"], gold["text"], gold["title"], date.fromisoformat(gold["published"]))
        facts = merge(reader.read(document).claims, reader.ontology)
        lines += [json.dumps({k: v for k, v in as_json(fact, document).items() if v is not None}) for fact in facts]
    predictions = folder / "predictions.jsonl"
    predictions.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(GOLD / "score.py"), str(golds), str(predictions), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_seed_article_is_read_without_a_fault(reader: Reader, tmp_path: Path) -> None:
    *errors, figures = score(reader, [GOLD / "dev" / SEED], tmp_path, "--errors")
    wrong = [error for error in errors if error[1] in ("missed", "partly", "wrong", "status", "time")]
    assert wrong == []
    assert figures["fact"][2] == figures["strict"][2] == figures["status"] == figures["time"] == 1.0


def test_a_reader_that_finds_nothing_would_fail(tmp_path: Path) -> None:
    from dataclasses import replace

    deaf = Reader(replace(load(), kinds={}), gazetteer.load())
    (figures,) = score(deaf, [GOLD / "dev" / SEED], tmp_path)
    assert figures["fact"] == [0.0, 0.0, 0.0]
