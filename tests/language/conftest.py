"""One reader of the shipped ontology and gazetteer for all tests of this room."""

from collections.abc import Callable
from datetime import date

import pytest
from told import Tell, Told, told

from dipgraph.knowledge import gazetteer
from dipgraph.language import mentions, reference
from dipgraph.language.parse import parse
from dipgraph.language.reader import Reader
from dipgraph.language.reference import Discourse
from dipgraph.model import Document
from dipgraph.ontology import load


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(load(), gazetteer.load())


@pytest.fixture(scope="session")
def tell(reader: Reader) -> Tell:
    """What a text tells, as plain values: `tell("…", kind="…", published=…)`."""

    def claims(text: str, kind: str = "", published: date | None = None) -> list[Told]:
        document = Document("article", text, published=published)
        return [told(claim) for claim in reader.read(document).claims if kind in ("", claim.kind)]

    return claims


@pytest.fixture(scope="session")
def discourse(reader: Reader) -> Callable[..., Discourse]:
    """The parsed text with its mentions, titles and referents: `discourse("…", published)`."""

    def resolved(text: str, published: date | None = None) -> Discourse:
        doc = parse(text)
        found = mentions.find(doc, text, reader.names, reader.ontology)
        document = Document("article", text, published=published)
        return reference.discourse(doc, found, reader.names, reader.ontology, document)

    return resolved
