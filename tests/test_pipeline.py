"""The flow from articles to a knowledge graph, and the verbs of the package."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import dipgraph
from dipgraph import pipeline
from dipgraph.errors import DipgraphError, InputError, OntologyError, QueryError, StoreError
from dipgraph.model import Document
from dipgraph.pipeline import outputs
from dipgraph.pipeline.answers import Question, meant

TEXT = "Emmanuel Macron awarded Narendra Modi the Legion of Honour on 13 July 2023.\n\nXi Jinping will visit Serbia."


def named(facts: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(fact for fact in facts if fact["type"] == kind)


def test_extract_gives_the_documented_dictionaries() -> None:
    facts = list(dipgraph.extract(Document("d", TEXT, published=date(2023, 7, 14))))
    award = named(facts, "HonourAward")
    assert list(award) == [
        "document",
        "type",
        "roles",
        "status",
        "time",
        "place",
        "attribution",
        "evidence",
        "confidence",
    ]
    assert award["document"] == "d"
    assert award["status"] == "asserted"
    assert award["time"] == "2023-07-13"
    assert [each["label"] for each in award["roles"]["awarder"]] == ["Emmanuel Macron"]
    assert award["roles"]["awarder"][0]["id"].endswith("/person/emmanuel-macron")
    assert named(facts, "Visit")["roles"]["destination"][0]["id"].endswith("/SRB")
    assert named(facts, "Visit")["status"] == "planned"
    json.dumps(facts)


def test_evidence_quotes_the_text_as_given(tmp_path: Path) -> None:
    text = "\ufeffÀ propos:\r\n\r\n" + TEXT.replace("Emmanuel", "😀 Emmanuel")
    (tmp_path / "a.json").write_text(json.dumps({"text": text}), encoding="utf-8")
    facts = list(dipgraph.extract(tmp_path / "a.json"))
    spans = [span for fact in facts for span in fact["evidence"]]
    assert spans
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def test_explain_says_what_fired_and_what_did_not() -> None:
    sentences = list(dipgraph.explain(Document("d", TEXT + " Macron visited. It rained.")))
    fired = [claim["type"] for sentence in sentences for claim in sentence["fired"]]
    assert "HonourAward" in fired
    assert sentences[0]["mentions"][0]["label"] == "Emmanuel Macron"
    missed = [miss for sentence in sentences for miss in sentence["missed"] if sentence["text"] == "Macron visited."]
    assert any(miss["type"] == "Visit" and miss["why"] for miss in missed)
    assert sentences[-1]["fired"] == sentences[-1]["missed"] == []


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that were read by the language room."""
    read, seen = pipeline.Reader.read, []

    def counted(self: Any, document: Document, **options: Any) -> Any:
        seen.append(document.id)
        return read(self, document, **options)

    monkeypatch.setattr(pipeline.Reader, "read", counted)
    return seen


def exported(graph: Path) -> bytes:
    return dipgraph.export(graph, "nquads")["graph.nq"]


def test_build_twice_changes_nothing_and_reads_nothing(articles: Path, tmp_path: Path, readings: list[str]) -> None:
    first = dipgraph.build(articles, tmp_path / "KG")
    before = exported(tmp_path / "KG")
    second = dipgraph.build(articles, tmp_path / "KG")
    assert (first.documents, first.unchanged, second.unchanged) == (2, 0, 2)
    assert readings == ["articles/award", "articles/meeting"]
    assert first.facts == second.facts == sum(first.statuses.values()) >= 3
    assert exported(tmp_path / "KG") == before


def test_a_changed_document_replaces_what_it_said(articles: Path, tmp_path: Path, readings: list[str]) -> None:
    dipgraph.build(articles, tmp_path / "KG")
    (articles / "meeting.txt").write_text("Vladimir Putin visited Mongolia in May 2019.\n", encoding="utf-8")
    dipgraph.build(articles, tmp_path / "KG")
    assert readings == ["articles/award", "articles/meeting", "articles/meeting"]
    dipgraph.build(articles, tmp_path / "fresh")
    assert exported(tmp_path / "KG") == exported(tmp_path / "fresh")


def test_another_ontology_reads_again(articles: Path, tmp_path: Path, readings: list[str]) -> None:
    dipgraph.build(articles, tmp_path / "KG")
    more = tmp_path / "more"
    more.mkdir()
    (more / "more.ttl").write_text("<https://x.example> <https://x.example/says> 1 .", encoding="utf-8")
    dipgraph.build(articles, tmp_path / "KG", ontology=[more])
    assert len(readings) == 4


KILLED = """
import os, sys
from dipgraph import pipeline
def progress(documents):
    for number, document in enumerate(documents):
        if number == 1:
            os.kill(os.getpid(), 9)
        yield document
pipeline.build(sys.argv[1], sys.argv[2], progress=progress)
"""


