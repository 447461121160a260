"""Options that several commands share, and how their results are printed."""

import csv
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from dipgraph.model import Document
    from dipgraph.pipeline import Log
    from dipgraph.reading.corpus import Corpus

Command = TypeVar("Command", bound=Callable[..., Any])

READERS = ("frames", "llm")
LENSES = ("entities", "states", "facts")

ontology_option = click.option(
    "--ontology",
    multiple=True,
    metavar="PATH",
    help="A Turtle file, or a folder of them, that extends the ontology; repeatable. A graph remembers that of its build.",
)
model_option = click.option(
    "--model", metavar="NAME", help="A spaCy model of your own instead of the one installed with dipgraph."
)
_reader_options = (
    click.option(
        "--reader", type=click.Choice(READERS), default=READERS[0], show_default=True,
        help="Read by the ontology's frames, here and offline; or ask a language model, which needs the next two.",
    ),
    click.option(
        "--model", metavar="NAME", help="The language model to ask; with frames, a spaCy model of your own."
    ),
    click.option(
        "--endpoint", metavar="URL", help="Where it is: an OpenAI-compatible address like http://localhost:11434/v1."
    ),
    click.option("--timeout", type=click.FloatRange(min=0.1), metavar="SECONDS", help="How long it may take to answer."),
)  # fmt: skip
published_option = click.option(
    "--published", metavar="DATE", help="Date of the articles that have none, like 2020-05-06."
)
lens_option = click.option(
    "--lens", type=click.Choice(LENSES), default=LENSES[0], show_default=True,
    help="What is a node: entities; states alone, to which the acts of persons are lifted; or facts too, by role.",
)  # fmt: skip
status_option = click.option(
    "--status", default="", metavar="STATUS", help="Facts of this status, or of all, instead of what is said to be so."
)
kind_option = click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Facts of this kind only (see `dipgraph ontology list`); repeatable.",
)
as_of_option = click.option(
    "--as-of", metavar="DATE", help="As it stood on a day: 2020, 2020-05 or 2020-05-06 (the last day of it)."
)
between_option = click.option(
    "--between", metavar="FIRST/LAST", callback=lambda _context, _option, value: interval(value),
    help="What happened or held from a day to another, like 2019/2020-05; either end may be open.",
)  # fmt: skip


def interval(text: str | None) -> tuple[str | None, str | None] | None:
    """Both ends of an interval as ISO 8601 writes it; one date is a whole interval."""
    if text is None:
        return None
    first, slash, last = text.partition("/")
    return first or None, (last if slash else first) or None


confidence_option = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE",
    help="Leave out facts that are less to be trusted, like 0.9: see docs/gold.md.",
)  # fmt: skip


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, the first of which is the default."""
    return click.option(
        "--format", "style", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print it."
    )


def reader_options(command: Command) -> Command:
    """`--reader` and what it needs; `chosen_reader` makes arguments of them."""
    for option in reversed(_reader_options):
        command = option(command)
    return command


def chosen_reader(reader: str, model: str | None, endpoint: str | None, timeout: float | None) -> dict[str, Any]:
    """The reader that is asked for, as arguments. An endpoint without the reader that asks it is refused, not ignored."""
    if reader == READERS[0]:
        if endpoint is not None or timeout is not None:
            raise click.UsageError("--endpoint and --timeout are for --reader llm; give that too.")
        return given(model=model)
    if endpoint is None or model is None:
        missing = "--model NAME" if endpoint else "--endpoint URL, like http://localhost:11434/v1"
        raise click.UsageError(f"--reader llm asks a language model of yours: it needs {missing}.")
    from dipgraph.language.endpoint import Endpoint

    return {"endpoint": Endpoint(endpoint, model, **given(timeout=timeout))}


def report(log: "Log") -> None:
    """Say what a second reader could not give, and fail if that was whole documents."""
    from dipgraph.cli import Failure
    from dipgraph.errors import ReplyError

    if log.dropped:
        counts = ", ".join(f"{reason} {n}" for reason, n in log.dropped.most_common())
        note(f"Not kept of what the model said: {counts}. `dipgraph explain` shows each.")
    for document, why in log.failed.items():
        note(f"{document}: {why}")
    if log.failed:
        count = len(log.failed)
        what = "1 document was" if count == 1 else f"{count} documents were"
        raise Failure(f"{what} not read; the same command tries again.", ReplyError.exit_code)


def examples(*lines: str) -> str:
    """The epilog of a command's help that shows how it is used."""
    return "\n".join(("\b", "Example:", *(f"  {line}" for line in lines)))


