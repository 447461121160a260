"""`make corpora`: how well texts are read that nobody wrote for dipgraph; writes its section of docs/accuracy.md.

Two corpora of ../shared/reference. The recognition guide tells in its headings which facts its paragraphs hold: recall.
Of both, a fixed sample of the facts found was read against the passages that they quote: `judgements/*.csv`, precision by kind.
`--sample` prints the sampled facts that nobody has judged yet, as rows to fill in.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import dipgraph
from dipgraph.knowledge import gazetteer
from dipgraph.language.parse import fold
from dipgraph.model import Document

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT.parent / "shared/reference"
GUIDE = REFERENCE / "histstate"
JUDGEMENTS = ROOT / "benchmarks/judgements"
REPORT = ROOT / "docs/accuracy.md"
SAMPLE = 100
CORE = {
    "Recognition": ("recognizer", "recognized"),
    "RelationsEstablished": ("party",),
    "RelationsSevered": ("party", "initiator"),
}
_REALM = re.compile(r"^(the )?((kingdom|grand duchy|duchy|republic|principality) of )?")
_SECTION = re.compile(r"^rdcr-(.+?)-(?:recognition|diplomatic-relations|consular-\w+|treaties-\w+|key-events|\w+)-\d+$")
Json = dict[str, Any]


def rows(path: Path) -> list[Json]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def guide(*, heading: bool = True, page: bool = True) -> Iterator[Document]:
    """The guide's paragraphs, under their heading and with the title of their page (its country) as it is published."""
    for row in rows(GUIDE / "recognition-guide.documents.jsonl"):
        section = _SECTION.match(row["id"])
        country = section[1].replace("-", " ").title() if section and page else ""
        text = f"{row['title']}\n\n{row['text']}" if heading else row["text"]
        title = f"{country}: {row['title']}" if country else row["title"]
        yield Document(row["id"], text, title, date.fromisoformat(row["published"]))


def wikinews() -> Iterator[Document]:
    """The general news articles."""
    for row in rows(REFERENCE / "wikinews/articles.jsonl"):
        yield Document(row["id"], row["text"], row["title"], date.fromisoformat(row["published"][:10]))


