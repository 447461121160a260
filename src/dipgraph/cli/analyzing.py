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
    default=365,
    show_default=True,
    help="Days within which facts belong together (chains, honours).",
)
@click.option("--known", is_flag=True, help="Alliances as dipgraph's own tables list them, not as the articles tell.")
@click.option("--body", "bodies", multiple=True, metavar="NAME", help="Only this body (for `alliances`); repeatable.")
@click.option(
    "--top", type=click.IntRange(min=1), metavar="N", help="Only the first N rows. In a table, 20 unless given."
)
@click.option(
    "--table", "table", metavar="NAME", help="Only this table of the analysis; CSV is the first one unless given."
)
@click.option("--plot", metavar="FILE", help="Draw it too: .svg, .png or .pdf. Needs matplotlib.")
@click.option("--backend", metavar="NAME", help="A backend of networkx to compute with, if you have installed one.")
@ontology_option
@format_option("table", "json", "csv")
def analyze(
    kg: str, analysis: str, top: int | None, table: str | None, plot: str | None, style: str, **options: Any
) -> None:  # fmt: skip
    """Measure the graph: who is central, who sides with whom.

    ANALYSIS is one of overview, centrality, brokerage, balance, alliances, honours, chains, attention. Without it,
    what the graph is made of and who has most facts.
    """
    from dipgraph.errors import InputError
    from dipgraph.pipeline import analyses

    shown = top or (SHOWN if style == "table" else None)
    found = analyses.analyze(kg, analysis, top=shown, **given(**options))
    if plot:
        note(str(analyses.drawn(found, analysis, plot)))
    if table is not None and table not in found:
        raise InputError(f"--table {table}: {analysis} has no such table; choose {', '.join(found)}.")
    chosen = found if table is None else {table: found[table]}
    if style == "json":
        print_json(chosen)
    elif style == "csv":
        _print_csv(chosen)
    else:
        _print_tables(chosen, headings=len(found) > 1 and "summary" not in found)
    if not any(chosen.values()) or chosen.get("ranking") == []:
        note("Nothing to measure: no fact fits. Try --status all, --lens entities, or other dates.")


def _print_csv(tables: dict[str, Any]) -> None:
    """The first table that has several rows to it: what is made of what (`summary`) is no table."""
    rows = next((rows for rows in tables.values() if isinstance(rows, list)), [])
    if rows:
        print_rows(list(rows[0]), [[_joined(row[name]) for name in rows[0]] for row in rows], "csv")


def _print_tables(tables: dict[str, Any], *, headings: bool) -> None:
    for name, rows in tables.items():
        if isinstance(rows, dict):
            _print_summary(rows)
            continue
        if headings:
            click.echo(f"{name}\n")
        if rows:
            columns = [column for column in rows[0] if not _is_iri(rows[0][column])]
            print_rows(columns, [[_cell(row[column]) for column in columns] for row in rows], "table")
        else:
            click.echo("none")
        click.echo()


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
