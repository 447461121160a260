"""The command line as its users meet it: examples that run, results in every format, and one sentence for each fault."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from dipgraph import pipeline
from dipgraph.cli import main, options

GROUP: Any = main.commands["ontology"]
COMMANDS: dict[str, click.Command] = {
    **main.commands,
    **{f"ontology {name}": command for name, command in GROUP.commands.items()},
}


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, prog_name="dipgraph")


def good(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result


def process(*arguments: str | Path, **options: Any) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "dipgraph", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, article_texts: dict[str, str]) -> Path:
    """A folder with what the examples name: articles, files, a query, an ontology, and the graph KG of the articles."""
    folder = tmp_path_factory.mktemp("built")
    for place in ("articles", "my-ontology"):
        (folder / place).mkdir()
    for name, text in article_texts.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    (folder / "gold").mkdir()
    (folder / "gold" / "example.json").write_text(GOLD, encoding="utf-8")
    shutil.copy(folder / "articles" / "meeting.txt", folder / "article.txt")
    (folder / "news.jsonl").write_text('{"text": "Xi Jinping visited Serbia yesterday."}\n', encoding="utf-8")
    (folder / "question.rq").write_text("SELECT ?f { ?f a dip:Fact }", encoding="utf-8")
    (folder / "my-ontology" / "gift.ttl").write_text(GIFT, encoding="utf-8")
    pipeline.build(folder / "articles", folder / "KG")
    return folder


DOCS = (Path(__file__).parents[1] / "docs/gold.md").read_text(encoding="utf-8")
GOLD = DOCS.split("<!-- example -->\n```json\n")[1].split("\n```")[0]
"""The example of docs/gold.md."""

GIFT = """
@prefix dgx: <https://w3id.org/dipgraph/extraction#> .
@prefix dip: <https://w3id.org/dipgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

dip:GiftGiven a dip:KindOfFact ; rdfs:subClassOf dip:Event ; rdfs:label "gift" ; skos:definition "A gift is given." ;
    dgx:color "#123456" ; dgx:shape "arrow" ; dgx:sign 1 ;
    dgx:role [ dgx:property dip:giver ; dgx:range dip:Person ; dgx:core true ; dgx:min 1 ; skos:definition "Who gives." ] ,
             [ dgx:property dip:receiver ; dgx:range dip:Person ; dgx:core true ; dgx:min 1 ; skos:definition "Who gets it." ] ;
    dgx:frame [ dgx:verb "gift" ; dgx:subject dip:giver ; dgx:to dip:receiver ] ;
    dgx:shortcut [ dgx:source dip:giver ; dgx:property dip:gaveTo ; dgx:target dip:receiver ] ;
    dgx:example [ dgx:text "Vladimir Putin gifted a horse to Kim Jong-un." ; dip:giver "Vladimir Putin" ; dip:receiver "Kim Jong-un" ] ;
    dgx:counterexample "The weather was fine." .
