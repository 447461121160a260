"""The sections of a report about texts and what they say: what was read, what was found, where it is contradicted."""

from dipgraph.network import attention
from dipgraph.pipeline.report import calendar
from dipgraph.pipeline.report.material import (
    Material,
    cell,
    counted,
    documents,
    facts,
    figures,
    grouped,
    grouping,
    prose,
    shortened,
)  # fmt: skip
from dipgraph.pipeline.report.queries import (
    SIGNS,
    SOURCES,
    UNDATED,
    counts,
    documents_and_facts_by_source,
    documents_by_time,
    facts_by_kind_and_status,
    facts_by_time,
    recount,
    term,
)  # fmt: skip
from dipgraph.views.charts import Bar, Histogram
from dipgraph.views.report import Row, Section, Table

DOCUMENTS, FACTS = "documents", "facts"
ALL = {DOCUMENTS: "?item a dip:Document .", FACTS: "?item a dip:Fact ."}
SIGNED = {1: "cooperative", 0: "neither", -1: "conflictual"}
STYLES = {1: "friend", 0: "plain", -1: "foe"}


def summary(material: Material) -> Section:
    """What was read and found, in two numbers."""
    times = sorted(f.time.begin.isoformat() for f in material.facts if f.time and f.time.begin)
    span = f", of {_span(times[0][:4], times[-1][:4])}" if times else ""
    text = prose(
        "{documents} read, {facts} found{span}. Numbers that count are links to their facts; every fact leads to the sentence "
        "that says so, every table to the query that recounts it.",
        documents=counted(cell(DOCUMENTS, documents(material.documents), "0"), "document"),
        facts=counted(cell(FACTS, facts(material.facts), "0"), "fact"),
        span=span,
    )
    return Section("In short", text, sparql=counts(ALL))


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def read(material: Material) -> Section:
    """What was read, by time and by source."""
    found = material.documents
    if not found:
        return Section(
            "What was read", missing="Nothing was read into this graph yet: dipgraph build FOLDER --into KG."
        )
    days = [each.published.isoformat() for each in found if each.published]
    by_source = grouping(found, lambda each: material.sources[each.id])
    text = prose(
        "{documents} of {sources}{published}.",
        documents=counted(cell(DOCUMENTS, documents(found)), "document"),
        sources=counted(grouped("sources", {name: documents(group) for name, group in by_source.items()}), "source"),
        published=f", published {'on' if min(days) == max(days) else 'from'} {_span(min(days), max(days))}"
        if days
        else ", none of them dated",
    )
    length = calendar.unit(days)
    rows = [
        Row(when, (cell(when, documents(group)),))
        for when, group in grouping(
            found, lambda each: each.published.isoformat()[:length] if each.published else UNDATED
        ).items()
    ]
    bars = [Bar(row.head, (("plain", row.figures[0].value),)) for row in rows if row.head != UNDATED]
    time = Table(
        "Documents by date of publication", (calendar.name(length), "documents"), tuple(rows), documents_by_time(length),
        chart=Histogram(calendar.filled(bars), 110) if bars else None,
    )  # fmt: skip
    return Section(
        "What was read",
        text,
        (time, _sources(material)),
        sparql=counts({DOCUMENTS: ALL[DOCUMENTS], "sources": SOURCES}),
    )


def _sources(material: Material) -> Table:
    """Who published how much, and how much of it nobody else has."""
    told: dict[str, list[str]] = {}
    sole: dict[str, list[str]] = {}
    for fact in material.facts:
        by = {material.sources[claim.document] for claim in fact.claims}
        for source in by:
            told.setdefault(source, []).append(fact.iri)
        if len(by) == 1:
            sole.setdefault(min(by), []).append(fact.iri)
    rows = [
        Row(material.titles.get(source, source), (
            cell(f"{source}: documents", documents(group)),
            cell(f"{source}: facts", told.get(source, ()), "0"),
            cell(f"{source}: facts only there", sole.get(source, ()), "0"),
        ))
        for source, group in grouping(material.documents, lambda each: material.sources[each.id]).items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.figures[0].value, *(-figure.value for figure in row.figures[1:2]), row.head))
    return shortened(
        Table(
            "Sources", ("source", "documents", "facts", "only there"), tuple(rows), documents_and_facts_by_source(),
            "A source is the site of a document’s address, or the document where it has none. What is news differs from "
            "source to source (Galtung and Ruge 1965): a fact that only one of them has deserves a second look.",
        ),
        max(material.top, 15),
    )  # fmt: skip


