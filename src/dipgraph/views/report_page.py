"""A report -> one HTML file without script: what a number counts is a link away, in the file itself.

All text passes through jinja2's escaping, so that none can act; the page may load nothing and run nothing.
"""

import re
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from jinja2 import Environment

from dipgraph.views.frame import Framed
from dipgraph.views.inline import digest, inlined, resource
from dipgraph.views.payload import web
from dipgraph.views.report import Cell, Figure, Report, Row, Table
from dipgraph.views.report_notes import Entry, Index, Note

COLOR = re.compile("#[0-9a-fA-F]{6}")
NUMBER = re.compile(r"[+\-−]?[\d.,]+%?|\d+ of \d+|")
SHADES = 5
UPRIGHT = 8
"""The heads of so many columns of a matrix are written across; those of more upright."""


def report_page(report: Report) -> Framed:
    """The HTML of a report, which a notebook shows."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    style = inlined(resource("report.css"))
    index = Index(report)
    html = environment.from_string(resource("report.html.j2")).render(
        report=report,
        index=index,
        summary=_pieces(report.summary.prose, index.texts[0]),
        sections=list(_sections(report, index)),
        style=style,
        policy=f"default-src 'none'; style-src {digest(style)}; base-uri 'none'; form-action 'none'",
        color=lambda text: text if COLOR.fullmatch(text) else None,
        web=web,
    )
    return Framed(html)


def numeric(cell: Cell) -> bool:
    """Whether a cell is set to the right."""
    return isinstance(cell, Figure) or bool(NUMBER.fullmatch(cell))


def _sections(report: Report, index: Index) -> Iterator[dict[str, Any]]:
    number = drawn = 0
    for place, section in enumerate(report.sections, start=1):
        tables = []
        for table in section.tables:
            number, drawn = number + 1, drawn + (table.chart is not None)
            tables.append(_table(table, number, drawn, index))
        yield {
            "anchor": f"s{place}",
            "section": section,
            "prose": _pieces(section.prose, index.texts[place]),
            "tables": tables,
        }


def _pieces(cells: Sequence[Cell], note: Note) -> list[dict[str, Any]]:
    """Texts and numbers, each with where it leads."""
    entries = iter(note.entries)
    return [{"cell": cell, "href": f"#{next(entries).anchor}" if isinstance(cell, Figure) else ""} for cell in cells]


def _table(table: Table, number: int, drawn: int, index: Index) -> dict[str, Any]:
    note = index.tables[number - 1]
    entries = iter(note.entries)
    shades = _shades(table)
    most = max((row.figures[0].value for row in table.rows if row.figures), default=0)
    rows = [
        {
            "row": row,
            "cells": [_cell(cell, entries, shades.get(id(cell), "")) for cell in row.cells],
            "bar": f"{100 * row.figures[0].value / most:.1f}" if table.bars and row.figures else "",
        }
        for row in table.rows
    ]
    title = f"Figure {drawn}: {table.caption}"
    columns = [
        {"name": name, "number": all(numeric(row.cells[i]) for row in table.rows)}
        for i, name in enumerate(table.columns[1:])
    ]
    return {
        "number": number, "drawn": drawn, "table": table, "rows": rows, "note": note, "columns": columns,
        "upright": table.matrix and len(table.columns) - 1 > UPRIGHT,
        "chart": table.chart and table.chart.draw(title, lambda label: index.fact(label) or note.href(label)),
    }  # fmt: skip


def _cell(cell: Cell, entries: Iterator[Entry], shade: str) -> dict[str, Any]:
    href = f"#{next(entries).anchor}" if isinstance(cell, Figure) else ""
    return {"cell": cell, "href": href, "number": numeric(cell), "shade": shade}


def _shades(table: Table) -> dict[int, str]:
    """Cell of a matrix (its `id`) -> the class of its shade; the sums have none."""
    inner: list[Row] = list(table.rows[:-1]) if table.matrix else []
    cells = [cell for row in inner for cell in row.cells[:-1] if isinstance(cell, Figure)]
    most = max([SHADES, *(cell.value for cell in cells)])
    return {id(cell): f"h{ceil(SHADES * cell.value / most)}" for cell in cells}
