"""The analyses by name, each a function from the graph to tables of plain rows: `ANALYSES` lists them.

The measures themselves, as typed functions of any networkx graph that dipgraph makes, are those of `dipgraph.network`.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dipgraph.errors import InputError
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.store import folded
from dipgraph.model import Fact, Gazetteer
from dipgraph.network import (
    attention,
    balance,
    brokerage,
    centrality,
    chains,
    frustration,
    honours,
    measures,
    periods,
    portfolios,
)
from dipgraph.network.dataframes import Record, frame, records
from dipgraph.ontology import Ontology
from dipgraph.pipeline import Folders, load_ontology
from dipgraph.pipeline.answers import Graph, opened
from dipgraph.pipeline.outputs import ENTITIES, FACTS, STATES, Day, networkx, period_of

if TYPE_CHECKING:
    import networkx as nx

Tables = dict[str, list[Record]]
Rows = Mapping[str, Sequence[Any]]
PERIOD = "period"
"""The column that says of which year or month a row is, where there is a series."""


@dataclass(frozen=True)
class Scope:
    """What an analysis looks at: the graph, or the part of it that is of one period, and how."""

    read: Callable[[], list[Fact]]
    """All facts of the store, read once, and only if they are asked for."""
    rules: Ontology
    whole: "nx.MultiDiGraph[Any]"
    graph: "nx.MultiDiGraph[Any]"
    first: date = date.min
    last: date = date.max
    within: int = chains.WITHIN
    top: int | None = None
    backend: str | None = None
    known: bool = False
    bodies: tuple[str, ...] = ()

    @cached_property
    def day(self) -> date:
        """The day that a state of affairs is asked for: the last of the period, else of the graph."""
        if self.last < date.max:
            return self.last
        days = sorted(data["begin"] for *_, data in self.whole.edges(data=True) if data["begin"])
        if not days:
            raise InputError("no fact of the graph has a time; say by --as-of for which day you ask.")
        return date.fromisoformat(days[-1])

    def facts(self) -> list[Fact]:
        """The facts of the period, whatever their status."""
        period = (self.first, self.last)
        everything = self.read()
        if period == (date.min, date.max):
            return everything
        return [fact for fact in everything if periods.falls(fact.time, self.rules.kind(fact.kind), period)]


@dataclass(frozen=True)
class Analysis:
    """One analysis: its name, what it says in one line, the lens through which it looks by default."""

    name: str
    title: str
    lens: str
    rows: Callable[[Scope], Rows]


def analyze(
    graph: Graph,
    analysis: str = "overview",
    *,
    lens: str = "",
    status: str = "",
    kinds: Iterable[str] = (),
    as_of: Day | None = None,
    between: tuple[Day | None, Day | None] | None = None,
    every: str = "",
    min_confidence: float = 0.0,
    within: int = chains.WITHIN,
    known: bool = False,
    bodies: Iterable[str] = (),
    top: int | None = None,
    backend: str | None = None,
    ontology: Folders = (),
) -> dict[str, Any]:
    """What an analysis finds, as tables (lists of plain rows) by name; every figure names the facts (IRIs) behind it.

    `analysis`: one of `dipgraph.analyses()`. `overview` gives what the graph is made of as one `summary`, and a `ranking`.
    `lens`, `status`, `kinds`, `as_of`, `between`, `min_confidence`: which facts, as in `networkx`. `every`: "year" or
    "month", for a series: each row then says its `period`. `within`: days within which facts belong together. `known`: memberships that the
    gazetteer lists rather than those that the texts tell. `bodies`: only these alliances, by name. `top`: only so many rows of each table. `backend`: of networkx.

    >>> dipgraph.analyze("KG", "balance", as_of=2020)["factions"]
    """
    chosen = chosen_analysis(analysis)
    if lens == FACTS:
        raise InputError(f"--lens {FACTS}: an analysis is of entities or states, not of facts.")
    rules = load_ontology(ontology, graph)
    options: dict[str, Any] = {
        "lens": lens or chosen.lens, "status": status, "kinds": kinds, "min_confidence": min_confidence, "ontology": ontology,
    }  # fmt: skip
    whole = networkx(graph, **options)
    part = networkx(graph, as_of=as_of, between=between, **options) if as_of or between else whole
    first, last = period_of(as_of, between)
    scope = Scope(
        cache(partial(_facts, graph)), rules, whole, part, first, last, within, top, backend, known, tuple(bodies)
    )
    if every:
        return _series(chosen, scope, every)
    tables = _tables(chosen.rows(scope), top)
    return tables if chosen.name != "overview" else {**tables, "summary": tables["summary"][0]}


def analyses() -> Mapping[str, str]:
    """What `analyze` can do: the names of the analyses, each with what it says.

    >>> dipgraph.analyses()["balance"]
    """
    return {name: each.title for name, each in ANALYSES.items()}


def chosen_analysis(name: str) -> Analysis:
    """The analysis of that name; InputError with all names if there is none."""
    if name not in ANALYSES:
        raise InputError(f"there is no analysis called {name!r}; choose {', '.join(ANALYSES)}.")
    return ANALYSES[name]


def plot(graph: Graph, analysis: str, output: Path | str, **options: Any) -> Path:
    """Draw what an analysis finds into a file (.svg, .png or .pdf), with matplotlib; options as in `analyze`.

    >>> dipgraph.plot("KG", "balance", "balance.svg", as_of=2020)
    """
    return drawn(analyze(graph, analysis, **options), analysis, output)


def drawn(found: Mapping[str, Any], analysis: str, output: Path | str) -> Path:
    """Draw what `analyze` found."""
    from dipgraph.views import plots

    return plots.plot(found, chosen_analysis(analysis).title, Path(output))


def dataframe(rows: Sequence[Record], library: str = "pandas") -> Any:
    """Rows of a table as a data frame of pandas or polars, whichever you have installed.

    >>> dipgraph.dataframe(dipgraph.analyze("KG", "centrality")["centrality"], "polars")
    """
    return frame(rows, library)


def _facts(graph: Graph) -> list[Fact]:
    with opened(graph) as kg:
        return list(kg.facts())


def _series(chosen: Analysis, scope: Scope, every: str) -> Tables:
    found: Tables = {}
    for period, part in periods.series(scope.graph, scope.rules, every):
        step = replace(scope, graph=part, first=period.first, last=period.last)
        for name, rows in _tables(chosen.rows(step), scope.top).items():
            found.setdefault(name, []).extend({PERIOD: period.name, **row} for row in rows)
    return found


def _tables(rows: Rows, top: int | None) -> Tables:
    return {name: records(found[:top]) for name, found in rows.items()}


def _overview(scope: Scope) -> Rows:
    ranking = measures.ranking(scope.graph, scope.top, scope.backend)
    return {"summary": [measures.summary(scope.graph)], "ranking": ranking}


def _centrality(scope: Scope) -> Rows:
    return {"centrality": centrality.centralities(scope.graph, top=scope.top, backend=scope.backend)}


def _brokerage(scope: Scope) -> Rows:
    return {"brokers": brokerage.brokers(scope.graph, top=scope.top, backend=scope.backend)}


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
    }


def _alliances(scope: Scope) -> Rows:
    names, day = gazetteer.load(), scope.day
    if day is None:
        return {"cohesion": (), "similarity": (), "memberships": ()}
    labels = {iri: entity.label for iri, entity in names.entities.items()}
    labels |= {node: str(data["label"]) for node, data in scope.whole.nodes(data=True)}
    found = portfolios.known(names, scope.rules) if scope.known else portfolios.told(scope.whole, scope.rules)
    wanted = _bodies(scope.bodies, names, {each.body: labels.get(each.body, "") for each in found})
    chosen = found if wanted or scope.any_body else portfolios.pacts(found, names)
    now = [each for each in chosen if each.holds(day) and (not wanted or each.body in wanted)]
    system = portfolios.system(names, day) if scope.known else _states(scope)
    return {
        "cohesion": [{"day": day.isoformat(), "system": len(system), **asdict(portfolios.cohesion(now, day))}],
        "similarity": portfolios.similarities(now, day, labels, system),
        "memberships": portfolios.described(now, labels),
    }


def _states(scope: Scope) -> frozenset[str]:
    kinds = scope.graph.nodes(data="kind")
    return frozenset(node for node, kind in kinds if scope.rules.is_a(str(kind), portfolios.STATE))


def _bodies(chosen: Iterable[str], names: Gazetteer, labels: Mapping[str, str]) -> set[str]:
    """The IRIs of the alliances of these names; InputError with near names for one that has no members."""
    by_name: dict[str, str] = {}
    for body, label in labels.items():
        known = names.entities.get(body)
        for name in (label, *((known.label, *known.aliases) if known else ())):
            by_name.setdefault(folded(name), body)
    found = set()
    for name in chosen:
        if folded(name) not in by_name:
            near = difflib.get_close_matches(folded(name), by_name, n=1)
            hint = f"; did you mean {labels[by_name[near[0]]]}?" if near else "; analyze without it lists them."
            raise InputError(f"--body {name}: there is no such body with members{hint}")
        found.add(by_name[folded(name)])
    return found


def _honours(scope: Scope) -> Rows:
    given = honours.awards(scope.graph, scope.rules)
    return {
        "exchanges": honours.exchanges(given),
        "awards": given,
        "around": honours.around(scope.graph, scope.rules, within=scope.within),
        "reciprocity": [honours.reciprocity(given)],
    }


def _chains(scope: Scope) -> Rows:
    return {
        "links": chains.links(scope.graph, scope.rules, within=scope.within),
        "chains": chains.chains(scope.graph, scope.rules, within=scope.within),
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
        Analysis(
            "centrality", "who is central, by every measure, and in which core and community", ENTITIES, _centrality
        ),
        Analysis("brokerage", "who stands between others", ENTITIES, _brokerage),
        Analysis(
            "balance",
            "the signed network of states: triads, factions, who would have to change sides",
            STATES,
            _balance,
        ),
        Analysis(
            "alliances", "who is allied by what, and how alike the portfolios of states are", ENTITIES, _alliances
        ),
        Analysis("honours", "who honours whom, what comes back, what happens before and after", STATES, _honours),
        Analysis("chains", "what led to what between two states, and how often each link holds", STATES, _chains),
        Analysis(
            "attention",
            "which sources report which states, what rests on one source, contradictions",
            STATES,
            _attention,
        ),
    )
}