def found(material: Material) -> Section:
    """What was found, by kind, status and time."""
    rules, found = material.rules, material.facts
    if not found:
        unread = "The texts state no fact of any kind that the ontology knows; dipgraph explain shows how each sentence was read."
        return Section(
            "What was found", missing=unread if material.documents else "Nothing was read, so that nothing was found."
        )
    plain = rules.statuses[rules.default_status]
    kinds = grouping(found, lambda fact: fact.kind)
    text = prose(
        "{facts} of {kinds}. {so} {are} {plain}, said to be so; {others} are not, and no network, matrix or chain below counts them.",
        plain=plain.label,
        are="is" if sum(f.status == plain.name for f in found) == 1 else "are",
        facts=counted(cell(FACTS, facts(found)), "fact"),
        kinds=counted(grouped("kinds of fact", {material.label(kind): facts(group) for kind, group in kinds.items()}), "kind"),
        so=cell(f"facts that are {plain.label}", facts(f for f in found if f.status == plain.name), "0"),
        others=cell(f"facts that are not {plain.label}", facts(f for f in found if f.status != plain.name), "0"),
    )  # fmt: skip
    sparql = counts({
        FACTS: ALL[FACTS],
        "kinds of fact": "?fact a dip:Fact, ?item . FILTER(?item != dip:Fact)",
        f"facts that are {plain.label}": f"?item a dip:Fact ; dip:status {term(plain.iri)} .",
        f"facts that are not {plain.label}": f"?item a dip:Fact ; dip:status ?status . FILTER(?status != {term(plain.iri)})",
    })  # fmt: skip
    return Section("What was found", text, (_kinds(material), _time(material)), sparql=sparql)


def _kinds(material: Material) -> Table:
    named = {fact.status for fact in material.facts}
    present = sorted(
        (each for each in material.rules.statuses.values() if each.name in named), key=lambda each: each.rank
    )
    rows = []
    for kind, group in grouping(material.facts, lambda fact: fact.kind).items():
        cells = (cell(f"{kind} {each.name}", facts(f for f in group if f.status == each.name)) for each in present)
        rows.append(Row(material.label(kind), (cell(kind, facts(group)), *cells), material.color(kind)))
    rows.sort(key=lambda row: (-row.figures[0].value, row.head))
    return Table(
        "Facts by kind and status", ("kind of fact", "all", *(each.label for each in present)), tuple(rows),
        facts_by_kind_and_status(), "A fact is what one or more texts say of the same event or state of affairs, merged.", bars=True,
    )  # fmt: skip


def _time(material: Material) -> Table:
    begun = {fact.iri: fact.time.begin.isoformat() for fact in material.facts if fact.time and fact.time.begin}
    length = calendar.unit(begun.values())
    rows, bars = [], []
    for when, group in grouping(material.facts, lambda fact: begun.get(fact.iri, UNDATED)[: length if fact.iri in begun else None]).items():  # fmt: skip
        signs = {sign: facts(f for f in group if material.rules.kind(f.kind).sign == sign) for sign in SIGNED}
        rows.append(
            Row(when, (cell(when, facts(group)), *(cell(f"{when} {SIGNS[sign]}", signs[sign]) for sign in SIGNED)))
        )
        if when != UNDATED:
            bars.append(Bar(when, tuple((STYLES[sign], len(signs[sign])) for sign in (-1, 0, 1))))
    return Table(
        "Facts by time", (calendar.name(length), "facts", *SIGNED.values()), tuple(rows), facts_by_time(length, material.rules),
        "By the day on which the fact happened or began, of every status; the ontology says which kinds are cooperative or conflictual.",
        Histogram(calendar.filled(bars)) if bars else None,
        "From below: conflictual, neither, cooperative. The few facts long before the others stand together first.",
    )  # fmt: skip


def disputed(material: Material) -> Section:
    """Where the texts contradict each other."""
    title = "Contradictions"
    found = attention.contradictions(material.facts, material.rules)
    if not found:
        return Section(title, missing="No two texts contradict each other about a fact that both tell.")
    statuses = {each.name: each.label for each in material.rules.statuses.values()}
    rows = []
    for number, each in enumerate(found, start=1):
        said = (
            f"{statuses.get(value, value)} ({', '.join(dict.fromkeys(material.titles[name] for name in names))})"
            for value, names in zip(each.values, each.documents, strict=True)
        )
        cells = (each.aspect, "; ".join(said), cell(f"contradiction {number}", each.facts))
        rows.append(Row(f"{each.kind} – {each.roles}", cells))
    by_aspect = {
        aspect: grouped(f"contradictions in {aspect}", {f"{each.kind} – {each.roles} ({number})": each.facts for number, each in enumerate(group, start=1)})
        for aspect, group in grouping(found, lambda each: each.aspect).items()
    }  # fmt: skip
    text = prose(
        "Texts contradict each other {status} about whether something is so, {time} about when it was.",
        **{aspect: counted(by_aspect.get(aspect, "0"), "time") for aspect in ("status", "time")},
    )
    table = Table(
        title, ("what", "in", "what is said, and where", "facts"), tuple(rows), "",
        f"In status: one text says that it is so, another that it is not. In time: two texts date what is otherwise the same up to {attention.NEAR} days apart.",
    )  # fmt: skip
    return Section(title, text, (shortened(table, max(material.top, 25)),), sparql=recount(figures(text)))
