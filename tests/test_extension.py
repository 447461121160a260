"""A new kind of fact is one Turtle file and no Python: it is read, merged, stored, drawn, checked, listed."""

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import dipgraph
from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.merging import merge
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.language.examples import faults
from dipgraph.language.reader import Reader
from dipgraph.model import Document
from dipgraph.network.projection import entities
from dipgraph.ontology import load

GIFTS = """
@prefix dgx: <https://w3id.org/dipgraph/extraction#> .
@prefix dip: <https://w3id.org/dipgraph/ontology#> .
@prefix ex: <https://example.org/gifts#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:Gift a owl:Class, dip:EntityClass ; rdfs:subClassOf dip:Entity ; rdfs:label "Gift"@en ;
    skos:definition "Something given away."@en ;
    dgx:color "#aa00ff" ; dgx:shape "star" ; dgx:headNoun "horse", "vase", "carpet" .

dip:GiftGiven a owl:Class, dip:KindOfFact ; rdfs:subClassOf dip:Event ;
    rdfs:label "gift given"@en ; skos:definition "Somebody is given a thing."@en ;
    dgx:color "#b00b69" ; dgx:shape "vee" ; dgx:sign 1 ;
    dgx:role
        [ dgx:property dip:giver ; dgx:range dip:Person, dip:State ; dgx:core true ; dgx:min 1 ; dgx:max 1 ;
          skos:definition "From whom."@en ] ,
        [ dgx:property dip:receiver ; dgx:range dip:Person, dip:State ; dgx:core true ; dgx:min 1 ;
          skos:definition "To whom."@en ] ,
        [ dgx:property dip:gift ; dgx:range ex:Gift ; dgx:core true ; dgx:min 1 ; dgx:max 1 ;
          skos:definition "What."@en ] ;
    dgx:frame
        [ dgx:verb "give", "present" ; dgx:subject dip:giver ; dgx:object dip:gift ;
          dgx:indirectObject dip:receiver ; dgx:to dip:receiver ] ,
        [ dgx:verb "present" ; dgx:subject dip:giver ; dgx:object dip:receiver ; dgx:with dip:gift ] ;
    dgx:shortcut [ dgx:source dip:giver ; dgx:property dip:gaveTo ; dgx:target dip:receiver ] ;
    dgx:example
        [ dgx:text "Emmanuel Macron presented Xi Jinping with a horse on 8 January 2018." ;
          dip:giver "Emmanuel Macron" ; dip:receiver "Xi Jinping" ; dip:gift "horse" ;
          dip:status dip:asserted ; dip:time "2018-01-08" ] ;
    dgx:counterexample "Emmanuel Macron gave a speech." .

dip:giver a owl:ObjectProperty ; rdfs:label "giver"@en .
dip:receiver a owl:ObjectProperty ; rdfs:label "receiver"@en .
dip:gift a owl:ObjectProperty ; rdfs:label "gift"@en .
dip:gaveTo a owl:ObjectProperty ; rdfs:label "gave to"@en .
"""
ARTICLE = Document(
    "gifts",
    "Vladimir Putin gave a carpet to Kim Jong-un on Monday. Xi Jinping will present Narendra Modi with a vase.",
    "Gifts", date(2023, 3, 15),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gifts")
    (path / "gifts.ttl").write_text(GIFTS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return Reader(load((folder,)), gazetteer.load())


@pytest.fixture
def graph(reader: Reader, tmp_path: Path) -> Path:
    with KnowledgeGraph.open(tmp_path / "KG", create=True) as kg:
        kg.replace(ARTICLE, reader.read(ARTICLE).claims, reader.ontology)
        kg.refresh_facts(merge, reader.ontology)
    return tmp_path / "KG"


def test_it_is_a_kind_among_the_others(reader: Reader) -> None:
    kind = reader.ontology.kind("GiftGiven")
    assert (kind.label, kind.color, kind.shape, kind.sign) == ("gift given", "#b00b69", "vee", 1)
    assert set(kind.roles) == {"giver", "receiver", "gift"}
    assert reader.ontology.kinds.keys() - load().kinds.keys() == {"GiftGiven"}


def test_its_sentences_are_read(reader: Reader) -> None:
    first, second = (c for c in reader.read(ARTICLE).claims if c.kind == "GiftGiven")
    assert {role: [e.label for e in found] for role, found in first.roles.items()} == {
        "giver": ["Vladimir Putin"], "receiver": ["Kim Jong-un"], "gift": ["carpet"],
    }  # fmt: skip
    assert (first.status, first.time and first.time.value) == ("asserted", "2023-03-13")
    assert (second.status, [e.kind for e in second.roles["gift"]]) == ("planned", ["Gift"])
    assert first.evidence[0].text == "Vladimir Putin gave a carpet to Kim Jong-un on Monday."


def test_its_examples_run_and_a_wrong_one_would_be_reported(reader: Reader, folder: Path, tmp_path: Path) -> None:
    assert list(faults(reader.ontology.kind("GiftGiven"), reader)) == []
    (tmp_path / "gifts.ttl").write_text(GIFTS.replace('dip:gift "horse"', 'dip:gift "house"'), encoding="utf-8")
    wrong = Reader(load((tmp_path,)), reader.gazetteer)
    assert len(list(faults(wrong.ontology.kind("GiftGiven"), wrong))) == 1


def test_the_shipped_ontology_alone_does_not_know_it(reader: Reader) -> None:
    plain = Reader(load(), reader.gazetteer)
    assert "GiftGiven" not in {c.kind for c in plain.read(ARTICLE).claims}


def test_its_plain_triple_is_in_the_store_only_where_it_is_so(graph: Path) -> None:
    with KnowledgeGraph.open(graph, read_only=True) as kg:
        rows = list(kg.query("SELECT ?a ?b { ?a dip:gaveTo ?b }"))  # type: ignore[arg-type]
        assert [(row["a"].value.rsplit("/", 1)[-1], row["b"].value.rsplit("/", 1)[-1]) for row in rows] == [
            ("vladimir-putin", "kim-jong-un")
        ]
        given = [fact for fact in kg.facts() if fact.kind == "GiftGiven"]
        assert {fact.status for fact in given} == {"asserted", "planned"}
        assert {entity.kind for fact in given for entity in fact.roles["gift"]} == {"Gift"}


def test_it_is_an_edge_with_its_colour_and_its_entry_in_the_legend(graph: Path, reader: Reader) -> None:
    from dipgraph.views.page import page
    from dipgraph.views.payload import contract

    with KnowledgeGraph.open(graph, read_only=True) as kg:
        network = entities(kg, reader.ontology, kinds={"GiftGiven"})
    ((_, _, edge),) = network.edges(data=True)
    assert (edge["type"], edge["property"], edge["sign"], edge["time"]) == ("GiftGiven", "gaveTo", 1, "2023-03-13")
    (relation,) = contract(network, reader.ontology)["relations"]
    assert (relation["label"], relation["color"], relation["shape"]) == ("gift given", "#b00b69", "vee")
    html = page(network, reader.ontology)
    assert "gift given" in html and "#b00b69" in html and "carpet" in html


def test_its_terms_and_its_data_keep_to_the_shapes(graph: Path, folder: Path, reader: Reader) -> None:
    import pyshacl

    assert reader.ontology.shapes, "the shipped ontology has shapes"
    with KnowledgeGraph.open(graph) as kg:
        for path in reader.ontology.shapes:
            data = reader.ontology.graph if path.stem.startswith("terms") else kg.store
            conforms, _, report = pyshacl.validate(data, shacl_graph=str(path))
            assert conforms, report


def test_it_is_checked_and_found_sound_like_any_graph(graph: Path, folder: Path) -> None:
    from dipgraph.pipeline.answers import check

    assert check(graph, ontology=[folder]) == []


def test_it_is_listed(folder: Path) -> None:
    from dipgraph.cli import main

    outcome = CliRunner().invoke(main, ["ontology", "list", "--ontology", str(folder)])
    assert outcome.exit_code == 0, outcome.output
    (line,) = [line for line in outcome.output.splitlines() if "GiftGiven" in line]
    assert "giver" in line and re.search(r"\breceiver\b", line)
    assert "GiftGiven" not in CliRunner().invoke(main, ["ontology", "list"]).output


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A project: its ontology, an article, the graph."""
    project = tmp_path / "project"
    (project / "gifts").mkdir(parents=True)
    (project / "gifts" / "gifts.ttl").write_text(GIFTS, encoding="utf-8")
    (project / "article.txt").write_text(ARTICLE.text, encoding="utf-8")
    summary = dipgraph.build(project / "article.txt", project / "kg", ontology=[project / "gifts"])
    assert summary.kinds["GiftGiven"] == 2
    return project


def test_a_graph_remembers_the_ontology_of_its_build(built: Path) -> None:
    assert dipgraph.networkx(built / "kg", kinds=["GiftGiven"]).number_of_edges() == 1
    assert "#b00b69" in dipgraph.view(built / "kg")
    assert dipgraph.check(built / "kg") == []
    again = dipgraph.build(built / "article.txt", built / "kg")
    assert (again.unchanged, again.kinds["GiftGiven"]) == (1, 2)


def test_a_graph_built_with_one_file_is_read_again_when_that_changes(built: Path) -> None:
    file = built / "gifts" / "gifts.ttl"
    dipgraph.build(built / "article.txt", built / "one", ontology=[file])
    assert dipgraph.build(built / "article.txt", built / "one").unchanged == 1
    file.write_text(GIFTS.replace("#b00b69", "#00b0b6"), encoding="utf-8")
    assert "#00b0b6" in dipgraph.view(built / "one")
    assert dipgraph.build(built / "article.txt", built / "one").unchanged == 0


def test_both_may_move_together(built: Path) -> None:
    moved = built.rename(built.with_name("moved"))
    assert dipgraph.networkx(moved / "kg", kinds=["GiftGiven"]).number_of_edges() == 1


def test_an_ontology_that_is_gone_is_asked_for(built: Path) -> None:
    (built / "gifts").rename(built / "elsewhere")
    with pytest.raises(dipgraph.InputError, match="not there any more; say by --ontology where it is"):
        dipgraph.networkx(built / "kg")
    assert dipgraph.networkx(built / "kg", ontology=[built / "elsewhere"], kinds=["GiftGiven"]).number_of_edges() == 1


def test_a_graph_behind_a_link_finds_its_ontology(built: Path, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "link").symlink_to(built / "kg")
    assert dipgraph.networkx(tmp_path / "deep" / "link", kinds="GiftGiven").number_of_edges() == 1


def test_an_ontology_that_another_replaces_is_told(built: Path, tmp_path: Path) -> None:
    from dipgraph.cli import main

    other = tmp_path / "other"
    other.mkdir()
    (other / "empty.ttl").write_text("", encoding="utf-8")
    both = dipgraph.build(built / "article.txt", built / "kg", ontology=[built / "gifts", other])
    assert (both.replaced, both.kinds["GiftGiven"]) == ((), 2)
    alone = dipgraph.build(built / "article.txt", built / "kg", ontology=[other])
    assert alone.replaced == ((built / "gifts").resolve(),)
    assert "GiftGiven" not in alone.kinds
    arguments = ["build", str(built / "article.txt"), "--into", str(built / "kg"), "--ontology", str(built / "gifts")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert f"was read with --ontology {other} before; to go on with that too, give both." in result.stderr
