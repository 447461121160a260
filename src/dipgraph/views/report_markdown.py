"""A report -> Markdown, for those who go on writing in it: the same tables, facts and queries; tables stand for charts.

Anchors are empty spans, which GitHub keeps and pandoc turns into bookmarks of a word processor.
"""

import re
from collections.abc import Iterator

from dipgraph.views.payload import web
from dipgraph.views.report import Cell, Figure, Listed, Prose, Quoted, Report, Table
from dipgraph.views.report_notes import Entry, Index, Note
from dipgraph.views.report_page import numeric

_MARKUP = re.compile(r"[\\`*\[\]{}|~^$@]|(?<!\w)_|_(?!\w)")
"""What is markup wherever it stands; an underscore only at the edge of a word."""
_LEADER = re.compile(r"^(?:[-+:](?=\s|$)|-{2}|=|#)")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
"""What begins a list, a heading or the like at the beginning of a line."""

HOW = (
    "Each query recounts what it stands under: put it into a file, and ask `dipgraph query KG -f FILE`. Where the graph holds what is "
    "counted, the query finds it there; which state a fact concerns dipgraph works out from who represented which state when, so that "
    "such a query is a list of the facts."
)


def report_markdown(report: Report) -> str:
    """The Markdown of a report."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: on one line, nothing in it a mark or a tag."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _NUMBERED.sub(r"\1\\\2", _LEADER.sub(r"\\\g<0>", _MARKUP.sub(r"\\\g<0>", flat)))


def _lines(report: Report) -> Iterator[str]:
    index = Index(report)
    yield from (f"# {escaped(report.title)}", "", _prose(report.summary.prose, index.texts[0]), "")
    tables = iter(index.tables)
    for section, note in zip(report.sections, index.texts[1:], strict=True):
        yield from (f"## {escaped(section.title)}", "")
        yield from (
            line for text in (_prose(section.prose, note), escaped(section.missing)) if text for line in (text, "")
        )
        for table in section.tables:
            yield from _table(table, next(tables))
    if report.references:
        yield from ("## References", "", *(f"- {escaped(work)}" for work in report.references), "")
    yield from ("## Appendix A: facts and queries behind the numbers", "")
    yield from (HOW, "")
    for note in index.notes:
        yield from _note(note)
    yield from ("## Appendix B: documents", "")
    yield from _left_out(len(report.documents), report.of_documents)
    yield from (
        f'{n}. <span id="d{n}"></span>{_link(each)}{", " + each.date if each.date else ""}'
        for n, each in enumerate(report.documents, start=1)
    )
    yield from ("", "## Appendix C: facts with their evidence", "")
    yield from _left_out(len(report.facts), report.of_facts)
    yield from _facts(report, index)


def _left_out(listed: int, of: int) -> tuple[str, ...]:
    if not of:
        return ("There are none.", "")
    return (f"Listed: {listed:,} of {of:,}; `--limit` lists more.", "") if listed < of else ()


def _prose(text: Prose, note: Note) -> str:
    entries = iter(note.entries)
    pieces = (_cell(piece, entries) if isinstance(piece, Figure) else _inside(piece) for piece in text)
    return "".join(pieces).strip()


def _inside(text: str) -> str:
    """A piece of a text, with the blanks at its ends."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{escaped(text)}{after}"


def _cell(cell: Cell, entries: Iterator[Entry]) -> str:
    return f"[{cell}](#{next(entries).anchor})" if isinstance(cell, Figure) else escaped(cell)


def _table(table: Table, note: Note) -> Iterator[str]:
    yield from (f"**{escaped(note.title)}**", "")
    right = [all(numeric(row.cells[i]) for row in table.rows) for i in range(len(table.columns) - 1)]
    yield f"| {' | '.join(map(escaped, table.columns))} |"
    yield f"|---|{''.join('--:|' if each else '---|' for each in right)}"
    entries = iter(note.entries)
    for row in table.rows:
        yield f"| {' | '.join([escaped(row.head), *(_cell(cell, entries) for cell in row.cells)])} |"
    yield ""
    behind = f"[Facts and query](#{note.anchor})" if note.entries else ""
    if words := " ".join(filter(None, (escaped(table.rest), escaped(table.note), behind))):
        yield from (words, "")


def _note(note: Note) -> Iterator[str]:
    yield from (f'### <span id="{note.anchor}"></span>{escaped(note.title)}', "")
    for entry in note.entries:
        groups = "; ".join(
            " ".join(filter(None, (
                escaped(group.name),
                ", ".join(f"[{each.text}](#{each.anchor})" for each in group.listed),
                f"{'and ' if group.listed else ''}{group.unlisted:,} not listed" if group.unlisted else "",
            )))
            for group in entry.groups
        )  # fmt: skip
        more = f"; and {entry.more:,} more" if entry.more else ""
        yield f'- <span id="{entry.anchor}"></span>{escaped(entry.name)}: {entry.figure} ({groups}{more})'
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", note.sparql)), 3)
    yield from ("", f"{fence}sparql", note.sparql, fence, "")


def _facts(report: Report, index: Index) -> Iterator[str]:
    for listing in report.listings:
        yield from (f"### {escaped(listing.label)}", "", escaped(listing.definition), "")
        for fact in listing.facts:
            yield from _fact(fact, index)


def _fact(fact: Listed, index: Index) -> Iterator[str]:
    number = index.facts[fact.iri]
    time, status = fact.time or "undated", f", {fact.status}" if fact.status else ""
    yield f'<span id="f{number}"></span>**{number}.** {escaped(time + status)}, confidence {fact.confidence:.2f}, `{fact.iri}`  '
    yield escaped("; ".join(f"{label}: {names}" for label, names in fact.roles))
    yield ""
    for quote in fact.quotes:
        yield f"> {_inside(quote.before)}**{escaped(quote.text)}**{_inside(quote.after)}  "
        yield f"> — [{escaped(quote.title)}](#d{index.documents[quote.document]})"
        yield ""


def _link(document: Quoted) -> str:
    address = web(document.url)
    return f"[{escaped(document.title)}](<{address}>)" if address else escaped(document.title)
