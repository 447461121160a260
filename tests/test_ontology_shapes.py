"""Shapes and stored queries: the good passes, and each check reports its bad fixture."""

import re
from pathlib import Path

import pytest
from rdflib import Graph

from dipgraph import ontology as ontologies
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.ontology import shipped
from dipgraph.pipeline.answers import VIOLATION, against_shapes, ask, check, query, questions

SHAPES = shipped("ontology") / "shapes"
TERMS, DATA = SHAPES / "terms.ttl", SHAPES / "data.ttl"
PREFIXES = "".join(
    f"@prefix {prefix}: <{iri}> .\n"
    for prefix, iri in {
        "dgx": "https://w3id.org/dipgraph/extraction#", "dip": "https://w3id.org/dipgraph/ontology#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items()
)  # fmt: skip

KIND = """dip:GiftGiven a dip:KindOfFact ; rdfs:subClassOf dip:Event ; rdfs:label "gift" ; skos:definition "A gift." ;
    dgx:color "#123456" ; dgx:shape "arrow" ; dgx:sign 1 ; dgx:lasting true ;
    dgx:role [ dgx:property dip:giver ; dgx:range dip:Person ; dgx:core true ; dgx:min 1 ; dgx:max 2 ; skos:definition "Who." ] ;
    dgx:frame [ dgx:verb "gift" ] ;
    dgx:shortcut [ dgx:source dip:giver ; dgx:property dip:gave ; dgx:target dip:giver ] ;
    dgx:example [ dgx:text "Yes." ; dgx:published "2020-05-06"^^xsd:date ] ; dgx:counterexample "No." .
dip:giver rdfs:label "giver" . dip:gave rdfs:label "gave" .
dip:Gift a dip:EntityClass ; rdfs:label "Gift" ; skos:definition "A thing." ; dgx:color "#123456" ; dgx:shape "dot" ;
    dgx:grade [ rdfs:label "first" ; dgx:rank 1 ; dgx:nameWord "First" ] .
dip:Handing dgx:begins dip:GiftGiven .
dip:hoped a dip:Status ; rdfs:label "hoped" ; skos:definition "Hoped." ; dgx:rank 9 ; dgx:dash "8 4" .
dgx:beside rdfs:subPropertyOf dgx:slot ; rdfs:label "beside" .
"""

BAD_TERMS = [
    (' rdfs:label "gift" ;', "", "a kind of fact needs an rdfs:label"),
    (' skos:definition "A gift." ;', "", "a kind of fact needs a skos:definition: one sentence"),
    ("rdfs:subClassOf dip:Event ;", "", "a kind of fact must be rdfs:subClassOf dip:Event"),
    ("dgx:role [", "dgx:frame [", "a kind of fact needs at least one dgx:role"),
    ("dgx:core true", "dgx:core false", "a kind of fact needs at least one role with dgx:core true: what makes two reports one fact"),
    ("dgx:frame [", "dgx:note [", "a kind of fact needs at least one dgx:frame, or no text can state it"),
    ('#123456" ; dgx:shape "arrow"', 'blue" ; dgx:shape "arrow"', 'a kind of fact needs one dgx:color, like "#0072b2"'),
    ('"arrow"', '"spear"', "a kind of fact needs one dgx:shape, its arrowhead: arrow, bar, circle, diamond, vee or none"),
    ("dgx:sign 1", "dgx:sign 2", "a kind of fact needs one dgx:sign: 1 cooperative, -1 conflictual, 0 neither"),
    ("dgx:lasting true", 'dgx:lasting "yes"', "dgx:lasting is true or false"),
    ("dgx:example [", "dgx:note [", "a kind of fact needs at least one dgx:example: a text in which it is found"),
    ('; dgx:counterexample "No."', "", "a kind of fact needs at least one dgx:counterexample: a text in which it must not be found"),
    ("[ dgx:property dip:giver ;", "[", "a role needs one dgx:property"),
    ('dip:giver rdfs:label "giver" .', "", "the property of a role needs an rdfs:label"),
    ("dgx:range dip:Person ;", "", "a role needs at least one dgx:range"),
    ("dgx:core true", 'dgx:core "true"', "dgx:core is true or false"),
    ("dgx:min 1", "dgx:min 3", "dgx:min is a number from 0, not above dgx:max"),
    ("dgx:max 2", "dgx:max 0", "dgx:max is a number from 1"),
    (' ; skos:definition "Who."', "", "a role needs a skos:definition: who or what fills it"),
    ("[ dgx:source dip:giver ;", "[", "a shortcut needs one dgx:source: the role at its tail"),
    ("; dgx:target dip:giver ]", "]", "a shortcut needs one dgx:target: the role at its head"),
    ("dgx:property dip:gave ;", "", "a shortcut needs one dgx:property: that of the plain triple"),
    ('dip:gave rdfs:label "gave" .', "", "the property of a shortcut needs an rdfs:label"),
    ('dgx:text "Yes." ;', "", "an example needs one dgx:text"),
    ('"2020-05-06"^^xsd:date', '"2020"', 'dgx:published is a date: "2020-05-06"^^xsd:date'),
    ('rdfs:label "Gift" ;', "", "a class of entities needs an rdfs:label"),
    ('skos:definition "A thing." ;', "", "a class of entities needs a skos:definition: one sentence"),
    ('"#123456" ; dgx:shape "dot"', '"#12345" ; dgx:shape "dot"', 'a class of entities needs one dgx:color, like "#0072b2"'),
    ('"dot"', '"blob"', "a class of entities needs one dgx:shape: dot, square, diamond, triangle, triangleDown, star or hexagon"),
    ("begins dip:GiftGiven", "begins dip:Handing", "dgx:begins and dgx:ends name a kind with dgx:lasting true: only what lasts begins and ends"),
    ('rdfs:label "first" ;', "", "a grade needs an rdfs:label"),
    ("dgx:rank 1 ;", "", "a grade needs one dgx:rank: the higher the better"),
    ('; dgx:nameWord "First"', "", "a grade needs at least one dgx:nameWord: how it is called"),
    ('rdfs:label "hoped" ;', "", "a status needs an rdfs:label"),
    ('skos:definition "Hoped." ;', "", "a status needs a skos:definition: one sentence"),
    ("dgx:rank 9 ;", "", "a status needs one dgx:rank: the highest wins"),
    ('"8 4"', '"a"', 'a status needs one dgx:dash: lengths in pixels, or "" for a full line'),
    ('; rdfs:label "beside"', "", "an annotation needs an rdfs:label"),
]  # fmt: skip


def faults(turtle: str) -> set[str]:
    data = Graph().parse(data=PREFIXES + turtle, format="turtle")
    return {violation.message for violation in against_shapes(data, TERMS)}


def test_good_terms_conform() -> None:
    assert faults(KIND) == set()
    assert list(against_shapes(ontologies.load().graph, TERMS)) == []


@pytest.mark.parametrize(("good", "bad", "message"), BAD_TERMS, ids=[each[2] for each in BAD_TERMS])
def test_each_shape_of_terms_reports(good: str, bad: str, message: str) -> None:
    assert KIND.count(good) == 1
    assert message in faults(KIND.replace(good, bad))


def test_every_message_of_the_shapes_of_terms_has_a_bad_fixture() -> None:
    assert messages(TERMS) == {message for _, _, message in BAD_TERMS}


def messages(path: Path) -> set[str]:
    from rdflib import SH

    return {str(message) for message in Graph().parse(path).objects(None, SH.message)}


SOME = {
    "claim": "?x a dip:Claim", "fact": "?x a dip:Fact", "document": "?x a dip:Document", "evidence": "?x a oa:SpecificResource",
    "state": "?x a dip:State",
}  # fmt: skip
BAD_DATA = [
    ("document", "dcterms:identifier", "", "a document needs one dcterms:identifier"),
    ("document", "schema:text", '""', "a document needs one text"),
    ("document", "dip:digest", '"x"', "a document needs one dip:digest"),
    ("document", "dcterms:issued", '"2020"', "the date of publication is one xsd:date"),
    ("claim", "prov:wasDerivedFrom", "", "a claim is derived from one document"),
    ("claim", "dip:evidence", "", "a claim needs evidence"),
    ("fact", "prov:wasDerivedFrom", "", "a fact is derived from claims"),
    ("fact", "rdf:type", "dip:Fact, dip:One, dip:Two", "a claim or fact has one kind"),
    ("claim", "dip:status", '"planned"', "a claim or fact has one dip:status"),
    ("claim", "dip:confidence", "1.5", "a claim or fact has one dip:confidence between 0 and 1"),
    ("claim", "dip:time", '"soon"', "dip:time is one YYYY, YYYY-MM, YYYY-MM-DD or interval A/B"),
    ("fact", "dip:begin", '"9999-01-01"^^xsd:date', "dip:begin is one xsd:date, not after dip:end"),
    ("fact", "dip:end", '"2020"', "dip:end is one xsd:date"),
    ("evidence", "oa:hasSource", "", "evidence stands in one document"),
    ("evidence", "oa:hasSelector/oa:exact", "", "evidence quotes one passage"),
    ("evidence", "oa:hasSelector/oa:start", "", "evidence starts at one character"),
    ("evidence", "oa:hasSelector/oa:end", "", "evidence ends at one character"),
    ("state", "rdfs:label", "", "an entity needs one name (rdfs:label)"),
]


def spoil(graph: KnowledgeGraph, which: str, path: str, value: str) -> None:
    """Replace what the path leads to from one node of a sort."""
    hop, _, last = path.rpartition("/")
    step = f"?x {hop} ?y . GRAPH ?g {{ ?y {last} ?old }}" if hop else f"GRAPH ?g {{ ?x {last} ?old }}"
    subject = "?y" if hop else "?x"
    found = query(graph, f"SELECT ?g ({subject} AS ?s) ?old {{ {SOME[which]} . {step} }} ORDER BY ?s")
    iri, name = found.rows[0][1], found.rows[0][0]
    prefixes = "".join(f"PREFIX {p}: <{i}>\n" for p, i in _prefixes().items())
    graph.store.update(f"{prefixes} DELETE WHERE {{ GRAPH <{name}> {{ <{iri}> {last} ?o }} }}")
    if value:
        graph.store.update(f"{prefixes} INSERT DATA {{ GRAPH <{name}> {{ <{iri}> {last} {value} }} }}")


def _prefixes() -> dict[str, str]:
    from dipgraph.knowledge.quads import PREFIXES

    return dict(PREFIXES)


def test_good_data_conforms(open_made: KnowledgeGraph) -> None:
    assert check(open_made) == []


@pytest.mark.parametrize(("which", "path", "value", "message"), BAD_DATA, ids=[each[3] for each in BAD_DATA])
def test_each_shape_of_data_reports(which: str, path: str, value: str, message: str, open_made: KnowledgeGraph) -> None:
    spoil(open_made, which, path, value)
    assert message in {violation.message for violation in against_shapes(open_made.store, DATA)}


def test_every_message_of_the_shapes_of_data_has_a_bad_fixture() -> None:
    assert messages(DATA) == {each[3] for each in BAD_DATA}


BAD_QUADS = {
    "claim-without-evidence": "INSERT DATA { GRAPH <x:d> { <x:c> a dip:Claim ; prov:wasDerivedFrom <x:d> } }",
    "evidence-misquoted": 'DELETE { GRAPH ?g { ?q oa:exact ?t } } INSERT { GRAPH ?g { ?q oa:exact "Not so." } } '
    "WHERE { GRAPH ?g { ?q oa:exact ?t } }",
    "fact-without-claim": "DELETE WHERE { GRAPH ?g { ?claim a dip:Claim } }",
    "plain-triple-without-fact": "INSERT DATA { GRAPH :graph\\/facts { :state\\/BBB dip:alliedWith :state\\/CCC } }",
    "end-before-begin": 'INSERT DATA { GRAPH <x:g> { <x:f> dip:begin "2020-02-01"^^xsd:date ; dip:end "2020-01-01"^^xsd:date } }',
    "claim-outside-its-document": "INSERT DATA { GRAPH <x:g> { <x:c> a dip:Claim ; prov:wasDerivedFrom <x:d> } }",
}


def test_every_violation_query_has_a_bad_fixture() -> None:
    stored = {name for name in ontologies.load().queries if name.endswith(VIOLATION)}
    assert stored == {f"{name}{VIOLATION}" for name in BAD_QUADS}


@pytest.mark.parametrize("name", BAD_QUADS)
def test_each_violation_query_reports(name: str, open_made: KnowledgeGraph) -> None:
    sparql = ontologies.load().queries[f"{name}{VIOLATION}"].read_text()
    assert query(open_made, sparql).rows == ()
    prefixes = "".join(f"PREFIX {p}: <{i}>\n" for p, i in _prefixes().items())
    open_made.store.update(prefixes + BAD_QUADS[name])
    assert query(open_made, sparql).rows


EXPECTED: dict[str, tuple[tuple[str, ...], ...]] = {
    "honours-between-leaders": (("2021-05-04", "Ann Ames", "Aland", "Order of the Owl", "Bob Burr", "Beland"),),
    "meetings-by-month": (("2021-05", "Ann Ames", "Bob Burr", "1"),),
    "visits-not-made": (("postponed", "2021-08", "Ann Ames", "Beland"),),
    "allies": (
        ("Aland", "Beland", "called allies"), ("Beland", "Aland", "called allies"),
        ("Beland", "Celand", "Northern Pact"), ("Celand", "Beland", "Northern Pact"),
    ),
    "relations-restored": (("Aland", "Celand", "2019", "2020-02-03"),),
    "disputed-facts": (("https://w3id.org/dipgraph/fact/", "Criticism", "asserted, denied"),),
    "speakers": (("Elm Press", "1"),),
    "joined-or-left": (("2017", "Celand", "joined", "Northern Pact"), ("2018-01", "Beland", "joined", "Northern Pact")),
    "sanctions": (("2019-03", "Aland", "Celand"),),
    "not-so": (
        ("denied", "Criticism", "2021-06-30", ""), ("denied", "Withdrawal", "2021", "No, she did not."), ("postponed", "Visit", "2021-08", "All the rest is here too."),
    ),
    "agreements": (("2020-02-03", "Treaty of Elm", "Aland, Celand"),),
    "offices-changed": (("2016-01-01", "Ann Ames", "took", "president", "Aland"),),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_stored_question(name: str, open_made: KnowledgeGraph) -> None:
    answer = ask(open_made, name)
    assert answer.title == questions()[name].title
    rows = tuple(tuple(re.sub("(?<=/fact/).*", "", cell) for cell in row) for row in answer.rows)
    if name == "not-so":  # either of two sentences will do
        assert rows[0][3] in ("No, she did not.", "All the rest is here too.")
        rows = ((*rows[0][:3], ""), *rows[1:])
    assert rows == EXPECTED[name]


def test_facts_of_one_source(open_made: KnowledgeGraph) -> None:
    rows = ask(open_made, "facts-of-one-source").rows
    assert [(row[1], row[2], row[3]) for row in rows if row[1] in ("Criticism", "Meeting", "Visit")] == [
        ("Visit", "2021-08", "first"),
    ]


def test_every_question_has_an_expected_answer_and_a_header() -> None:
    known = questions()
    assert set(known) == {*EXPECTED, "facts-of-one-source"}
    assert all(question.title.endswith("?") and question.expects for question in known.values())
    assert [question.name for question in known.values() if question.demo] == ["honours-between-leaders"]
