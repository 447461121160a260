"""What `view` puts into the page, and what it says where nothing is left; the graph of facts."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import dipgraph
from dipgraph.cli import main
from dipgraph.errors import InputError, OntologyError, QueryError
from dipgraph.ontology import load


def document(html: str) -> Any:
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)[1])  # type: ignore[index]


def kinds(html: str) -> set[str]:
    return {relation["id"] for relation in document(html)["relations"]}


def test_filters_leave_facts_out_of_the_file(made: Path) -> None:
    everything = dipgraph.view(made)
    assert {status["id"] for status in document(everything)["statuses"]} >= {"asserted", "postponed"}
    assert document(everything)["selection"] == ""
    assert kinds(dipgraph.view(made, kinds=["Meeting"])) == {"Meeting"}
    assert kinds(dipgraph.view(made, status="postponed")) == {"Visit"}
    assert kinds(dipgraph.view(made, between=("2018", "2018"))) == {"Accession"}
    page = dipgraph.view(made, kinds=["Meeting"], as_of="2021-04", min_confidence=0.1)
    assert (page.facts, page.selection) == (0, "kinds Meeting; as of 2021-04; confidence at least 0.1")


def test_focus_keeps_what_is_near(made: Path) -> None:
    near = document(dipgraph.view(made, focus="Ann Ames"))
    ann = next(i for i, node in enumerate(near["nodes"]) if node["label"] == "Ann Ames")
    assert {end for e in near["edges"] if ann in (e["from"], e["to"]) for end in (e["from"], e["to"])} == set(
        range(len(near["nodes"]))
    )
    assert near["selection"] == "within 1 step of Ann Ames"
    (only,) = document(dipgraph.view(made, focus="Treaty of Elm"))["docs"]
    assert len(near["docs"]) == 2 and only["id"] == "first"
    far = document(dipgraph.view(made, focus=["Ann Ames"], hops=2))
    assert {n["id"] for n in near["nodes"]} < {n["id"] for n in far["nodes"]}


def test_a_fact_without_a_line_is_in_the_page_unless_it_is_left_out(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dipgraph.network import projection

    plain = projection._ties
    monkeypatch.setattr(projection, "_ties", lambda fact, kind: [] if fact.kind == "Meeting" else plain(fact, kind))

    def loose(**options: Any) -> list[str]:
        page = document(dipgraph.view(made, **options))
        drawn = {i for edge in page["edges"] for i in edge["facts"]}
        return [fact["time"] for i, fact in enumerate(page["facts"]) if i not in drawn]

    for options in (
        {},
        {"as_of": "2021-06"},
        {"between": ("2021", None)},
        {"focus": "Ann Ames"},
        {"kinds": ["Meeting"]},
    ):
        assert loose(**options) == ["2021-05"], options
    for options in ({"as_of": "2020"}, {"between": ("2022", None)}, {"focus": "Northern Pact"}, {"kinds": ["Visit"]}):
        assert loose(**options) == [], options


def test_what_is_unknown_or_left_out_is_said(made: Path) -> None:
    with pytest.raises(QueryError, match="did you mean"):
        dipgraph.view(made, focus="Alandd")
    nothing = dipgraph.view(made, focus="Ann Ames", kinds=["RelationsSevered"])
    assert (nothing.facts, nothing.selection) == (0, "kinds RelationsSevered; within 1 step of Ann Ames")
    with pytest.raises(OntologyError, match="Meeting"):
        dipgraph.view(made, kinds=["Meetin"])
    with pytest.raises(InputError, match="there is no such status; did you mean asserted"):
        dipgraph.view(made, status="assertd")
    with pytest.raises(InputError, match="an analysis is of entities or states"):
        dipgraph.analyze(made, lens="facts")


def test_the_lens_of_facts_makes_a_node_of_each(made: Path) -> None:
    graph, rules = dipgraph.networkx(made, "facts", status="all"), load()
    facts = {node for node, kind in graph.nodes(data="kind") if kind in rules.kinds}
    assert facts == {fact for *_, fact in graph.edges(data="fact")} == {source for source, _ in graph.edges()}
    for fact in facts:
        roles = {label for *_, label in graph.out_edges(fact, data="role")}
        assert roles == set(next(iter(graph.out_edges(fact, data=True)))[2]["roles"])
    meeting = next(data for _, data in graph.nodes(data=True) if data["kind"] == "Meeting")
    assert meeting["label"] == f"{rules.kinds['Meeting'].label} 2021-05"
    page = document(dipgraph.view(made, lens="facts", focus="Ann Ames"))
    assert {"Ann Ames", "Bob Burr", "Press"} & {node["label"] for node in page["nodes"]} >= {"Ann Ames", "Bob Burr"}
    assert next(c for c in page["classes"] if c["id"] == "Meeting")["color"] == rules.kinds["Meeting"].color


def test_the_lens_of_facts_at_a_date_is_that_of_entities(made: Path) -> None:
    for options in ({"as_of": "2020-06"}, {"between": ("2019", "2020-01")}):
        plain = {fact for *_, fact in dipgraph.networkx(made, **options).edges(data="fact")}  # type: ignore[arg-type]
        facts = {fact for *_, fact in dipgraph.networkx(made, "facts", **options).edges(data="fact")}  # type: ignore[arg-type]
        assert plain and plain <= facts


def test_a_notebook_shows_the_page_in_a_sandbox(made: Path) -> None:
    page = dipgraph.view(made)
    frame = page._repr_html_()
    assert frame.count("<") == 2 and 'sandbox="allow-scripts ' in frame and "allow-same-origin" not in frame


def test_a_notebook_shows_pages_without_script_in_a_tighter_one(made: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("France <iframe> recognised Kosovo.", encoding="utf-8")
    for html in (dipgraph.report(made), dipgraph.explain_page(article)):
        frame = html._repr_html_()  # type: ignore[attr-defined]
        assert html.startswith("<!DOCTYPE html>") and frame.count("<") == 2
        assert 'sandbox="allow-popups ' in frame and "allow-scripts" not in frame and "allow-same-origin" not in frame


def test_the_command_says_how_much_and_why_nothing(made: Path, tmp_path: Path) -> None:
    run = lambda *args: CliRunner().invoke(main, ["view", str(made), "-o", str(tmp_path / "x.html"), *args])  # noqa: E731
    result = run("--focus", "ann ames", "--hops", "2", "--kind", "Meeting", "--status", "asserted")
    assert re.search(r"x\.html \(2 entities, 1 fact, 0\.\d MB\)", result.stdout), result.output
    result = run("--between", "1900/1910")
    assert "The page is empty: no fact fits (between 1900 and 1910)." in result.stderr
    assert document((tmp_path / "x.html").read_text(encoding="utf-8"))["facts"] == []
