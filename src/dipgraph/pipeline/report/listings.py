"""The documents and facts that a report lists, as many as it has room for: those first that most of its numbers count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from dipgraph.knowledge.quads import document_iri
from dipgraph.model import Document, Fact
from dipgraph.network.evidence import quotations
from dipgraph.ontology import Kind, Ontology
from dipgraph.pipeline.report.material import Material
from dipgraph.views.report import Listed, Listing, Quoted, Section


def cited(sections: Iterable[Section]) -> Counter[str]:
    """Fact or document (IRI) -> by how many numbers it is counted."""
    figures = (
        figure
        for section in sections
        for found in (section.figures, *(t.figures for t in section.tables))
        for figure in found
    )
    return Counter(item for figure in figures for item in set(figure.items))


def chosen(material: Material, numbers: Mapping[str, int], limit: int) -> tuple[Fact, ...]:
    """The facts to list."""
    return tuple(sorted(material.facts, key=lambda fact: (-numbers.get(fact.iri, 0), fact.iri))[:limit])


def listings(material: Material, facts: Iterable[Fact]) -> tuple[Listing, ...]:
    """The facts by kind, the commonest kind first."""
    documents = {each.id: each for each in material.documents}
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.kind].append(fact)
    found = []
    for name, group in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        kind = material.rules.kind(name)
        group.sort(key=lambda fact: (not fact.time, fact.time.value if fact.time else "", fact.iri))
        listed = tuple(_listed(fact, kind, material.rules, documents) for fact in group)
        found.append(Listing(kind.label, kind.definition, kind.color, listed))
    return tuple(found)


def sources(material: Material, facts: Iterable[Fact], limit: int) -> tuple[Quoted, ...]:
    """The documents to list: those that tell the listed facts, then others, in order of their dates."""
    telling = {claim.document for fact in facts for claim in fact.claims}
    others = [each.id for each in material.documents if each.id not in telling]
    kept = telling.union(others[: max(0, limit - len(telling))])
    return tuple(_source(each) for each in material.documents if each.id in kept)


def _listed(fact: Fact, kind: Kind, rules: Ontology, documents: Mapping[str, Document]) -> Listed:
    roles = [
        (kind.roles[name].label if name in kind.roles else name, found) for name, found in sorted(fact.roles.items())
    ]
    described = [*roles, ("place", fact.place), ("according to", fact.attribution)]
    texts = {each: documents[each].text for each in {claim.document for claim in fact.claims}}
    return Listed(
        iri=fact.iri,
        time=fact.time.value if fact.time else "",
        status="" if fact.status == rules.default_status else rules.statuses[fact.status].label,
        roles=tuple((label, ", ".join(entity.label for entity in found)) for label, found in described if found),
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
