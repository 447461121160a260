"""What is measured of a knowledge graph: an analysis by name, for a selection of facts, at a date or as a series; as tables,
data frames and pictures. `catalogue` says what analyses there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from dipgraph.errors import InputError
from dipgraph.model import Fact
from dipgraph.network import periods
from dipgraph.network.choice import Choice
from dipgraph.network.dataframes import Record, frame, records
from dipgraph.pipeline import Folders, load_ontology
from dipgraph.pipeline.answers import Graph, opened
from dipgraph.pipeline.catalogue import ANALYSES, Analysis, Rows, Scope, checked, chosen_analysis
from dipgraph.pipeline.outputs import ALL, FACTS, Day, Filters, named, networkx, period_of

Tables = dict[str, list[Record]]
PERIOD = "period"
"""The column that says of which year or month a row is, where there is a series."""


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
    within: int | None = None,
    known: bool = False,
    bodies: Iterable[str] = (),
    any_body: bool = False,
    top: int | None = None,
    backend: str | None = None,
    ontology: Folders = (),
) -> dict[str, Any]:
    """What an analysis finds, as tables (lists of plain rows) by name; every figure names the facts (IRIs) behind it.

    `analysis`: one of `dipgraph.analyses()`. `overview` gives what the graph is made of as one `summary`, and a `ranking`.
    `lens`, `status`, `kinds`, `as_of`, `between`, `min_confidence`: which facts, as in `networkx`. `every`: "year" or
    "month", for a series: each row then says its `period`. `top`: only so many rows of each table, or of each period.

    Of single analyses: `within`, days within which facts belong together, 365 if not given (honours, chains). `known`:
    memberships that the gazetteer lists rather than those that the texts tell; `bodies`: only these alliances, by name;
    `any_body`: all that states share, not only defence pacts (alliances). `backend`: of networkx (overview, centrality,
    brokerage, communities). InputError for one that has no effect on the analysis.

    >>> dipgraph.analyze("KG", "balance", as_of=2020)["factions"]
    """
    chosen = chosen_analysis(analysis)
    own = {"within": within, "known": known, "bodies": named(bodies), "any_body": any_body, "backend": backend}
    asked = checked(
        chosen, {name: value for name, value in own.items() if value is not None and value is not False and value != ()}
    )
    if lens == FACTS:
        raise InputError(f"--lens {FACTS}: an analysis is of entities or states, not of facts.")
    filters: Filters = {
        "status": status, "kinds": named(kinds), "as_of": as_of, "between": between, "min_confidence": min_confidence,
    }  # fmt: skip
    scope = _scope(graph, lens or chosen.lens, filters, ontology)
    if every:
        return cut(_series(chosen, scope, every, asked), top)
    tables = cut(_tables(chosen.rows(scope, **asked)), top)
    return tables if chosen.name != "overview" else {**tables, "summary": tables["summary"][0]}


def analyses() -> Mapping[str, str]:
    """What `analyze` can do: the names of the analyses, each with what it says.

    >>> dipgraph.analyses()["balance"]
    """
    return {name: each.title for name, each in ANALYSES.items()}


def cut(tables: Mapping[str, Any], top: int | None) -> dict[str, Any]:
    """The first rows of each table, or of each period of it."""
    return {name: _first(rows, top) if isinstance(rows, list) else rows for name, rows in tables.items()}


def _first(rows: list[Record], top: int | None) -> list[Record]:
    if top is None:
        return rows
    seen: dict[Any, int] = {}
    kept = []
    for row in rows:
        count = seen[row.get(PERIOD)] = seen.get(row.get(PERIOD), 0) + 1
        kept += [row] if count <= top else []
    return kept


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


def _scope(graph: Graph, lens: str, filters: Filters, ontology: Folders) -> Scope:
    """What is looked at: projected once, and then cut to the time that is asked for."""
    rules, (first, last) = load_ontology(ontology, graph), period_of(filters["as_of"], filters["between"])
    timeless: dict[str, Any] = {name: filters[name] for name in ("status", "kinds", "min_confidence")}
    whole = part = networkx(graph, lens, ontology=ontology, **timeless)
    if filters["as_of"] is not None:
        part = periods.as_of(whole, rules, last)
    elif filters["between"] is not None:
        part = periods.during(whole, rules, (first, last))
    choice: Choice = {
        "statuses": None if filters["status"] == ALL else (filters["status"],),
        "kinds": filters["kinds"] or None,
        "min_confidence": filters["min_confidence"],
    }
    return Scope(cache(partial(_facts, graph)), rules, whole, part, choice, first, last)


def _facts(graph: Graph) -> list[Fact]:
    with opened(graph) as kg:
        return list(kg.facts())


def _series(chosen: Analysis, scope: Scope, every: str, asked: Mapping[str, Any]) -> Tables:
    found: Tables = {}
    for period, part in periods.series(scope.graph, scope.rules, every, (scope.first, scope.last)):
        step = replace(scope, graph=part, first=period.first, last=period.last)
        for name, rows in _tables(chosen.rows(step, **asked)).items():
            found.setdefault(name, []).extend({PERIOD: period.name, **row} for row in rows)
    return found


def _tables(rows: Rows) -> Tables:
    return {name: records(found) for name, found in rows.items()}
