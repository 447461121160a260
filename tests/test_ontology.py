"""The ontology folder becomes tables; each fault that a folder can have is reported in plain words, all at once."""

import importlib.util
import os
import re
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from dipgraph import check_ontology
from dipgraph.errors import OntologyError
from dipgraph.ontology import Ontology, load, shipped
from dipgraph.ontology.tables import DGX, DIP

SHARED = Path(__file__).parents[2] / "shared" / "gold"
HEAD = """
@prefix dgx: <https://w3id.org/dipgraph/extraction#> .
@prefix dip: <https://w3id.org/dipgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
KIND = """
dip:TreeGiven a dip:KindOfFact ; rdfs:label "tree given"@en ;
    dgx:role [ dgx:property dip:planter ; dgx:range dip:Person ; dgx:core true ; dgx:min 1 ] ;
    dgx:frame [ dgx:verb "plant" ; dgx:subject dip:planter ] ;
    dgx:shortcut [ dgx:source dip:planter ; dgx:property dip:planted ; dgx:target dip:planter ] .
"""


def folder(path: Path, turtle: str, name: str = "own.ttl") -> Path:
    path.mkdir(exist_ok=True)
    (path / name).write_text(HEAD + turtle, encoding="utf-8")
    return path


def faults(*folders: Path) -> tuple[str, ...]:
    with pytest.raises(OntologyError) as raised:
        load(folders)
    assert str(raised.value) == "\n".join(raised.value.faults)
    assert raised.value.exit_code == 3
    return raised.value.faults


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load()


def test_the_shipped_ontology_has_no_fault(ontology: Ontology) -> None:
    assert ontology.kinds and ontology.classes and ontology.statuses
    assert ontology.default_status == "asserted"
    assert ontology.folders == (shipped("ontology"),)


def test_every_kind_can_be_read_drawn_and_explained(ontology: Ontology) -> None:
    for kind in ontology.kinds.values():
        assert kind.label and kind.definition and kind.frames and kind.shortcuts and kind.core, kind.name
        assert re.fullmatch("#[0-9a-f]{6}", kind.color) and kind.sign in (-1, 0, 1), kind.name
        assert all(role.label and role.definition and role.ranges for role in kind.roles.values()), kind.name


def test_kinds_and_classes_have_colours_of_their_own(ontology: Ontology) -> None:
    colours = [kind.color for kind in ontology.kinds.values()]
    assert len(set(colours)) == len(colours)


def test_statuses_have_ranks_of_their_own(ontology: Ontology) -> None:
    assert len({s.rank for s in ontology.statuses.values()}) == len({s.dash for s in ontology.statuses.values()}) == 7


def test_a_class_is_what_its_parents_are(ontology: Ontology) -> None:
    assert ontology.is_a("Alliance", "Alliance") and ontology.is_a("Alliance", "Organization")
    assert not ontology.is_a("Organization", "Alliance") and not ontology.is_a("Nothing", "Alliance")


def test_a_misspelt_kind_is_answered_with_near_ones(ontology: Ontology) -> None:
    assert ontology.kind("Visit").name == "Visit"
    with pytest.raises(OntologyError, match=r"no kind of fact is called 'Vist'; did you mean .*Visit"):
        ontology.kind("Vist")


def test_the_vocabulary_is_documented(ontology: Ontology) -> None:
    terms = {s for s in ontology.graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(DGX)}
    used = {p for p in ontology.graph.predicates() if str(p).startswith(DGX)}
    assert used <= terms and len(terms) > 50
    for term in terms:
        assert ontology.graph.value(term, RDFS.label) and ontology.graph.value(term, SKOS.definition), term


def test_every_property_that_a_role_or_shortcut_uses_is_declared(ontology: Ontology) -> None:
    used = {o for name in ("property", "source", "target") for o in ontology.graph.objects(None, DGX[name])}
    for term in used:
        if not isinstance(term, Literal):  # dgx:source is also a word before a speaker
            assert str(term).startswith(DIP) and ontology.graph.value(term, RDFS.label), term


def test_a_users_folder_adds_to_the_shipped_one(tmp_path: Path, ontology: Ontology) -> None:
    extended = load((folder(tmp_path, KIND),))
    assert extended.kinds.keys() - ontology.kinds.keys() == {"TreeGiven"}
    kind = extended.kinds["TreeGiven"]
    assert kind.core == {"planter"} and kind.roles["planter"].minimum == 1
    assert [(f.trigger, f.words, f.slots) for f in kind.frames] == [("verb", {"plant"}, {"subject": ("planter",)})]
    assert extended.folders[-1] == tmp_path


def test_a_users_folder_adds_words_to_a_shipped_kind(tmp_path: Path, ontology: Ontology) -> None:
    added = 'dip:Visit dgx:frame [ dgx:verb "helicopter" ; dgx:subject dip:visitor ; dgx:to dip:destination ] .'
    frames = load((folder(tmp_path, added),)).kinds["Visit"].frames
    assert len(frames) == len(ontology.kinds["Visit"].frames) + 1


def test_what_leads_to_what_and_which_grades_there_are(tmp_path: Path, ontology: Ontology) -> None:
    assert ontology.kinds["Invitation"].answered_by == ("Visit",) and ontology.kinds["Visit"].leads_to == ("Meeting",)
    assert ontology.kinds["Accession"].begins == ontology.kinds["Withdrawal"].ends == "AllianceMembership"
    assert [role.name for kind in ontology.kinds.values() for role in kind.roles.values() if role.token] == ["honour"]
    grades = ontology.classes["Honour"].grades
    assert [grade.rank for grade in grades] == [6, 5, 4, 3, 2, 1] and "Grand Cross" in grades[1].words
    added = "dip:Message dgx:leadsTo dip:Visit, dip:TreeGiven ." + KIND
    assert load((folder(tmp_path, added),)).kinds["Message"].leads_to == ("TreeGiven", "Visit")


def test_a_users_folder_brings_its_queries_and_shapes(tmp_path: Path) -> None:
    for name in ("queries/trees.rq", "shapes/tree.ttl"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("", encoding="utf-8")
    extended = load((folder(tmp_path, KIND),))
    assert extended.queries["trees"] == tmp_path / "queries/trees.rq"
    assert extended.shapes[-1] == tmp_path / "shapes/tree.ttl"


BAD = {
    "an unknown annotation": (
        KIND.replace("dgx:verb", "dgx:verbs"),
        "dgx:verbs is not an annotation of the extraction vocabulary; did you mean dgx:verb?",
    ),
    "a slot whose role is not declared": (
        KIND.replace("dgx:subject dip:planter", "dgx:subject dip:tree"),
        "TreeGiven: slot dgx:subject names role tree, which the kind does not declare",
    ),
    "a range that is no class": (
        KIND.replace("dgx:range dip:Person", "dgx:range dip:Persona"),
        "TreeGiven: range Persona of role planter is no dip:EntityClass",
    ),
    "a frame without trigger": (
        KIND.replace('dgx:verb "plant" ; ', ""),
        "TreeGiven: a frame has no dgx:verb, dgx:noun, dgx:adjective or dgx:title",
    ),
    "a shortcut that ends nowhere": (
        KIND.replace("dgx:target dip:planter", "dgx:target dip:tree"),
        "TreeGiven: the shortcut's dgx:target is not one of its roles",
    ),
    "a shortcut that begins nowhere": (
        KIND.replace("dgx:source dip:planter ; ", ""),
        "TreeGiven: the shortcut's dgx:source is not one of its roles",
    ),
    "a kind without roles": (
        "dip:TreeGiven a dip:KindOfFact .",
        "TreeGiven: no dgx:role; a kind of fact needs at least one",
    ),
    "a link to what is no kind of fact": (
        KIND + "dip:TreeGiven dgx:leadsTo dip:Forest .",
        "TreeGiven: dgx:leadsTo names Forest, which is no kind of fact",
    ),
    "a role without its property": (
        KIND.replace("dgx:role [", "dgx:role [ dgx:range dip:Person ] , ["),
        "TreeGiven: a dgx:role has no dgx:property; name the property that links the fact to its filler",
    ),
    "a number that is none": (
        KIND.replace("dgx:min 1", 'dgx:min "many"'),
        "dgx:min is 'many'; it must be a whole number",
    ),
    "a day that is none": (
        KIND + 'dip:TreeGiven dgx:example [ dgx:text "Ann planted." ; dgx:published "May" ] .',
        "dgx:published is 'May'; it must be a day like 2020-05-06",
    ),
    "classes above each other": (
        "dip:Oak a dip:EntityClass ; rdfs:subClassOf dip:Tree . dip:Tree a dip:EntityClass ; rdfs:subClassOf dip:Oak .",
        "Oak: rdfs:subClassOf leads from it back to itself; a class is below others, not below itself",
    ),
}


def test_a_class_above_itself_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "self.ttl").write_text(
        "@prefix dip: <https://w3id.org/dipgraph/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "dip:Place rdfs:subClassOf dip:Place .\n"
    )
    assert not load((tmp_path,)).is_a("Place", "Person")


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_reported(name: str, tmp_path: Path) -> None:
    turtle, message = BAD[name]
    assert message in faults(folder(tmp_path, turtle))


def test_bad_turtle_is_reported_with_file_and_line(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, "\ndip:A dip:b dip:c\ndip:D ; .\n", "bad.ttl"))
    assert fault.startswith(f"{tmp_path / 'bad.ttl'}: not valid Turtle: line ")
    assert 5 <= int(fault.split("line ")[1].split(":")[0]) <= 8


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        ("dip:A dip:b dip:c ;\n this is wrong .", "this is not a valid predicate"),
        ("dip:A a nope:B .", "The prefix nope: has not been declared"),
        ("dip:A dip:b [ dip:c 1 .", "blank node property lists should end with a ']'"),
        ('dip:A dip:b "never closed .', "Unexpected end of file"),
    ],
)
def test_bad_turtle_is_told_plainly(turtle: str, said: str, tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, turtle))
    assert fault.startswith(f"{tmp_path / 'own.ttl'}: not valid Turtle: line ") and said in fault


@pytest.mark.parametrize("name", ["dip:Visit", "<https://example.org/my#Visit>"])
def test_a_name_that_is_taken_is_refused(name: str, tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, KIND.replace("dip:TreeGiven", name)))
    assert fault.startswith(f"{tmp_path / 'own.ttl'}: Visit is defined in ") and "give yours another name" in fault


def test_one_file_extends_the_shipped_one_too(tmp_path: Path) -> None:
    assert "TreeGiven" in load((folder(tmp_path, KIND) / "own.ttl",)).kinds


def test_the_check_tells_all_faults_and_where_they_are(tmp_path: Path) -> None:
    bad = KIND.replace("dgx:source dip:planter ; ", "") + "dip:Oak a dip:EntityClass ."
    found = check_ontology([folder(tmp_path, bad) / "own.ttl"])
    assert "TreeGiven: the shortcut's dgx:source is not one of its roles" in found
    assert "Oak: a class of entities needs an rdfs:label" in found
    assert "TreeGiven, role planter: the property of a role needs an rdfs:label" in found
    assert "TreeGiven: a kind of fact needs at least one dgx:example: a text in which it is found" in found


def test_a_folder_without_turtle_is_reported(tmp_path: Path) -> None:
    assert faults(tmp_path) == (
        f"{tmp_path}: no Turtle file (*.ttl) in this folder; --ontology wants a folder that has one",
    )


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    bad = KIND.replace("dgx:target dip:planter", "dgx:target dip:tree").replace("dgx:verb", "dgx:verbs")
    bad = bad.replace("dgx:range dip:Person", "dgx:range dip:Persona")
    assert len(faults(folder(tmp_path, bad))) == 4
    for name in ("one", "two"):
        folder(tmp_path / name, "dip:A dip:b ] .", "bad.ttl")
    assert len(faults(tmp_path / "one", tmp_path / "two")) == 2


@pytest.mark.skipif(
    not SHARED.is_dir() and "CI" not in os.environ, reason="the annotation guidelines stand in ../shared of the team"
)
def test_kinds_and_roles_are_those_of_the_annotation_guidelines(ontology: Ontology) -> None:
    spec = importlib.util.spec_from_file_location("check_gold", SHARED / "check_gold.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    ours = {k.name: (set(k.core), set(k.roles) - k.core) for k in ontology.kinds.values()}
    assert ours == module.ROLES
    assert set(ontology.statuses) == module.STATUSES
    table = re.findall(r"^\| (\w+) \| [^|]+ \| (.+) \|$", (SHARED / "GUIDELINES.md").read_text(encoding="utf-8"), re.M)
    told = {kind: roles for kind, roles in table if kind != "type"}
    assert told.keys() == ours.keys()
    for kind, (core, _) in ours.items():
        assert core == set(re.findall(r"\*\*(\w+)\*\*", told[kind])), kind
