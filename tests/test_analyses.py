"""The analyses from a graph on disk to tables, by Python and by the command line."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import dipgraph
from dipgraph.cli import main
from dipgraph.cli.analyzing import _is_iri
from dipgraph.errors import InputError
from dipgraph.pipeline.glossary import meanings


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(main, ["analyze", *map(str, arguments)], prog_name="dipgraph")


@pytest.mark.parametrize("name", dipgraph.analyses())
def test_every_analysis_is_json_and_the_same_twice(made: Path, name: str) -> None:
    found = dipgraph.analyze(made, name)
    assert found and json.loads(json.dumps(found, allow_nan=False)) == found == dipgraph.analyze(made, name)
    assert all(len(rows) <= 1 for rows in dipgraph.analyze(made, name, top=1).values() if isinstance(rows, list))


@pytest.mark.parametrize("name", dipgraph.analyses())
def test_every_analysis_of_nothing_is_empty_but_works(made: Path, name: str) -> None:
    found = dipgraph.analyze(made, name, as_of="1900")
    whole = {"summary", "partitions", "balance", "cohesion", "reciprocity", "links"}  # a row each, of what is not there
    assert not any(rows for table, rows in found.items() if table not in whole)
    figures = [
        row for table in whole & found.keys() for row in (found[table] if table != "summary" else [found[table]])
    ]
    assert not any(value for row in figures for value in row.values() if isinstance(value, int) and value is not True)


@pytest.mark.parametrize("name", dipgraph.analyses())
def test_every_analysis_is_a_series_too(made: Path, name: str) -> None:
    found = dipgraph.analyze(made, name, every="year", status="all")
    periods = {row["period"] for rows in found.values() for row in rows}
    assert periods and max(periods) == "2021"


def test_facts_behind_the_figures_are_in_the_graph(made: Path) -> None:
    with dipgraph.open(made) as graph:
        known = {fact.iri for fact in graph.facts()}
    named = set()
    for name in dipgraph.analyses():
        for rows in dipgraph.analyze(made, name).values():
            for row in rows if isinstance(rows, list) else ():
                cells = (row[column] for column in row if column == "fact" or "facts" in column)
                named |= {fact for cell in cells if not isinstance(cell, int) for fact in _flat(cell)}
    assert named and named <= known


def _flat(cell: Any) -> list[str]:
    return [cell] if isinstance(cell, str) else [fact for each in cell for fact in _flat(each)]


def test_options_without_an_effect_are_refused(made: Path) -> None:
    with pytest.raises(InputError, match=r"^--within has no effect on balance; it is for honours, chains\.$"):
        dipgraph.analyze(made, "balance", within=30)
    result = run(made, "centrality", "--known")
    assert result.exit_code == 2 and "--known has no effect on centrality; it is for alliances." in result.stderr


@pytest.mark.parametrize("name", dipgraph.analyses())
def test_columns_are_explained(made: Path, name: str) -> None:
    """Save those that say it themselves, and IRIs, which a screen does not show."""
    plain = {
        "nodes",
        "edges",
        "members",
        "label",
        "source",
        "target",
        "first",
        "second",
        "third",
        "kinds",
        "times",
        "token",
    }
    plain |= {
        "grade",
        "documents",
        "givers",
        "receivers",
        "source_label",
        "target_label",
        "state_label",
        "body_label",
        "roles",
    }
    for table, rows in dipgraph.analyze(made, name, status="all").items():
        columns = (
            [column for column in rows[0] if not _is_iri(rows[0][column])] if isinstance(rows, list) and rows else []
        )
        assert set(columns) - set(meanings(name, columns)) <= plain, table


def test_a_screen_says_what_it_leaves_out_and_what_columns_mean(made: Path) -> None:
    result = run(made, "balance", "--top", "1", "--legend")
    assert "change: How many more ties would go against" in result.stdout and "(Aref & Wilson 2018)" in result.stdout
    sides = len(dipgraph.analyze(made, "balance")["factions"])
    assert f"factions: 1 of {sides} rows; --top N shows more, --format csv all." in result.stderr
    assert "--legend says what the columns mean" in run(made, "balance").stderr
    assert "there are also --table awards, around, reciprocity" in run(made, "honours", "--format", "csv").stderr


@pytest.mark.parametrize("name", dipgraph.analyses())
def test_an_empty_result_says_why(made: Path, name: str) -> None:
    assert "Nothing to measure: no fact fits. Try --status all" in run(made, name, "--as-of", "1900").stderr
    assert "Nothing to measure" not in run(made, name, "--status", "all").stderr


def test_a_series_has_the_first_rows_of_each_period(made: Path) -> None:
    rows = dipgraph.analyze(made, "centrality", every="year", top=1)["centrality"]
    assert len(rows) == len({row["period"] for row in rows}) > 1
    between = dipgraph.analyze(made, "centrality", every="year", between=(2020, 2021))["centrality"]
    assert {row["period"] for row in between} == {"2020", "2021"}


def test_honours_between_states(made: Path) -> None:
    (award,) = dipgraph.analyze(made, "honours")["awards"]
    assert (award["source_label"], award["target_label"], award["token"]) == ("Aland", "Beland", "Order of the Owl")


def test_alliances_as_known(made: Path) -> None:
    found = dipgraph.analyze(made, "alliances", known=True, as_of="2004-03-29")
    states = {
        row["state_label"] for row in found["memberships"] if row["body_label"] == "North Atlantic Treaty Organization"
    }
    assert {"Estonia", "United States"} <= states and "Finland" not in states
    assert found["cohesion"][0]["day"] == "2004-03-29"


def test_alliances_of_some_bodies_only(made: Path) -> None:
    found = dipgraph.analyze(made, "alliances", known=True, as_of=1960, bodies=["NATO", "warsaw pact"])
    assert {row["body_label"] for row in found["memberships"]} == {"North Atlantic Treaty Organization", "Warsaw Pact"}
    assert found["cohesion"][0]["bodies"] == 2
    alike = {(row["source_label"], row["target_label"]): row["s"] for row in found["similarity"]}
    assert alike["Canada", "France"] == 1 and alike["Poland", "Turkey"] == -1
    rows = list(csv.DictReader(io.StringIO(run(made, "alliances", "--known", "--as-of", "1960", "--body", "NATO", "--table", "memberships",
                                               "--format", "csv").stdout)))  # fmt: skip
    assert len(rows) == 15 and {row["body_label"] for row in rows} == {"North Atlantic Treaty Organization"}
    with pytest.raises(
        InputError, match=r"^--body Warsaw Packt: there is no such body with members; did you mean Warsaw Pact\?$"
    ):
        dipgraph.analyze(made, "alliances", known=True, bodies=["Warsaw Packt"])


def test_dates_in_any_precision(made: Path) -> None:
    graph = dipgraph.networkx(made, as_of=2021)
    assert set(graph.edges) == set(dipgraph.networkx(made, as_of=date(2021, 12, 31)).edges)
    assert not dipgraph.networkx(made, as_of="2015").edges
    assert dipgraph.networkx(made, between=("2021-05", None), kinds=["HonourAward"]).number_of_edges() == 2
    for wrong in ("last year", "2021-13", "2021-02-30"):
        with pytest.raises(InputError, match=f"^{wrong}: not a date; write it like"):
            dipgraph.networkx(made, as_of=wrong)
    with pytest.raises(InputError, match="either --as-of or --between"):
        dipgraph.networkx(made, as_of=2021, between=(2020, 2021))


def test_an_unknown_analysis_is_answered_with_the_known(made: Path) -> None:
    with pytest.raises(
        InputError, match="no analysis called 'weather'; choose overview, centrality, brokerage, communities"
    ):
        dipgraph.analyze(made, "weather")
    result = run(made, "weather")
    assert result.exit_code == 2 and "choose overview" in result.stderr


def test_tables_on_a_screen_name_no_iri(made: Path) -> None:
    text = run(made, "honours").stdout
    assert text.startswith("exchanges\n\n") and "Aland" in text and "https://" not in text


def test_one_table_as_csv_with_its_facts(made: Path) -> None:
    text = run(made, "honours", "--table", "awards", "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["source_label"] == "Aland" and row["fact"].startswith("https://")
    assert run(made, "honours", "--format", "csv").stdout.startswith("source,target,")
    refused = run(made, "honours", "--table", "gifts")
    assert refused.exit_code == 2 and "choose exchanges, awards, around, reciprocity" in refused.stderr


def test_the_command_takes_dates_and_kinds(made: Path) -> None:
    found = json.loads(run(made, "--between", "2021-05/", "--kind", "HonourAward", "--format", "json").stdout)
    assert found["summary"]["types"] == [["HonourAward", 1]]
    assert "Nothing to measure" in run(made, "--as-of", "1900").stderr
    assert run(made, "--between", "2022/2021").exit_code == 2
    assert run(made, "centrality", "--every", "month", "--format", "csv").stdout.startswith("period,iri,")


def test_contradictions_are_of_the_kinds_that_are_asked_for(made: Path) -> None:
    found = dipgraph.analyze(made, "attention")["contradictions"]
    assert {row["kind"] for row in found} == {"criticism"}
    assert dipgraph.analyze(made, "attention", kinds=["Criticism"])["contradictions"] == found
    assert dipgraph.analyze(made, "attention", kinds=["Meeting"])["contradictions"] == []