@cache
def successors() -> dict[str, list[str]]:
    """The states in which a former state went on, by code."""
    with (ROOT / "data/states.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row["successors"].split("|") for row in csv.DictReader(file) if row["successors"]}


def names(filler: Json) -> set[str]:
    """What an entity may be called; a former state also as the guide files it, by the states in which it went on."""
    entities = gazetteer.load().entities
    room, _, code = filler["id"].rpartition("/")
    later = successors().get(code, []) if room.endswith("state") else []
    known = [entities[iri] for iri in (filler["id"], *(f"{room}/{c}" for c in later)) if iri in entities]
    return {bare(n) for n in (filler["label"], *(n for e in known for n in (e.label, *e.aliases)))}


def bare(name: str) -> str:
    """The name without what sort of realm it is."""
    return _REALM.sub("", fold(name).lower().strip())


def asked(country: str) -> set[str]:
    """The guide's name of a country and the one that it adds in brackets; its asterisk marks former states."""
    plain = country.replace("*", "")
    return {bare(re.sub(r"\(.*?\)", "", plain)), *(bare(n) for n in re.findall(r"\((.*?)\)", plain))}


def found(gold: Json, facts: Iterable[Json]) -> bool:
    """Whether one of the facts has the kind, the country and the year that a heading gives."""
    return any(
        fact["type"] == gold["type"]
        and (fact["time"] or "")[:4] == gold["year"]
        and any(names(f) & asked(gold["country"]) for r in CORE[gold["type"]] for f in fact["roles"].get(r, ()))
        for fact in facts
    )


def recall(documents: Iterable[Document]) -> tuple[Counter[str], Counter[str], list[Json]]:
    """Of the facts that the headings give: found and asked for by kind, and those missed."""
    golds = rows(GUIDE / "recognition-guide.gold.jsonl")
    wanted = {gold["document"] for gold in golds}
    by_document: dict[str, list[Json]] = defaultdict(list)
    for fact in dipgraph.extract([d for d in documents if d.id in wanted]):
        by_document[fact["document"]].append(fact)
    missed = [gold for gold in golds if not found(gold, by_document[gold["document"]])]
    total = Counter(gold["type"] for gold in golds)
    return total - Counter(gold["type"] for gold in missed), total, missed


def said(fact: Json) -> tuple[str, str, str, str]:
    """What is judged: document, kind, roles, and status with time."""
    roles = "; ".join(f"{r}: {', '.join(sorted(f['label'] for f in v))}" for r, v in sorted(fact["roles"].items()))
    return fact["document"], fact["type"], roles, " ".join(filter(None, (fact["status"], fact["time"])))


def sample(facts: Iterable[Json], name: str) -> list[Json]:
    """A random sample that hardly changes when the facts do, without those that were read to mend the program."""
    fresh = [f for f in facts if said(f)[:3] not in {key[:3] for key in judged(f"{name}-tuning")}]
    return sorted(fresh, key=lambda f: sha256("|".join((name, *said(f)[:3])).encode()).digest())[:SAMPLE]


def judged(name: str) -> dict[tuple[str, ...], bool]:
    """The facts of a corpus that were read against the text: right or wrong."""
    path = JUDGEMENTS / f"{name}.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(r["document"], r["kind"], r["roles"], r["told"]): r["right"] == "1" for r in csv.DictReader(file)}


def precision(name: str, facts: list[Json]) -> Iterator[str]:
    """A table: facts by kind, how many of the sample are right."""
    verdicts, drawn = judged(name), sample(facts, name)
    everything = Counter(f["type"] for f in facts)
    right = Counter(f["type"] for f in drawn if verdicts.get(said(f)))
    read = Counter(f["type"] for f in drawn if said(f) in verdicts)
    yield "| kind | found | read | right |\n|---|---:|---:|---:|"
    for kind, count in everything.most_common():
        yield f"| {kind} | {count} | {read[kind]} | {right[kind]} |"
    share = f"{right.total() / read.total():.2f}" if read else "none read"
    yield f"| **all** | **{everything.total()}** | **{read.total()}** | **{right.total()}** (precision {share}) |"


def unjudged(name: str, facts: list[Json]) -> Iterator[list[str]]:
    """Rows of the sample to judge: the last cell is where the text says it."""
    verdicts = judged(name)
    for fact in sample(facts, name):
        if said(fact) not in verdicts:
            yield [*said(fact), "", "", " // ".join(e["text"][:300] for e in fact["evidence"][:2])]


def section(of_guide: list[Json], of_news: list[Json]) -> str:
    """The part of the report that this program writes."""
    variants: list[tuple[str, Callable[[], Iterator[Document]]]] = [
        ("the paragraph alone, its heading as title", lambda: guide(heading=False, page=False)),
        ("with the heading as its first line", lambda: guide(page=False)),
        ("with the heading and the title of its page", guide),
    ]
    lines = ["| facts of the headings found | " + " | ".join(CORE) + " | all |", "|---|" + "---:|" * (len(CORE) + 1)]
    for label, documents in variants:
        hits, total, _ = recall(documents())
        cells = [f"{hits[kind]} of {total[kind]}" for kind in CORE]
        lines.append(f"| {label} | {' | '.join(cells)} | {hits.total() / total.total():.1%} |")
    known = {key[:3]: right for name in ("wikinews-tuning", "wikinews") for key, right in judged(name).items()}
    still = [known[said(f)[:3]] for f in of_news if said(f)[:3] in known]
    line = f"Of the {len(of_news)} facts, {len(still)} were judged in one of the samples: {sum(still) / len(still):.2f} right."
    guide_table, news_table = precision("recognition-guide", of_guide), precision("wikinews", of_news)
    return "\n".join(
        ["### The recognition guide", "", *lines, "", *guide_table, "", "### Wikinews", "", *news_table, "", line]
    )


def main() -> None:
    """Measure; print rows to judge, or write the report."""
    corpora = {"recognition-guide": list(dipgraph.extract(guide())), "wikinews": list(dipgraph.extract(wikinews()))}
    if "--sample" in sys.argv:
        for name, facts in corpora.items():
            print(name)
            csv.writer(sys.stdout).writerows(unjudged(name, facts))
        return
    written = section(*corpora.values())
    print(written)
    text = REPORT.read_text(encoding="utf-8")
    marked = re.compile(r"(?s)(<!-- corpora -->\n).*?(\n<!-- /corpora -->)")
    REPORT.write_text(marked.sub(lambda m: m[1] + written + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
