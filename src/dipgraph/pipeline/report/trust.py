"""The sections of a report about itself: how much of the texts it covers, how well they are read, and how it was made."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from dipgraph.language import confidence
from dipgraph.model import Fact
from dipgraph.ontology import shipped
from dipgraph.pipeline.report.material import (
    Material,
    cell,
    counted,
    documents,
    facts,
    grouping,
    prose,
)  # fmt: skip
from dipgraph.pipeline.report.queries import counts, documents_by_reading, facts_by_confidence
from dipgraph.pipeline.report.texts import ALL, DOCUMENTS, FACTS
from dipgraph.views.report import Cell, Prose, Row, Section, Table

UNSEEN = "held out"
"""The set of annotated articles that nobody looked at while rules were made."""
CITATION = "The dipgraph developers (2026). dipgraph: a diplomatic knowledge-graph builder (version {version}) [computer software]."
TELLING = "documents with facts"
COVERAGE = {
    TELLING: "?claim a dip:Claim ; prov:wasDerivedFrom ?item . ?item a dip:Document .",
    "documents without facts": "?item a dip:Document . FILTER NOT EXISTS { ?claim prov:wasDerivedFrom ?item }",
    "dated to the day": "?item a dip:Fact ; dip:time ?time . FILTER(STRLEN(STR(?time)) = 10)",
    "dated to the month": "?item a dip:Fact ; dip:time ?time . FILTER(STRLEN(STR(?time)) = 7 && !CONTAINS(STR(?time), \"/\"))",
    "dated to the year": "?item a dip:Fact ; dip:time ?time . FILTER(STRLEN(STR(?time)) = 4)",
    "dated to a span of time": "?item a dip:Fact ; dip:time ?time . FILTER(CONTAINS(STR(?time), \"/\"))",
    "undated": "?item a dip:Fact . FILTER NOT EXISTS { ?item dip:time ?time }",
    "with a place": "?item a dip:Fact ; dip:place ?place .",
    "attributed to somebody": "?item a dip:Fact ; dip:attributedTo ?speaker .",
    "told by several documents": "{ SELECT ?item { ?item a dip:Fact ; prov:wasDerivedFrom ?claim . ?claim prov:wasDerivedFrom ?document . } GROUP BY ?item HAVING (COUNT(DISTINCT ?document) > 1) }",
}  # fmt: skip
"""What the table of coverage counts, with the pattern that finds it."""


def covered(material: Material) -> Section:
    """How much of the texts is covered, and how well they are read."""
    title = "Coverage and accuracy"
    if not material.facts:
        return Section(title, missing="There is nothing to trust yet.")
    telling = {claim.document for fact in material.facts for claim in fact.claims}
    text = prose(
        "{with} of {documents} {tell} what was found.{reading}",
        **{
            "with": cell(TELLING, documents(each for each in material.documents if each.id in telling), "0"),
            "tell": "tells" if len(telling) == 1 else "tell",
            "documents": counted(cell(DOCUMENTS, documents(material.documents), "0"), "document"),
            "reading": _reading(material),
        },
    )
    measured = [_unseen(material)] if _measured(material) else []
    own = [_evaluated(material)] if material.evaluation else []
    sparql = counts({TELLING: COVERAGE[TELLING], **ALL})
    return Section(title, text, (_coverage(material, telling), *measured, *own, _confidence(material)), sparql=sparql)


def made(material: Material) -> Section:
    """What read the texts, what is counted, and how to cite it."""
    rows = tuple(Row(name, (cell(name, found),)) for name, found in sorted(material.readings.items()))
    text = (
        "Networks, matrices and chains count only what texts simply say; what they only expect or do not believe is counted "
        "where its status is named. A pair, a link or a chain that nobody reported is not here, whether or not it happened. "
        f"The report was made by dipgraph {version('dipgraph')} from the graph alone, without a clock and without a network: the same "
        f"graph gives the same file. To cite the program: {CITATION.format(version=version('dipgraph'))}"
    )
    table = Table(
        "What read the documents", ("program, model, fingerprint of ontology and gazetteer", "documents"), rows, documents_by_reading()
    )  # fmt: skip
    return Section("How this was made", (text,), (table,) if rows else ())


@lru_cache(maxsize=1)
def _accuracy() -> Mapping[str, Any]:
    """What `make accuracy` measured."""
    found: Mapping[str, Any] = json.loads((shipped("data") / "accuracy.json").read_text(encoding="utf-8"))
    return found


def _measured(material: Material) -> bool:
    """Whether what read this graph is the program and the model whose accuracy was measured."""
    name = _accuracy()["reading"].rpartition(", ")[0]
    return bool(material.readings) and all(each.rpartition(", ")[0] == name for each in material.readings)


def _reading(material: Material) -> Prose:
    """What can be said of what was read, or that nothing can."""
    if not _measured(material):
        return (
            " How well what read them reads was not measured: the confidence below is what it says of itself, and nothing "
            "is known of what it missed.",
        )
    unseen, expected = _accuracy()["sets"][UNSEEN], sum(fact.confidence for fact in material.facts)
    precision, recall, _ = unseen["fact"]
    same = set(material.readings) == {_accuracy()["reading"]}
    return (
        f" Of {unseen['articles']} articles that nobody had looked at while its rules were made, the same "
        f"{'reader' if same else 'program, with an ontology or a gazetteer that was a little different,'} found {recall:.0%} of the facts "
        f"that people found, and {precision:.0%} of what it found was right in its kind and most of its core roles. Expect as much "
        "here: most numbers of this report are lower than what the texts say. By the confidence of each fact, which was measured "
        f"where the rules were made and so flatters, about {expected:,.0f} of ",
        *counted(cell(FACTS, facts(material.facts)), "fact"),
        " are right.",
    )  # fmt: skip


def _coverage(material: Material, telling: Iterable[str]) -> Table:
    known = set(telling)
    values = {fact.iri: fact.time.value if fact.time else "" for fact in material.facts}
    precisions = {10: "day", 7: "month", 4: "year"}

    def that(test: Any) -> tuple[str, ...]:
        return facts(fact for fact in material.facts if test(fact))

    found = {
        TELLING: documents(each for each in material.documents if each.id in known),
        "documents without facts": documents(each for each in material.documents if each.id not in known),
        **{
            f"dated to the {word}": that(
                lambda fact, n=length: len(values[fact.iri]) == n and "/" not in values[fact.iri]
            )
            for length, word in precisions.items()
        },
        "dated to a span of time": that(lambda fact: "/" in values[fact.iri]),
        "undated": that(lambda fact: not values[fact.iri]),
        "with a place": that(lambda fact: fact.place),
        "attributed to somebody": that(lambda fact: fact.attribution),
        "told by several documents": that(lambda fact: len({claim.document for claim in fact.claims}) > 1),
    }
    rows = [
        Row(
            name,
            (
                cell(name, items, "0"),
                f"{len(items) / len(material.documents if name.startswith(DOCUMENTS) else material.facts):.0%}",
            ),
        )
        for name, items in found.items()
    ]
    return Table(
        "Coverage", ("what", "number", "share"), tuple(rows), counts(COVERAGE),
        "Shares are of all documents or of all facts. What is undated counts in no series, no chain and no time line.",
    )  # fmt: skip


def _unseen(material: Material) -> Table:
    """How well the articles are read that nobody looked at while rules were made."""
    found = _accuracy()["sets"][UNSEEN]
    kinds = sorted({fact.kind for fact in material.facts} & found["types"].keys(), key=material.label)
    details = " and ".join(
        f"{found[name]:.0%} have the right {name}" for name in ("time", "place") if found[name] is not None
    )
    return _scores(
        material, f"How well {found['articles']} unseen articles are read", found, {kind: found["types"][kind] for kind in kinds},
        f"Measured once for all, not on these texts: precision is the share of what was found that is right, recall the share of what "
        f"people found that was found too. Of the facts that are right, {details}. Kinds with few annotated facts are uncertain; "
        "measure your own texts with dipgraph report --gold.",
    )  # fmt: skip


def _evaluated(material: Material) -> Table:
    """How well the annotated articles that were given are read."""
    found = material.evaluation
    articles = counted(found["articles"], "annotated article")
    return _scores(
        material, f"How well {''.join(map(str, articles))} {'is' if found['articles'] == 1 else 'are'} read", found, found["types"],
        "As dipgraph evaluate says of the articles given by --gold.",
    )  # fmt: skip


def _scores(material: Material, caption: str, found: Mapping[str, Any], kinds: Mapping[str, Any], note: str) -> Table:
    def shares(values: Iterable[float]) -> tuple[Cell, ...]:
        return tuple(f"{value:.2f}" for value in values)

    total = sum(row["gold"] for row in found["types"].values())
    rows = [
        Row("all", (*shares(found["fact"]), f"{total:,}")),
        Row("all, every core role right", (*shares(found["strict"]), f"{total:,}")),
        *(
            Row(material.label(kind), (*shares(row[each] for each in ("precision", "recall", "f1")), f"{row['gold']:,}"), material.color(kind))
            for kind, row in kinds.items()
        ),
    ]  # fmt: skip
    return Table(caption, ("kind of fact", "precision", "recall", "F1", "annotated"), tuple(rows), "", note)


def _confidence(material: Material) -> Table:
    counted_so: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for way, (right, of) in confidence.load().counts.items():
        counted_so[way.kind][0] += right
        counted_so[way.kind][1] += of
    measured = _measured(material)
    rows = []
    for kind, group in grouping(material.facts, lambda fact: fact.kind).items():
        right, of = counted_so.get(kind, (0, 0))
        cells: tuple[Cell, ...] = (cell(kind, facts(group)), f"{_mean(group):.2f}")
        cells += (f"{right} of {of}" if of else "not measured",) if measured else ()
        rows.append(Row(material.label(kind), cells, material.color(kind)))
    rows.sort(key=lambda row: (-row.figures[0].value, row.head))
    columns = ("kind of fact", "facts", "mean confidence", *(["right when measured"] if measured else []))
    note = (
        "Confidence is the share of right facts among those made in the same way on the articles on which the rules were made, "
        "smoothed (empirical Bayes, Casella 1985): expect a little less. It says nothing of what was missed."
    )  # fmt: skip
    return Table("Confidence by kind of fact", columns, tuple(rows), facts_by_confidence(), note if measured else "")


def _mean(group: list[Fact]) -> float:
    return sum(fact.confidence for fact in group) / len(group)
