"""What a report says: its figures are those of the SPARQL that it prints, and it says why where there is nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import dipgraph
from dipgraph.cli import main
from dipgraph.errors import InputError
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.model import ID
from dipgraph.ontology import shipped
from dipgraph.pipeline.report import SECTIONS, collected

GOLD = Path(__file__).parents[1] / "gold/dev"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph read from three articles."""
    folder = tmp_path_factory.mktemp("report") / "kg"
    names = ("xi-putin-friendship-medal", "putin-kim-pyongyang-treaty", "skripal-expulsions")
    dipgraph.build([shipped("data") / "articles" / f"{name}.md" for name in names], folder)
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    with KnowledgeGraph.open(tmp_path / "empty", create=True):
        pass
    return tmp_path / "empty"


def agrees(folder: Path) -> int:
    """The number of tables, each of whose figures its query gives."""
    report = collected(folder)
    for table in report.tables:
        answer = {name: int(count) for name, count in dipgraph.query(folder, table.sparql).rows}
        labels = [figure.label for figure in table.figures]
        assert len(labels) == len(set(labels)), table.caption
        assert answer == {figure.label: figure.value for figure in table.figures if figure.value}, table.caption
    return len(report.tables)


def test_every_figure_is_what_its_query_counts(made: Path, read: Path) -> None:
    assert agrees(made) >= 12
    assert agrees(read) >= 12


def test_a_query_runs_as_it_is_printed(made: Path) -> None:
    table = collected(made).tables[4]
    result = CliRunner().invoke(main, ["query", str(made), table.sparql, "--format", "csv"])
    assert result.exit_code == 0, result.output
    assert f"{table.figures[0].label},{table.figures[0].value}" in result.stdout.splitlines()


def test_every_section_is_there_and_says_something(made: Path, empty: Path) -> None:
    full, nothing = collected(made), collected(empty)
    assert len(full.sections) == len(nothing.sections) == len(SECTIONS)
    assert all(section.tables or section.missing for section in full.sections)
    assert all(section.missing and not section.tables for section in nothing.sections)
    assert nothing.sections[0].missing.startswith("Nothing was read")


def test_what_the_sections_say(made: Path) -> None:
    tables = {table.caption: table for table in collected(made, within=400).tables}
    kinds = {row.head: row for row in tables["Facts by kind and status"].rows}
    assert str(kinds["visit"].figures[0]) == "1" and kinds["meeting"].color == dipgraph.kinds()["Meeting"].color
    assert [row.head for row in tables["Who gave whom how many"].rows] == ["Aland"]
    token = tables["The tokens"].rows[0]
    assert (token.head, token.cells[:3]) == ("2021-05-04", ("Aland", "Beland", "Order of the Owl"))
    assert {row.head for row in tables["Factions"].rows} == {"Aland", "Beland"}  # the third has facts that cancel out
    assert tables["Pairs of states"].rows[0].figures[0].items
    disputed = tables["Contradictions"].rows[0]
    assert "said to be so" in disputed.cells[1] or "asserted" in disputed.cells[1]


def test_listed_facts_have_their_evidence(made: Path) -> None:
    with dipgraph.open(made) as kg:
        facts = {fact.iri: fact for fact in kg.facts()}
        texts = {f"{ID}document/{document.id}": document.text for document in kg.documents()}
    report = collected(made)
    listed = [fact for listing in report.listings for fact in listing.facts]
    assert {fact.iri for fact in listed} == set(facts) and report.listed == report.total == len(facts)
    for fact in listed:
        assert fact.quotes
        assert all(quote.before + quote.text + quote.after in texts[quote.document] for quote in fact.quotes)
    assert {fact.status for fact in listed} >= {"", "denied", "postponed"}
    few = collected(made, limit=3)
    assert (few.listed, few.total) == (3, len(facts))


def test_measured_on_annotated_articles(made: Path) -> None:
    article = GOLD / "g1-decree-kosovo-order-of-freedom-2019.json"
    table = next(t for t in collected(made, gold=[article]).tables if t.caption.startswith("How well"))
    expected = dipgraph.evaluate([article])
    assert table.rows[0].cells == tuple(f"{value:.2f}" for value in expected["fact"])
    assert "1 annotated article is" in table.caption and not table.figures


def test_the_command(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["report", str(made), "--title", "A draft"])
    assert result.stdout == "report.html (0.1 MB)\n", result.output
    assert "<h1>A draft</h1>" in Path("report.html").read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["report", str(made), "--format", "markdown"])
    assert Path("report.md").read_text(encoding="utf-8").startswith("# made\n"), result.output
    with pytest.raises(InputError, match="choose html or markdown"):
        dipgraph.report(made, format="pdf")
