"""`make historian`: visits to and from Washington, 1866 to 2025, as one graph and its page, with the slider of time.

The tables are the US Office of the Historian's (public domain), read from ../shared/reference and not part of dipgraph. A
row is a document of one sentence, and one claim whose evidence is that sentence.
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import dipgraph
from dipgraph import ontology
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.merging import merge
from dipgraph.knowledge.store import KnowledgeGraph, folded
from dipgraph.model import ID, Claim, Document, Entity, Span, Time

TABLES = Path(__file__).parents[2] / "shared/reference/histstate"
SITE = "https://history.state.gov/departmenthistory"
HOME = "United States"
OLDER = {"Korea": "South Korea", "Khmer Republic": "Cambodia", "Somoa": "Samoa", "Bosnian Federation": "Bosnia and Herzegovina"}  # fmt: skip
"""Names in the tables that nobody else uses -> the names of the same states."""


class Journey(NamedTuple):
    """A row of either table: whose journey from where to where, on which days, and what else is said of it."""

    id: str
    url: str
    who: str
    start: str
    end: str
    origin: str
    destination: str
    remarks: str


class Names:
    """States and persons by name: those of the gazetteer, else new ones."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Entity] = {}
        for entity in gazetteer.load().entities.values():
            for name in (entity.label, *entity.aliases):
                self.known.setdefault((entity.kind, folded(name)), entity)

    def state(self, name: str) -> Entity:
        """The state, whichever way round it is written: "China, Republic of", "Siam (Thailand)"."""
        plain, _, inner = name.partition(" (")
        last, _, first = plain.partition(", ")
        spellings = (plain, f"{first} {last}", OLDER.get(plain, ""), inner.rstrip(")"))
        found = (self.known.get(("State", folded(spelling.replace("’", "'")))) for spelling in spellings if spelling)
        return next((entity for entity in found if entity), None) or self._new("State", plain)

    def person(self, name: str) -> Entity:
        """The person, by the name as it stands or without the title before it."""
        words = name.split()
        found = (self.known.get(("Person", folded(" ".join(words[at:])))) for at in range(max(len(words) - 1, 1)))
        return next((entity for entity in found if entity), None) or self._new("Person", name)

    def _new(self, kind: str, name: str) -> Entity:
        slug = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")
        return self.known.setdefault((kind, folded(name)), Entity(f"{ID}{kind.lower()}/{slug}", kind, name))


def journeys(folder: Path = TABLES) -> Iterator[Journey]:
    """The rows of both tables, oldest first within each."""
    for row in _rows(folder / "visits.tsv"):
        url = f"{SITE}/visits/{row['from_id']}"
        yield Journey(f"visits/{row['id']}", url, row["visitor"], row["start"], row["end"], row["from"], HOME, row["description"])  # fmt: skip
    for row in _rows(folder / "trips.tsv"):
        url = f"{SITE}/travels/{row['role']}/{row['who']}"
        said = f"{row['locale']}. {row['remarks']}" if row["locale"] else row["remarks"]
        yield Journey(f"trips/{row['id']}", url, row["name"], row["start"], row["end"], HOME, row["country"], said)


def claimed(journey: Journey, names: Names) -> tuple[Document, tuple[Claim, ...]]:
    """The row as a document, and what it says."""
    days = journey.start if journey.start == journey.end or not journey.end else f"{journey.start}/{journey.end}"
    sentence = f"{journey.who} of {journey.origin} visited {journey.destination}, {days.replace('/', ' to ')}."
    document = Document(journey.id, f"{sentence} {journey.remarks}".strip(), "Office of the Historian", url=journey.url)
    origin, destination = names.state(journey.origin), names.state(journey.destination)
    if not journey.start or origin == destination:
        return document, ()
    roles = {"visitor": (origin, names.person(journey.who)), "destination": (destination,)}
    evidence = Span(0, len(sentence), sentence)
    return document, (Claim(document.id, "Visit", roles, "asserted", (evidence,), Time(days)),)


def build(into: Path, folder: Path = TABLES) -> None:
    """The knowledge graph of all rows."""
    rules, names = ontology.load(), Names()
    with KnowledgeGraph.open(into, create=True) as graph:
        for journey in journeys(folder):
            document, claims = claimed(journey, names)
            graph.replace(document, claims, rules, "historian")
        graph.refresh_facts(merge, rules, "historian")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    build(target / "kg")
    page = dipgraph.view(target / "kg", target / "historian.html", lens="states", title="Visits to and from Washington")
    sys.stdout.write(f"{target / 'historian.html'}: {page.entities} states, {page.facts} visits\n")
