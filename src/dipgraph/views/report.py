"""What a report is made of: sections of tables, whose numbers each know the facts that they count and the query that recounts them.

`report_page` draws it as HTML or writes it as Markdown; neither knows where the numbers come from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from dipgraph.model import ID

NO_CHART = Markup("")


@dataclass(frozen=True)
class Figure:
    """A number that counts facts or documents: `items` are their IRIs, `label` is what the table's query calls it."""

    label: str
    items: tuple[str, ...]
    text: str = ""
    """How it is printed, where that is not simply the number."""

    @property
    def value(self) -> int:
        """How many different ones it counts."""
        return len(set(self.items))

    def __str__(self) -> str:
        return self.text or f"{self.value:,}"


Cell: TypeAlias = str | Figure


@dataclass(frozen=True)
class Row:
    """One line of a table: what it is about, then a cell a column; `color` of its bar, "" for the page's own."""

    head: str
    cells: tuple[Cell, ...]
    color: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The cells that count something."""
        return tuple(cell for cell in self.cells if isinstance(cell, Figure))


@dataclass(frozen=True)
class Table:
    """Rows with the query that recounts their figures; a chart of them where one says more."""

    caption: str
    columns: tuple[str, ...]
    """Heads of the columns, that of the row heads first."""
    rows: tuple[Row, ...]
    sparql: str
    note: str = ""
    """What the numbers mean, and on what work they rest."""
    chart: Markup = NO_CHART
    bars: bool = False
    """Whether the first figure of each row is also drawn as a bar."""
    matrix: bool = False
    """Whether the figures are shaded by size."""
    omitted: int = 0
    """How many more rows there are."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, row by row."""
        return tuple(figure for row in self.rows for figure in row.figures)

    @property
    def most(self) -> int:
        """The largest figure, by which bars and shades are measured."""
        return max((figure.value for figure in self.figures), default=0)


@dataclass(frozen=True)
class Section:
    """A heading with what it says and its tables; `missing` says why there is nothing to show."""

    title: str
    lead: str
    tables: tuple[Table, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Quoted:
    """A piece of evidence in its sentence, and the document that says so."""

    document: str
    title: str
    date: str
    url: str
    before: str
    text: str
    after: str


@dataclass(frozen=True)
class Listed:
    """A fact as the report lists it."""

    iri: str
    time: str
    status: str
    """Its label; "" for what is simply said to be so."""
    roles: tuple[tuple[str, str], ...]
    confidence: float
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class Listing:
    """The listed facts of one kind, in order of time."""

    label: str
    definition: str
    color: str
    facts: tuple[Listed, ...]


@dataclass(frozen=True)
class Report:
    """The whole: the sections, then the documents and the facts that they count."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    documents: tuple[Quoted, ...]
    """As `Quoted`, without a quotation."""
    listings: tuple[Listing, ...]
    total: int
    """Of how many facts those that are listed are."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in order: the first is Table 1."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def listed(self) -> int:
        """How many facts are listed."""
        return sum(len(listing.facts) for listing in self.listings)


def recount(figures: Sequence[Figure]) -> str:
    """A query that counts, label by label, which of these facts (or documents) the graph holds."""
    pairs = [f"    ({literal(each.label)} {iri(item)})" for each in figures for item in sorted(set(each.items))]
    rows = "\n".join(pairs)
    return (
        "SELECT ?figure (COUNT(DISTINCT ?item) AS ?count) {\n  VALUES (?figure ?item) {\n"
        f"{rows}\n  }}\n  VALUES ?class {{ dip:Fact dip:Document }}\n  ?item a ?class .\n}} GROUP BY ?figure ORDER BY ?figure"
    )


def literal(text: str) -> str:
    """A text as SPARQL writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def iri(name: str) -> str:
    """An IRI as SPARQL writes it: dipgraph's own are relative to where its identifiers live."""
    return f"<{name.removeprefix(ID)}>"


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in order as runs of consecutive ones, first and last of each."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found
