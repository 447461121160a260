"""The commands that take a knowledge graph elsewhere: view, export."""

import sys
from pathlib import Path
from typing import Any

import click

from dipgraph.cli.options import (
    as_of_option,
    between_option,
    confidence_option,
    examples,
    format_option,
    given,
    kind_option,
    lens_option,
    note,
    ontology_option,
    open_file,
    print_json,
    status_option,
)  # fmt: skip
from dipgraph.errors import InputError

FORMATS = ("turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csv")


@click.command(
    epilog=examples(
        "dipgraph view KG -o graph.html --open",
        'dipgraph view KG -o kim.html --focus "Kim Jong-un" --hops 2',
        "dipgraph view KG -o states.html --lens states --between 2019/2020-05",
    )
)
@click.argument("kg")
@click.option(
    "-o",
    "--output",
    default="graph.html",
    show_default=True,
    metavar="FILE",
    help="The page to write; replaced if it is there.",
)
@lens_option
@click.option("--focus", multiple=True, metavar="NAME", help="Only what is near the entity of that name; repeatable.")
@click.option(
    "--hops", type=click.IntRange(min=1), metavar="N", help="How near: so many steps from it, 1 unless given."
)
@click.option("--status", default="all", show_default=True, metavar="STATUS", help="Only facts of this status.")
@kind_option
@as_of_option
@between_option
@confidence_option
@click.option("--title", default="", help="The page's title.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=2500,
    show_default=True,
    help="How many best-linked nodes are drawn at first.",
)
@click.option("--open", "open_it", is_flag=True, help="Show it in the browser.")
@ontology_option
@format_option("table", "json")
def view(kg: str, output: str, title: str, open_it: bool, style: str, **options: Any) -> None:
    """Draw the graph as one HTML page that opens offline.

    It has search, filters, a legend, and the evidence of every fact on a click. Facts that the options leave out are
    not in the page at all.
    """
    from dipgraph.pipeline import outputs

    if options["hops"] and not options["focus"]:
        raise InputError("--hops says how near to an entity; name it with --focus.")
    html = outputs.view(kg, output, title=title or Path(kg).name, **given(**options))
    size = len(html.encode())
    entities = f"{html.entities} {'entity' if html.entities == 1 else 'entities'}"
    facts = f"{html.facts} {'fact' if html.facts == 1 else 'facts'}"
    if style == "json":
        print_json({"page": output, "bytes": size, "entities": html.entities, "facts": html.facts})
    else:
        click.echo(f"{output} ({entities}, {facts}, {size / 1e6:.1f} MB)")
    if not html.facts:
        note(f"The page is empty: no fact fits{f' ({html.selection})' if html.selection else ''}.")
    if open_it:
        open_file(Path(output))


@click.command(epilog=examples("dipgraph export KG -f turtle -o graph.ttl", "dipgraph export KG -f csv -o tables/"))
@click.argument("kg")
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(FORMATS),
    required=True,
    help="RDF: the first four. Network: the others.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="The file to write, or for csv the folder; without it, to the standard output.",
)
@lens_option
@status_option
@kind_option
@as_of_option
@between_option
@confidence_option
@ontology_option
def export(kg: str, format: str, output: str | None, **options: Any) -> None:
    """Write the graph as files of other programs.

    As RDF, which is all that it holds; or its network, for Gephi, yEd and spreadsheets.
    """
    from dipgraph.pipeline import outputs

    files = outputs.export(kg, format, **given(**options))
    if output is None:
        if len(files) > 1:
            raise InputError(f"{format} is {len(files)} files; name the folder for them with -o.")
        sys.stdout.buffer.write(*files.values())
    elif len(files) > 1:
        for name, content in files.items():
            outputs.write(_folder(output) / name, content)
            note(f"{Path(output) / name} ({len(content)} bytes)")
    else:
        (content,) = files.values()
        outputs.write(output, content)
        note(f"{output} ({len(content)} bytes)")


def _folder(output: str) -> Path:
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{output}: this is a file; -o wants a folder here.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@click.command(
    epilog=examples("dipgraph report KG -o report.html", "dipgraph report KG --format markdown -o report.md")
)
@click.argument("kg")
@click.option("-o", "--output", metavar="FILE", help="The file to write; report.html or report.md unless given.")
@click.option("--title", default="", help="The report's title.")
@click.option(
    "--top", type=click.IntRange(min=1), default=12, show_default=True, metavar="N", help="Rows of a ranking."
)
@click.option(
    "--within",
    type=click.IntRange(min=1),
    metavar="DAYS",
    default=365,
    show_default=True,
    help="Days within which facts belong together.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=2500, show_default=True, help="How many facts are listed at most."
)
@click.option("--gold", multiple=True, metavar="PATH", help="Annotated articles to measure the reading on; repeatable.")
@click.option("--open", "open_it", is_flag=True, help="Show it in the browser.")
@ontology_option
@click.option(
    "--format",
    "style",
    type=click.Choice(("html", "markdown")),
    help="What to write; unless given, FILE's ending says it.",
)
def report(kg: str, output: str | None, style: str | None, open_it: bool, **options: Any) -> None:
    """Write a report: what was read and found, and what it shows.

    One file to print and to attach to a draft. Every number leads to the facts that it counts, every fact to its
    evidence, every table to the SPARQL that recounts it.
    """
    from dipgraph.pipeline.report import report as written

    file = output or ("report.md" if style == "markdown" else "report.html")
    text = written(kg, file, format=style or "", **given(**options))
    click.echo(f"{file} ({len(text.encode()) / 1e6:.1f} MB)")
    if open_it:
        open_file(Path(file))