dip:giver rdfs:label "giver" . dip:receiver rdfs:label "receiver" . dip:gaveTo rdfs:label "gave to" .
"""


@pytest.fixture
def here(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `built` to work in."""
    shutil.copytree(built, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


# Help


def examples_of(command: click.Command) -> list[str]:
    return [line.strip() for line in (command.epilog or "").splitlines()[2:]]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_its_examples(name: str) -> None:
    text = good(*name.split(), "--help").output
    examples = examples_of(COMMANDS[name])
    assert examples
    assert all(example in text for example in examples)
    assert "  --format " in text or name == "ontology" or "-f, --format" in text


EXAMPLES = [example for name, command in COMMANDS.items() if name != "ontology" for example in examples_of(command)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_run(example: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("BROWSER", "true")
    done = subprocess.run(example, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or done.stderr.strip()


def test_help_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    before = os.times()
    done = process("--help")
    after = os.times()
    with capsys.disabled():
        print(
            f"\ndipgraph --help: {after.children_user + after.children_system - before.children_user - before.children_system:.2f} s CPU"
        )
    assert "Read news about diplomacy" in done.stdout
    assert [line.split()[0] for line in done.stdout.split("Commands:")[1].strip().splitlines()] == list(main.commands)
    assert "..." not in done.stdout.split("Commands:")[1], "a short help was cut"


# Results


def test_build_says_what_it_did(here: Path) -> None:
    assert good("build", "articles", "--into", "KG").stdout.startswith("KG: 0 documents read, 2 unchanged; ")
    made = json.loads(good("build", "articles", "--into", "new", "--format", "json").stdout)
    assert (made["documents"], made["unchanged"]) == (2, 0)
    assert made["facts"] == sum(made["kinds"].values()) == sum(made["statuses"].values())


def test_extract_prints_one_fact_a_line(here: Path) -> None:
    facts = [json.loads(line) for line in good("extract", "articles").stdout.splitlines()]
    assert {"HonourAward", "Meeting", "Visit"} <= {fact["type"] for fact in facts}
    assert "2019-04  Meeting (asserted)  participant: " in good("extract", "article.txt", "--format", "table").stdout
    (fact,) = [
        json.loads(line)
        for line in good(
            "extract", "-", "--published", "2024-05-08", stdin=(here / "news.jsonl").read_bytes()
        ).stdout.splitlines()
    ]
    assert fact["time"] == "2024-05-07"


def test_nothing_found_says_why(here: Path) -> None:
    result = good("extract", "-", stdin=b"It rained all day.")
    assert result.stdout == ""
    assert result.stderr == "No facts found. `dipgraph explain` with the same file says for each sentence why.\n"
    result = good("build", "-", "--into", "dry", stdin=b"It rained all day.")
    assert "The graph holds no facts" in result.stderr
    result = good("query", "KG", "SELECT ?x { ?x dip:nothing ?y }")
    assert result.stderr.startswith("The answer is empty: ")
    assert json.loads(good("query", "KG", "SELECT ?x { ?x dip:nothing ?y }", "--format", "json").stdout) == []
    assert "Nothing to measure" in good("analyze", "dry").stderr


def test_articles_without_facts_are_named(here: Path) -> None:
    (here / "articles" / "dry.txt").write_text("It rained all day.\n", encoding="utf-8")
    assert good("extract", "articles").stderr == "No facts in 1 of 3 articles: articles/dry.\n"
    result = good("build", "articles", "--into", "KG")
    assert result.stderr == "No facts in 1 of 1 articles: articles/dry.\n"
    made = json.loads(good("build", "articles", "--into", "new", "--format", "json").stdout)
    assert made["empty"] == ["articles/dry"]


def test_min_confidence_leaves_out_what_is_less_to_be_trusted(here: Path) -> None:
    everything = [json.loads(line) for line in good("extract", "articles").stdout.splitlines()]
    threshold = str(max(fact["confidence"] for fact in everything))
    best = [json.loads(line) for line in good("extract", "articles", "--min-confidence", threshold).stdout.splitlines()]
    assert best == [fact for fact in everything if fact["confidence"] >= float(threshold)]
    assert 0 < len(best) < len(everything)
    result = good("extract", "articles", "--min-confidence", "1")
    assert (result.stdout, result.stderr) == ("", "No facts found with a confidence of 1 or more.\n")
    for command in ("view KG -o x.html", "analyze KG", "export KG -f csv -o tables"):
        good(*command.split(), "--min-confidence", "1")
    assert len((here / "tables" / "edges.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert run("extract", "articles", "--min-confidence", "2").exit_code == 2


def test_evaluate(here: Path) -> None:
    text = good("evaluate", "gold", "--errors").stdout
    assert "fact    1.000      1.000   1.000\n" in text
    assert "visitor      1.000      1.000   1.000  1\n" in text
    found = json.loads(good("evaluate", "gold", "--json", "--kind", "Visit").stdout)
    assert (found["types"].keys(), "errors" in found) == ({"Visit"}, False)
    (here / "facts.jsonl").write_text('{"document": "other", "type": "Visit"}\n', encoding="utf-8")
    result = good("evaluate", "gold", "--predictions", "facts.jsonl", "--errors")
    assert result.stderr == "1 facts are of documents that are not among these articles; they do not count.\n"
    assert (
        "\nxi-in-belgrade\n  missed      OfficeHolding\n    expected  holder: Xi Jinping; office: president"
        in result.stdout
    )
    assert "    “Chinese President Xi Jinping”\n" in result.stdout
    text = good("evaluate", "gold", "--calibrate", "counts.csv").stdout
    assert text.startswith("counts.csv: 3 constructions, from 3 facts in 1 articles\n")
    assert "predicted  found right\n" in text


def test_evaluate_articles_without_facts(here: Path) -> None:
    (here / "gold" / "example.json").write_text(
        '{"id": "a", "text": "It rained.", "entities": {}, "facts": []}', encoding="utf-8"
    )
    assert "there is nothing to measure" in good("evaluate", "gold").stderr
    assert "nothing could be counted" in good("evaluate", "gold", "--calibrate", "counts.csv").stderr


def test_explain(here: Path) -> None:
    text = good("explain", "articles", "-h").stdout + good("explain", "articles/award.md").stdout
    assert "  fired     HonourAward by 'awarded' (asserted, 2019-07-13): " in text
    assert "awarder: Emmanuel Macron" in text
    text = good("explain", "-", stdin=b"Macron visited. It rained.").stdout
    assert "  missed    Visit by 'visited': " in text
    assert "  nothing   no word of any kind of fact" in text
    assert "object: the museum = ?\n" in good("explain", "-", stdin=b"Macron visited the museum.").stdout
    assert good("explain", "-", stdin=b"It rained.").stderr.startswith("No facts in 1 of 1 articles: ")
    assert good("explain", "articles/award.md", "--html", "page.html").stdout.startswith("page.html (")
    assert "Emmanuel Macron" in (here / "page.html").read_text(encoding="utf-8")
    lines = good("explain", "articles", "--json").stdout.splitlines()
    assert all({"text", "mentions", "fired", "missed"} <= json.loads(line).keys() for line in lines)


@pytest.mark.parametrize("style", ["table", "json", "csv", "tsv"])
def test_query_in_every_format(style: str, here: Path) -> None:
    sparql = "SELECT ?s ?l { ?s a dip:State ; rdfs:label ?l } ORDER BY ?l LIMIT 1"
    out = good("query", "KG", sparql, "--format", style).stdout
    iri = "https://w3id.org/dipgraph/state/ISR"
    expected = {
        "table": "s           l\n----------  ------\n:state/ISR  Israel\n",
        "json": json.dumps([{"s": iri, "l": "Israel"}], indent=2) + "\n",
        "csv": f"s,l\n{iri},Israel\n",
        "tsv": f"s\tl\n{iri}\tIsrael\n",
    }
    assert out == expected[style]


def test_query_from_a_file_and_from_the_standard_input(here: Path) -> None:
    from_file = good("query", "KG", "-f", "question.rq", "--format", "csv").stdout
    assert (
        from_file == good("query", "KG", "-f", "-", "--format", "csv", stdin=(here / "question.rq").read_bytes()).stdout
    )


def test_ask(here: Path) -> None:
    listed = good("ask", "KG", "--format", "json").stdout
    assert "Who met whom, by month?" in [each["question"] for each in json.loads(listed)]
    answer = good("ask", "KG", "who", "met", "whom", "by", "month").stdout
    assert answer.startswith("Who met whom, by month?\n\n")
    assert "2019-04  Kim Jong-un  Vladimir Putin  1" in answer


def test_show(here: Path) -> None:
    text = good("show", "KG", "kim", "jong-un").stdout
    assert text.startswith("Kim Jong-un (Person)  https://w3id.org/dipgraph/person/kim-jong-un\n")
    assert "  2019-04  Meeting (asserted)  participant: " in text
    assert "    “Vladimir Putin met Kim Jong-un in Vladivostok in April 2019.” [articles/meeting]" in text
    assert json.loads(good("show", "KG", "Kim Jong-un", "--format", "json").stdout)[0]["facts"]


def test_view(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launched: list[str] = []
    monkeypatch.setattr(options.click, "launch", lambda url: launched.append(url) or 1)
    (here / "graph.html").write_text("old", encoding="utf-8")
    result = good("view", "KG", "--open", "--title", "<b>mine")
    assert launched == [(here / "graph.html").as_uri()]
    assert "No browser could be started; open graph.html yourself." in result.stderr
    assert "Kim Jong-un" in (here / "graph.html").read_text(encoding="utf-8")
    assert json.loads(good("view", "KG", "-o", "x.html", "--format", "json").stdout)["page"] == "x.html"


def test_analyze(here: Path) -> None:
    text = good("analyze", "KG").stdout
    assert "facts:" in text
    assert "Emmanuel Macron" in text
    rows = list(csv.DictReader(io.StringIO(good("analyze", "KG", "--format", "csv", "--top", "1").stdout)))
    assert len(rows) == 1
    assert rows[0]["iri"].startswith("https://")
    assert json.loads(good("analyze", "KG", "--format", "json", "--lens", "states", "--status", "all").stdout)[
        "summary"
    ]


def test_export_to_file_folder_and_output(here: Path) -> None:
    good("export", "KG", "-f", "trig", "-o", "graph.trig")
    assert (here / "graph.trig").read_text(encoding="utf-8") == good("export", "KG", "-f", "trig").stdout
    good("export", "KG", "-f", "csv", "-o", "tables")
    assert {path.name for path in (here / "tables").iterdir()} >= {"edges.csv", "nodes.csv"}


def test_check(here: Path, open_made: Any) -> None:
    assert good("check", "KG").stdout == "No violations.\n"
    assert json.loads(good("check", "KG", "--format", "json").stdout) == []
    open_made.store.update("DELETE WHERE { GRAPH ?g { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } }")
    open_made.close()
    result = run("check", open_made.path)
    assert result.exit_code == 1
    assert "an entity needs one name (rdfs:label)" in result.stdout
    assert "violations.\n" in result.stderr


def test_ontology_list_and_show(here: Path) -> None:
    rows = json.loads(good("ontology", "list", "--ontology", "my-ontology", "--format", "json").stdout)
    assert {"Visit", "GiftGiven"} <= {row["kind"] for row in rows}
    text = good("ontology", "show", "GiftGiven", "--ontology", "my-ontology").stdout
    assert "GiftGiven: A gift is given." in text
    assert "  verb gift: subject = giver, to = receiver" in text
    assert "  giver gaveTo receiver" in text
    assert json.loads(good("ontology", "show", "Visit", "--format", "json").stdout)[0]["roles"]


def test_ontology_check_says_what_is_wrong(here: Path) -> None:
    path = here / "my-ontology" / "gift.ttl"
    path.write_text(GIFT.replace("gifted a horse", "sold a horse").replace('"#123456"', '"blue"'), encoding="utf-8")
    result = run("ontology", "check", "my-ontology", "--format", "json")
    assert result.exit_code == 3
    faults = json.loads(result.stdout)
    assert faults[0] == 'GiftGiven: a kind of fact needs one dgx:color, like "#0072b2"'
    assert any("sold a horse" in fault for fault in faults)
    path.write_text(GIFT, encoding="utf-8")
    assert good("ontology", "check", "my-ontology").stdout == "No faults.\n", "no stale copy is kept"


def test_a_kind_of_the_users_own_goes_all_the_way(here: Path) -> None:
    article = b"Vladimir Putin gifted a horse to Kim Jong-un."
    good("build", "-", "--into", "own", "--ontology", "my-ontology", stdin=article)
    assert "GiftGiven" in good("show", "own", "Kim Jong-un").stdout
    assert good("check", "own", "--ontology", "my-ontology").stdout == "No violations.\n"
    good("view", "own", "-o", "own.html", "--ontology", "my-ontology")
    assert "#123456" in (here / "own.html").read_text(encoding="utf-8")


# Faults


SCRATCH: dict[str, bytes] = {
    "binary.txt": b"\0\1", "utf8.txt": b"caf\xe9", "empty.txt": b"", "line7.jsonl": b'{"text": "Fine."}\n' * 6 + b"{x\n",
    "bad/syntax.ttl": b"@prefix dip: <x> .\n\ndip:A dip:b ] .", "word/word.ttl": b"@prefix dgx: <https://w3id.org/dipgraph/extraction#> .\n<x:a> dgx:colour 1 .",
    "bare/readme.md": b"x", "bad.rq": b"\xff", "other/file": b"x",
}  # fmt: skip

FAULTS: list[tuple[str, int, str]] = [
    ("build gone.txt --into NEW", 2, "gone.txt: there is no such file or folder; check the path."),
    ("build binary.txt --into NEW", 2, "binary.txt: this is a binary file; dipgraph reads text in UTF-8: convert it to that."),
    ("build utf8.txt --into NEW", 2, "utf8.txt: not valid UTF-8 at byte 3 (0xe9); save the file as UTF-8."),
    ("build empty.txt --into NEW", 2, "empty.txt: the article is empty; it needs a text."),
    (
        "build line7.jsonl --into NEW", 2,
        "line7.jsonl, line 7: not valid JSON (Expecting property name enclosed in double quotes at column 2); each line must be one JSON object.",
    ),
    ("extract gone.txt", 2, "gone.txt: there is no such file or folder; check the path."),
    ("explain empty.txt", 2, "empty.txt: the article is empty; it needs a text."),
    ("extract article.txt --published soon", 2, "--published soon: not a date; write it like 2020-05-06."),
    ("extract article.txt --model nonsense", 2, None),
    ("extract article.txt --ontology nowhere", 2, "--ontology nowhere: there is no such folder or file; it wants a folder of Turtle files, or one such file."),
    ("build articles --into NEW --ontology bad", 3, "bad/syntax.ttl: not valid Turtle: line 3: "),
    ("build articles --into NEW --ontology word", 3, "dgx:colour is not an annotation of the extraction vocabulary; did you mean dgx:color?"),
    ("ontology check bare", 3, "bare: no Turtle file (*.ttl) in this folder; --ontology wants a folder that has one"),
    ("ontology show Visitt", 3, None),
    ("query KG SELECT", 4, None),
    ("query KG -f bad.rq", 2, "bad.rq: not valid UTF-8 at byte 0; save the file as UTF-8."),
    ("query KG -f gone.rq", 2, "gone.rq: cannot be read (No such file or directory); -f wants a file with a SPARQL query."),
    ("query KG INSERT_DATA_{}", 4, None),
    ("query gone ASK{}", 5, "There is no knowledge graph at gone; build one first."),
    ("ask other", 5, None),
    ("show other x", 5, None),
    ("show KG Nobody", 4, None),
    ("build articles --into other", 5, None),
    ("view KG -o gone/x.html", 2, "gone/x.html: cannot be written (No such file or directory); name another file with -o."),
    ("export KG -f csv", 2, "csv is 3 files; name the folder for them with -o."),
    ("export KG -f csv -o empty.txt", 2, "empty.txt: this is a file; -o wants a folder here."),
    ("analyze KG --status hoped", 2, None),
    ("evaluate gone", 2, "gone: there is no such file or folder; check the path."),
    ("evaluate articles", 2, "articles: no gold file (*.json) in this folder; docs/gold.md says how to write one."),
    ("evaluate gold --kind Visitt", 3, None),
    ("evaluate gold --errors --calibrate x.csv", 2, "--calibrate counts all kinds in a new reading by frames; leave out --predictions, --kind, --errors and --reader llm."),
    ("export KG -f turtle --min-confidence 0.9", 2, None),
    ("view KG --hops 2", 2, None),
]  # fmt: skip


@pytest.mark.parametrize(("command", "code", "message"), FAULTS, ids=[each[0] for each in FAULTS])
def test_each_fault_is_one_sentence_with_its_exit_code(
    command: str, code: int, message: str | None, here: Path
) -> None:
    for name, content in SCRATCH.items():
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_bytes(content)
    result = run(*(word.replace("_", " ") if "{}" in word else word for word in command.split()))
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.stderr
    if message is not None:
        assert result.stderr == f"Error: {message}\n" or (message.endswith(": ") and message in result.stderr)
    assert not (here / "NEW").exists()
    assert (here / "other" / "file").read_bytes() == b"x"


def test_usage_errors() -> None:
    assert "Give either a query or -f FILE" in run("query", "KG").stderr
    assert run("query", "KG").exit_code == 2
    assert "No such command 'bild'" in run("bild").stderr


@pytest.mark.parametrize(
    "sparql", ["SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "LOAD <http://x.example/>", "DROP ALL"]
)
def test_queries_that_reach_out_or_write_are_refused(sparql: str, here: Path) -> None:
    result = run("query", "KG", sparql)
    assert result.exit_code == 4
    assert " is refused: " in result.stderr


def test_a_query_that_takes_too_long_is_stopped(here: Path) -> None:
    result = run(
        "query", "KG", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "1"
    )
    assert result.exit_code == 4
    assert (
        result.stderr
        == "Error: The query took longer than 1 seconds and was stopped; narrow it, or give it more by --timeout.\n"
    )


def test_a_query_that_kills_the_engine_kills_only_its_worker(here: Path) -> None:
    result = run("query", "KG", f"ASK {{ FILTER({'(' * 20000}1{')' * 20000}) }}")
    assert result.exit_code == 4
    assert result.stderr.startswith("Error: The query")


def test_a_query_runs_no_file_of_the_working_folder(here: Path) -> None:
    (here / "csv.py").write_text("open('ran', 'w')", encoding="utf-8")
    (here / "pyoxigraph.py").write_text("open('ran', 'w')", encoding="utf-8")
    assert good("query", "KG", "ASK {}", "--format", "csv").stdout.endswith("true\n")
    assert not (here / "ran").exists()


def test_a_fault_of_the_worker_is_not_blamed_on_the_query(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "spoilt").mkdir()
    (here / "spoilt" / "pyoxigraph.py").write_text("raise RuntimeError('spoilt')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(here / "spoilt"))
    result = run("query", "KG", "ASK {}")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "nested too deeply" not in result.stderr
    assert "RuntimeError: spoilt" in result.stderr


def test_what_is_not_utf8_is_one_sentence(here: Path) -> None:
    for arguments, code in (
        (["query", "KG", "\udcff"], 4),
        (["show", "KG", "\udcff"], 2),
        (["build", "\udcff", "--into", "NEW"], 2),
    ):
        result = run(*arguments)
        assert result.exit_code in (code, 4), result.output
        assert not isinstance(result.exception, UnicodeEncodeError)
        assert result.stderr.startswith("Error: ")


def test_a_graph_knows_its_ontology_and_names_the_option_where_that_lacks_a_kind(here: Path) -> None:
    article = b"Vladimir Putin gifted a horse to Kim Jong-un."
    good("build", "-", "--into", "own", "--ontology", "my-ontology", stdin=article)
    assert json.loads(good("view", "own", "--kind", "GiftGiven", "--format", "json").stdout)["facts"] == 1
    (here / "other").mkdir()
    (here / "other" / "empty.ttl").write_text("", encoding="utf-8")
    result = run("view", "own", "--ontology", "other")
    assert result.exit_code == 3
    assert "GiftGiven" in result.stderr
    assert "--ontology" in result.stderr
    assert result.stderr.count(",") <= 3
    (here / "my-ontology").rename(here / "elsewhere")
    result = run("view", "own")
    assert result.exit_code == 2
    assert "not there any more; say by --ontology where it is" in result.stderr


@pytest.mark.parametrize("style", ["csv", "tsv"])
def test_a_cell_is_no_formula(style: str, here: Path) -> None:
    sparql = "SELECT ?a ?b { VALUES (?a ?b) { ('=1+1' -5) } }"
    assert good("query", "KG", sparql, "--format", style).stdout.splitlines()[1].split(
        "," if style == "csv" else "\t"
    ) == ["'=1+1", "-5"]


# Whole processes


def test_faults_of_a_process(here: Path) -> None:
    done = process("extract", "gone.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: gone.txt: there is no such file or folder; check the path.\n"


def test_ctrl_c_stops_a_build_that_goes_on_later(here: Path) -> None:
    text = "Vladimir Putin met Kim Jong-un in Vladivostok in April 2019. Xi Jinping visited France. " * 5
    (here / "many.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": f"{n}. {text}"}) + "\n" for n in range(400)), encoding="utf-8"
    )
    command = [sys.executable, "-m", "dipgraph", "build", "many.jsonl", "--into", "NEW"]
    building = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not any((here / "NEW" / "quads").glob("*.log")) and building.poll() is None:
        time.sleep(0.05)
    time.sleep(0.5)
    building.send_signal(signal.SIGINT)
    out, err = building.communicate(timeout=60)
    assert (building.returncode, out) == (130, "")
    assert err == "Error: stopped by Ctrl-C; NEW is whole: run the same command again to go on.\n"
    done = good("query", "NEW", "SELECT (COUNT(?d) AS ?n) { ?d a dip:Document }", "--format", "csv").stdout
    assert int(done.split()[1]) < 400


def test_a_closed_pipe_is_no_traceback(here: Path) -> None:
    command = f"{sys.executable} -m dipgraph export KG -f nquads | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_one_sentence(here: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m dipgraph export KG -f nquads > /dev/full",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    from dipgraph.reading.corpus import corpus

    shown: list[int] = []

    class Bar:
        def __init__(self, documents: Any, length: int, **_: Any):
            self.documents = documents
            shown.append(length)

        def __enter__(self) -> Iterator[Any]:
            return iter(self.documents)

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(options.click, "progressbar", Bar)
    assert len(list(options.progressbar(corpus(["articles"])))) == 2
    assert shown == []
    monkeypatch.setattr(options.sys.stderr, "isatty", lambda: True)
    assert len(list(options.progressbar(corpus(["articles"])))) == 2
    assert shown == [2]


def test_a_table_fits_a_screen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(options.sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    options.print_rows(("a", "b"), [("x" * 50, "y")], "table")
    assert capsys.readouterr().out.splitlines()[2] == f"{'x' * 34}…  y"
