"""The sections of a report about its actors: who is central, and who sides with whom."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from dipgraph.network import balance, frustration, measures
from dipgraph.pipeline.report.material import Material, cell, counted, figures, grouped, prose, shortened
from dipgraph.pipeline.report.queries import facts_by_entity, recount, relative
from dipgraph.views.factions import Factions, Node, Tie
from dipgraph.views.report import Cell, Prose, Row, Section, Table

if TYPE_CHECKING:
    import networkx as nx

UNLIFTED = "No fact that is said to be so joins two states."
DRAWN = 200
"""So many states of the signed network are drawn at most."""
LISTED = 1000
"""So many triads are named at most; of more only the number is given."""
ENTITIES, STATES = "entity", "state"


def central(material: Material) -> Section:
    """Who has most facts with others, among all and among states."""
    title = "Central actors"
    if not material.entities:
        return Section(title, missing="No fact that is said to be so joins two entities.")
    tables = [_ranked(material, material.entities, ENTITIES, "Entities with most facts")]
    if material.states:
        tables.append(_ranked(material, material.states, STATES, "States with most facts"))
    first = tables[0].rows[0]
    most = replace(first.figures[0], words=f"facts of {first.head} with others")
    text = prose("{who} has most: {most} with others.", who=first.head, most=counted(most, "fact"))
    return Section(title, text, tuple(tables), sparql=facts_by_entity(material.rules))


def _ranked(material: Material, graph: measures.MultiGraph, column: str, caption: str) -> Table:
    arriving, leaving = defaultdict(set), defaultdict(set)
    for source, target, fact, symmetric in measures.ties(graph):
        for tail, head in ((source, target), (target, source)) if symmetric else ((source, target),):
            leaving[tail].add(fact)
            arriving[head].add(fact)
    rows = []
    for rank in measures.ranking(graph):
        name, to, by = relative(rank.iri), arriving[rank.iri], leaving[rank.iri]
        counts = (
            cell(name, sorted(to | by)),
            cell(f"{name} in", sorted(to), "0"),
            cell(f"{name} out", sorted(by), "0"),
        )
        color = material.rules.classes[rank.kind].color if rank.kind in material.rules.classes else ""
        rows.append(
            Row(rank.label, (*counts, f"{rank.betweenness:.3f}", f"{rank.pagerank:.3f}", str(rank.community)), color)
        )
    lifted = (
        "Who acts for a state stands for it: whoever represented it at the time, and the bodies that belong to it. " if column == STATES else ""
    )  # fmt: skip
    return shortened(
        Table(
            caption, (column, "facts", "in", "out", "betweenness", "PageRank", "community"), tuple(rows),
            facts_by_entity(material.rules) if column == ENTITIES else "",
            f"{lifted}Facts that join it to others (Freeman 1978): in those done to it, out those that it does, both where neither "
            "side acts on the other. Betweenness: Freeman 1977; PageRank: Page et al. 1999; communities: Blondel et al. 2008.",
            bars=True,
        ),
        material.top,
    )  # fmt: skip


def signed(material: Material) -> Section:
    """The signed network of states, its balance and its factions."""
    title = "Who sides with whom"
    network = balance.signed(material.states)
    if not network.number_of_edges():
        return Section(title, missing=f"{UNLIFTED} Without ties there are no factions.")
    text = _pairs(material, network)
    if all(tie["sign"] > 0 for *_, tie in network.edges(data=True)):
        text += (" No state is more against another than for it, so that nothing divides them.",)
        return Section(title, text, sparql=recount(figures(text)))
    solved = frustration.frustration(network)
    text += (*_triads(network), *_division(material, network, solved))
    tables = [_factions(material, network, solved)]
    if solved.frustrated:
        tables.append(_frustrated(material, solved))
    return Section(title, text, tuple(tables), sparql=recount(figures(text)))


def _pairs(material: Material, network: "nx.Graph[str]") -> Prose:
    """How many pairs of states are friends, enemies, or neither for all their facts."""
    pairs: dict[str, dict[str, set[str]]] = {"friends": {}, "enemies": {}, "even": {}}
    for source, target, data in material.states.edges(data=True):
        if source != target and data["sign"]:
            tie = network.get_edge_data(source, target)
            side = "even" if tie is None else "friends" if tie["sign"] > 0 else "enemies"
            pairs[side].setdefault(material.pair(source, target), set()).add(data["fact"])
    found = {side: {name: sorted(facts) for name, facts in sorted(groups.items())} for side, groups in pairs.items()}
    return prose(
        "{friends} of states with more cooperative than conflictual facts, {enemies} the other way, {even} where they cancel out.",
        friends=counted(grouped("pairs with more cooperative facts", found["friends"]), "pair"),
        enemies=grouped("pairs with more conflictual facts", found["enemies"]),
        even=grouped("pairs whose facts cancel out", found["even"]),
    )


def _triads(network: "nx.Graph[str]") -> Prose:
    """How many triads are balanced."""
    triads = list(balance.triads(network))
    if not triads:
        return (" No three of them are tied each to each.",)
    balanced = [each for each in triads if each.balanced]

    def number(words: str, found: Sequence[balance.Triad]) -> Cell:
        if len(triads) > LISTED:
            return f"{len(found):,}"
        named = enumerate(found, start=1)
        return grouped(words, {f"{n}: {t.first}, {t.second}, {t.third} ({t.signs})": t.facts for n, t in named})

    return prose(
        " Of {all}, {balanced} {are} balanced ({share}; Cartwright and Harary 1956).",
        all=counted(number("triads", triads), "triad"),
        balanced=number("balanced triads", balanced),
        are="is" if len(balanced) == 1 else "are",
        share=f"{len(balanced) / len(triads):.0%}",
    )


def _division(material: Material, network: "nx.Graph[str]", solved: frustration.Frustration) -> Prose:
    """How many ties go against the factions, how sure that is, and what it leaves open."""
    import networkx as nx

    ties = {material.pair(a, b): tie["facts"] for a, b, tie in sorted(network.edges(data=True), key=lambda e: e[:2])}
    against = {material.pair(tie.source, tie.target): tie.facts for tie in solved.frustrated}
    parts = sum(len(part) > 1 for part in nx.connected_components(network))
    apart = (
        f" The network falls into {parts} parts that no tie joins: which side of one goes with which of another is arbitrary."
        if parts > 1
        else ""
    )
    return prose(
        " Of {ties}, {against} {go} against the best division into two factions ({proof}).{apart}",
        ties=counted(grouped("ties", ties), "tie"),
        against=grouped("ties against the division", against),
        go="goes" if solved.index == 1 else "go",
        proof="no division does better" if solved.exact else f"at least {solved.bound} go against any",
        apart=apart,
    )


def _factions(material: Material, network: "nx.Graph[str]", solved: frustration.Frustration) -> Table:
    busiest = sorted((side for side in solved.sides if side.ties), key=lambda side: (-side.ties, side.label, side.iri))
    against = {(tie.source, tie.target) for tie in solved.frustrated}
    drawn = {side.iri for side in busiest[:DRAWN]}
    chart = Factions(
        tuple(Node(side.iri, side.label, side.faction, side.ties, relative(side.iri)) for side in busiest[:DRAWN]),
        tuple(
            Tie(*pair, int(network.edges[pair]["sign"]), pair in against)
            for pair in sorted((min(a, b), max(a, b)) for a, b in network.edges)
            if drawn.issuperset(pair)
        ),
    )
    rows = tuple(_side(material, side, network, against) for side in busiest)
    table = Table(
        "Factions", ("state", "faction", "ties", "against", "if it changed sides"), rows, "",
        "A tie goes against the division where friends stand on two sides or enemies on one; the last column says by how many "
        "such ties would become more if that state alone changed sides: at +0 it could stand on either, and another division may go against as few. Harary 1959; "
        "bounded from below by unbalanced cycles (Barahona and Mahjoub 1986), from above by tabu search (Glover 1989).", chart, _legend(chart, len(busiest)),
    )  # fmt: skip
    return shortened(table, max(material.top, 32))


def _side(material: Material, side: frustration.Side, network: "nx.Graph[str]", against: Set[tuple[str, ...]]) -> Row:
    """Where a state stands, with its ties by the other state."""
    ties = {material.names[other]: tie["facts"] for other, tie in sorted(network[side.iri].items())}
    wrong = {
        material.names[other]: ties[material.names[other]]
        for other in sorted(network[side.iri])
        if tuple(sorted((side.iri, other))) in against
    }
    name = relative(side.iri)
    return Row(
        side.label, (str(side.faction), grouped(name, ties), grouped(f"{name} against", wrong), f"{side.change:+,}")
    )


def _legend(chart: Factions, everyone: int) -> str:
    only = f" Drawn are the {DRAWN} states with most ties, of {everyone}." if everyone > DRAWN else ""
    if chart.blocks:
        return (
            "Each state is a row and again a column; full squares are friends, half ones enemies, strong ones go against the "
            f"division. Without these, friends would fill the two blocks on the diagonal and enemies the others.{only}"
        )
    return f"Full lines: friends; dashed lines: enemies; heavy lines go against the division.{only}"


def _frustrated(material: Material, solved: frustration.Frustration) -> Table:
    rows = tuple(
        Row(f"{tie.source_label} – {tie.target_label}", (
            "friends on two sides" if tie.sign > 0 else "enemies on one side",
            cell(f"{relative(tie.source)} {relative(tie.target)}", tie.facts),
        ))
        for tie in solved.frustrated
    )  # fmt: skip
    return shortened(
        Table("Ties that go against the factions", ("pair", "what they are", "facts"), rows, ""), material.top
    )
