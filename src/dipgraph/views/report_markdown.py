"""A report -> Markdown, for those who go on writing in it: the same tables, facts and queries; tables stand for charts."""

import re
from collections.abc import Iterator

from dipgraph.views.payload import web
from dipgraph.views.report import Figure, Listed, Quoted, Report, Table
from dipgraph.views.report_page import Index, figure_anchor, named_figures, numeric

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~^$])")
_LEADER = re.compile(r"^(\d*)([-=:.)])")


def report_markdown(report: Report) -> str:
    """The Markdown of a report."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: on one line, nothing in it a mark or a tag."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LEADER.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", flat))


def _lines(report: Report) -> Iterator[str]:
    index = Index(report)
    yield from (f"# {escaped(report.title)}", "", escaped(report.lead), "")
    number = 0
    for section in report.sections:
        yield from (f"## {escaped(section.title)}", "")
        yield from (line for text in (section.lead, section.missing) if text for line in (escaped(text), ""))
        for table in section.tables:
            number += 1
            yield from _table(table, number)
    yield from ("## Facts and queries behind the figures", "")
    yield from ('Each query recounts its table: `dipgraph query KG "…"`.', "")
    for number, table in enumerate(report.tables, start=1):
        if table.figures:
            yield from _note(table, number, index)
    yield from ("## Documents", "")
    yield from (
        f'{n}. <a id="d{n}"></a>{_link(each)}{", " + each.date if each.date else ""}'
        for n, each in enumerate(report.documents, start=1)
    )
    yield from ("", "## Facts", "")
    if report.listed < report.total:
        yield from (f"{report.listed:,} of {report.total:,}: those that most figures count.", "")
    yield from _facts(report, index)


def _table(table: Table, number: int) -> Iterator[str]:
    yield from (f"**Table {number}. {escaped(table.caption)}**", "")
    rows = [row.cells for row in table.rows]
    right = [all(numeric(cells[i]) for cells in rows) for i in range(len(table.columns) - 1)]
    yield f"| {' | '.join(map(escaped, table.columns))} |"
    yield f"|---|{''.join('--:|' if each else '---|' for each in right)}"
    place = 0
    for row in table.rows:
        cells = []
        for cell in row.cells:
            if isinstance(cell, Figure):
                place += 1
                cells.append(f"[{escaped(str(cell))}](#{figure_anchor(number, place)})")
            else:
                cells.append(escaped(cell))
        yield f"| {' | '.join([escaped(row.head), *cells])} |"
    yield ""
    if table.omitted:
        yield from (f"{table.omitted:,} more are not shown.", "")
    if table.note:
        yield from (escaped(table.note), "")


def _note(table: Table, number: int, index: Index) -> Iterator[str]:
    yield from (f"### Table {number}. {escaped(table.caption)}", "")
    for place, (name, figure) in enumerate(named_figures(table), start=1):
        links = ", ".join(f"[{each.text}](#{each.anchor})" for each in index.references(figure))
        more = f" and {index.unlisted(figure):,} not listed" if index.unlisted(figure) else ""
        yield f'- <a id="{figure_anchor(number, place)}"></a>{escaped(name)}: {figure.value:,} ({links}{more})'
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", table.sparql)), 3)
    yield from ("", f"{fence}sparql", table.sparql, fence, "")


def _facts(report: Report, index: Index) -> Iterator[str]:
    for listing in report.listings:
        yield from (f"### {escaped(listing.label)}", "", escaped(listing.definition), "")
        for fact in listing.facts:
            yield from _fact(fact, index)


def _fact(fact: Listed, index: Index) -> Iterator[str]:
    number = index.facts[fact.iri]
    time, status = fact.time or "undated", f", {fact.status}" if fact.status else ""
    yield f'<a id="f{number}"></a>**{number}.** {escaped(time + status)}, confidence {fact.confidence:.2f}, `{fact.iri}`  '
    yield escaped("; ".join(f"{label}: {names}" for label, names in fact.roles))
    yield ""
    for quote in fact.quotes:
        yield f"> {escaped(quote.before)} **{escaped(quote.text)}** {escaped(quote.after)}  "
        yield f"> — [{escaped(quote.title)}](#d{index.documents[quote.document]})"
        yield ""


def _link(document: Quoted) -> str:
    address = web(document.url)
    return f"[{escaped(document.title)}](<{address}>)" if address else escaped(document.title)
