"""What a report is made of: sections of prose and tables, whose numbers each know the facts that they count and the query
that recounts them.

`report_page` draws it as HTML, `report_markdown` writes it as Markdown; neither knows where the numbers come from.
"""

from dataclasses import dataclass
from typing import TypeAlias

from dipgraph.views.charts import Histogram, Timelines
from dipgraph.views.factions import Factions


@dataclass(frozen=True)
class Figure:
    """A number that counts facts or documents, or what rests on them; `label` is what the query that recounts it calls it."""

    label: str
    items: tuple[str, ...]
    """The IRIs of the facts or documents."""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Where it counts pairs, chains or the like: each by its name, with the facts on which it rests."""
    words: str = ""
    """What it counts, where the label says that only to a program."""

    @classmethod
    def of(cls, label: str, groups: dict[str, tuple[str, ...]]) -> "Figure":
        """The number of groups of facts."""
        return cls(label, tuple(item for found in groups.values() for item in found), tuple(groups.items()))

    @property
    def value(self) -> int:
        """How many different ones it counts."""
        return len(self.groups) or len(set(self.items))

    def __str__(self) -> str:
        return f"{self.value:,}"


Cell: TypeAlias = str | Figure
Prose: TypeAlias = tuple[Cell, ...]
"""A text in pieces, its numbers among them."""


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
    chart: Histogram | Timelines | Factions | None = None
    legend: str = ""
    """How the chart is to be read."""
    bars: bool = False
    """Whether the first figure of each row is also drawn as a bar."""
    matrix: bool = False
    """Whether rows and columns are alike and figures shaded by size; the last of either are sums."""
    rest: str = ""
    """What is not shown, and how to see it."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, row by row."""
        return tuple(figure for row in self.rows for figure in row.figures)


@dataclass(frozen=True)
class Section:
    """A heading with what it says and its tables; `missing` says why there is nothing to show."""

    title: str
    prose: Prose = ()
    tables: tuple[Table, ...] = ()
    missing: str = ""
    sparql: str = ""
    """The query that recounts the figures of the prose."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the prose."""
        return tuple(cell for cell in self.prose if isinstance(cell, Figure))


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
    """The whole: what it says in short, the sections, the works that they cite, then the documents and facts that they count."""

    title: str
    summary: Section
    sections: tuple[Section, ...]
    references: tuple[str, ...]
    documents: tuple[Quoted, ...]
    """As `Quoted`, without a quotation."""
    listings: tuple[Listing, ...]
    of_documents: int
    """How many documents there are, listed or not."""
    of_facts: int
    """The same of facts."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in order: the first is Table 1."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def facts(self) -> tuple[Listed, ...]:
        """The facts that are listed, in order: the first is fact 1."""
        return tuple(fact for listing in self.listings for fact in listing.facts)
