"""The verb `report`: all that a graph holds and shows, as one file to read, print and attach to a draft."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dipgraph.errors import InputError
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.quads import document_iri
from dipgraph.model import Document, Fact
from dipgraph.network import chains, projection
from dipgraph.network.evidence import quotations
from dipgraph.ontology import Kind, Ontology
from dipgraph.pipeline import Folders, Paths, load_ontology
from dipgraph.pipeline.answers import Graph, opened
from dipgraph.pipeline.evaluation import evaluate
from dipgraph.pipeline.findings import central, dyads, exchanged, sequences, signed
from dipgraph.pipeline.outputs import write
from dipgraph.pipeline.sections import Material, counted, disputed, found, read, trusted
from dipgraph.views.report import Listed, Listing, Quoted, Report, Section

SECTIONS: tuple[Callable[[Material], Section], ...] = (
    read, found, central, signed, exchanged, dyads, sequences, disputed, trusted,
)  # fmt: skip
FORMATS = HTML, MARKDOWN = ("html", "markdown")


def report(
    graph: Graph,
    output: Path | str | None = None,
    *,
    format: str = HTML,
    title: str = "",
    top: int = 12,
    within: int = chains.WITHIN,
    limit: int = 2500,
    gold: Paths = (),
    ontology: Folders = (),
) -> str:
    """A report of the graph as one offline HTML file without script, or as Markdown; written to `output` if that is given.

    What was read and found, who is central, who sides with whom, what passed between whom and led to what, where texts
    contradict each other, how far it may be trusted. Every figure leads to its facts, these to their evidence, and every
    table to the SPARQL that recounts it. `top`: rows of a ranking. `within`: days within which facts belong together.
    `limit`: how many facts are listed at most. `gold`: annotated articles to measure the reading on, as for `evaluate`.
    A notebook shows the HTML in a frame.

    >>> dipgraph.report("KG", "report.html")
    """
    if format not in FORMATS:
        raise InputError(f"--format {format}: there is no such format; choose {' or '.join(FORMATS)}.")
    made = collected(graph, title=title, top=top, within=within, limit=limit, gold=gold, ontology=ontology)
    text: str
    if format == HTML:
        from dipgraph.views.report_page import report_page

        text = report_page(made)
    else:
        from dipgraph.views.report_markdown import report_markdown

        text = report_markdown(made)
    if output:
        write(output, text.encode())
    return text


def collected(
    graph: Graph,
    *,
    title: str = "",
    top: int = 12,
    within: int = chains.WITHIN,
    limit: int = 2500,
    gold: Paths = (),
    ontology: Folders = (),
) -> Report:
    """What the report says, before it is written."""
    rules = load_ontology(ontology, graph)
    with opened(graph) as kg:
        material = Material(
            rules=rules,
            documents=tuple(sorted(kg.documents(), key=lambda each: (str(each.published or ""), each.id))),
            facts=tuple(kg.facts()),
            entities=projection.entities(kg, rules),
            states=projection.dyads(kg, rules, gazetteer.load()),
            within=within,
            top=top,
            evaluation=evaluate(gold, ontology=rules.folders[1:]) if gold else {},
        )
        place = kg.path.name
    sections = tuple(section(material) for section in SECTIONS)
    return Report(
        title=title or place,
        lead=_lead(material),
        sections=sections,
        documents=tuple(_source(each) for each in material.documents),
        listings=_listings(material, _cited(sections), limit),
        total=len(material.facts),
    )


def _lead(material: Material) -> str:
    times = sorted(f.time.begin.isoformat() for f in material.facts if f.time and f.time.begin)
    span = f" from {times[0][:7]} to {times[-1][:7]}" if times else ""
    return (
        f"{counted(len(material.documents), 'document')} read, {counted(len(material.facts), 'fact')}{span}, "
        f"{counted(len(material.states), 'state')} between which they stand. Every number below leads to the facts that it counts, "
        "every fact to the sentence that says so, and every table to the query that recounts it."
    )


def _cited(sections: Sequence[Section]) -> Counter[str]:
    """Fact or document (IRI) -> by how many figures it is counted."""
    return Counter(
        item
        for section in sections
        for table in section.tables
        for figure in table.figures
        for item in set(figure.items)
    )


def _listings(material: Material, cited: Mapping[str, int], limit: int) -> tuple[Listing, ...]:
    """The facts by kind, the commonest kind first; where there are too many, those that most figures count."""
    chosen = sorted(material.facts, key=lambda fact: (-cited.get(fact.iri, 0), fact.iri))[:limit]
    documents = {each.id: each for each in material.documents}
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in chosen:
        groups[fact.kind].append(fact)
    listings = []
    for name, facts in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        kind = material.rules.kind(name)
        facts.sort(key=lambda fact: (not fact.time, fact.time.value if fact.time else "", fact.iri))
        listed = tuple(_listed(fact, kind, material.rules, documents) for fact in facts)
        listings.append(Listing(kind.label, kind.definition, kind.color, listed))
    return tuple(listings)


def _listed(fact: Fact, kind: Kind, rules: Ontology, documents: Mapping[str, Document]) -> Listed:
    roles = [
        (kind.roles[name].label if name in kind.roles else name, fillers)
        for name, fillers in sorted(fact.roles.items())
    ]
    described = [*roles, ("place", fact.place), ("according to", fact.attribution)]
    texts = {each: documents[each].text for each in {claim.document for claim in fact.claims}}
    return Listed(
        iri=fact.iri,
        time=fact.time.value if fact.time else "",
        status="" if fact.status == rules.default_status else rules.statuses[fact.status].label,
        roles=tuple((label, ", ".join(entity.label for entity in fillers)) for label, fillers in described if fillers),
        confidence=fact.confidence,
        quotes=tuple(
            _source(documents[each["document"]], each["before"], each["text"], each["after"])
            for each in quotations(fact, texts)
        ),
    )


def _source(document: Document, before: str = "", text: str = "", after: str = "") -> Quoted:
    published = document.published.isoformat() if document.published else ""
    title = document.title or document.id
    return Quoted(document_iri(document.id), title, published, document.url, before, text, after)
