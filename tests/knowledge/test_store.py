"""The knowledge graph on disk: whatever happens, whole documents and nothing twice."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import PropertyMock, patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions
from samples import KINDS, ONTOLOGY, POOL, claim, document, merge, readings

from dipgraph.errors import QueryError, StoreError
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.model import Claim, Document

HERE = Path(__file__).parent
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def contents(graph: KnowledgeGraph) -> set[str]:
    return {str(quad) for quad in graph.store}


def build(graph: KnowledgeGraph, read: list[tuple[Document, tuple[Claim, ...]]]) -> None:
    for one, claims in read:
        if not graph.holds(one, "r"):
            graph.replace(one, claims, ONTOLOGY, "r")
    graph.refresh_facts(merge, ONTOLOGY)


def some(n: int) -> list[tuple[Document, tuple[Claim, ...]]]:
    return [(document(i), (claim(document(i), KINDS[i % 3]), claim(document(i), KINDS[0], 5))) for i in range(n)]


def test_building_twice_changes_nothing(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(4))
        before = contents(graph)
        for one, claims in some(4):
            assert graph.holds(one, "r") and not graph.holds(one, "another reading")
            graph.replace(one, claims, ONTOLOGY, "r")
        assert graph.refresh_facts(merge, ONTOLOGY) == ()
        assert contents(graph) == before
    with KnowledgeGraph.open(tmp_path / "kg", read_only=True) as graph:
        assert contents(graph) == before
        assert len(list(graph.documents())) == 4
        assert sum(len(fact.claims) for fact in graph.facts()) == len(list(graph.claims()))
        with pytest.raises(StoreError, match="reading only"):
            graph.remove(document(0).id)


def test_a_changed_document_replaces_itself_and_its_facts_only(tmp_path: Path) -> None:
    changed = document(0, "The king of Beland stayed at home on Monday, it was said.")
    new = (changed, (claim(changed, KINDS[1]),))
    with KnowledgeGraph.open(tmp_path / "a", create=True) as graph:
        build(graph, some(3))
        build(graph, [new])
        after = contents(graph)
    with KnowledgeGraph.open(tmp_path / "b", create=True) as fresh:
        build(fresh, [new, *some(3)[1:]])
        assert contents(fresh) == after


def test_a_document_of_another_date_has_its_facts_merged_again(tmp_path: Path) -> None:
    one = document(0)
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(3))
        graph.replace(replace(one, published=date(2030, 1, 1)), some(1)[0][1], ONTOLOGY, "r")
        assert set(graph.refresh_facts(merge, ONTOLOGY)) == {KINDS[0]}


def test_only_touched_kinds_are_merged_again(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(3))
        graph.replace(document(9), [claim(document(9), KINDS[2])], ONTOLOGY, "r")
        assert graph.refresh_facts(merge, ONTOLOGY) == (KINDS[2],)
        assert set(graph.refresh_facts(merge, ONTOLOGY, "other judgements")) == set(KINDS[:3])


def test_removing_every_document_leaves_only_the_ledger_s_mark(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(3))
        assert all(graph.remove(one.id) for one, _ in some(3))
        assert not graph.remove("never read")
        graph.refresh_facts(merge, ONTOLOGY)
        assert len(contents(graph)) == 1


@settings(deadline=None, max_examples=15)
@given(st.lists(readings(), max_size=3, unique_by=lambda r: r[0].id), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_show(read: list[tuple[Document, tuple[Claim, ...]]], random: object) -> None:
    found = []
    for order in permutations(read):
        with TemporaryDirectory() as folder, KnowledgeGraph.open(Path(folder) / "kg", create=True) as graph:
            for one in order:
                build(graph, [one])
            found.append(contents(graph))
    assert all(each == found[0] for each in found)


KILLED = """
import os, signal, sys
from dipgraph.knowledge.store import KnowledgeGraph
from samples import ONTOLOGY, merge
from test_store import some
left = int(sys.argv[2])
write = KnowledgeGraph._write
def counted(self, remove, add):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    write(self, remove, add)
KnowledgeGraph._write = counted
with KnowledgeGraph.open(sys.argv[1], create=True) as graph:
    for one, claims in some(3):
        graph.replace(one, claims, ONTOLOGY, "r")
    graph.refresh_facts(merge, ONTOLOGY)
