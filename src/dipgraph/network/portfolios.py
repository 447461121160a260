"""Alliances: who belonged to what when, how much two states' alliances overlap, and how alike their portfolios are.

A membership is told by the facts of a graph of `entities` (`told`), or known beforehand from the gazetteer (`known`). Which
kinds of fact tell one follows from the ontology: lasting, cooperative ties of a state, and what begins and ends them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import isnan
from typing import TYPE_CHECKING, Any

from dipgraph.model import Gazetteer, Tenure
from dipgraph.network.agreement import kappas, pis, s_scores
from dipgraph.network.measures import MultiGraph
from dipgraph.network.offices import STATE, Days, served
from dipgraph.network.periods import held, time_of
from dipgraph.ontology import Kind, Ontology

if TYPE_CHECKING:
    import networkx as nx

BLOC = "Alliance"
JOIN = "|"
"""Between the IRIs of two states whose alliance has no name: it is a body of two."""
Spell = tuple[str, Days, str]
"""What a fact does to a membership, its first and last day, its IRI."""
DURING, BEGIN, END = "during", "begin", "end"


@dataclass(frozen=True, order=True)
class Membership:
    """A state's time in a body (IRIs; of an alliance of two, both joined by "|"), with the facts that tell it (IRIs)."""

    state: str
    body: str
    begin: date
    end: date
    facts: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether it is one on that day."""
        return self.begin <= day <= self.end


@dataclass(frozen=True)
class Belonging:
    """A membership as a row with labels; `begin` and `end` are ISO days, "" where not known or open."""

    state: str
    body: str
    state_label: str
    body_label: str
    begin: str
    end: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Similarity:
    """How alike two states' alliances are. `shared`, `jaccard`: the bodies; the rest: whom they are allied with."""

    source: str
    target: str
    source_label: str
    target_label: str
    shared: int
    jaccard: float
    s: float
    kappa: float | None
    pi: float | None
    bodies: tuple[str, ...]
    """Labels of what both belong to."""
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Cohesion:
    """The alliances of one day as a whole."""

    states: int
    bodies: int
    memberships: int
    ties: int
    """Pairs of states that are allied."""
    density: float | None
    closure: float | None
    """Share of the allies of a state that are allied with each other, over all states (transitivity)."""
    two_mode_closure: float | None
    """Share of the chains of two shared bodies that a second shared body closes."""


def told(graph: MultiGraph, ontology: Ontology) -> tuple[Membership, ...]:
    """The memberships that the facts of a graph of entities tell, one for each state and body.

    One that is told without a time is taken to hold from its first publication on, or always where that is not known.
    """
    lasting = {kind.name for kind in ontology.kinds.values() if _binding(kind, ontology)}
    spells: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    for source, target, data in graph.edges(data=True):
        kind = ontology.kind(data["type"])
        step = _step(kind, lasting)
        if step:
            span = held(time_of(data), kind) or (_published(data, graph) or date.min, date.max)
            for pair in _belonging(source, target, graph, ontology):
                spells[pair].append((step, span, str(data["fact"])))
    found = (_membership(*pair, spell) for pair, spell in spells.items())
    return tuple(sorted(membership for membership in found if membership))


def known(gazetteer: Gazetteer, ontology: Ontology) -> tuple[Membership, ...]:
    """The memberships in alliances that the gazetteer lists."""

    def is_bloc(tenure: Tenure) -> bool:
        body = gazetteer.entities.get(tenure.polity)
        return body is not None and ontology.is_a(body.kind, BLOC)

    return tuple(
        sorted(Membership(each.holder, each.polity, *served(each)) for each in gazetteer.memberships if is_bloc(each))
    )


def pacts(memberships: Iterable[Membership], gazetteer: Gazetteer) -> tuple[Membership, ...]:
    """Those in defence pacts: in bodies that the gazetteer knows as such, in alliances of two, and in bodies that it does not know.

    What foreign policies are compared by is pacts that promise military aid (Signorino & Ritter 1999), not every body that
    two states share.
    """
    others = gazetteer.entities.keys() - gazetteer.pacts
    return tuple(each for each in memberships if each.body not in others)


def system(gazetteer: Gazetteer, day: date) -> frozenset[str]:
    """The states that belonged to any body that the gazetteer lists on a day, such as the United Nations: IRIs."""
    spans = ((each.holder, served(each)) for each in gazetteer.memberships)
    return frozenset(state for state, (begin, end) in spans if begin <= day <= end)


def described(memberships: Iterable[Membership], labels: Mapping[str, str]) -> tuple[Belonging, ...]:
    """The memberships as rows, by state and body."""
    rows = (
        Belonging(
            each.state, each.body, labels.get(each.state, each.state), _name(each.body, labels),
            each.begin.isoformat() if each.begin > date.min else "", each.end.isoformat() if each.end < date.max else "",
            each.facts,
        )
        for each in memberships
    )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.state_label, row.body_label, row.begin)))


