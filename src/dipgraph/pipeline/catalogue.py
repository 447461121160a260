"""The analyses by name, each a function from what it looks at to tables of rows: `ANALYSES` lists them.

The measures themselves, as typed functions of any networkx graph that dipgraph makes, are those of `dipgraph.network`.
"""

import difflib
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dipgraph.errors import InputError
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.store import folded
from dipgraph.model import Fact, Gazetteer
from dipgraph.network import (
    attention,
    balance,
    brokerage,
    camps,
    centrality,
    chains,
    frustration,
    honours,
    measures,
    portfolios,
    ranks,
)
from dipgraph.network.choice import Choice, chosen
from dipgraph.network.offices import STATE
from dipgraph.ontology import Ontology
from dipgraph.pipeline.outputs import ENTITIES, STATES

if TYPE_CHECKING:
    import networkx as nx

Rows = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Scope:
    """What an analysis looks at: the graph, or the part of it that is of one period."""

    read: Callable[[], list[Fact]]
    """All facts of the store, read once, and only if they are asked for."""
    rules: Ontology
    whole: "nx.MultiDiGraph[Any]"
    graph: "nx.MultiDiGraph[Any]"
    choice: Choice
    """Which facts the graph is of, whatever their time."""
    first: date = date.min
    last: date = date.max

    @cached_property
    def day(self) -> date | None:
        """The day that a state of affairs is asked for: the last of the period, else of the graph; None if nothing is dated."""
        if self.last < date.max:
            return self.last
        days = sorted(data["begin"] for *_, data in self.whole.edges(data=True) if data["begin"])
        return date.fromisoformat(days[-1]) if days else None

    def facts(self) -> list[Fact]:
        """The facts of the choice and the period, whatever their status."""
        period = None if (self.first, self.last) == (date.min, date.max) else (self.first, self.last)
        choice: Choice = {**self.choice, "statuses": None, "between": period}
        return chosen(self.read(), self.rules, **choice)


@dataclass(frozen=True)
class Analysis:
    """One analysis: its name, what it says in one line, the lens through which it looks by default."""

    name: str
    title: str
    lens: str
    rows: Callable[..., Rows]
    """From a `Scope` and options of its own."""

    @property
    def options(self) -> tuple[str, ...]:
        """The names of its own options."""
        parameters = inspect.signature(self.rows).parameters.values()
        return tuple(each.name for each in parameters if each.kind is each.KEYWORD_ONLY)


def chosen_analysis(name: str) -> Analysis:
    """The analysis of that name; InputError with all names if there is none."""
    if name not in ANALYSES:
        near = difflib.get_close_matches(name, ANALYSES, n=1)
        hint = f"did you mean {near[0]}? There are" if near else "choose"
        raise InputError(f"there is no analysis called {name!r}; {hint} {', '.join(ANALYSES)}.")
    return ANALYSES[name]


