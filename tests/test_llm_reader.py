"""The second reader from the command line and from Python: never unasked, and honest about what it could not give."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner, Result
from stub_endpoint import Reply, Stub, said, serving

import dipgraph
from dipgraph import pipeline
from dipgraph.cli import main
from dipgraph.language import endpoint
from dipgraph.model import Document

MEETING = {
    "type": "Meeting", "evidence": ["Vladimir Putin met Kim Jong-un in Vladivostok in April 2019."], "status": "asserted", "time": "2019-04",
    "roles": {"participant": [{"name": "Vladimir Putin", "type": "Person"}, {"name": "Kim Jong-un", "type": "Person"}]},
    "place": [{"name": "Vladivostok", "type": "Place"}], "attribution": [],
}  # fmt: skip
GOOD, NONE = said({"facts": [MEETING]}), said({"facts": []})


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as stub:
        stub.replies = [GOOD]
        yield stub


@pytest.fixture
def here(articles: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds `articles` (award.md, meeting.txt, read in this order)."""
    monkeypatch.chdir(articles.parent)
    monkeypatch.setattr(endpoint, "TRIES", 1)
    return articles.parent


def run(*arguments: str, stub: Stub | None = None) -> Result:
    more = ["--reader", "llm", "--model", "m", "--endpoint", stub.url] if stub else []
    return CliRunner().invoke(main, [*arguments, *more], prog_name="dipgraph")


