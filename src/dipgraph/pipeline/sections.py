"""The sections of a report about texts and facts: what was read, what was found, how far it may be trusted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dipgraph.knowledge.quads import document_iri
from dipgraph.language import confidence
from dipgraph.model import ID, Document, Fact
from dipgraph.network import attention
from dipgraph.ontology import Ontology
from dipgraph.views.charts import Bar, histogram
from dipgraph.views.report import Figure, Row, Section, Table, recount

if TYPE_CHECKING:
    import networkx as nx

UNDATED = "undated"
MONTHS = 36
"""Over so many months time is told by the month, over more by the year."""
PUBLISHED = """SELECT ?figure (COUNT(DISTINCT ?document) AS ?count) {
  ?document a dip:Document .
  OPTIONAL { ?document dcterms:issued ?day }
  BIND(COALESCE(SUBSTR(STR(?day), 1, %d), "undated") AS ?figure)
} GROUP BY ?figure ORDER BY ?figure"""
BEGUN = """SELECT ?figure (COUNT(DISTINCT ?fact) AS ?count) {
  ?fact a dip:Fact .
  OPTIONAL { ?fact dip:begin ?day }
  BIND(COALESCE(SUBSTR(STR(?day), 1, %d), "undated") AS ?figure)
} GROUP BY ?figure ORDER BY ?figure"""
BY_KIND = """SELECT ?figure (COUNT(DISTINCT ?fact) AS ?count) {
  VALUES ?column { "all" "status" }
  ?fact a dip:Fact, ?kind ; dip:status ?status .
  FILTER(?kind != dip:Fact)
  BIND(REPLACE(STR(?kind), "^.*[/#]", "") AS ?name)
  BIND(IF(?column = "all", ?name, CONCAT(?name, " ", REPLACE(STR(?status), "^.*[/#]", ""))) AS ?figure)
} GROUP BY ?figure ORDER BY ?figure"""


@dataclass(frozen=True)
class Material:
    """What a report is made from: all documents and facts, and the asserted ones as graphs of entities and of states."""

    rules: Ontology
    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    entities: "nx.MultiDiGraph[Any]"
    states: "nx.MultiDiGraph[Any]"
    within: int
    top: int
    evaluation: Mapping[str, Any]
    """What `evaluate` says of the reading of annotated articles; nothing where none are given."""

    @cached_property
    def sources(self) -> dict[str, str]:
        """Document (id) -> who published it."""
        return {each.id: attention.publisher(each.id, {"url": each.url}) for each in self.documents}

    def label(self, kind: str) -> str:
        """The label of a kind of fact."""
        return self.rules.kind(kind).label

    def color(self, kind: str) -> str:
        """The colour of a kind of fact."""
        return self.rules.kind(kind).color


def read(material: Material) -> Section:
    """What was read, by time and by source."""
    documents = material.documents
    days = [each.published.isoformat() for each in documents if each.published]
    published = f", published from {min(days)} to {max(days)}" if days else ", none of them dated"
    lead = f"{counted(len(documents), 'document')}{published}."
    if not documents:
        return Section(
            "What was read", "", missing="Nothing was read into this graph yet: dipgraph build FOLDER --into KG."
        )
    length = unit(days)
    by_time = _grouped(documents, lambda each: each.published.isoformat()[:length] if each.published else UNDATED)
    rows = [
        Row(when, (Figure(when, tuple(document_iri(each.id) for each in found)),)) for when, found in by_time.items()
    ]
    bars = [Bar(row.head, (("plain", row.figures[0].value),)) for row in rows if row.head != UNDATED]
    time = Table(
        "Documents by date of publication", (name(length), "documents"), tuple(rows), PUBLISHED % length,
        chart=histogram(filled(bars), "Documents by date of publication", 110),
    )  # fmt: skip
    return Section("What was read", lead, (time, _sources(material)))


def _sources(material: Material) -> Table:
    """Who published how much, and how much of it nobody else has."""
    told = {fact.iri: {material.sources[claim.document] for claim in fact.claims} for fact in material.facts}
    rows = []
    for source, found in _grouped(material.documents, lambda each: material.sources[each.id]).items():
        facts = [iri for iri, by in told.items() if source in by]
        sole = [iri for iri in facts if len(told[iri]) == 1]
        figures = (
            Figure(f"{source}: documents", tuple(document_iri(each.id) for each in found)),
            Figure(f"{source}: facts", tuple(facts)),
            Figure(f"{source}: facts of nobody else", tuple(sole)),
        )
        rows.append(Row(source, figures))
    rows.sort(key=lambda row: (-row.figures[0].value, -row.figures[1].value, row.head))
    return shortened(
        Table(
            "Sources", ("source", "documents", "facts", "of nobody else"), tuple(rows), "",
            "A source is the site of a document’s address, or the document where it has none. What is news differs from "
            "source to source (Galtung and Ruge 1965): a fact of nobody else deserves a second look.",
        ),
        max(material.top, 15),
    )  # fmt: skip


def found(material: Material) -> Section:
    """What was found, by kind, status and time."""
    rules, facts = material.rules, material.facts
    if not facts:
        return Section("What was found", "", missing="The texts state no fact of any kind that the ontology knows; dipgraph explain shows how each sentence was read.")  # fmt: skip
    plain = sum(fact.status == rules.default_status for fact in facts)
    lead = (
        f"{counted(len(facts), 'fact')} of {counted(len({f.kind for f in facts}), 'kind')}. {plain:,} are said to be so; "
        f"{len(facts) - plain:,} are not, and no network, matrix or chain below counts them."
    )
    present = [each for each in sorted(rules.statuses.values(), key=lambda s: s.rank) if any(f.status == each.name for f in facts)]  # fmt: skip
    rows = []
    for kind, group in _grouped(facts, lambda fact: fact.kind).items():
        by_status = {each.name: tuple(f.iri for f in group if f.status == each.name) for each in present}
        cells = [Figure(f"{kind} {status}", items) if items else "" for status, items in by_status.items()]
        rows.append(
            Row(material.label(kind), (Figure(kind, tuple(f.iri for f in group)), *cells), material.color(kind))
        )
    rows.sort(key=lambda row: (-row.figures[0].value, row.head))
    kinds = Table(
        "Facts by kind and status", ("kind of fact", "all", *(each.label for each in present)), tuple(rows), BY_KIND, bars=True,
        note="A fact is what one or more texts say of the same event or state of affairs, merged.",
    )  # fmt: skip
    return Section("What was found", lead, (kinds, _time(material)))


def _time(material: Material) -> Table:
    begun = {fact.iri: fact.time.begin.isoformat() for fact in material.facts if fact.time and fact.time.begin}
    length = unit(begun.values())
    rows, bars = [], []
    for when, group in sorted(_grouped(material.facts, lambda fact: begun.get(fact.iri, UNDATED)[: length if fact.iri in begun else None]).items()):  # fmt: skip
        signs = {sign: sum(material.rules.kind(fact.kind).sign == sign for fact in group) for sign in (0, 1, -1)}
        rows.append(
            Row(when, (Figure(when, tuple(f.iri for f in group)), *(f"{signs[sign]:,}" for sign in (1, 0, -1))))
        )
        if when != UNDATED:
            bars.append(Bar(when, (("foe", signs[-1]), ("plain", signs[0]), ("friend", signs[1]))))
    return Table(
        "Facts by time", (name(length), "facts", "cooperative", "neither", "conflictual"), tuple(rows), BEGUN % length,
        "By the day on which the fact happened or began, of every status. In the chart from below: conflictual, neither, "
        "cooperative kinds of fact, by the sign that the ontology gives them.",
        histogram(filled(bars), "Facts by time", 150),
    )  # fmt: skip


def trusted(material: Material) -> Section:
    """How far it may be trusted: what was measured, and what follows for this graph."""
    if not material.facts:
        return Section("How far this may be trusted", "", missing="There is nothing to trust yet.")
    expected = sum(fact.confidence for fact in material.facts)
    measured: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for made, (right, of) in confidence.load().counts.items():
        measured[made.kind][0] += right
        measured[made.kind][1] += of
    rows = []
    for kind, group in _grouped(material.facts, lambda fact: fact.kind).items():
        right, of = measured.get(kind, (0, 0))
        share = sum(fact.confidence for fact in group) / len(group)
        cells = (
            Figure(kind, tuple(f.iri for f in group)),
            f"{share:.2f}",
            f"{right} of {of}" if of else "not measured",
        )
        rows.append(Row(material.label(kind), cells, material.color(kind)))
    rows.sort(key=lambda row: (-row.figures[0].value, row.head))
    lead = (
        f"Of these {counted(len(material.facts), 'fact')} about {expected:,.0f} can be expected to be right. Each has a "
        "confidence: the share of right ones among those made in the same way on articles that people annotated, smoothed. "
        "That says nothing about what the texts say and the reader missed: figures here are of what was found."
    )
    table = Table(
        "Confidence by kind of fact", ("kind of fact", "facts", "mean confidence", "right when measured"), tuple(rows), "",
        "Measured on the development articles, on which the rules were also made: expect less on yours, and measure it with "
        "dipgraph evaluate. Smoothing is by empirical Bayes (Casella 1985).",
    )  # fmt: skip
    measured_here = (_evaluated(material),) if material.evaluation else ()
    return Section("How far this may be trusted", lead, (*measured_here, shortened(table, len(rows))))


def _evaluated(material: Material) -> Table:
    """How well the annotated articles that were given are read."""
    found = material.evaluation

    def shares(values: Iterable[float]) -> tuple[str, ...]:
        return tuple(f"{value:.2f}" for value in values)

    rows = [Row("all", shares(found["fact"])), Row("all, every core role right", shares(found["strict"]))]
    rows += [
        Row(material.label(kind), shares((row["precision"], row["recall"], row["f1"])), material.color(kind))
        for kind, row in found["types"].items()
    ]
    articles = counted(found["articles"], "annotated article")
    return Table(
        f"How well {articles} {'is' if found['articles'] == 1 else 'are'} read", ("kind of fact", "precision", "recall", "F1"),
        tuple(rows), "", "As dipgraph evaluate says; recall is the share of what people found that the reader found too.",
    )  # fmt: skip


def disputed(material: Material) -> Section:
    """Where the texts contradict each other."""
    found = attention.contradictions(material.facts, material.rules)
    statuses = {each.name: each.label for each in material.rules.statuses.values()}
    titles = {each.id: each.title or each.id for each in material.documents}
    rows = [
        Row(
            f"{each.kind} – {each.roles}",
            (
                each.aspect,
                "; ".join(f"{statuses.get(value, value)} (in {', '.join(titles[d] for d in said)})" for value, said in zip(each.values, each.documents, strict=True)),
                Figure(f"contradiction {number}", each.facts),
            ),
        )
        for number, each in enumerate(found, start=1)
    ]  # fmt: skip
    table = Table(
        "Contradictions", ("what", "in", "what is said, and where", "facts"), tuple(rows), "",
        f"In status: one text says that it is so, another that it is not. In time: two texts date what is otherwise the same up to {attention.NEAR} days apart.",
    )  # fmt: skip
    missing = "" if rows else "No two texts contradict each other about a fact that both tell."
    lead = f"{counted(len(rows), 'contradiction')} between what the texts say." if rows else ""
    return Section("Contradictions", lead, (shortened(table, 25),) if rows else (), missing)


def shortened(table: Table, top: int) -> Table:
    """The first rows of a table, with a query that recounts them from the facts behind each figure."""
    kept = replace(table, rows=table.rows[:top], omitted=max(0, len(table.rows) - top))
    return replace(kept, sparql=recount(kept.figures))


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def unit(days: Iterable[str]) -> int:
    """How many characters of an ISO date tell its month or, where there are too many of those, its year."""
    months = sorted({int(day[:4]) * 12 + int(day[5:7]) for day in days})
    return 7 if months and months[-1] - months[0] < MONTHS else 4


def name(length: int) -> str:
    """What so many characters of a date are."""
    return "month" if length == 7 else "year"


def filled(bars: Sequence[Bar]) -> list[Bar]:
    """The bars with an empty one for each month or year between them."""
    at = {bar.label: bar for bar in bars}
    if len(at) < 2:
        return list(bars)
    first, last = min(at), max(at)
    if len(first) == 4:
        labels = [f"{year:04}" for year in range(int(first), int(last) + 1)]
    else:
        count = range(int(first[:4]) * 12 + int(first[5:]) - 1, int(last[:4]) * 12 + int(last[5:]))
        labels = [f"{month // 12:04}-{month % 12 + 1:02}" for month in count]
    return [at.get(label, Bar(label, ())) for label in labels]


def relative(iri: str) -> str:
    """An IRI as queries print it."""
    return iri.removeprefix(ID)


def _grouped(items: Iterable[Any], key: Callable[[Any], str]) -> Mapping[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(sorted(groups.items()))