def test_a_killed_build_goes_on_where_it_was(articles: Path, tmp_path: Path, readings: list[str]) -> None:
    command = [sys.executable, "-c", KILLED, str(articles), str(tmp_path / "KG")]
    assert subprocess.run(command, check=False).returncode == -9
    summary = dipgraph.build(articles, tmp_path / "KG")
    assert summary.unchanged == 1
    assert readings == ["articles/meeting"]
    dipgraph.build(articles, tmp_path / "fresh")
    assert exported(tmp_path / "KG") == exported(tmp_path / "fresh")


def test_an_interrupted_build_leaves_a_store_that_can_be_asked(articles: Path, tmp_path: Path) -> None:
    def interrupt(documents: Any) -> Iterator[Document]:
        yield next(iter(documents))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dipgraph.build(articles, tmp_path / "KG", progress=interrupt)
    assert dipgraph.query(tmp_path / "KG", "SELECT ?d { ?d a dip:Document }").rows == (
        ("https://w3id.org/dipgraph/document/articles%2Faward",),
    )
    assert dipgraph.check(tmp_path / "KG") == []


def test_bad_input_leaves_the_store_as_it_was(made: Path, articles: Path, tmp_path: Path) -> None:
    before = exported(made)
    (articles / "zzz.txt").write_bytes(b"\0")
    for into in (made, tmp_path / "new"):
        with pytest.raises(InputError):
            dipgraph.build(articles, into)
    assert exported(made) == before
    assert not (tmp_path / "new").exists()
    with pytest.raises(InputError):
        dipgraph.build(articles / "award.md", tmp_path / "new", model="no_such_model")
    assert not (tmp_path / "new").exists()


