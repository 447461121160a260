"""The sections of a report about what states do with each other: what passes between them, when, and what leads to what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from dipgraph.network import chains, honours
from dipgraph.network.occurrences import occurrences
from dipgraph.pipeline.report import calendar
from dipgraph.pipeline.report.actors import UNLIFTED
from dipgraph.pipeline.report.material import (
    Groups,
    Material,
    cell,
    counted,
    figures,
    grouped,
    grouping,
    prose,
    shortened,
)
from dipgraph.pipeline.report.queries import SIGNS, UNDATED, recount, relative
from dipgraph.pipeline.report.texts import SIGNED
from dipgraph.views.charts import Lane, Mark, Timelines
from dipgraph.views.report import Cell, Prose, Row, Section, Table

MATRIX = 40
"""Rows and columns of a matrix at most."""
LANES = 8
"""Pairs whose time line is drawn."""
ALL = "all"
Pair = tuple[str, str]
Facts = Mapping[str, Mapping[str, Any]]


def exchanged(material: Material) -> Section:
    """What tokens of esteem passed between states, and what happened around them."""
    passing = [kind for kind in material.rules.kinds.values() if kind.token]
    kinds = ", ".join(kind.label for kind in passing)
    title, given = "Honours and other tokens exchanged", honours.awards(material.states, material.rules)
    if not given:
        return Section(title, missing=f"No token passed between two states (kinds of fact looked for: {kinds or 'none in this ontology'}).")  # fmt: skip
    pairs = grouping(given, lambda each: material.pair(each.source, each.target))
    mutual = {name: pair for name, pair in pairs.items() if len({each.source for each in pair}) > 1}
    text = prose(
        "Kinds of fact: {kinds}. {tokens} passed from {givers} to {receivers}; of {pairs}, {mutual} gave and returned.{others}",
        kinds=kinds,
        tokens=counted(_times("tokens", [(each.fact,) for each in given]), "token"),
        givers=counted(grouped("givers", _facts(grouping(given, lambda each: material.names[each.source]))), "state"),
        receivers=counted(grouped("receivers", _facts(grouping(given, lambda each: material.names[each.target]))), "state"),
        pairs=counted(grouped("pairs", _facts(pairs)), "pair"),
        mutual=grouped("pairs that gave and returned", _facts(mutual)),
        others=_others(material, {kind.name for kind in passing}, given),
    )  # fmt: skip
    tables = [_matrix(material, honours.exchanges(given)), _given(material, given)]
    around = _around(material)
    if not around.rows:
        text = (*text, f" Nothing that leads to something else is dated within {material.within} days of one.")
    return Section(title, text, (*tables, *([around] if around.rows else [])), sparql=recount(figures(text)))


def _others(material: Material, kinds: Set[str], given: Iterable[honours.Award]) -> Prose:
    """The tokens that passed, but not from one state to another as far as the texts say."""
    counted_so = {each.fact for each in given}
    plain = material.rules.default_status
    hidden = [f.iri for f in material.facts if f.kind in kinds and f.status == plain and f.iri not in counted_so]
    words = " {others} of these kinds {are} not counted here: no text says which state gave it to which other."
    others = counted(cell("tokens not between two states", hidden), "fact")
    return prose(words, others=others, are="is" if len(hidden) == 1 else "are") if hidden else ()


def _facts(groups: Mapping[str, Sequence[honours.Award]]) -> Groups:
    return {name: tuple(dict.fromkeys(each.fact for each in found)) for name, found in groups.items()}


def _matrix(material: Material, rows: Sequence[honours.Exchange]) -> Table:
    """Who gave whom: who exchanged most first, in rows and columns alike."""
    size = Counter[str]()
    given: dict[Pair, tuple[str, ...]] = {}
    for row in rows:
        size.update({row.source: row.given, row.target: row.given})
        if row.given_facts:
            given[row.source, row.target] = row.given_facts
    names = material.names
    order = sorted(size, key=lambda iri: (-size[iri], names[iri]))
    shown = order[:MATRIX]
    givers = [each for each in shown if any((each, other) in given for other in shown)]
    receivers = [each for each in shown if any((other, each) in given for other in shown)]

    def number(sources: Iterable[str], targets: Sequence[str], name: str) -> Cell:
        found = [(fact,) for a in sources for b in targets for fact in given.get((a, b), ())]
        return _times(name, found) if found else ""

    lines = [
        Row(names[a], (
            *(number([a], [b], f"{relative(a)} → {relative(b)}") for b in receivers),
            number([a], receivers, f"{relative(a)} → {ALL}"),
        ))
        for a in givers
    ]  # fmt: skip
    sums = (*(number(givers, [b], f"{ALL} → {relative(b)}") for b in receivers), number(givers, receivers, ALL))
    hidden = len(order) - len(shown)
    rest = (
        f"{hidden:,} more state{'' if hidden == 1 else 's'}, with fewer tokens, {'is' if hidden == 1 else 'are'} not shown."
        if hidden
        else ""
    )
    table = Table(
        "Who gave whom how many", ("from \\ to", *(names[each] for each in receivers), ALL), (*lines, Row(ALL, sums)), "",
        matrix=True, rest=rest,
    )  # fmt: skip
    return shortened(table, len(table.rows))


def _given(material: Material, given: Iterable[honours.Award]) -> Table:
    rows = tuple(
        Row(
            each.time or UNDATED,
            (each.source_label, each.target_label, each.token, each.grade, cell(f"{number}", [each.fact])),
        )
        for number, each in enumerate(given, start=1)
    )
    return shortened(
        Table("The tokens", ("time", "from", "to", "token", "grade", "fact"), rows, ""), max(material.top, 25)
    )


def _around(material: Material) -> Table:
    found = grouping(honours.around(material.states, material.rules, within=material.within), lambda each: each.kind)
    rows = []
    for kind, group in found.items():
        columns = {
            "before": [fact for each in group for fact in each.facts_before],
            "at the same time": [fact for each in group for fact in each.facts_at],
            "after": [fact for each in group for fact in each.facts_after],
        }
        if any(columns.values()):
            rows.append(Row(kind, tuple(cell(f"{kind} {when}", facts) for when, facts in columns.items())))
    return shortened(
        Table(
            f"What happened between giver and receiver within {material.within} days of a token",
            ("kind of fact", "before", "at the same time", "after"), tuple(rows), "",
        ),
        len(rows),
    )  # fmt: skip


def dyads(material: Material) -> Section:
    """The busiest pairs of states and their facts through time."""
    title = "The busiest pairs through time"
    facts: dict[Pair, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for source, end, data in material.states.edges(data=True):
        if source != end:
            facts[min(source, end), max(source, end)][data["fact"]] = data
    if not facts:
        return Section(title, missing=UNLIFTED)
    busiest = sorted(facts, key=lambda pair: (-len(facts[pair]), material.pair(*pair), pair))
    rows = tuple(_dyad(material, pair, facts[pair]) for pair in busiest)
    lanes = [Lane(material.pair(*pair), _code(pair), _marks(material, facts[pair])) for pair in busiest]
    lanes = [lane for lane in lanes[:LANES] if lane.marks]
    text = prose(
        "{pairs} of states are tied by facts; {first} by most: {most}.",
        pairs=counted(grouped("pairs", {material.pair(*pair): sorted(facts[pair]) for pair in busiest}), "pair"),
        first=rows[0].head, most=replace(rows[0].figures[0], words=f"facts of {rows[0].head}"),
    )  # fmt: skip
    table = Table(
        "Pairs of states", ("pair", "facts", *SIGNED.values(), "from", "to"), rows, "",
        chart=Timelines(tuple(lanes), calendar.since([mark.at for lane in lanes for mark in lane.marks])) if lanes else None,
        legend=f"The {len(lanes)} pairs with most facts. Above the line what is cooperative or neither, below it what is "
        "conflictual; where facts are too many for a mark each, a bar stands for those of one time. Undated ones are not drawn.",
    )  # fmt: skip
    return Section(title, text, (shortened(table, max(material.top, LANES)),), sparql=recount(figures(text)))


def _dyad(material: Material, pair: Pair, facts: Facts) -> Row:
    parts = (
        cell(f"{_code(pair)} {SIGNS[sign]}", sorted(fact for fact, data in facts.items() if data["sign"] == sign))
        for sign in SIGNED
    )
    times = sorted(data["begin"] for data in facts.values() if data["begin"])
    ends = (times[0][:7], times[-1][:7]) if times else ("", "")
    return Row(material.pair(*pair), (cell(_code(pair), sorted(facts)), *parts, *ends))


def _marks(material: Material, facts: Facts) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            calendar.year(data["begin"]), int(data["sign"]), material.label(data["type"]), material.color(data["type"]),
            fact, f"{material.label(data['type'])} {data['time']}",
        )
        for fact, data in sorted(facts.items())
        if data["begin"]
    )  # fmt: skip


def _code(pair: Pair) -> str:
    return " ".join(map(relative, pair))


def sequences(material: Material) -> Section:
    """What led to what between two states, and how often."""
    title = "What led to what"
    links = [each for each in chains.links(material.states, material.rules, within=material.within) if each.starts]
    if not links:
        return Section(title, missing="No dated fact of a kind that leads to another joins two states.")
    found = [each for each in chains.chains(material.states, material.rules, within=material.within) if each.length > 1]
    numbered = {f"{each.source} – {each.target} ({number})": each for number, each in enumerate(found, start=1)}
    text = prose(
        "{chains} of two steps or more.",
        chains=counted(grouped("chains", {n: each.facts for n, each in numbered.items()}), "chain"),
    )
    rows = tuple(
        Row(f"{chain.source} – {chain.target}", (
            " → ".join(f"{kind} ({time})" for kind, time in zip(chain.kinds, chain.times, strict=True)), f"{chain.days:,}",
            cell(f"chain {number}", chain.facts),
        ))
        for number, chain in enumerate(found, start=1)
    )  # fmt: skip
    tables = [_links(material, links)]
    if rows:
        tables.append(shortened(Table("Chains", ("pair", "steps", "days", "facts"), rows, ""), material.top))
    return Section(title, text, tuple(tables), sparql=recount(figures(text)))


def _links(material: Material, links: Sequence[chains.Link]) -> Table:
    names = {kind.label: kind.name for kind in material.rules.kinds.values()}
    rows = []
    for link in links:
        name = f"{link.first} → {link.second}"
        dated = occurrences(material.states, {names[link.first]}).values()
        starts = [each.fact for found in dated for each in found]
        waiting = Counter(starts) - Counter(first for first, _ in link.facts) - Counter(link.missed)
        rows.append(Row(name, (
            _times(f"{name}: starts", [(fact,) for fact in starts]),
            _times(f"{name}: followed", link.facts),
            _times(f"{name}: not followed", [(fact,) for fact in link.missed]),
            _times(f"{name}: open", [(fact,) for fact in waiting.elements()]),
            "" if link.share is None else f"{link.share:.0%}",
            "" if link.median_least_days is None else f"{link.median_least_days:,.0f}",
        )))  # fmt: skip
    return shortened(
        Table(
            f"How often a link held within {material.within} days",
            ("link", "starts", "followed", "not followed", "open", "held", "median days"), tuple(rows), "",
            "Between the same two states; a fact of several pairs counts once for each. Open: not followed, but the graph ends "
            "before the days are up; the share held leaves those out. Days are as few as the times allow. A lagged transitional probability (Bakeman and Gottman "
            "1997); what nobody reported did not follow here.",
        ),
        len(rows),
    )  # fmt: skip


def _times(words: str, found: Sequence[tuple[str, ...]]) -> Cell:
    """How often facts stand here: as plain facts where each stands once and alone, else each time by its number."""
    if len({fact for facts in found for fact in facts}) == len(found):
        return cell(words, [fact for facts in found for fact in facts], "0")
    return grouped(words, {f"{number}": facts for number, facts in enumerate(found, start=1)})