"""


def test_a_killed_build_is_finished_by_the_next(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "whole", create=True) as graph:
        build(graph, some(3))
        whole = contents(graph)
    for left in (0, 1, 3, 5, 7):
        path = tmp_path / str(left)
        ended = subprocess.run([sys.executable, "-c", KILLED, str(path), str(left)], cwd=HERE)
        assert ended.returncode == -signal.SIGKILL
        with KnowledgeGraph.open(path) as graph:
            build(graph, some(3))
            assert contents(graph) == whole


def test_what_is_no_knowledge_graph_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "dipgraph.json").write_text('{"format": 99}')
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "dipgraph.json").write_text("{")
    before = sorted(tmp_path.rglob("*"))
    faults = {"folder": "not a knowledge graph", "file": "not a knowledge graph", "old": "format 99", "torn": "damaged"}
    for name, message in faults.items():
        with pytest.raises(StoreError, match=message), KnowledgeGraph.open(tmp_path / name, create=True):
            pass
    with pytest.raises(StoreError, match="build one first"), KnowledgeGraph.open(tmp_path / "none"):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_a_disk_that_is_full_at_once_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    def torn(self: Path, text: str, encoding: str) -> None:
        self.touch()
        raise OSError(28, "No space left on device")

    with (
        patch.object(Path, "write_text", torn),
        pytest.raises(StoreError, match="No space left"),
        KnowledgeGraph.open(tmp_path / "kg", create=True),
    ):
        pass
    (tmp_path / "kg" / "dipgraph.json.1").touch()  # a program killed before the marker was in its place
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(1))


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: the system refuses in the same place."""
    program = """
import resource, signal, sys
from dipgraph.errors import StoreError
from dipgraph.knowledge.store import KnowledgeGraph
from samples import ONTOLOGY, claim, document
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with KnowledgeGraph.open(sys.argv[1]) as graph:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    try:
        for n in range(100, 1000):
            one = document(n, "A long text. " * 2000)
            graph.replace(one, [claim(one)], ONTOLOGY, "r")
    except StoreError as error:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print(error)
"""
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(3))
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "kg")], cwd=HERE, capture_output=True, text=True
    )
    assert "could not be written" in ended.stdout, ended.stderr
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        assert all(graph.holds(one, "r") for one, _ in some(3))
        for one in graph.documents():
            assert graph.holds(one, "r")


def test_after_a_failed_write_the_store_is_open_again(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(2))
        with (
            patch.object(KnowledgeGraph, "store", PropertyMock(side_effect=OSError("No space left on device"))),
            pytest.raises(StoreError, match=r"No space left on device.*make room"),
        ):
            graph._write((), ["anything"])  # type: ignore[list-item]
        build(graph, some(3))
        assert len(list(graph.documents())) == 3