def test_no_socket_is_opened_unasked(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setenv(endpoint.KEY, "sk-secret")
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for command in (("extract", "articles"), ("explain", "articles"), ("build", "articles", "--into", "KG")):
        assert run(*command).exit_code == 0
    with pytest.raises(AssertionError, match="a socket was opened"):
        endpoint.Endpoint("http://127.0.0.1:9/v1", "m").answer([], {})


def test_extract(here: Path, stub: Stub) -> None:
    result = run("extract", "articles/meeting.txt", stub=stub)
    assert (result.exit_code, result.stderr) == (0, "")
    (fact,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (fact["type"], fact["time"], fact["document"]) == ("Meeting", "2019-04", "meeting")
    (frames,) = dipgraph.extract(here / "articles" / "meeting.txt")
    for said_by in (fact, frames):
        said_by["roles"]["participant"].sort(key=lambda filler: filler["id"])
        del said_by["confidence"]
    assert fact == frames, "both readers say the same in the same form"


def test_what_is_dropped_is_counted_and_explained(here: Path, stub: Stub) -> None:
    stub.replies = [
        said({"facts": [MEETING, {**MEETING, "evidence": ["Putin met \x1b[31mnobody."]}, {**MEETING, "type": "Ball"}]})
    ]
    result = run("extract", "articles/meeting.txt", stub=stub)
    assert result.exit_code == 0
    assert result.stderr == (
        "Not kept of what the model said: the evidence is not in the text 1, no such kind of fact 1. `dipgraph explain` shows each.\n"
    )
    result = run("explain", "articles/meeting.txt", stub=stub)
    assert "  fired     Meeting by 'met' (asserted, 2019-04): participant: " in result.stdout
    assert "the evidence is not in the text: 'Putin met \\x1b[31mnobody.'" in result.stdout
    assert "no such kind of fact: 'Ball'" in result.stdout


def test_build_and_build_again(here: Path, stub: Stub) -> None:
    result = run("build", "articles", "--into", "KG", stub=stub)
    assert result.exit_code == 0
    assert result.stdout.startswith("KG: 2 documents read, 0 unchanged; 1 facts")
    asked = len(stub.asked)
    assert run("build", "articles", "--into", "KG", stub=stub).stdout.startswith("KG: 0 documents read, 2 unchanged")
    assert len(stub.asked) == asked
    assert run("build", "articles", "--into", "KG").stdout.startswith("KG: 2 documents read"), (
        "another reader reads again"
    )
    assert dipgraph.check("KG") == []


def test_a_document_that_failed_is_read_by_a_later_build(here: Path, stub: Stub) -> None:
    stub.replies = [said("I cannot help with that."), GOOD]
    result = run("build", "articles", "--into", "KG", stub=stub)
    assert result.exit_code == 6
    assert result.stdout.startswith("KG: 1 documents read, 0 unchanged; 1 facts")
    assert "articles/award: the model's answer is not JSON: 'I cannot help with that.'.\n" in result.stderr
    assert result.stderr.endswith("Error: 1 document was not read; the same command tries again.\n")
    stub.replies = [NONE]
    result = run("build", "articles", "--into", "KG", "--format", "json", stub=stub)
    assert result.exit_code == 0
    assert {"documents": 2, "unchanged": 1, "failed": {}}.items() <= json.loads(result.stdout).items()


def test_a_document_that_fails_keeps_what_it_said(here: Path, stub: Stub) -> None:
    dipgraph.build("articles/meeting.txt", "KG")
    stub.replies = [Reply(b"oops", 500)]
    summary = dipgraph.build("articles/meeting.txt", "KG", endpoint=dipgraph.Endpoint(stub.url, "m"))
    assert list(summary.log.failed) == ["meeting"]
    assert summary.facts == 1


def test_an_endpoint_that_no_document_can_use_ends_the_build(here: Path, stub: Stub) -> None:
    stub.replies = [GOOD, Reply(b"", 401)]
    result = run("build", "articles", "--into", "KG", stub=stub)
    assert (result.exit_code, result.stdout) == (6, "")
    assert "answers 401: it wants a valid key; put it into the environment variable DIPGRAPH_API_KEY." in result.stderr
    stub.replies = [GOOD]
    assert run("build", "articles", "--into", "KG", stub=stub).stdout.startswith("KG: 1 documents read, 1 unchanged")


def test_extract_and_explain_go_on_after_a_failure(here: Path, stub: Stub) -> None:
    for command in ("extract", "explain"):
        stub.replies = [Reply(b"oops", 500), GOOD]
        result = run(command, "articles", stub=stub)
        assert result.exit_code == 6
        assert "Meeting" in result.stdout
        assert f"articles/award: {stub.url} answers 500 ('oops').\nError: 1 document was not read" in result.stderr


def test_in_python_a_failure_is_an_error(stub: Stub) -> None:
    stub.replies = [said("no")]
    with pytest.raises(dipgraph.EndpointError, match="is not JSON"):
        list(dipgraph.extract(Document("d", "It rained."), endpoint=dipgraph.Endpoint(stub.url, "m")))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--reader", "llm"), "it needs --endpoint URL, like http://localhost:11434/v1."),
        (("--reader", "llm", "--model", "m"), "it needs --endpoint URL"),
        (("--reader", "llm", "--endpoint", "http://127.0.0.1:9/v1"), "it needs --model NAME."),
        (("--endpoint", "http://127.0.0.1:9/v1"), "--endpoint and --timeout are for --reader llm; give that too."),
        (("--timeout", "5"), "--endpoint and --timeout are for --reader llm; give that too."),
        (("--reader", "llm", "--model", "m", "--endpoint", "here"), "--endpoint here: not a web address"),
    ],
)
def test_usage(here: Path, options: tuple[str, ...], message: str) -> None:
    result = run("build", "articles", "--into", "NEW", *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (here / "NEW").exists()


def test_a_refused_connection_is_one_sentence(here: Path) -> None:
    with serving() as gone:
        pass
    result = run("extract", "articles", stub=gone)
    assert (result.exit_code, result.stdout) == (6, "")
    assert result.stderr.startswith(f"Error: --endpoint {gone.url} cannot be reached (")
    assert len(result.stderr.splitlines()) == 1


def test_a_slow_answer_is_waited_for_as_long_as_is_said(here: Path, stub: Stub) -> None:
    stub.replies = [Reply(GOOD.body, pause=0.6)]
    result = run("extract", "articles/meeting.txt", "--timeout", "0.2", stub=stub)
    assert result.exit_code == 6
    assert "gave no whole answer in 0.2 seconds; allow more by --timeout." in result.stderr


def test_the_name_of_a_reading_has_the_model_and_the_prompt(here: Path) -> None:
    rules = pipeline.load_ontology([])
    names = [
        pipeline.name_of_reading(rules, pipeline.MODEL, e)
        for e in (None, *(dipgraph.Endpoint("http://x/v1", m) for m in "ab"))
    ]
    assert len(set(names)) == 3
    assert ", llm a, prompt " in names[1]
    assert names[1] == pipeline.name_of_reading(rules, pipeline.MODEL, dipgraph.Endpoint("http://y/v1", "a"))


def test_evaluate(here: Path, stub: Stub) -> None:
    text = (here / "articles" / "meeting.txt").read_text(encoding="utf-8")
    people = {"putin": "Vladimir Putin", "kim": "Kim Jong-un"}
    gold = {
        "id": "meeting", "title": "", "published": "2019-05-01", "source": "wire", "text": text,
        "entities": {key: {"type": "Person", "names": [label]} for key, label in people.items()},
        "facts": [{"type": "Meeting", "roles": {"participant": [[key] for key in people]}, "status": "asserted", "time": "2019-04", "evidence": [text.strip()]}],
    }  # fmt: skip
    (here / "gold").mkdir()
    (here / "gold" / "meeting.json").write_text(json.dumps(gold), encoding="utf-8")
    result = run("evaluate", "gold", "--format", "json", stub=stub)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["strict"] == [1, 1, 1]
    stub.replies = [said("no")]
    result = run("evaluate", "gold", "--format", "json", stub=stub)
    assert result.exit_code == 6
    assert json.loads(result.stdout)["fact"][1] == 0
    assert "meeting: the model's answer is not JSON" in result.stderr
    result = run("evaluate", "gold", "--calibrate", "counts.csv", stub=stub)
    assert result.exit_code == 2
    assert "leave out --predictions, --kind, --errors and --reader llm." in result.stderr