def checked(analysis: Analysis, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options that were given; InputError for one that has no effect on the analysis."""
    for name in options:
        if name not in analysis.options:
            takers = [each.name for each in ANALYSES.values() if name in each.options]
            flag = "body" if name == "bodies" else name.replace("_", "-")
            raise InputError(f"--{flag} has no effect on {analysis.name}; it is for {', '.join(takers)}.")
    return options


def _overview(scope: Scope, *, backend: str | None = None) -> Rows:
    return {
        "summary": [measures.summary(scope.graph)],
        "ranking": measures.ranking(scope.graph, backend=backend),
    }


def _centrality(scope: Scope, *, backend: str | None = None) -> Rows:
    return {"centrality": centrality.centralities(scope.graph, backend=backend)}


def _brokerage(scope: Scope, *, backend: str | None = None) -> Rows:
    return {"brokers": brokerage.brokers(scope.graph, backend=backend)}


def _communities(scope: Scope, *, backend: str | None = None) -> Rows:
    with measures.computing(backend):
        by_facts = measures.communities(scope.graph)
    network = balance.signed(scope.graph)
    by_signs = camps.camps(network)
    return {
        "partitions": [
            {"by": "facts", "communities": len(by_facts), "modularity": measures.modularity(scope.graph, by_facts)},
            {"by": "signs", "communities": len(by_signs), "modularity": camps.modularity(network, by_signs)},
        ],
        "communities": _members("facts", by_facts, scope),
        "camps": _members("signs", by_signs, scope),
    }


def _members(by: str, groups: Sequence[Sequence[str]], scope: Scope) -> list[dict[str, Any]]:
    names = scope.graph.nodes(data="label")
    return [
        {
            "by": by,
            "community": i,
            "size": len(group),
            "members": sorted(str(names[n] or n) for n in group),
            "iris": group,
        }
        for i, group in enumerate(groups, 1)
    ]


def _balance(scope: Scope) -> Rows:
    network = balance.signed(scope.graph)
    found = frustration.frustration(network)
    unbalanced = [triad for triad in balance.triads(network) if not triad.balanced]
    figures = {"index": found.index, "bound": found.bound, "exact": found.exact, "normalised": found.normalised}
    return {
        "balance": [asdict(balance.balance(scope.graph)) | figures],
        "factions": found.sides,
        "frustrated": found.frustrated,
        "unbalanced": unbalanced,
        "ties": balance.ties(network),
    }


def _alliances(scope: Scope, *, known: bool = False, bodies: tuple[str, ...] = (), any_body: bool = False) -> Rows:
    names, day = gazetteer.load(), scope.day
    if day is None:
        return {"cohesion": (), "similarity": (), "memberships": ()}
    labels = {iri: entity.label for iri, entity in names.entities.items()}
    labels |= {node: str(data["label"]) for node, data in scope.whole.nodes(data=True)}
    found = portfolios.known(names, scope.rules) if known else portfolios.told(scope.whole, scope.rules)
    wanted = _bodies(bodies, names, {each.body: labels.get(each.body, "") for each in found})
    counted = found if wanted or any_body else portfolios.pacts(found, names)
    now = [each for each in counted if each.holds(day) and (not wanted or each.body in wanted)]
    everybody = frozenset() if wanted else portfolios.system(names, day) if known else _states(scope)
    system = everybody | {each.state for each in now}
    return {
        "cohesion": [{"day": day.isoformat(), "system": len(system), **asdict(portfolios.cohesion(now, day))}],
        "similarity": portfolios.similarities(now, day, labels, system),
        "memberships": portfolios.described(now, labels),
    }


def _states(scope: Scope) -> frozenset[str]:
    kinds = scope.graph.nodes(data="kind")
    return frozenset(node for node, kind in kinds if scope.rules.is_a(str(kind), STATE))


def _bodies(called: Iterable[str], names: Gazetteer, labels: Mapping[str, str]) -> set[str]:
    """The IRIs of the alliances of these names; InputError with near names for one that has no members."""
    by_name: dict[str, str] = {}
    for body, label in labels.items():
        known = names.entities.get(body)
        for name in (label, *((known.label, *known.aliases) if known else ())):
            by_name.setdefault(folded(name), body)
    found = set()
    for name in called:
        if folded(name) not in by_name:
            near = difflib.get_close_matches(folded(name), by_name, n=1)
            hint = f"; did you mean {labels[by_name[near[0]]]}?" if near else "; analyze without it lists them."
            raise InputError(f"--body {name}: there is no such body with members{hint}")
        found.add(by_name[folded(name)])
    return found


def _honours(scope: Scope, *, within: int = chains.WITHIN) -> Rows:
    reported = [
        fact for fact in chosen(scope.facts(), scope.rules, **scope.choice) if scope.rules.kind(fact.kind).token
    ]
    given = honours.awards(scope.graph, scope.rules, ranks.standings(reported, scope.rules, gazetteer.load()))
    unpaired = [fact.iri for fact in reported if fact.iri not in {each.fact for each in given}]
    around = honours.around(scope.graph, scope.rules, within=within)
    return {
        "exchanges": honours.exchanges(given),
        "awards": given,
        "around": [each for each in around if each.before or each.at or each.after],
        "reciprocity": [asdict(honours.reciprocity(given))],
        "unpaired": _told(unpaired, reported, scope.rules),
    }


def _told(iris: Sequence[str], facts: Sequence[Fact], rules: Ontology) -> list[dict[str, Any]]:
    """The facts of these IRIs as rows."""
    return [
        {
            "fact": fact.iri, "kind": rules.kind(fact.kind).label, "status": fact.status,
            "roles": attention.told_roles(fact, rules), "time": fact.time.value if fact.time else "",
        }
        for fact in facts if fact.iri in iris
    ]  # fmt: skip


def _chains(scope: Scope, *, within: int = chains.WITHIN) -> Rows:
    return {
        "links": chains.links(scope.graph, scope.rules, within=within),
        "chains": chains.chains(scope.graph, scope.rules, within=within),
    }


def _attention(scope: Scope) -> Rows:
    return {
        "coverage": attention.coverage(scope.graph),
        "reports": attention.reports(scope.graph),
        "sole": attention.sole(scope.graph, scope.rules),
        "contradictions": attention.contradictions(scope.facts(), scope.rules),
    }


ANALYSES: Mapping[str, Analysis] = {
    each.name: each
    for each in (
        Analysis("overview", "what the graph is made of, and who has most facts", ENTITIES, _overview),
        Analysis("centrality", "who is central, by every measure, and in which core", ENTITIES, _centrality),
        Analysis("brokerage", "who stands between others", ENTITIES, _brokerage),
        Analysis("communities", "who belongs together, by facts and by their signs", STATES, _communities),
        Analysis("balance", "the signed network: triads, factions, who would have to change sides", STATES, _balance),
        Analysis("alliances", "who is allied by what, and how alike portfolios are", ENTITIES, _alliances),
        Analysis("honours", "who honours whom, what comes back, what happens before and after", STATES, _honours),
        Analysis("chains", "what led to what between two, and how often each link holds", STATES, _chains),
        Analysis("attention", "which sources report whom, what rests on one, contradictions", STATES, _attention),
    )
}
