"""The verb `evaluate`: how well annotated articles are read; and `calibrate`, which counts how often each construction is right."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, pairwise
from pathlib import Path

from dipgraph.knowledge import gazetteer
from dipgraph.language.confidence import Confidence, Construction, construction, counted, written
from dipgraph.language.endpoint import Endpoint
from dipgraph.language.parse import MODEL
from dipgraph.language.reader import Reader
from dipgraph.pipeline import Folders, Json, Log, Paths, as_json, facts_of, load_ontology, make_reader, told
from dipgraph.pipeline.outputs import write
from dipgraph.pipeline.scoring import Scores, figures, matched, scores
from dipgraph.reading.gold import GoldArticle, read_gold, read_predictions

Progress = Callable[[Sequence[GoldArticle]], Iterable[GoldArticle]]
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Where the rows of a calibration table begin and end."""


def evaluate(
    gold: Paths,
    *,
    predictions: Path | str | None = None,
    kinds: Collection[str] = (),
    ontology: Folders = (),
    model: str = MODEL,
    endpoint: Endpoint | None = None,
    progress: Progress = iter,
    log: Log | None = None,
) -> Json:
    """How well annotated articles (gold files and folders of them, see docs/gold.md) are read, ready for JSON.

    `fact`, `strict` and `filler` are precision, recall and F1; `status`, `time`, `place`, `attribution` the shares right
    among matched facts; `grounded` the share whose evidence quotes the text exactly; `types` and `roles` say it for each
    kind of fact and role; `calibration` sets confidence against the share found right; `errors` lists what is wrong.
    `predictions`: a file of facts as `extract` prints them, judged instead of a new reading. `kinds`: only these.
    `endpoint`: judge the reading of the language model there; an article of which it gives none has no facts, and `log`
    says so. InputError lists every fault of the gold files.

    >>> dipgraph.evaluate("gold/")["fact"]
    """
    rules = load_ontology(ontology)
    chosen = {rules.kind(name).name for name in kinds} or None
    articles = read_gold(_paths(gold), rules)
    if predictions is None:
        documents = (article.document for article in progress(articles))
        found = list(facts_of(documents, make_reader(rules, model, endpoint), rules, log=log))
    else:
        found = read_predictions(predictions)
    if chosen is not None:
        articles = tuple(replace(a, facts=tuple(f for f in a.facts if f.kind in chosen)) for a in articles)
        found = [fact for fact in found if fact["type"] in chosen]
    known = {article.document.id for article in articles}
    return {**report(scores(articles, found, rules)), "ignored": sum(fact["document"] not in known for fact in found)}


def report(found: Scores) -> Json:
    """Figures, calibration table and errors."""
    return {
        **figures(found),
        "calibration": reliability(found.outcomes),
        "errors": [asdict(error) for error in found.errors],
    }


def calibrate(
    gold: Paths, output: Path | str, *, ontology: Folders = (), model: str = MODEL, progress: Progress = iter
) -> Json:
    """Count how often each construction is right in annotated articles, and write that as a table for `confidence`.

    The `calibration` given back is by cross-validation: each article is predicted by the counts of the others.

    >>> dipgraph.calibrate("gold/", "data/confidence.csv")["calibration"]
    """
    rules = load_ontology(ontology)
    articles = read_gold(_paths(gold), rules)
    reader = Reader(rules, gazetteer.load(), model)
    judged = [list(_judged(article, reader)) for article in progress(articles)]
    counts = counted(_claims(chain.from_iterable(judged)))
    write(output, written(counts).encode())
    outcomes: list[tuple[float, bool]] = []
    for place, facts in enumerate(judged):
        others = Confidence(counted(_claims(chain.from_iterable(judged[:place] + judged[place + 1 :]))))
        outcomes += [(max(others.of(made) for made in fact.ways), fact.right) for fact in facts]
    return {
        "articles": len(articles),
        "facts": len(outcomes),
        "constructions": len(counts),
        "right": round(sum(right for _, right in outcomes) / len(outcomes), 3) if outcomes else None,
        "calibration": reliability(outcomes),
    }


def reliability(outcomes: Iterable[tuple[float, bool]]) -> list[Json]:
    """For each range of confidence: how many facts have it, their mean confidence, and the share of them that is right."""
    rows = []
    found = list(outcomes)
    for low, high in pairwise(EDGES):
        inside = [each for each in found if low <= each[0] < high or each[0] == high == EDGES[-1]]
        if inside:
            predicted, right = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            rows.append(
                {
                    "from": low,
                    "to": high,
                    "facts": len(inside),
                    "predicted": round(predicted, 3),
                    "found": round(right, 3),
                }
            )
    return rows


@dataclass(frozen=True)
class Judged:
    """A fact that was found: the constructions that state it, and whether it is right."""

    ways: frozenset[Construction]
    right: bool


def _claims(facts: Iterable[Judged]) -> Iterator[tuple[Construction, bool]]:
    """A fact counts once for each construction that states it, however often the article repeats it."""
    return ((made, fact.right) for fact in facts for made in fact.ways)


def _judged(article: GoldArticle, reader: Reader) -> Iterator[Judged]:
    """The facts of an article with whether they are annotated, without those that careful readers could argue about."""
    reading = reader.read(article.document)
    rules = reader.ontology
    made = {id(claim): construction(match, rules.kinds[claim.kind]) for match, claim in reading.matches}
    facts = told(reading.claims, rules)
    pairs = matched(article, [as_json(fact, article.document) for fact in facts], rules)
    wanted = {place: article.facts[number] for number, place in pairs.items()}
    for place, fact in enumerate(facts):
        if place not in wanted or not wanted[place].optional:
            yield Judged(frozenset(made[id(claim)] for claim in fact.claims), place in wanted)


def _paths(gold: Paths) -> list[Path | str]:
    return [gold] if isinstance(gold, (str, Path)) else list(gold)
