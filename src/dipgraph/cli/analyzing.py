"""The command that measures a knowledge graph: analyze."""

from typing import Any

import click

from dipgraph.cli.options import (
    LENSES,
    as_of_option,
    between_option,
    confidence_option,
    examples,
    format_option,
    given,
    kind_option,
    note,
    ontology_option,
    print_json,
    print_rows,
    status_option,
)

SHOWN = 20
"""Rows of a table on a screen, unless said otherwise."""


@click.command(
    epilog=examples(
        "dipgraph analyze KG",
        "dipgraph analyze KG --lens states --format csv",
        "dipgraph analyze KG balance --as-of 2020",
        "dipgraph analyze KG honours --table exchanges --format csv",
        "dipgraph analyze KG centrality --every year --top 5",
    )
)
@click.argument("kg")
@click.argument("analysis", default="overview")
@click.option("--lens", type=click.Choice(LENSES[:2]), help="What is a node; by default as the analysis wants it.")
@status_option
@kind_option
@as_of_option
@between_option
@confidence_option
@click.option("--every", type=click.Choice(("year", "month")), help="A series: the same for each year or month.")
@click.option(
    "--within",
    type=click.IntRange(min=1),
    metavar="DAYS",
    help="Days within which facts belong together (for `chains`, `honours`).  [default: 365]",
)
@click.option(
    "--known",
    is_flag=True,
    help="As dipgraph's own tables list memberships, not as the articles tell (for `alliances`).",
)
@click.option("--body", "bodies", multiple=True, metavar="NAME", help="Only this body (for `alliances`); repeatable.")
@click.option(
    "--any-body", is_flag=True, help="All bodies that states share, not only defence pacts (for `alliances`)."
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only the first N rows of each table; on a screen, 20 unless given.",
)
@click.option(
    "--table", "table", metavar="NAME", help="Only this table of the analysis; CSV is the first one unless given."
)
@click.option("--legend", is_flag=True, help="Say below each table what its columns mean.")
@click.option("--plot", metavar="FILE", help="Draw it too: .svg, .png or .pdf. Needs matplotlib.")
@click.option("--backend", metavar="NAME", help="A backend of networkx to compute with, if you have installed one.")
@ontology_option
@format_option("table", "json", "csv")
def analyze(
    kg: str, analysis: str, top: int | None, table: str | None, legend: bool, plot: str | None, style: str, **options: Any
) -> None:  # fmt: skip
    """Measure the graph: who is central, who sides with whom.

    ANALYSIS is one of overview, centrality, brokerage, communities, balance, alliances, honours, chains, attention. Without
    it, what the graph is made of and who has most facts. Not every option has a meaning for each.
    """
    from dipgraph.errors import InputError
    from dipgraph.pipeline import analyses

    found = analyses.analyze(
        kg, analysis, **{name: value for name, value in given(**options).items() if value is not False}
    )
    if table is not None and table not in found:
        raise InputError(f"--table {table}: {analysis} has no such table; choose {', '.join(found)}.")
    if plot:
        note(str(analyses.drawn(found, analysis, plot)))
    chosen = analyses.cut(found if table is None else {table: found[table]}, top)
    if style == "json":
        print_json(chosen)
    elif style == "csv":
        _print_csv(chosen)
    else:
        _print_tables(chosen, found, analysis, legend=legend, most=None if top else SHOWN)
    if not any(map(_tells, found.values())):
        note("Nothing to measure: no fact fits. Try --status all, --lens entities, or other dates.")


def _tells(rows: Any) -> bool:
    """Whether a table has a figure above nought, or names anything."""
    return any(
        value and isinstance(value, int | float | list) and not isinstance(value, bool)
        for row in (rows if isinstance(rows, list) else [rows])
        for value in row.values()
    )


def _print_csv(tables: dict[str, Any]) -> None:
    """The first table that has several rows to it: what is made of what (`summary`) is no table."""
    rows = next((rows for rows in tables.values() if isinstance(rows, list)), [])
    if rows:
        print_rows(list(rows[0]), [[_joined(row[name]) for name in rows[0]] for row in rows], "csv")
    others = [name for name, rows in tables.items() if isinstance(rows, list)][1:]
    if others:
        note(f"This is the first table; there are also --table {', '.join(others)}.")


def _print_tables(
    tables: dict[str, Any], whole: dict[str, Any], analysis: str, *, legend: bool, most: int | None
) -> None:
    from dipgraph.pipeline.glossary import meanings

    for name, rows in tables.items():
        if isinstance(rows, dict):
            _print_summary(rows)
            continue
        if len(whole) > 1 and "summary" not in whole:
            click.echo(f"{name}\n")
        columns = [column for column in rows[0] if not all(_is_iri(row[column]) for row in rows)] if rows else []
        if rows:
            print_rows(columns, [[_cell(row[column]) for column in columns] for row in rows[:most]], "table")
        else:
            click.echo("none")
        for column, meaning in meanings(analysis, columns).items() if legend else ():
            click.echo(f"  {column}: {meaning}")
        click.echo()
        shown = len(rows[:most])
        if shown < len(whole[name]):
            note(f"{name}: {shown} of {len(whole[name])} rows; --top N shows more, --format csv all.")
    if not legend and any(rows for rows in tables.values() if isinstance(rows, list)):
        note("--legend says what the columns mean, --format json names the facts behind each row.")


def _print_summary(summary: dict[str, Any]) -> None:
    for name, value in summary.items():
        if isinstance(value, list):
            click.echo(f"{name + ':':12} {', '.join(f'{label} {n}' for label, n in value) or 'none'}")
        elif value not in (None, ""):
            click.echo(f"{name + ':':12} {_cell(value)}")
    click.echo()


def _is_iri(value: Any) -> bool:
    """Whether it is for machines: an IRI, or a list of them."""
    while isinstance(value, list) and value:
        value = value[0]
    return value == [] or (isinstance(value, str) and value.startswith("http"))


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.4f}"
    return "" if value is None else _joined(value)


def _joined(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(" > ".join(map(str, item)) if isinstance(item, list) else str(item) for item in value)
    return value
