"""The flow of dipgraph in one function, `build`: read this first. The other verbs of the package follow it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dipgraph import ontology as ontologies
from dipgraph.errors import InputError
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.merging import merge
from dipgraph.language.parse import MODEL
from dipgraph.language.reader import Reader
from dipgraph.model import Document, Entity, Fact
from dipgraph.ontology import Ontology
from dipgraph.reading.corpus import Corpus, corpus
from dipgraph.reading.fields import day_of

Paths = Path | str | Iterable[Path | str]
Folders = Iterable[Path | str]


def extract(
    paths: Paths | Iterable[Document],
    *,
    ontology: Folders = (),
    model: str = MODEL,
    published: date | str | None = None,
) -> Iterator[dict[str, Any]]:
    """The facts of each document (of files, folders, `-`, or Documents made in Python), as dictionaries ready for JSON.

    >>> for fact in dipgraph.extract("article.txt"):
    ...     print(fact["type"], fact["roles"], fact["status"], fact["time"])
    """
    rules = _ontology(ontology)
    documents = _documents(paths, published)
    reader = Reader(rules, gazetteer.load(), model)
    for document in documents:
        for fact in merge(reader.read(document).claims, rules):
            yield as_json(fact, document)


def as_json(fact: Fact, document: Document) -> dict[str, Any]:
    """A fact of one document as the dictionary that `extract` gives: an interface that other programs rely on."""
    spans = sorted({(span.start, span.end) for claim in fact.claims for span in claim.evidence})
    return {
        "document": document.id,
        "type": fact.kind,
        "roles": {role: _named(fillers) for role, fillers in fact.roles.items()},
        "status": fact.status,
        "time": fact.time.value if fact.time else None,
        "place": _named(fact.place),
        "attribution": _named(fact.attribution),
        "evidence": [{"start": start, "end": end, "text": document.text[start:end]} for start, end in spans],
        "confidence": fact.confidence,
    }


def _named(entities: Iterable[Entity]) -> list[dict[str, str]]:
    return [{"id": entity.iri, "label": entity.label} for entity in entities]


def _ontology(folders: Folders) -> Ontology:
    return ontologies.load(tuple(Path(folder) for folder in folders))


def _documents(paths: Paths | Iterable[Document], published: date | str | None) -> Corpus | Sequence[Document]:
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    documents = [each for each in given if isinstance(each, Document)]
    if documents:
        return documents
    return corpus([each for each in given if not isinstance(each, Document)], published=_day(published))


def _day(published: date | str | None) -> date | None:
    if not isinstance(published, str):
        return published
    try:
        return day_of(published)
    except ValueError:
        raise InputError(f"--published {published}: not a date; write it like 2020-05-06.") from None