def test_published(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Xi Jinping visited Serbia yesterday.", encoding="utf-8")
    (dated,) = dipgraph.extract(tmp_path / "a.txt", published="2024-05-08")
    (undated,) = dipgraph.extract(tmp_path / "a.txt")
    assert (dated["time"], undated["time"]) == ("2024-05-07", None)
    with pytest.raises(InputError, match="--published soon: not a date; write it like"):
        list(dipgraph.extract(tmp_path / "a.txt", published="soon"))
    with pytest.raises(InputError, match="--published 0999-01-01: not a date"):
        list(dipgraph.extract(tmp_path / "a.txt", published=date(999, 1, 1)))


@pytest.mark.parametrize(
    ("sparql", "rows"),
    [
        ("SELECT ?l { :person\\/ann rdfs:label ?l }", (("Ann Ames",),)),
        ("SELECT ?l ?m { :person\\/ann rdfs:label ?l OPTIONAL { ?l dip:x ?m } }", (("Ann Ames", ""),)),
        ("ASK { ?s a dip:Fact }", (("true",),)),
        ("CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l FILTER(?l = 'Aland') }",
         (("https://w3id.org/dipgraph/state/AAA", "http://www.w3.org/2000/01/rdf-schema#label", "Aland"),)),
    ],
)  # fmt: skip
def test_query(made: Path, sparql: str, rows: object) -> None:
    assert dipgraph.query(made, sparql).rows == rows


def test_records_leave_out_what_is_open(made: Path) -> None:
    table = dipgraph.query(made, "SELECT ?l ?m { :person\\/ann rdfs:label ?l OPTIONAL { ?l dip:x ?m } }")
    assert table.records() == [{"l": "Ann Ames"}]


def test_show_takes_the_facts_that_an_analysis_names(made: Path) -> None:
    (award,) = dipgraph.analyze(made, "honours")["awards"]
    (found,) = dipgraph.show(made, award["fact"])
    assert found["id"] == award["fact"] and [fact["type"] for fact in found["facts"]] == ["HonourAward"]
    assert found["facts"][0]["evidence"][0]["text"] == "Ann decorated Bob."


def test_show_gives_facts_with_evidence_oldest_first(made: Path) -> None:
    (ann,) = dipgraph.show(made, "ann ames")
    assert ann["class"] == "Person"
    times = [fact["time"] for fact in ann["facts"] if fact["time"]]
    assert times == sorted(times)
    meeting = named(ann["facts"], "Meeting")
    assert [each["document"] for each in meeting["evidence"]] == ["first", "second"]
    assert meeting["evidence"][0] == {
        "document": "first", "title": "First", "published": "2021-06-01", "url": "", "start": 19, "end": 31, "text": "Ann met Bob.",
    }  # fmt: skip
    with pytest.raises(QueryError, match="did you mean Ann Ames"):
        dipgraph.show(made, "Ann Amse")


@pytest.mark.parametrize(
    ("words", "name"),
    [("who met whom by month", "meetings-by-month"), ("allies", "allies"), ("Which honours did leaders give?", "honours-between-leaders"),
     ("sanctions on whom", "sanctions"), ("restored relations", "relations-restored"), ("facts with one source", "facts-of-one-source")],
)  # fmt: skip
def test_questions_are_found_by_their_words(words: str, name: str) -> None:
    assert meant(words, dipgraph.questions()).name == name


def test_no_question_is_like_it(made: Path) -> None:
    with pytest.raises(QueryError, match="No stored question is like 'weather tomorrow'; the nearest are"):
        dipgraph.ask(made, "weather tomorrow")
    with pytest.raises(InputError, match="no stored questions"):
        meant("x", {})


def test_a_question_without_a_header_is_called_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "my-own.rq"
    path.write_text("ASK {}", encoding="utf-8")
    assert Question.of(path) == Question("my-own", "my own", "", "ASK {}")
    path.write_bytes(b"\xff")
    with pytest.raises(OntologyError, match="cannot be read"):
        Question.of(path)


@pytest.mark.parametrize("lens", [outputs.ENTITIES, outputs.STATES])
def test_networkx_view_and_analyze(made: Path, tmp_path: Path, lens: str) -> None:
    graph = dipgraph.networkx(made, lens)
    found = dipgraph.analyze(made, lens=lens, top=2)
    assert found["summary"]["nodes"] == len(graph) >= 3
    assert len(found["ranking"]) == 2
    html = dipgraph.view(made, tmp_path / "graph.html", lens=lens)
    assert (tmp_path / "graph.html").read_text(encoding="utf-8") == html
    assert "Aland" in html


def test_networkx_by_status(made: Path) -> None:
    assert {s for *_, s in dipgraph.networkx(made, status="postponed").edges(data="status")} == {"postponed"}
    assert "asserted" in {s for *_, s in dipgraph.networkx(made, status="all").edges(data="status")}
    with pytest.raises(InputError, match="--status hoped: there is no such status; choose asserted, "):
        dipgraph.networkx(made, status="hoped")
    with pytest.raises(InputError, match="--lens cities: there is no such lens; choose entities, states, facts"):
        dipgraph.networkx(made, "cities")


@pytest.mark.parametrize("format", outputs.EXPORTS)
def test_export_is_the_same_twice(made: Path, format: str) -> None:
    files = dipgraph.export(made, format)
    assert files == dipgraph.export(made, format)
    assert all(content for content in files.values())
    assert len(files) == (3 if format == "csv" else 1)


@pytest.mark.parametrize("format", outputs.RDF)
def test_rdf_exports_are_rdf_without_the_ledger(made: Path, format: str) -> None:
    from rdflib import Dataset, Graph

    (content,) = dipgraph.export(made, format).values()
    parsed = Graph() if format == "turtle" else Dataset(default_union=True)
    parsed.parse(data=content, format={"jsonld": "json-ld"}.get(format, format))
    facts = parsed.query("SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f a <https://w3id.org/dipgraph/ontology#Fact> }")
    (row,) = facts
    assert int(row[0]) == len(dipgraph.query(made, "SELECT ?f { ?f a dip:Fact }").rows)
    assert b"graph/ledger" not in content


def test_unknown_format(made: Path) -> None:
    with pytest.raises(InputError, match="-f pdf: there is no such format; choose turtle, "):
        dipgraph.export(made, "pdf")


def test_write_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    outputs.write(path, b"one")
    with pytest.raises(InputError, match="cannot be written"):
        outputs.write(tmp_path / "no" / "x", b"two")

    def full(self: Path, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left on device"):
        outputs.write(path, b"two")
    assert path.read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


def test_write_keeps_links_and_devices(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"one")
    (tmp_path / "link").symlink_to("real")
    outputs.write(tmp_path / "link", b"two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"two"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    outputs.write(tmp_path / "pipe", b"three")
    assert os.read(reader, 9) == b"three"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_extract_reads_documents_and_files_together(articles: Path) -> None:
    facts = dipgraph.extract([Document("d", TEXT), articles / "meeting.txt"])
    assert {fact["document"] for fact in facts} == {"d", "meeting"}


def test_the_name_of_a_reading(tmp_path: Path) -> None:
    names = []
    for text in ("1", "2"):
        folder = tmp_path / "shapes" / "own"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "more.ttl").write_text(f"<https://x.example> <https://x.example/says> {text} .", encoding="utf-8")
        names.append(pipeline.name_of_reading(pipeline.load_ontology([folder]), pipeline.MODEL))
    assert names[0] != names[1], "a folder above is called shapes"
    assert f"{pipeline.MODEL} {version(pipeline.MODEL)}," in names[0]
    assert ", my/model," in pipeline.name_of_reading(pipeline.load_ontology([]), "my/model")


def test_an_open_graph_can_be_given(made: Path) -> None:
    with dipgraph.open(made) as graph:
        assert dipgraph.query(graph, "ASK {}").rows == (("true",),)
        assert dipgraph.check(graph) == []
    with pytest.raises(StoreError):
        dipgraph.query(graph, "ASK {}")


def test_the_package_has_its_verbs_with_docstrings() -> None:
    for name in dipgraph.__all__:
        assert getattr(dipgraph, name).__doc__, name
    assert {"build", "extract", "explain", "query", "ask", "show", "view", "analyze", "export", "check", "demo"} <= set(
        dir(dipgraph)
    )
    assert issubclass(dipgraph.InputError, DipgraphError)
    assert dipgraph.__version__
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = dipgraph.nonsense


def test_importing_the_package_imports_nothing_slow() -> None:
    code = "import sys, dipgraph, dipgraph.cli; print(sorted({'spacy', 'rdflib', 'networkx', 'pyvis', 'pyoxigraph', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
