"""The command that judges reading by annotated articles: evaluate."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import click

from dipgraph.cli.options import (
    chosen_reader,
    examples,
    format_option,
    given,
    note,
    ontology_option,
    print_json,
    print_rows,
    reader_options,
    report,
)
from dipgraph.errors import InputError

SHARES = ("status", "time", "place", "attribution", "grounded")


@click.command(epilog=examples("dipgraph evaluate gold/", "dipgraph evaluate gold/ --errors"))
@click.argument("gold", nargs=-1, required=True)
@click.option("--errors", is_flag=True, help="Also list what was missed, what is wrong, and which details are.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of fact; repeatable.")
@click.option(
    "--predictions", metavar="FILE", help="Judge these facts, as `dipgraph extract` prints them, without reading again."
)
@click.option(
    "--calibrate",
    metavar="FILE",
    help="Instead, count into FILE how often each construction is right: see docs/gold.md.",
)
@ontology_option
@reader_options
@format_option("table", "json")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
def evaluate(
    gold: tuple[str, ...],
    errors: bool,
    kinds: tuple[str, ...],
    predictions: str | None,
    calibrate: str | None,
    ontology: tuple[str, ...],
    style: str,
    **reader: Any,
) -> None:
    """Say how well annotated articles are read.

    GOLD are gold files (.json) or folders of them. Prints precision, recall and F1 of facts, overall, by kind and by role,
    and the shares of statuses, times, places and speakers that are right.
    """
    from dipgraph.pipeline import Log, evaluation

    log, options = Log(), {**given(ontology=ontology), **chosen_reader(**reader)}
    if calibrate:
        if predictions or kinds or errors or "endpoint" in options:
            raise InputError(
                "--calibrate counts all kinds in a new reading by frames;"
                " leave out --predictions, --kind, --errors and --reader llm."
            )
        made = evaluation.calibrate(gold, calibrate, progress=_progressbar, **options)
        _print_calibration(made, calibrate, style)
        return
    found = evaluation.evaluate(gold, predictions=predictions, kinds=kinds, progress=_progressbar, log=log, **options)
    if not errors:
        del found["errors"]
    if style == "json":
        print_json(found)
    else:
        _print_figures(found)
        _print_errors(found.get("errors", ()))
    _note_what_is_odd(found)
    report(log)


def _progressbar(articles: Sequence[Any]) -> Iterable[Any]:
    if not sys.stderr.isatty() or len(articles) < 2:
        yield from articles
        return
    with click.progressbar(articles, label="Reading", file=sys.stderr) as bar:
        yield from bar


def _note_what_is_odd(found: dict[str, Any]) -> None:
    if found["ignored"]:
        note(f"{found['ignored']} facts are of documents that are not among these articles; they do not count.")
    if not found["types"]:
        note("No fact is annotated in these articles, and none was found in them: there is nothing to measure.")


def _print_figures(found: dict[str, Any]) -> None:
    rows = [[name, *found[name]] for name in ("fact", "strict", "filler")]
    print_rows(["", "precision", "recall", "F1"], [[name, *map(_three, values)] for name, *values in rows], "table")
    click.echo()
    print_rows(["right among facts found", "share"], [[name, _three(found[name])] for name in SHARES], "table")
    for title, group in (("kind of fact", "types"), ("role", "roles")):
        if found[group]:
            click.echo()
            print_rows(
                [title, "precision", "recall", "F1", "gold"], [_row(*each) for each in found[group].items()], "table"
            )
    if found["calibration"]:
        click.echo()
        _print_reliability(found["calibration"])


def _row(name: str, row: dict[str, Any]) -> list[str]:
    return [name, *(_three(row[key]) for key in ("precision", "recall", "f1")), str(row["gold"])]


def _three(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"


def _print_calibration(made: dict[str, Any], output: str, style: str) -> None:
    if style == "json":
        print_json(made)
        return
    click.echo(
        f"{output}: {made['constructions']} constructions, from {made['facts']} facts in {made['articles']} articles"
    )
    if made["calibration"]:
        click.echo("\nEach article predicted by the counts of the others:\n")
        _print_reliability(made["calibration"])
    else:
        note("No fact was found in these articles, so nothing could be counted.")


def _print_reliability(rows: Iterable[dict[str, Any]]) -> None:
    cells = [
        [f"{r['from']:.1f} to {r['to']:.1f}", r["facts"], _three(r["predicted"]), _three(r["found"])] for r in rows
    ]
    print_rows(["confidence", "facts", "predicted", "found right"], cells, "table")


def _print_errors(errors: Iterable[dict[str, Any]]) -> None:
    width = max(60, shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100)
    for article, found in groupby(errors, key=lambda error: error["article"]):
        click.echo(f"\n{article}")
        for error in found:
            click.echo(f"  {error['what']:12}{error['kind']}")
            if error["expected"] is not None:
                click.echo(f"    expected  {_said(error['expected'])}")
            if error["what"] != "missed":
                click.echo(f"    found     {_said(error['found'])}")
            quote = textwrap.shorten(error["evidence"], width - 6, placeholder=" …")
            click.echo(f"    “{quote}”")


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{role}: {', '.join(names)}" for role, names in value.items()) or "no role"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return str(value) if value else "none"