OPENED = """
import sys
from dipgraph.knowledge.store import KnowledgeGraph
with KnowledgeGraph.open(sys.argv[1], read_only=sys.argv[2] == "read"):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no flock")
def test_one_writes_or_several_read(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(1))
        with pytest.raises(StoreError, match="already open"), KnowledgeGraph.open(tmp_path / "kg", read_only=True):
            pass
    for mode in ("write", "read"):
        command = [sys.executable, "-c", OPENED, str(tmp_path / "kg"), mode]
        with subprocess.Popen(command, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout and other.stdout.readline() == b"open\n"
            message = rf"written by another process \(pid {other.pid}\)" if mode == "write" else "being read by another"
            with pytest.raises(StoreError, match=message), KnowledgeGraph.open(tmp_path / "kg"):
                pass
            if mode == "read":
                with KnowledgeGraph.open(tmp_path / "kg", read_only=True) as graph:
                    assert len(list(graph.documents())) == 1
            os.kill(other.pid, signal.SIGKILL)
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        assert len(list(graph.documents())) == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { ?s ?p ", "line 1, column"),
        ("SELECT *\n{ ?s nope:x ?o }", "line 2.*not declared"),
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { \\u0053ervice <http://localhost/> { ?s ?p ?o } }", "SERVICE is refused"),
        (
            "SELECT * { ?s a ?t OPTIONAL{?s :a\\' ?o} SERVICE <http://x/> {?a ?b ?c} BIND(\"'\" AS ?z) }",
            "SERVICE is refused",
        ),
        ("SELECT * { SERVICE:x { ?a ?b ?c } }", "SERVICE is refused"),
        ("SELECT * { ?s ?p trueSERVICE <http://x/> { ?a ?b ?c } }", "SERVICE is refused"),
        ("SELECT * { ?s ?p :.SERVICE <http://x/> { ?a ?b ?c } }", "SERVICE is refused"),
        ("SELECT * { FILTER(?a<?b)SERVICE?x#>\n{ ?a ?b ?c } }", "SERVICE is refused"),
        ('SELECT * { FILTER(1<?b)#>"""\nSERVICE <http://x/> { ?a ?b ?c } #"""\n }', "SERVICE is refused"),
        ("LOAD <http://localhost/>", "LOAD is refused"),
        ("PREFIX a: <b:c> # note\nDELETE WHERE { ?s ?p ?o }", "DELETE is refused"),
        ("DROP ALL", "DROP is refused"),
        ("", "not valid SPARQL"),
    ],
)
def test_a_faulty_or_forbidden_query_is_refused(tmp_path: Path, query: str, message: str) -> None:
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        with pytest.raises(QueryError, match=message) as error:
            graph.query(query)
        assert "\n" not in str(error.value)


def test_queries_see_everything_once(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        build(graph, some(5))
        found = graph.query(COUNT.replace("*", "?o", 1))
        distinct = graph.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
        assert isinstance(found, QuerySolutions) and isinstance(distinct, QuerySolutions)
        assert next(found)["n"] == next(distinct)["n"]
        harmless = 'SELECT ?service { ?service rdfs:label "SERVICE load" } # SERVICE <x>'
        assert list(graph.query(harmless)) == []  # type: ignore[arg-type]
        names = "SELECT * { ?s :a\\'b\\,service ?load . <http://x/service?a#b> :service 'the service' }"
        assert list(graph.query(names)) == []  # type: ignore[arg-type]
        named = graph.query("SELECT ?label { <entity/1> rdfs:label ?label }")
        assert [row["label"].value for row in named] == ["Name 1"]  # type: ignore[union-attr]
        assert len(graph.dataset.query("SELECT * { ?f a dip:Fact }")) == len(list(graph.facts()))


def test_entities_are_found_by_any_name(tmp_path: Path) -> None:
    one = document(1)
    person = POOL[2].__class__("https://x.org/e", POOL[2].kind, "Renée Núñez", ("La Presidenta",))
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        graph.replace(one, [claim(one, place=(person,))], ONTOLOGY)
        assert graph.find("renee  nunez") == graph.find("LA PRESIDENTA") == (person,) == (graph.entity(person.iri),)
        with pytest.raises(QueryError, match="did you mean Renée Núñez"):
            graph.find("Rene Nunes")
        with pytest.raises(QueryError, match="describes no entity"):
            graph.entity("https://x.org/unknown")


def test_a_closed_graph_says_so(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "kg", create=True) as graph:
        pass
    with pytest.raises(StoreError, match="closed"):
        graph.query(COUNT)
