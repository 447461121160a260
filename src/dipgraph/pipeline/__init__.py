"""The flow of dipgraph in one function, `build`: read this first. `answers` has the verbs that ask what was built.

Wherever `ontology` is an argument, it is the folders that extend the shipped ontology; where a graph is one too, those by
which it was built unless others are given.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from typing import Any

from dipgraph import ontology as ontologies
from dipgraph.errors import InputError, ReplyError
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.folder import remembered
from dipgraph.knowledge.merging import merge
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.language import llm
from dipgraph.language.endpoint import Endpoint
from dipgraph.language.parse import MODEL
from dipgraph.language.parse import load as load_model
from dipgraph.language.reader import AnyReader, Reader, Reading
from dipgraph.model import Claim, Document, Entity, Fact
from dipgraph.ontology import Ontology, shipped
from dipgraph.ontology.sources import turtle_files
from dipgraph.reading.corpus import Corpus, corpus
from dipgraph.reading.fields import day_of

Json = dict[str, Any]
Paths = Path | str | Iterable[Path | str]
Folders = Iterable[Path | str]
Progress = Callable[[Corpus], Iterable[Document]]


@dataclass
class Log:
    """What a second reader could not give, filled while it reads: `extract` and `explain` go on where they are given one."""

    failed: dict[str, str] = field(default_factory=dict)
    """Documents that were not read, and why."""
    dropped: Counter[str] = field(default_factory=Counter)
    """How much of the answers was not kept, by reason."""

    def read(self, reader: AnyReader, document: Document, *, thorough: bool = False) -> Reading | None:
        """The reading of a document; None where the answer about it could not be used."""
        try:
            reading = reader.read(document, thorough=thorough)
        except ReplyError as error:
            self.failed[document.id] = str(error)
            return None
        self.dropped.update(reading.dropped)
        return reading


@dataclass(frozen=True)
class Summary:
    """What a build did and what the knowledge graph holds after it."""

    path: Path
    documents: int
    """How many were given."""
    unchanged: int
    """How many of them were there already and are as they were."""
    empty: tuple[str, ...]
    """Ids of those read now that state no fact of any kind."""
    kinds: Mapping[str, int]
    """Facts in the graph by kind, most first."""
    statuses: Mapping[str, int]
    """Facts in the graph by status, most first."""
    log: Log = field(default_factory=Log)
    """What a second reader could not give."""
    replaced: tuple[Path, ...] = ()
    """Folders of an ontology by which the graph was read before, and is not any more."""

    @property
    def facts(self) -> int:
        """Facts in the graph."""
        return sum(self.kinds.values())


def build(
    paths: Paths,
    into: Path | str,
    *,
    ontology: Folders = (),
    model: str = MODEL,
    endpoint: Endpoint | None = None,
    published: date | str | None = None,
    progress: Progress = iter,
) -> Summary:
    """Read articles (files, folders, `-`) into the knowledge graph of the folder `into`, made if it is not there.

    Documents that are there already, unchanged and read in the same way, are skipped: building twice changes nothing,
    and a build that was stopped goes on where it was. InputError, before anything is written, if some input is bad.
    `endpoint`: read by asking the language model there; a document about which it gives no usable answer is not read.

    >>> dipgraph.build("articles/", "KG")
    """
    rules, documents = load_ontology(ontology, into), read_corpus(paths, published)
    gazetteer.load()  # or fail before there is a folder
    name = name_of_reading(rules, model, endpoint)
    reader: AnyReader | None = None
    unchanged, empty, log = 0, [], Log()
    if not Path(into).exists():
        load_model(model)  # or fail before there is a folder
    with KnowledgeGraph.open(into, create=True) as graph:
        replaced = tuple(sorted(set(graph.ontology) - {path.resolve() for path in rules.folders}))
        graph.read_by(rules.folders[1:])
        for document in progress(documents):
            if graph.holds(document, name):
                unchanged += 1
                continue
            reader = reader or make_reader(rules, model, endpoint)
            if reading := log.read(reader, document):
                graph.replace(document, reading.claims, rules, name)
                empty += [] if reading.claims else [document.id]
        graph.refresh_facts(merge, rules, name)
        return Summary(
            Path(into), len(documents), unchanged, tuple(empty),
            _counted(graph, "?fact a ?of . FILTER(?of != dip:Fact)"), _counted(graph, "?fact dip:status ?of"),
            log, replaced,
        )  # fmt: skip


def extract(
    paths: Paths | Document | Iterable[Document],
    *,
    ontology: Folders = (),
    model: str = MODEL,
    endpoint: Endpoint | None = None,
    published: date | str | None = None,
    min_confidence: float = 0.0,
    progress: Progress = iter,
    log: Log | None = None,
) -> Iterator[Json]:
    """The facts of each document (of files, folders, `-`, or Documents made in Python), as dictionaries ready for JSON.

    `min_confidence`: none that is less to be trusted (see docs/gold.md). `endpoint`: read by asking the language model
    there. `log` takes what could not be read; without one, that is an error.

    >>> for fact in dipgraph.extract("article.txt"):
    ...     print(fact["type"], fact["roles"], fact["status"], fact["time"])
    """
    rules = load_ontology(ontology)
    given = [paths] if isinstance(paths, (str, Path, Document)) else list(paths)
    made = [each for each in given if isinstance(each, Document)]
    named = [each for each in given if not isinstance(each, Document)]
    documents = made if made and not named else chain(made, progress(read_corpus(named, published)))
    found = facts_of(documents, make_reader(rules, model, endpoint), rules, log=log)
    yield from (fact for fact in found if fact["confidence"] >= min_confidence)


def facts_of(
    documents: Iterable[Document], reader: AnyReader, rules: Ontology, *, log: Log | None = None
) -> Iterator[Json]:
    """The facts that a reader finds in each document, as `extract` gives them."""
    for document in documents:
        if reading := read(reader, document, log):
            yield from (as_json(fact, document) for fact in told(reading.claims, rules))


def told(claims: Sequence[Claim], rules: Ontology) -> list[Fact]:
    """The facts of one document's claims, in the order in which the text tells them."""
    place = {id(claim): number for number, claim in enumerate(claims)}
    return sorted(merge(claims, rules), key=lambda fact: min(place[id(claim)] for claim in fact.claims))