def given(**options: Any) -> dict[str, Any]:
    """The options that were given, as arguments."""
    return {name: value for name, value in options.items() if value not in (None, ())}


def progressbar(documents: "Corpus") -> Iterator["Document"]:
    """The documents, with a bar on stderr if that is a terminal."""
    if not sys.stderr.isatty() or len(documents) < 2:
        yield from documents
        return
    with click.progressbar(documents, length=len(documents), label="Reading", file=sys.stderr) as bar:
        yield from bar


def note(message: str) -> None:
    """Say something that is not the result: on stderr."""
    click.echo(message, err=True)


def note_empty(names: Sequence[str], given: int) -> None:
    """Say which of the articles given state no fact."""
    if names:
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        note(f"No facts in {len(names)} of {given} articles: {shown}.")


def print_json(value: Any) -> None:
    """JSON as a person would like to read it."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], style: str) -> None:
    """Rows as a table, as JSON objects, or as CSV or TSV."""
    if style == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif style in ("csv", "tsv"):
        from dipgraph.network.export import guarded

        out = io.StringIO()
        writer = csv.writer(out, delimiter="," if style == "csv" else "\t", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([guarded(cell) if _is_text(cell) else cell for cell in row] for row in rows)
        click.echo(out.getvalue(), nl=False)
    else:
        for line in _table(columns, [[" ".join(str(cell).split()) for cell in row] for row in rows]):
            click.echo(line)


def _is_text(cell: Any) -> bool:
    """Not a number, which a query's answer gives as text."""
    return isinstance(cell, str) and not re.fullmatch(r"[+-]?[\d.]+([eE][+-]?\d+)?", cell)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    if sys.stdout.isatty():  # only a screen has an edge; a pipe gets everything
        room = shutil.get_terminal_size().columns - 2 * len(widths)
        while sum(widths) > room and max(widths) > 12:
            widths[widths.index(max(widths))] -= 1
    for row in (columns, ["-" * width for width in widths], *rows):
        cells = (
            cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def shortened(cell: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as a prefixed name, for tables."""
    for prefix, namespace in sorted(prefixes.items(), key=lambda item: -len(item[1])):
        if cell.startswith(namespace) and len(cell) > len(namespace):
            return f"{prefix}:{cell.removeprefix(namespace)}"
    return cell


def fact_line(fact: Mapping[str, Any]) -> str:
    """A fact in one line: when, what, who, where, who says so."""
    roles = "; ".join(f"{role}: {labels(fillers)}" for role, fillers in fact["roles"].items())
    where = f"; in {labels(fact['place'])}" if fact.get("place") else ""
    says = f"; says {labels(fact['attribution'])}" if fact.get("attribution") else ""
    return f"{fact['time'] or 'undated'}  {fact['type']} ({fact['status']})  {roles}{where}{says}"


def labels(fillers: Iterable[Mapping[str, str]]) -> str:
    """The names of entities, one after the other."""
    return ", ".join(filler["label"] for filler in fillers)


def open_file(path: Path) -> None:
    """Show a file in the browser."""
    if click.launch(path.resolve().as_uri()) and os.name == "posix":
        note(f"No browser could be started; open {path} yourself.")
