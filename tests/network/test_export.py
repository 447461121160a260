import csv
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_sample import ANN, BOB, GAZETTEER, MEDAL, A, B, Store, entity, fact, ontology, store

from dipgraph.model import Document
from dipgraph.network import export, projection


def sample(label: str = "Zoë & <Co>; “x”\x00\x0b", **more: Any) -> Any:
    named = entity("zoë", "Person", aliases=("Z. & Co", "=Z"), same_as=("https://z.example/?a=1&b=2",))
    named = type(named)(**{**named.__dict__, "label": label})
    facts = (
        fact(
            "1", "Gift", giver=A, given=MEDAL, getter=named, time="2013-05", attribution=(BOB,), confidence=0.5, **more
        ),
        fact("2", "Chat", talker=(A, B)),
        fact("3", "Chat", talker=(A, B), time="/2014"),
    )
    return projection.entities(store(*facts), ontology())


def read_graphml(text: str) -> Any:
    return nx.read_graphml(BytesIO(text.encode()), force_multigraph=True)


def read_gexf(text: str) -> Any:
    return nx.read_gexf(BytesIO(text.encode()))


@pytest.mark.parametrize(("written", "read"), [(export.graphml, read_graphml), (export.gexf, read_gexf)])
def test_round_trip(written: Any, read: Any) -> None:
    graph = sample()
    back = read(written(graph))
    assert isinstance(back, nx.MultiDiGraph)
    assert set(back.nodes) == set(graph.nodes)
    keys = {data.get("id", key): (a, b, data) for a, b, key, data in back.edges(keys=True, data=True)}
    assert {key: pair[:2] for key, pair in keys.items()} == {key: (a, b) for a, b, key in graph.edges(keys=True)}
    for _, _, key, data in graph.edges(keys=True, data=True):
        found = keys[key][2]
        assert (found["fact"], found["kind"], found["property"]) == (data["fact"], data["type"], data["property"])
        assert (found["sign"], found["symmetric"], found["claims"]) == (data["sign"], data["symmetric"], data["claims"])
        assert found["confidence"] == data["confidence"] and found["sources"] == "one"
        assert found["evidence"] == "“They”" and found.get("time", "") == data["time"]
        assert found.get("begin", found.get("start", "")) == data["begin"] and found.get("end", "") == data["end"]
        assert "place" not in found
    node = back.nodes["person/zoë"]
    assert node["label"] == "Zoë & <Co>; “x”" and node["aliases"] == "Z. & Co; =Z"
    assert node["same_as"] == "https://z.example/?a=1&b=2"


def test_roles_and_counts_are_kept() -> None:
    text = export.graphml(projection.dyads(store(fact("1", "Gift", giver=A, getter=(B, ANN))), ontology(), GAZETTEER))
    back = read_graphml(text)
    ((_, _, data),) = back.edges(data=True)
    assert data["roles"] == "given to: B, ANN; given by: A"
    assert back.graph["unlifted"] == 0 and "documents" not in back.graph


def test_gexf_is_dynamic_and_bears_no_date_of_writing() -> None:
    text = export.gexf(sample())
    graph = ElementTree.fromstring(text).find("{*}graph")
    assert graph is not None and graph.get("mode") == "dynamic" and graph.get("timeformat") == "date"
    assert "lastmodified" not in text
    assert {edge.get("start") for edge in graph.iter("{http://www.gexf.net/1.2draft}edge")} == {"2013-05-01", None}


@pytest.mark.parametrize("write", [export.graphml, export.gexf, export.csv_tables])
def test_files_do_not_depend_on_the_order_of_the_graph(write: Any) -> None:
    graph = sample()
    turned: Any = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert write(graph) == write(turned)


@pytest.mark.parametrize("write", [export.graphml, export.gexf])
@given(label=st.text(st.characters(exclude_categories=())))
def test_any_text_makes_xml(write: Any, label: str) -> None:
    ElementTree.fromstring(write(sample(label)).encode())


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_csv_tables() -> None:
    kg = Store(
        (fact("1", "Gift", giver=A, given=MEDAL, getter=(B, ANN)),), (Document("one", "They, so.", "T", None, "u"),)
    )
    tables = export.csv_tables(projection.entities(kg, ontology()))
    assert list(tables) == ["nodes.csv", "edges.csv", "documents.csv"]
    assert [row["id"] for row in rows(tables["nodes.csv"])] == sorted(e.iri for e in (A, B, ANN, MEDAL))
    edge = next(row for row in rows(tables["edges.csv"]) if row["source"] == A.iri and row["target"] == ANN.iri)
    assert edge == {
        "source": A.iri, "target": ANN.iri, "key": f"fact/1|gaveTo|{A.iri}|{ANN.iri}", "fact": "fact/1", "kind": "Gift",
        "property": "gaveTo", "symmetric": "false", "time": "", "begin": "", "end": "", "status": "stated", "sign": "1",
        "confidence": "1.0", "sources": "one", "attribution": "", "place": "", "claims": "1", "evidence": "“They”",
        "roles": "given to: B, ANN; given: STAR; given by: A",
    }  # fmt: skip
    assert rows(tables["documents.csv"]) == [{"id": "one", "title": "T", "published": "", "url": "u"}]


def test_empty_tables_have_their_headers() -> None:
    tables = export.csv_tables(projection.entities(store(), ontology()))
    assert tables["edges.csv"].startswith("source,target,key,") and tables["nodes.csv"].startswith("id,label,kind,")


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_neutralised(label: str) -> None:
    tables = export.csv_tables(sample(label))
    assert all(row["id"] and row["kind"] for row in rows(tables["nodes.csv"]))
    label = label.replace("\r", "\n")
    assert label not in [cell for row in rows(tables["nodes.csv"]) for cell in row.values()]
    assert f"'{label}" in [row["label"] for row in rows(tables["nodes.csv"])]


def test_negative_numbers_stay_numbers() -> None:
    graph = projection.entities(store(fact("1", "Quarrel", angry=A, blamed=B)), ontology())
    assert rows(export.csv_tables(graph)["edges.csv"])[0]["sign"] == "-1"


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_no_cell_begins_like_a_formula(label: str) -> None:
    for text in export.csv_tables(sample(label)).values():
        for row in csv.reader(StringIO(text, newline="")):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "\n")) for cell in row)


def test_exports_leave_the_graph_alone() -> None:
    graph = sample()
    before = [*graph.nodes(data=True)], [(a, b, k, dict(d)) for a, b, k, d in graph.edges(keys=True, data=True)]
    export.graphml(graph), export.gexf(graph), export.csv_tables(graph)
    assert before == ([*graph.nodes(data=True)], [*graph.edges(keys=True, data=True)])