def as_json(fact: Fact, document: Document) -> Json:
    """A fact of one document as the dictionary that `extract` gives: an interface that other programs rely on."""
    spans = sorted({(span.start, span.end) for claim in fact.claims for span in claim.evidence})
    evidence = [{"start": start, "end": end, "text": document.text[start:end]} for start, end in spans]
    return {"document": document.id, **statement(fact), "evidence": evidence, "confidence": fact.confidence}


def statement(fact: Fact) -> Json:
    """What a fact says, without where from."""
    return {
        "type": fact.kind,
        "roles": {role: labelled(fillers) for role, fillers in fact.roles.items()},
        "status": fact.status,
        "time": fact.time.value if fact.time else None,
        "place": labelled(fact.place),
        "attribution": labelled(fact.attribution),
    }


def labelled(entities: Iterable[Entity]) -> list[dict[str, str]]:
    """Entities as JSON has them."""
    return [{"id": entity.iri, "label": entity.label} for entity in entities]


def read(reader: AnyReader, document: Document, log: Log | None, *, thorough: bool = False) -> Reading | None:
    """The reading of a document; None where `log` takes that there is none."""
    return log.read(reader, document, thorough=thorough) if log else reader.read(document, thorough=thorough)


def make_reader(rules: Ontology, model: str, endpoint: Endpoint | None) -> AnyReader:
    """The reader by the ontology's frames; or, if an endpoint is given, the one that asks the language model there."""
    first = Reader(rules, gazetteer.load(), model)
    return llm.SecondReader(first, endpoint) if endpoint else first


def load_ontology(folders: Folders, graph: KnowledgeGraph | Path | str | None = None) -> Ontology:
    """The shipped ontology extended by these folders, or by those that the graph was built with; InputError if one is not there."""
    paths = ontology_paths(folders, graph)
    if not paths:
        return ontologies.load()
    files = sorted(file.resolve() for path in paths for file in (path, *path.rglob("*")) if file.is_file())
    return _loaded(paths, tuple((file, file.stat().st_mtime_ns) for file in files))


def ontology_paths(folders: Folders, graph: KnowledgeGraph | Path | str | None = None) -> tuple[Path, ...]:
    """The folders or Turtle files that extend the shipped ontology; InputError if one is not there."""
    paths = [Path(folder) for folder in ([folders] if isinstance(folders, (str, Path)) else folders)]
    wanted = "--ontology {}: there is no such folder or file; it wants a folder of Turtle files, or one such file."
    if graph is not None and not paths:
        place = graph.path if isinstance(graph, KnowledgeGraph) else Path(graph)
        paths = list(remembered(place))
        wanted = f"{place} was built with --ontology {{}}, which is not there any more; say by --ontology where it is."
    missing = [wanted.format(path) for path in paths if not path.exists()]
    if missing:
        raise InputError("\n".join(missing))
    return tuple(paths)


@lru_cache(maxsize=8)
def _loaded(folders: tuple[Path, ...], files: tuple[tuple[Path, int], ...]) -> Ontology:
    """As long as the files are what they were: who writes an ontology changes it and tries again in one notebook."""
    return ontologies.load.__wrapped__(folders)


def read_corpus(paths: Paths, published: date | str | None) -> Corpus:
    """The documents of these files and folders; `published` is the date of those that have none."""
    if published is not None:
        try:
            published = day_of(str(published))
        except ValueError:
            raise InputError(f"--published {published}: not a date; write it like 2020-05-06.") from None
    return corpus([paths] if isinstance(paths, (str, Path)) else list(paths), published=published)


def name_of_reading(rules: Ontology, model: str, endpoint: Endpoint | None = None) -> str:
    """A name for all that claims depend on besides the document: program, models, prompt, ontology, gazetteer."""
    digest = hashlib.sha256()
    for path in (
        *(file for place in rules.folders for file in turtle_files(place)),
        *sorted(shipped("data").rglob("*.csv")),
    ):
        digest.update(path.read_bytes())
    try:
        parser = f"{model} {version(model)}"
    except (PackageNotFoundError, ValueError):  # a model in a folder of the user's own
        parser = model
    if endpoint:
        parser = f"{parser}, {llm.name(endpoint, rules)}"
    return f"dipgraph {version('dipgraph')}, {parser}, {digest.hexdigest()[:16]}"


def _counted(graph: KnowledgeGraph, pattern: str) -> dict[str, int]:
    """Facts by what the pattern binds to ?of, most first."""
    rows: Any = graph.query(
        f"SELECT ?of (COUNT(*) AS ?n) {{ ?fact a dip:Fact . {pattern} }} GROUP BY ?of ORDER BY DESC(?n) ?of"
    )
    return {row["of"].value.rsplit("#", 1)[-1]: int(row["n"].value) for row in rows}
