"""The sections of a report about the network: who is central, who sides with whom, what passes between whom and leads to what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dipgraph.network import balance, chains, frustration, honours, measures
from dipgraph.network.occurrences import label
from dipgraph.pipeline.sections import Material, counted, relative, shortened
from dipgraph.views.charts import Mark, Node, factions, timelines
from dipgraph.views.report import Figure, Row, Section, Table

MATRIX = 16
"""Rows and columns of a matrix at most."""
LANES = 8
"""Pairs whose time line is drawn."""
UNLIFTED = "No fact that is said to be so joins two states."
Pair = tuple[str, str]


def central(material: Material) -> Section:
    """Who has most facts with others, among all and among states."""
    if not material.entities:
        return Section("Central actors", "", missing="No fact that is said to be so joins two entities.")
    tables = tuple(
        _ranked(material, graph, caption)
        for graph, caption in ((material.entities, "Entities"), (material.states, "States, with what was done in their name"))
        if graph
    )  # fmt: skip
    first = tables[0].rows[0]
    lead = f"{first.head} has most: {counted(first.figures[0].value, 'fact')} with others."
    return Section("Central actors", lead, tables)


def _ranked(material: Material, graph: measures.MultiGraph, caption: str) -> Table:
    facts: dict[str, set[str]] = defaultdict(set)
    for source, end, fact, _ in measures.ties(graph):
        facts[source].add(fact)
        facts[end].add(fact)
    rows = tuple(
        Row(
            rank.label,
            (
                Figure(relative(rank.iri), tuple(sorted(facts[rank.iri]))),
                f"{rank.in_degree:,}", f"{rank.out_degree:,}", f"{rank.betweenness:.3f}", f"{rank.pagerank:.3f}", str(rank.community),
            ),
            material.rules.classes[rank.kind].color if rank.kind in material.rules.classes else "",
        )
        for rank in measures.ranking(graph)
    )  # fmt: skip
    columns = (caption.split(",")[0].lower().replace("entities", "entity").replace("states", "state"),)
    return shortened(
        Table(
            caption, (*columns, "facts", "in", "out", "betweenness", "PageRank", "community"), rows, "", bars=True,
            note="Facts that join it to others: in those done to it, out those that it does, both where neither side acts on "
            "the other (Freeman 1978). Betweenness: Freeman 1977; PageRank: Page et al. 1999; communities: Blondel et al. 2008.",
        ),
        material.top,
    )  # fmt: skip


def signed(material: Material) -> Section:
    """The signed network of states, its balance and its factions."""
    network = balance.signed(material.states)
    if not network.number_of_edges():
        return Section("Who sides with whom", "", missing=f"{UNLIFTED} Without ties there are no factions.")
    counts, solved = balance.balance(material.states), frustration.frustration(network)
    share = (
        "" if counts.balanced is None else f" {counts.balanced:.0%} of {counted(counts.triads, 'triad')} are balanced."
    )
    proof = "no division does better" if solved.exact else f"at least {solved.bound} go against any"
    lead = (
        f"{counted(counts.positive, 'pair')} of states with more cooperative than conflictual facts, {counts.negative:,} the "
        f"other way, {counts.mixed:,} where they cancel out.{share} {counted(solved.index, 'tie')} of {solved.ties:,} "
        f"{'goes' if solved.index == 1 else 'go'} against the best division into two factions ({proof})."
    )
    return Section("Who sides with whom", lead, _sides(material, network, solved))


def _sides(material: Material, network: Any, solved: frustration.Frustration) -> tuple[Table, ...]:
    against = {(tie.source, tie.target) for tie in solved.frustrated}
    ties = [
        (a, b, int(tie["sign"]), (a, b) in against)
        for a, b, tie in sorted(network.edges(data=True), key=lambda e: e[:2])
    ]
    busiest = sorted((side for side in solved.sides if side.ties), key=lambda side: (-side.ties, side.label, side.iri))
    shown = sorted(busiest[:32], key=lambda side: (side.label, side.iri))
    chart = factions(
        [Node(s.iri, s.label, s.faction, s.ties) for s in shown], ties, "The two factions of the signed network"
    )
    rows = tuple(
        Row(side.label, (
            str(side.faction),
            Figure(relative(side.iri), tuple(sorted({f for *_, tie in network.edges(side.iri, data=True) for f in tie["facts"]}))),
            f"{side.ties:,}", f"{side.frustrated:,}", f"{side.change:+,}",
        ))
        for side in busiest
    )  # fmt: skip
    tables = [shortened(
        Table(
            "Factions", ("state", "faction", "facts", "ties", "against", "if it changed sides"), rows, "",
            "Full lines: friends; dashed lines: enemies; heavy lines go against the division. The last column says by how many "
            "such ties would become more or fewer. Harary 1959; solved exactly as in Aref, Mason and Wilson 2020.", chart,
        ),
        max(material.top, 32),
    )]  # fmt: skip
    if solved.frustrated:
        lines = tuple(
            Row(f"{tie.source_label} – {tie.target_label}", ("friends" if tie.sign > 0 else "enemies", Figure(f"{relative(tie.source)} {relative(tie.target)}", tie.facts)))
            for tie in solved.frustrated
        )  # fmt: skip
        tables.append(
            shortened(Table("Ties that go against the factions", ("pair", "though", "facts"), lines, ""), material.top)
        )
    return tuple(tables)


def exchanged(material: Material) -> Section:
    """What tokens of esteem passed between states, and what happened around them."""
    kinds = [kind for kind in material.rules.kinds.values() if any(role.token for role in kind.roles.values())]
    title, names = "Exchange of tokens of esteem", ", ".join(kind.label for kind in kinds) or "none in this ontology"
    given = honours.awards(material.states, material.rules)
    if not given:
        return Section(title, "", missing=f"No token passed between two states (kinds of fact looked for: {names}).")
    found = honours.reciprocity(given)
    lead = (
        f"Kinds of fact: {names}. {counted(found.awards, 'token')} passed from {counted(found.givers, 'state')} to "
        f"{counted(found.receivers, 'state')}; of {counted(found.pairs, 'pair')}, {found.mutual:,} gave and returned."
    )
    tables = [_matrix(honours.exchanges(given)), _given(material, given)]
    around = _around(material)
    return Section(title, lead, (*tables, *([around] if around.rows else [])))


def _matrix(rows: Sequence[honours.Exchange]) -> Table:
    size: dict[str, int] = defaultdict(int)
    for row in rows:
        size[row.source_label] += row.given
        size[row.target_label] += row.given
    names = sorted(sorted(size, key=lambda each: (-size[each], each))[:MATRIX])
    facts: dict[Pair, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        facts[row.source_label, row.target_label] += row.given_facts
    givers = [each for each in names if any(facts.get((each, other)) for other in names)]
    receivers = [each for each in names if any(facts.get((other, each)) for other in names)]
    lines = tuple(
        Row(giver, tuple(Figure(f"{giver} → {to}", facts[giver, to]) if facts.get((giver, to)) else "" for to in receivers))
        for giver in givers
    )  # fmt: skip
    return shortened(Table("Who gave whom how many", ("from \\ to", *receivers), lines, "", matrix=True), MATRIX)


def _given(material: Material, given: Iterable[honours.Award]) -> Table:
    rows = tuple(
        Row(
            each.time or "undated",
            (each.source_label, each.target_label, each.token, each.grade, Figure(f"{number}", (each.fact,))),
        )
        for number, each in enumerate(given, start=1)
    )
    return shortened(
        Table("The tokens", ("time", "from", "to", "token", "grade", "fact"), rows, ""), max(material.top, 25)
    )


def _around(material: Material) -> Table:
    groups: dict[str, list[honours.Around]] = defaultdict(list)
    for each in honours.around(material.states, material.rules, within=material.within):
        groups[each.kind].append(each)
    rows = []
    for kind, found in sorted(groups.items()):
        columns = {
            "before": tuple(fact for each in found for fact in each.facts_before),
            "at the same time": tuple(fact for each in found for fact in each.facts_at),
            "after": tuple(fact for each in found for fact in each.facts_after),
        }
        if any(columns.values()):
            rows.append(Row(kind, tuple(Figure(f"{kind} {when}", facts) for when, facts in columns.items())))
    return shortened(
        Table(
            f"What happened between giver and receiver within {material.within} days of a token",
            ("kind of fact", "before", "at the same time", "after"), tuple(rows), "",
        ),
        len(rows),
    )  # fmt: skip


def dyads(material: Material) -> Section:
    """The busiest pairs of states and their facts through time."""
    facts: dict[Pair, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for source, end, data in material.states.edges(data=True):
        if source != end:
            facts[min(source, end), max(source, end)][data["fact"]] = data
    if not facts:
        return Section("The busiest pairs through time", "", missing=UNLIFTED)
    busiest = sorted(facts, key=lambda pair: (-len(facts[pair]), _pair(material, pair), pair))
    lanes = [(_pair(material, pair), _marks(material, facts[pair])) for pair in busiest[:LANES]]
    rows = tuple(_dyad(material, pair, facts[pair]) for pair in busiest)
    lead = f"{counted(len(facts), 'pair')} of states are tied by facts; {rows[0].head} by most."
    return Section("The busiest pairs through time", lead, (shortened(
        Table(
            "Pairs of states", ("pair", "facts", "cooperative", "neither", "conflictual", "from", "to"), rows, "",
            "In the chart: upwards what is cooperative, downwards what is conflictual, on the line what is neither; colours are "
            "those of the kinds of fact. Undated facts are counted, not drawn.",
            timelines([lane for lane in lanes if lane[1]], "Facts of the busiest pairs through time"),
        ),
        max(material.top, LANES),
    ),))  # fmt: skip


def _dyad(material: Material, pair: Pair, facts: Mapping[str, Mapping[str, Any]]) -> Row:
    code = " ".join(map(relative, pair))
    parts = [
        Figure(f"{code} {word}", found) if found else ""
        for sign, word in ((1, "+"), (0, "0"), (-1, "-"))
        for found in [tuple(sorted(fact for fact, data in facts.items() if data["sign"] == sign))]
    ]
    times = sorted(data["begin"] for data in facts.values() if data["begin"])
    ends = (times[0][:7], times[-1][:7]) if times else ("", "")
    return Row(_pair(material, pair), (Figure(code, tuple(sorted(facts))), *parts, *ends))


def _marks(material: Material, facts: Mapping[str, Mapping[str, Any]]) -> list[Mark]:
    return [
        Mark(_year(data["begin"]), int(data["sign"]), material.label(data["type"]), material.color(data["type"]), f"{material.label(data['type'])} {data['time']}")
        for _, data in sorted(facts.items())
        if data["begin"]
    ]  # fmt: skip


def _year(day: str) -> float:
    found = date.fromisoformat(day)
    return found.year + (found.timetuple().tm_yday - 1) / 366


def _pair(material: Material, pair: Pair) -> str:
    return " – ".join(sorted(label(material.states, node) for node in pair))


def sequences(material: Material) -> Section:
    """What led to what between two states, and how often."""
    found = chains.links(material.states, material.rules, within=material.within)
    if not any(link.starts for link in found):
        return Section(
            "What led to what", "", missing="No dated fact of a kind that leads to another joins two states."
        )
    links = tuple(
        Row(f"{link.first} → {link.second}", (
            f"{link.starts:,}", f"{link.followed:,}", f"{link.open:,}", "" if link.share is None else f"{link.share:.0%}",
            "" if link.median_days is None else f"{link.median_days:,.0f}",
            Figure(f"{link.first} → {link.second}", tuple(fact for both in link.facts for fact in both)),
        ))
        for link in found if link.starts
    )  # fmt: skip
    longer = [
        chain for chain in chains.chains(material.states, material.rules, within=material.within) if chain.length > 1
    ]
    rows = tuple(
        Row(f"{chain.source} – {chain.target}", (
            " → ".join(f"{kind} ({time})" for kind, time in zip(chain.kinds, chain.times, strict=True)), f"{chain.days:,}",
            Figure(f"chain {number}", chain.facts),
        ))
        for number, chain in enumerate(longer, start=1)
    )  # fmt: skip
    tables = [shortened(
        Table(
            f"How often a link held within {material.within} days",
            ("link", "starts", "followed", "open", "held", "median days", "facts"), links, "",
            "Between the same two states. Open: not followed, but the graph ends before the days are up; the share leaves those "
            "out. A lagged transitional probability (Bakeman and Gottman 1997); what nobody reported did not follow here.",
        ),
        len(links),
    )]  # fmt: skip
    if rows:
        tables.append(shortened(Table("Chains", ("pair", "steps", "days", "facts"), rows, ""), material.top))
    return Section("What led to what", f"{counted(len(rows), 'chain')} of two steps or more.", tuple(tables))
