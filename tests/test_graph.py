"""The knowledge graph as Python users hold it."""

from pathlib import Path

import networkx as nx
import pytest
from rdflib import Dataset

import dipgraph
from dipgraph.ontology import shipped


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "kg"
    dipgraph.build(shipped("data") / "articles" / "abraham-accords-signed.md", path)
    return path


def test_it_is_a_networkx_graph_of_asserted_facts(folder: Path) -> None:
    with dipgraph.open(folder) as kg:
        graph = kg.to_networkx()
        assert isinstance(graph, nx.MultiDiGraph)
        asserted = {fact.iri for fact in kg.facts() if fact.status == "asserted"}
        assert {fact for _, _, fact in graph.edges(data="fact")} <= asserted
        for name in ("fact", "type", "time", "status", "sign", "sources"):
            assert all(name in data for _, _, data in graph.edges(data=True))


def test_it_is_a_graph_of_states(folder: Path) -> None:
    with dipgraph.open(folder) as kg:
        dyads = kg.to_networkx("states")
        assert dyads and all("/state/" in iri for iri in dyads)


def test_it_is_an_rdflib_dataset(folder: Path) -> None:
    with dipgraph.open(folder) as kg:
        assert isinstance(kg.dataset, Dataset)
        rows = kg.dataset.query("SELECT ?label { <https://w3id.org/dipgraph/state/ISR> rdfs:label ?label }")
        assert {str(row[0]) for row in rows} == {"Israel"}


def test_the_kinds_of_fact_can_be_listed() -> None:
    assert len(dipgraph.kinds()) >= 20
