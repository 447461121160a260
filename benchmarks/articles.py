"""`make accuracy`: how well annotated articles are read; writes its tables into docs/accuracy.md and the README, and
data/accuracy.json, from which every report says how well graphs are read.

Three sets: the team's development articles (../shared), our own that rules were tuned on, and our own that nobody
looked at while rules were written. The gap between the last and the others says how far the rules are fitted.
"""

import json
import re
from pathlib import Path
from typing import Any

import dipgraph
from dipgraph import pipeline
from dipgraph.language.parse import MODEL

ROOT = Path(__file__).parents[1]
REPORT, README = ROOT / "docs/accuracy.md", ROOT / "README.md"
SHIPPED = ROOT / "data/accuracy.json"
SETS = {
    "development, shared": ROOT.parent / "shared/gold/dev",
    "development, own": ROOT / "tests/gold/dev",
    "held out": ROOT / "tests/gold/held",
}
"""Name of a set -> the folder of its articles."""
OVERALL = ("fact", "strict", "filler")
DETAILS = ("status", "time", "place", "attribution", "grounded")
Json = dict[str, Any]


def overall(found: dict[str, Json]) -> list[str]:
    """Precision, recall, F1 of facts, of facts with every core role right, of fillers; shares of details right."""
    head = ["| | " + " | ".join(f"{name} ({scores['articles']} articles)" for name, scores in found.items()) + " |"]
    rows = [
        f"| {name}: P / R / **F1** | " + " | ".join("{:.2f} / {:.2f} / **{:.2f}**".format(*s[name]) for s in found.values()) + " |"
        for name in OVERALL
    ]  # fmt: skip
    rows += [
        f"| {name} | " + " | ".join("–" if s[name] is None else f"{s[name]:.2f}" for s in found.values()) + " |"
        for name in DETAILS
    ]
    return [*head, "|---|" + "---:|" * len(found), *rows]


def by_kind(found: dict[str, Json]) -> list[str]:
    """The same by kind of fact: precision, recall, how many are annotated."""
    kinds = sorted({kind for scores in found.values() for kind in scores["types"]})
    rows = ["| kind of fact | " + " | ".join(found) + " |", "|---|" + "---:|" * len(found)]
    for kind in kinds:
        cells = []
        for scores in found.values():
            row = scores["types"].get(kind)
            cells.append("{precision:.2f} / {recall:.2f} ({gold})".format(**row) if row else "–")
        rows.append(f"| {kind} | {' | '.join(cells)} |")
    return rows


def shipped(found: dict[str, Json]) -> Json:
    """What a report needs of it: the sets, and by which reading they were measured."""
    names = ("articles", *OVERALL, *DETAILS)
    sets = {
        name: {each: scores[each] for each in names}
        | {"types": {kind: {each: row[each] for each in ("precision", "recall", "f1", "gold")} for kind, row in sorted(scores["types"].items())}}
        for name, scores in found.items()
    }  # fmt: skip
    return {"reading": pipeline.name_of_reading(pipeline.load_ontology(()), MODEL), "sets": sets}


def mark(path: Path, name: str, written: str) -> None:
    """Put a text between the marks of that name in a Markdown file."""
    marked = re.compile(rf"(?s)(<!-- {name} -->\n).*?(<!-- /{name} -->)")
    text = path.read_text(encoding="utf-8")
    path.write_text(marked.sub(lambda m: f"{m[1]}{written}\n{m[2]}", text), encoding="utf-8")


def main() -> None:
    """Measure, print, and write the tables."""
    found = {name: dipgraph.evaluate(folder) for name, folder in SETS.items() if folder.is_dir()}
    short, long = "\n".join(overall(found)), "\n".join(by_kind(found))
    print(f"{short}\n\n{long}")
    mark(README, "accuracy", short)
    SHIPPED.write_text(json.dumps(shipped(found), indent=1) + "\n", encoding="utf-8")
    mark(REPORT, "articles", f"{short}\n\nPrecision / recall (annotated facts) by kind:\n\n{long}")


if __name__ == "__main__":
    main()
