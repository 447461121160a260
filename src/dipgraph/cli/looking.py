"""The commands that take a knowledge graph elsewhere: view, export."""

import sys
from pathlib import Path

import click

from dipgraph.cli.options import (
    confidence_option,
    examples,
    format_option,
    given,
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
    epilog=examples("dipgraph view KG -o graph.html", "dipgraph view KG -o states.html --lens states --open")
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
@click.option("--title", default="", help="The page's title.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=2500,
    show_default=True,
    help="How many best-linked nodes are drawn at first.",
)
@confidence_option
@click.option("--open", "open_it", is_flag=True, help="Show it in the browser.")
@ontology_option
@format_option("table", "json")
def view(
    kg: str,
    output: str,
    lens: str,
    title: str,
    limit: int,
    min_confidence: float,
    open_it: bool,
    ontology: tuple[str, ...],
    style: str,
) -> None:
    """Draw the graph as one HTML page that opens offline.

    It has search, filters, a legend, and the evidence of every fact on a click.
    """
    from dipgraph.pipeline import outputs

    options = given(ontology=ontology, min_confidence=min_confidence)
    html = outputs.view(kg, output, lens=lens, title=title or Path(kg).name, limit=limit, **options)
    size = len(html.encode())
    if style == "json":
        print_json({"page": output, "bytes": size})
    else:
        click.echo(f"{output} ({size / 1e6:.1f} MB)")
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
@confidence_option
@ontology_option
def export(
    kg: str,
    format: str,
    output: str | None,
    lens: str,
    status: str,
    min_confidence: float,
    ontology: tuple[str, ...],
) -> None:
    """Write the graph as files of other programs.

    As RDF, which is all that it holds; or its network, for Gephi, yEd and spreadsheets.
    """
    from dipgraph.pipeline import outputs

    options = given(ontology=ontology, min_confidence=min_confidence)
    files = outputs.export(kg, format, lens=lens, status=status, **options)
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