def similarities(
    memberships: Iterable[Membership], day: date, labels: Mapping[str, str] | None = None, system: Collection[str] = ()
) -> tuple[Similarity, ...]:
    """How alike the alliance portfolios of each two allied states were on a day, the most alike first.

    A portfolio says of every state of the `system` (IRIs; those that are allied with anybody always belong to it) whether it
    is an ally, 1 or 0: who shares a body with one or is its ally by itself, and, as is the custom, oneself. The more states
    of the system have no ally, the more alike are all. S: Signorino, C. S. & Ritter, J. M. (1999). Tau-b or not tau-b:
    measuring the similarity of foreign policy positions. International Studies Quarterly 43, 115-144, unweighted. Corrected
    for chance: kappa (Cohen 1960) and pi (Scott 1955), as in Häge, F. M. (2011). Choice or circumstance? Adjusting measures
    of foreign policy similarity for chance agreement. Political Analysis 19, 287-305. Overlap of bodies: Jaccard's (1901)
    index.
    """
    import numpy as np

    names = labels or {}
    held_by = _held(memberships, day)
    if not held_by:
        return ()
    states = sorted(held_by)
    at = {state: i for i, state in enumerate(states)}
    ties = np.zeros((len(states), len(held_by.keys() | set(system))))
    np.fill_diagonal(ties, 1)
    for a, b in alliances(memberships, day).edges:
        ties[at[a], at[b]] = ties[at[b], at[a]] = 1
    s, kappa, pi = s_scores(ties, 1), kappas(ties), pis(ties)
    rows = []
    for (i, a), (j, b) in combinations(enumerate(states), 2):
        shared = held_by[a].keys() & held_by[b].keys()
        facts = {fact for body in shared for state in (a, b) for fact in held_by[state][body]}
        rows.append(
            Similarity(
                a, b, names.get(a, a), names.get(b, b), len(shared), len(shared) / len(held_by[a].keys() | held_by[b].keys()),
                float(s[i, j]), _defined(kappa[i, j]), _defined(pi[i, j]),
                tuple(sorted(_name(body, names) for body in shared)), tuple(sorted(facts)),
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.s, -row.shared, -row.jaccard, row.source_label, row.target_label)))


def alliances(memberships: Iterable[Membership], day: date) -> "nx.Graph[str]":
    """The states allied on a day: an edge for each two that belong to one body, with `bodies` (IRIs) and their number."""
    import networkx as nx

    held_by = _held(memberships, day)
    allied: nx.Graph[str] = nx.Graph()
    allied.add_nodes_from(sorted(held_by))
    for a, b in combinations(sorted(held_by), 2):
        shared = sorted(held_by[a].keys() & held_by[b].keys())
        if shared:
            allied.add_edge(a, b, bodies=tuple(shared), weight=len(shared))
    return allied


def cohesion(memberships: Sequence[Membership], day: date) -> Cohesion:
    """The alliances of a day as a whole: how many, how dense, how closed.

    Closure: Newman, M. E. J., Watts, D. J. & Strogatz, S. H. (2002). Random graph models of social networks. PNAS 99,
    2566-2572 (transitivity). That states of one body are all tied to each other raises it; so also that of the network of
    states and bodies: Robins, G. & Alexander, M. (2004). Small worlds among interlocking directors. Computational &
    Mathematical Organization Theory 10, 69-94.
    """
    import networkx as nx

    allied = alliances(memberships, day)
    now = {(each.state, each.body) for each in memberships if each.holds(day)}
    two_mode: nx.Graph[str] = nx.Graph(sorted(now))
    has_paths = any(degree > 1 for _, degree in allied.degree)
    return Cohesion(
        states=len(allied),
        bodies=len(two_mode) - len(allied),
        memberships=len(now),
        ties=allied.number_of_edges(),
        density=nx.density(allied) if len(allied) > 1 else None,
        closure=nx.transitivity(allied) if has_paths else None,
        two_mode_closure=float(nx.bipartite.robins_alexander_clustering(two_mode))
        if two_mode.number_of_edges() > 2
        else None,
    )


def _binding(kind: Kind, ontology: Ontology) -> bool:
    """Whether it is a lasting, cooperative tie of states: to a body or to one another."""
    tails = {role for shortcut in kind.shortcuts for role in kind.roles[shortcut.source].ranges}
    return kind.lasting and kind.sign > 0 and bool(tails) and all(ontology.is_a(name, STATE) for name in tails)


def _step(kind: Kind, lasting: Collection[str]) -> str:
    if kind.name in lasting:
        return DURING
    return BEGIN if kind.begins in lasting else END if kind.ends in lasting else ""


def _belonging(source: str, target: str, graph: MultiGraph, ontology: Ontology) -> list[tuple[str, str]]:
    """Which state belongs to what by an edge."""
    kind = str(graph.nodes[target].get("kind", ""))
    if ontology.is_a(kind, STATE):
        pair = JOIN.join(sorted((source, target)))
        return [(source, pair), (target, pair)]
    return [(source, target)] if ontology.is_a(kind, BLOC) else []


def _membership(state: str, body: str, spells: Iterable[Spell]) -> Membership | None:
    """One time in the body, from the earliest beginning to the first end after it; None where only an end is told."""
    steps: dict[str, list[Days]] = defaultdict(list)
    facts = set()
    for step, span, fact in spells:
        steps[step].append(span)
        facts.add(fact)
    begins = [first for first, _ in steps[BEGIN] or steps[DURING]]
    if not begins:
        return None
    begin = min(begins)
    ends = [first for first, _ in steps[END] if first > begin]
    end = min(ends) if ends else max((last for _, last in steps[DURING]), default=date.max)
    return Membership(state, body, begin, end, tuple(sorted(facts)))


def _published(data: Mapping[str, Any], graph: MultiGraph) -> date | None:
    documents = graph.graph.get("documents", {})
    dates = sorted(filter(None, (documents.get(name, {}).get("published", "") for name in data.get("sources", ()))))
    return date.fromisoformat(dates[0]) if dates else None


def _held(memberships: Iterable[Membership], day: date) -> dict[str, dict[str, tuple[str, ...]]]:
    """State -> what it belongs to on that day -> the facts that tell it."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for each in memberships:
        if each.holds(day):
            found[each.state][each.body] = each.facts
    return found


def _defined(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _name(body: str, labels: Mapping[str, str]) -> str:
    return " and ".join(labels.get(part, part) for part in body.split(JOIN))
