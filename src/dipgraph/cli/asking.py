"""The commands that ask a knowledge graph: query, ask, show, check."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipgraph.cli.options import (
    examples,
    fact_line,
    format_option,
    given,
    note,
    ontology_option,
    print_json,
    print_rows,
    shortened,
)
from dipgraph.errors import InputError

if TYPE_CHECKING:
    from dipgraph.pipeline.answers import Table

QUERY = 'dipgraph query KG "SELECT ?label { ?state a dip:State ; rdfs:label ?label }"'

timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop after so long.",
)


@click.command(epilog=examples(QUERY, "dipgraph query KG -f question.rq --format csv"))
@click.argument("kg")
@click.argument("sparql", required=False)
@click.option("-f", "--file", "file", metavar="FILE", help="A file with the query; - for the standard input.")
@timeout_option
@format_option("table", "json", "csv", "tsv")
def query(kg: str, sparql: str | None, file: str | None, timeout: float, style: str) -> None:
    """Answer a SPARQL query.

    It asks documents, claims, facts and entities.

    The prefixes dip:, rdfs:, dcterms:, prov:, oa:, skos:, owl:, xsd:, schema: and : (entities) are declared. A query can
    neither change the graph nor ask other servers.
    """
    from dipgraph.cli.worker import answered

    if (sparql is None) == (file is None):
        raise click.UsageError("Give either a query or -f FILE, one of them.")
    text = sparql if sparql is not None else _text(str(file))
    _print_table(answered(kg, text, timeout), style)


@click.command(epilog=examples("dipgraph ask KG", "dipgraph ask KG who met whom by month"))
@click.argument("kg")
@click.argument("question", nargs=-1)
@timeout_option
@ontology_option
@format_option("table", "json", "csv", "tsv")
def ask(kg: str, question: tuple[str, ...], timeout: float, ontology: tuple[str, ...], style: str) -> None:
    """Answer one of the stored questions; or list them.

    The question is given by its name or in your own words.
    """
    from dipgraph.cli.worker import answered
    from dipgraph.pipeline import answers

    with answers.open(kg):
        pass  # a list of questions for a graph that is not there would mislead
    known = answers.questions(kg, **given(ontology=ontology))
    if not question:
        print_rows(("name", "question"), [(each.name, each.title) for each in known.values()], style)
        return
    found = answers.meant(" ".join(question), known)
    if style == "table":
        click.echo(f"{found.title}\n")
    _print_table(replace(answered(kg, found.sparql, timeout), title=found.title), style)


@click.command(epilog=examples('dipgraph show KG "Kim Jong-un"'))
@click.argument("kg")
@click.argument("name", nargs=-1, required=True)
@format_option("table", "json")
def show(kg: str, name: tuple[str, ...], style: str) -> None:
    """Show one entity: its facts with their evidence."""
    from dipgraph.pipeline import answers

    portraits = answers.show(kg, " ".join(name))
    if style == "json":
        print_json(portraits)
        return
    for portrait in portraits:
        click.echo(f"{portrait['label']} ({portrait['class']})  {portrait['id']}")
        for caption, values in (("also", portrait["aliases"]), ("same as", portrait["same_as"])):
            if values:
                click.echo(f"  {caption}: {', '.join(values)}")
        for fact in portrait["facts"]:
            click.echo(f"\n  {fact_line(fact)}")
            for each in fact["evidence"]:
                source = ", ".join(part for part in (each["title"] or each["document"], each["published"]) if part)
                click.echo(f"    “{' '.join(each['text'].split())}” [{source}]")
        if not portrait["facts"]:
            click.echo("  in no fact")
        click.echo()


@click.command(epilog=examples("dipgraph check KG"))
@click.argument("kg")
@ontology_option
@format_option("table", "json", "csv")
def check(kg: str, ontology: tuple[str, ...], style: str) -> None:
    """Check a knowledge graph by the ontology's rules.

    These are SHACL shapes and violation queries. The exit code is 1 if something is wrong.
    """
    from dipgraph.pipeline import answers

    violations = answers.check(kg, **given(ontology=ontology))
    if violations or style != "table":
        print_rows(("check", "message", "focus"), [(v.check, v.message, v.focus) for v in violations], style)
    if violations:
        note(f"{len(violations)} violations.")
        sys.exit(1)
    if style == "table":
        click.echo("No violations.")


def _print_table(table: "Table", style: str) -> None:
    from dipgraph.knowledge.quads import PREFIXES

    rows = [[shortened(cell, PREFIXES) for cell in row] for row in table.rows] if style == "table" else table.rows
    if rows or style != "table":
        print_rows(table.columns, rows, style)
    if not rows:
        note(
            "The answer is empty: nothing in the graph fits the query. `dipgraph analyze KG` shows what the graph holds."
        )


def _text(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); -f wants a file with a SPARQL query.") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not valid UTF-8 at byte {error.start}; save the file as UTF-8.") from None
