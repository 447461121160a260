"""What tests of several rooms share: a small graph made by hand, and one read from two short articles."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dipgraph import ontology as ontologies
from dipgraph.knowledge.merging import merge
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.model import ID, Claim, Document, Entity, Span, Time

ARTICLES = {
    "award.md": (
        "---\ntitle: An order for the guest\npublished: 2020-05-06\n---\n\n"
        "# An order for the guest\n\nEmmanuel Macron awarded Narendra Modi the *Legion of Honour* on 13 July 2019. "
        "Angela Merkel [postponed](https://example.org) her visit to Israel.\n"
    ),
    "meeting.txt": "Vladimir Putin met Kim Jong-un in Vladivostok in April 2019.\n",
}


def entity(kind: str, name: str, label: str) -> Entity:
    return Entity(f"{ID}{kind.lower()}/{name}", kind, label)


A, B, C = (entity("State", code, label) for code, label in (("AAA", "Aland"), ("BBB", "Beland"), ("CCC", "Celand")))
ANN, BOB = entity("Person", "ann", "Ann Ames"), entity("Person", "bob", "Bob Burr")
ORDER = entity("Honour", "order", "Order of the Owl")
PACT = entity("Alliance", "pact", "Northern Pact")
TREATY = entity("Agreement", "treaty", "Treaty of Elm")
PRESIDENT, MINISTER = entity("Office", "president", "president"), entity("Office", "minister", "minister")
PRESS = entity("Organization", "press", "Elm Press")

FIRST = Document("first", "Ann decorated Bob. Ann met Bob. All the rest is here too.", "First", date(2021, 6, 1))
SECOND = Document("second", "Ann met Bob, it is said. No, she did not.", "Second", date(2021, 7, 1))


def claim(
    document: Document, quote: str, kind: str, time: str = "", status: str = "asserted", **roles: object
) -> Claim:
    start = document.text.index(quote)
    special = {name: roles.pop(name) for name in ("attribution",) if name in roles}
    return Claim(
        document.id, kind, {n: v if isinstance(v, tuple) else (v,) for n, v in roles.items()}, status,  # type: ignore[misc]
        (Span(start, start + len(quote), quote),), Time(time) if time else None, published=document.published, **special,  # type: ignore[arg-type]
    )  # fmt: skip


def made_claims() -> dict[Document, list[Claim]]:
    rest = "All the rest is here too."
    return {
        FIRST: [
            claim(FIRST, "Ann decorated Bob.", "HonourAward", "2021-05-04", awarder=ANN, recipient=BOB, honour=ORDER),
            claim(FIRST, "Ann met Bob.", "Meeting", "2021-05", participant=(ANN, BOB), attribution=(PRESS,)),
            claim(FIRST, rest, "OfficeHolding", holder=ANN, office=PRESIDENT, polity=A),
            claim(FIRST, rest, "OfficeHolding", holder=BOB, office=PRESIDENT, polity=B),
            claim(FIRST, rest, "Visit", "2021-08", "postponed", visitor=ANN, destination=B),
            claim(FIRST, rest, "AlliedWith", ally=(A, B)),
            claim(FIRST, rest, "RelationsSevered", "2019", party=(A, C)),
            claim(FIRST, rest, "RelationsEstablished", "2020-02-03", party=(A, C)),
            claim(FIRST, rest, "Accession", "2018-01", member=B, alliance=PACT),
            claim(FIRST, rest, "Accession", "2017", member=C, alliance=PACT),
            claim(FIRST, rest, "Criticism", "2021-06-30", critic=ANN, criticized=C),
            claim(FIRST, rest, "Sanction", "2019-03", imposer=A, target=C),
            claim(FIRST, rest, "AgreementSigning", "2020-02-03", party=(A, C), agreement=TREATY),
            claim(FIRST, rest, "TakingOffice", "2016-01-01", holder=ANN, office=PRESIDENT, polity=A),
        ],
        SECOND: [
            claim(
                SECOND, "Ann met Bob, it is said.", "Meeting", "2021-05", participant=(ANN, BOB), attribution=(PRESS,)
            ),
            claim(SECOND, "No, she did not.", "Withdrawal", "2021", "denied", member=C, alliance=PACT),
            claim(SECOND, "No, she did not.", "Criticism", "2021-06-30", "denied", critic=ANN, criticized=C),
        ],
    }


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The folder of a knowledge graph whose claims were made by hand."""
    rules, folder = ontologies.load(), tmp_path / "made"
    with KnowledgeGraph.open(folder, create=True) as graph:
        for document, claims in made_claims().items():
            graph.replace(document, claims, rules)
        graph.refresh_facts(merge, rules)
    return folder


@pytest.fixture
def open_made(made: Path) -> Iterator[KnowledgeGraph]:
    """The same, open: its store can be spoilt."""
    with KnowledgeGraph.open(made) as graph:
        yield graph


@pytest.fixture(scope="session")
def article_texts() -> dict[str, str]:
    """Two short articles by file name."""
    return ARTICLES


@pytest.fixture
def articles(tmp_path: Path, article_texts: dict[str, str]) -> Path:
    """A folder of two short articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in article_texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
