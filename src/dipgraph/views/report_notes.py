"""The appendix of a report as both its forms have it: for each number a place, with the facts behind it and its query."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dipgraph.views.report import Figure, Report, Section, Table

GROUPS = 100
"""So many of the groups that a figure counts are named at most."""


@dataclass(frozen=True)
class Reference:
    """Where items of a figure are listed, those in a row together: the anchor of the first, what the link says."""

    anchor: str
    text: str


@dataclass(frozen=True)
class References:
    """The items behind a number (or behind one of the groups that it counts): those that are listed, how many are not."""

    name: str
    listed: tuple[Reference, ...]
    unlisted: int


@dataclass(frozen=True)
class Entry:
    """One figure: its anchor, what it counts in words, and its items, group by group as far as there is room."""

    anchor: str
    name: str
    figure: Figure
    groups: tuple[References, ...]
    more: int
    """How many groups are left out."""


@dataclass(frozen=True)
class Note:
    """What is behind a table or a text: its anchor, its figures and the query that recounts them."""

    anchor: str
    title: str
    sparql: str
    entries: tuple[Entry, ...]

    def href(self, label: str) -> str:
        """The link to the figure that the query calls so; "" if there is none."""
        return next((f"#{entry.anchor}" for entry in self.entries if entry.figure.label == label), "")


class Index:
    """The numbers of the facts and documents of a report, and the notes behind its texts and tables."""

    def __init__(self, report: Report) -> None:
        self.facts = {fact.iri: number for number, fact in enumerate(report.facts, start=1)}
        self.documents = {each.document: number for number, each in enumerate(report.documents, start=1)}
        texts = (report.summary, *report.sections)
        self.texts = [
            self._note(f"s{n}", _text_title(each, n), each.sparql, _of_text(each)) for n, each in enumerate(texts)
        ]
        self.tables = [
            self._note(f"t{n}", f"Table {n}. {table.caption}", table.sparql, _of_table(table))
            for n, table in enumerate(report.tables, start=1)
        ]

    @property
    def notes(self) -> list[Note]:
        """All notes that have figures, the texts' first."""
        return [note for note in (*self.texts, *self.tables) if note.entries]

    def fact(self, iri: str) -> str:
        """The link to a fact; "" if it is not listed."""
        return f"#f{self.facts[iri]}" if iri in self.facts else ""

    def _note(self, anchor: str, title: str, sparql: str, figures: Iterable[tuple[str, Figure]]) -> Note:
        entries = (
            Entry(f"{anchor}-{place}", name, figure, self._groups(figure), max(0, len(figure.groups) - GROUPS))
            for place, (name, figure) in enumerate(figures, start=1)
        )
        return Note(f"{anchor}-facts", title, sparql, tuple(entries))

    def _groups(self, figure: Figure) -> tuple[References, ...]:
        return tuple(self._references(name, items) for name, items in figure.groups[:GROUPS] or (("", figure.items),))

    def _references(self, name: str, items: Sequence[str]) -> References:
        listed = tuple(
            Reference(f"{letter}{first}", f"{first}" if first == last else f"{first}–{last}")
            for letter, known in (("f", self.facts), ("d", self.documents))
            for first, last in runs(known[item] for item in items if item in known)
        )
        return References(
            name, listed, sum(item not in self.facts and item not in self.documents for item in set(items))
        )


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in order as runs of consecutive ones, first and last of each."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _text_title(section: Section, number: int) -> str:
    return f"Text of section {number}. {section.title}" if number else section.title


def _of_text(section: Section) -> Iterator[tuple[str, Figure]]:
    yield from ((figure.words or figure.label, figure) for figure in section.figures)


def _of_table(table: Table) -> Iterator[tuple[str, Figure]]:
    """Each figure with what it is in words: the head of its row and that of its column."""
    for row in table.rows:
        for column, cell in zip(table.columns[1:], row.cells, strict=True):
            if isinstance(cell, Figure):
                yield f"{row.head}, {column}", cell
