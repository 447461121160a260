"""The verb `report`: all that a graph holds and shows, as one file to read, print and attach to a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dipgraph.errors import InputError
from dipgraph.knowledge import gazetteer, store
from dipgraph.network import chains, projection
from dipgraph.pipeline import Folders, Paths, load_ontology
from dipgraph.pipeline.answers import Graph, opened
from dipgraph.pipeline.evaluation import evaluate
from dipgraph.pipeline.outputs import write
from dipgraph.pipeline.report import listings
from dipgraph.pipeline.report.actors import central, signed
from dipgraph.pipeline.report.dealings import dyads, exchanged, sequences
from dipgraph.pipeline.report.material import Holdings, Material
from dipgraph.pipeline.report.references import cited
from dipgraph.pipeline.report.texts import disputed, found, read, summary
from dipgraph.pipeline.report.trust import covered, made
from dipgraph.views.report import Report, Section

SECTIONS: tuple[Callable[[Material], Section], ...] = (
    read, found, central, signed, exchanged, dyads, sequences, disputed, covered, made,
)  # fmt: skip
HTML, MARKDOWN = FORMATS = ("html", "markdown")
SUFFIXES = {".html": HTML, ".htm": HTML, ".md": MARKDOWN, ".markdown": MARKDOWN}
"""What a file's name says about its format."""


@dataclass(frozen=True)
class Options:
    """What is said of a graph: see `report`."""

    title: str = ""
    top: int = 12
    within: int = chains.WITHIN
    limit: int = 2500
    gold: Paths = ()
    ontology: Folders = ()


def report(
    graph: Graph,
    output: Path | str | None = None,
    *,
    format: str = "",
    title: str = Options.title,
    top: int = Options.top,
    within: int = Options.within,
    limit: int = Options.limit,
    gold: Paths = (),
    ontology: Folders = (),
) -> str:
    """A report of the graph as one offline HTML file without script, or as Markdown; written to `output` if that is given.

    What was read and found, who is central, who sides with whom, what passed between whom and led to what, where texts
    contradict each other, how much they cover and how well they are read. Every number that counts leads to its facts, these
    to their evidence, and every table to the SPARQL that recounts it. `format`: "html" or "markdown"; unless given, what
    the name of `output` ends in says it. `top`: rows of a ranking. `within`: days within which facts belong together.
    `limit`: how many facts are listed at most. `gold`: annotated articles to measure the reading on, as for `evaluate`.
    A notebook shows the HTML in a frame. InputError for a format that there is not.

    >>> dipgraph.report("KG", "report.html")
    """
    form = _format(output, format)
    said = collected(graph, Options(title, top, within, limit, gold, ontology))
    text: str
    if form == HTML:
        from dipgraph.views.report_page import report_page

        text = report_page(said)
    else:
        from dipgraph.views.report_markdown import report_markdown

        text = report_markdown(said)
    if output:
        write(output, text.encode())
    return text


def _format(output: Path | str | None, asked: str) -> str:
    """The format that is asked for, or that the name of the file says."""
    if asked and asked not in FORMATS:
        raise InputError(f"--format {asked}: there is no such format; choose {' or '.join(FORMATS)}.")
    suffix = Path(output or "report.html").suffix.lower()
    if not asked and suffix not in SUFFIXES:
        raise InputError(
            f"{output}: a report is a file that ends in {' or '.join(SUFFIXES)}, unless --format says what it is; "
            "for a PDF, print the HTML from a browser."
        )
    return asked or SUFFIXES[suffix]


def collected(graph: Graph, options: Options = Options()) -> Report:
    """What the report says, before it is written."""
    rules = load_ontology(options.ontology, graph)
    with opened(graph) as kg:
        documents = sorted(kg.documents(), key=lambda each: (str(each.published or ""), each.id))
        held = Holdings(tuple(documents), tuple(kg.facts()))
        readings, place = _readings(kg), kg.path.name
    material = Material(
        rules=rules,
        documents=held.read,
        facts=held.found,
        entities=projection.entities(held, rules),
        states=projection.dyads(held, rules, gazetteer.load()),
        readings=readings,
        within=options.within,
        top=options.top,
        evaluation=evaluate(options.gold, ontology=rules.folders[1:]) if options.gold else {},
    )
    short, sections = summary(material), tuple(section(material) for section in SECTIONS)
    facts = listings.chosen(material, listings.cited(sections), options.limit)
    return Report(
        title=options.title or place,
        summary=short,
        sections=sections,
        references=cited(text for each in sections for text in _texts(each)),
        documents=listings.sources(material, facts, options.limit),
        listings=listings.listings(material, facts),
        of_documents=len(held.read),
        of_facts=len(held.found),
    )


def _readings(kg: store.KnowledgeGraph) -> dict[str, tuple[str, ...]]:
    """Name of a reading -> the documents (IRIs) that were read so."""
    found: dict[str, list[str]] = {}
    rows: Any = kg.query("SELECT ?reading ?item { ?item a dip:Document . GRAPH <graph/ledger> { ?item dip:reading ?reading } } ORDER BY ?item")  # fmt: skip
    for row in rows:
        found.setdefault(row["reading"].value, []).append(row["item"].value)
    return {name: tuple(items) for name, items in found.items()}


def _texts(section: Section) -> list[str]:
    """All that a section says in words."""
    return [*(str(piece) for piece in section.prose), *(table.note for table in section.tables)]
