"""A report -> one HTML file without script: what a number counts is a link away, in the file itself.

All text passes through jinja2's escaping, so that none can act; the page may load nothing and run nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from dipgraph.views.frame import Framed
from dipgraph.views.inline import digest, inlined, resource
from dipgraph.views.payload import web
from dipgraph.views.report import Figure, Report, Row, Table, runs

COLOR = re.compile("#[0-9a-fA-F]{6}")
NUMBER = re.compile(r"[+\-−]?[\d.,]+%?|\d+ of \d+|")
SHADES = 5


@dataclass(frozen=True)
class Reference:
    """Where an item of a figure is listed: its anchor and what the link to it says."""

    anchor: str
    text: str


class Index:
    """The numbers of the facts and documents of a report."""

    def __init__(self, report: Report) -> None:
        facts = [fact.iri for listing in report.listings for fact in listing.facts]
        self.facts = {name: number for number, name in enumerate(facts, start=1)}
        self.documents = {each.document: number for number, each in enumerate(report.documents, start=1)}

    def references(self, figure: Figure) -> list[Reference]:
        """The items of a figure that are listed, those in a row together."""
        return [
            Reference(f"{letter}{first}", f"{first}" if first == last else f"{first}–{last}")
            for letter, known in (("f", self.facts), ("d", self.documents))
            for first, last in runs(known[item] for item in figure.items if item in known)
        ]

    def unlisted(self, figure: Figure) -> int:
        """How many items of a figure are not listed."""
        return sum(item not in self.facts and item not in self.documents for item in set(figure.items))


def report_page(report: Report) -> Framed:
    """The HTML of a report, which a notebook shows."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    style = inlined(resource("report.css"))
    index = Index(report)
    html = environment.from_string(resource("report.html.j2")).render(
        report=report,
        index=index,
        sections=[_section(report, number) for number in range(len(report.sections))],
        notes=[_note(table, number, index) for number, table in enumerate(report.tables, start=1) if table.figures],
        style=style,
        policy=f"default-src 'none'; style-src {digest(style)}; base-uri 'none'; form-action 'none'",
        color=lambda text: text if COLOR.fullmatch(text) else None,
        numeric=numeric,
        web=web,
    )
    return Framed(html)


def figure_anchor(table: int, place: int) -> str:
    """Where the facts of a figure are listed."""
    return f"t{table}-{place}"


def places(report: Report) -> dict[int, int]:
    """Table (its `id`) -> its number."""
    return {id(table): number for number, table in enumerate(report.tables, start=1)}


def named_figures(table: Table) -> Iterable[tuple[str, Figure]]:
    """Each figure with what it is in words: the head of its row and that of its column."""
    for row in table.rows:
        for column, cell in zip(table.columns[1:], row.cells, strict=True):
            if isinstance(cell, Figure):
                yield f"{row.head}, {column}", cell


def numeric(cell: str | Figure) -> bool:
    """Whether a cell is set to the right."""
    return isinstance(cell, Figure) or bool(NUMBER.fullmatch(cell))


def _section(report: Report, number: int) -> dict[str, Any]:
    section = report.sections[number]
    numbered = places(report)
    return {
        "anchor": f"s{number + 1}",
        "section": section,
        "tables": [_table(table, numbered[id(table)]) for table in section.tables],
    }


def _table(table: Table, number: int) -> dict[str, Any]:
    place = 0
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            place += isinstance(cell, Figure)
            href = f"#{figure_anchor(number, place)}" if isinstance(cell, Figure) else ""
            cells.append({"cell": cell, "href": href, "shade": _shade(table, cell)})
        rows.append({"row": row, "cells": cells, "bar": _bar(table, row)})
    return {"number": number, "table": table, "rows": rows}


def _bar(table: Table, row: Row) -> str:
    """The length of a row's bar, in hundredths."""
    return f"{100 * row.figures[0].value / table.most:.1f}" if table.bars and row.figures else ""


def _shade(table: Table, cell: str | Figure) -> str:
    if not table.matrix or not isinstance(cell, Figure):
        return ""
    return f"h{max(1, round(SHADES * cell.value / table.most))}"


def _note(table: Table, number: int, index: Index) -> dict[str, Any]:
    figures = [
        {
            "anchor": figure_anchor(number, place),
            "name": name,
            "figure": figure,
            "references": index.references(figure),
            "unlisted": index.unlisted(figure),
        }
        for place, (name, figure) in enumerate(named_figures(table), start=1)
    ]
    return {"number": number, "table": table, "figures": figures}
