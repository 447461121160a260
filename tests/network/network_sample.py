"""A made-up ontology, hand-written facts and a stand-in for the store: nothing here reads a file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import networkx as nx
from rdflib import Graph

from dipgraph.model import Claim, Document, Entity, Fact, Gazetteer, Span, Tenure, Time
from dipgraph.ontology import EntityClass, Grade, Kind, Ontology, Role, Shortcut, Status

CLASSES = {"State": "", "Person": "", "Office": "", "Organization": "", "Alliance": "Organization", "Place": "", "Medal": ""}  # fmt: skip
GRADES = (
    Grade("first", 3, frozenset({"Grand Star", "Collar"})),
    Grade("second", 2, frozenset({"Star"})),
    Grade("third", 1, frozenset({"Knight"})),
)
PARTIES = ("Organization", "Person", "State")


def role(name: str, *ranges: str, label: str = "", core: bool = True) -> Role:
    return Role(name, f"ex:{name}", label or name, "", ranges, core)


def kind(
    name: str,
    roles: list[Role],
    shortcuts: list[tuple[str, str, str]],
    sign: int = 1,
    lasting: bool = False,
    **more: Any,
) -> Kind:
    return Kind(
        name, f"ex:{name}", name.lower(), "", {r.name: r for r in roles}, (), tuple(Shortcut(*s) for s in shortcuts), sign,
        "#000000", "arrow", lasting, **more,
    )  # fmt: skip


def ontology() -> Ontology:
    """A quarrel leads to a chat, a chat to a gift of a medal; pacts last, are entered and left; bonds last too."""
    given = replace(role("given", "Medal"), token=True)
    joint = [role("bound", "State"), role("body", "Alliance")]
    kinds = [
        kind("Chat", [role("talker", *PARTIES)], [("talker", "talkedWith", "talker")], leads_to=("Gift",)),
        kind(
            "Gift",
            [role("giver", *PARTIES, label="given by"), given, role("getter", *PARTIES, label="given to")],
            [("getter", "keeps", "given"), ("giver", "gaveTo", "getter")],
        ),
        kind(
            "Quarrel", [role("angry", *PARTIES), role("blamed", *PARTIES, "Place")], [("angry", "blamed", "blamed")], -1,
            leads_to=("Chat",),
        ),
        kind("Pact", joint, [("bound", "isIn", "body")], lasting=True),
        kind("Bond", [role("friend", "State")], [("friend", "standsBy", "friend")], lasting=True),
        kind("Entry", joint, [("bound", "entered", "body")], begins="Pact"),
        kind("Exit", joint, [("bound", "quit", "body")], -1, ends="Pact"),
        kind(
            "Post",
            [role("who", "Person"), role("what", "Office"), role("whose", "State", "Organization"), role("where", "State", core=False)],
            [("who", "serves", "whose")],
            0,
            lasting=True,
        ),
        kind("Silence", [role("silent", "State")], []),
    ]  # fmt: skip
    classes = {n: EntityClass(n, f"ex:{n}", n, "#000000", "dot", parent) for n, parent in CLASSES.items()}  # fmt: skip
    return Ontology(
        classes={**classes, "Medal": replace(classes["Medal"], grades=GRADES)},
        kinds={k.name: k for k in kinds},
        statuses={
            n: Status(n, f"ex:{n}", n, rank, "", {}, final=n == "refuted")
            for n, rank in (("stated", 0), ("announced", 2), ("refuted", 5))
        },
        words={}, queries={}, shapes=(), folders=(), graph=Graph(),
    )  # fmt: skip


def entity(name: str, kind: str, **more: Any) -> Entity:
    return Entity(f"{kind.lower()}/{name}", kind, name.upper(), **more)


A, B, C, D = (entity(name, "State", aliases=(f"the {name}",)) for name in "abcd")
ANN, BOB, CYD, DAN = (entity(name, "Person") for name in ("ann", "bob", "cyd", "dan"))
MEDAL = entity("star", "Medal", country=A.iri)
EMBASSY = entity("embassy", "Organization", country=B.iri)
CLUB = entity("club", "Alliance")
TOWN = entity("town", "Place", country=C.iri)
CHIEF = entity("chief", "Office")
GAZETTEER = Gazetteer(
    entities={e.iri: e for e in (A, B, C, D, ANN, BOB, CYD, MEDAL, EMBASSY, CLUB, TOWN)},
    tenures=(
        Tenure(ANN.iri, "chief", A.iri, "2010", "2014-06-30"),
        Tenure(BOB.iri, "chief", B.iri, "2012", ""),
        Tenure(CYD.iri, "king", C.iri, "2000", ""),
        Tenure(CYD.iri, "king", D.iri, "2000", ""),
        Tenure(ANN.iri, "secretary", CLUB.iri, "2014-07", ""),
    ),
)


def claim(document: str, kind: str, roles: dict[str, tuple[Entity, ...]], **more: Any) -> Claim:
    return Claim(document, kind, roles, "stated", **{"evidence": (Span(0, 4, "They"),), **more})


def fact(
    name: str, kind: str, *, published: date | None = None, documents: Iterable[str] = ("one",), **more: Any
) -> Fact:
    """A fact whose roles are the keyword arguments that are no attributes of a Fact."""
    known = {
        key: more.pop(key) for key in ("status", "time", "place", "attribution", "confidence", "claims") if key in more
    }
    roles = {key: value if isinstance(value, tuple) else (value,) for key, value in more.items()}
    claims = tuple(claim(document, kind, roles, published=published) for document in documents)
    time = Time(known.pop("time")) if known.get("time") else known.pop("time", None)
    return Fact(f"fact/{name}", kind, roles, known.pop("status", "stated"), known.pop("claims", claims), time, **known)


@dataclass(frozen=True)
class Store:
    """The two methods of a KnowledgeGraph that projections use."""

    held: tuple[Fact, ...]
    texts: tuple[Document, ...] = (Document("one", "They talked.", "First", date(2013, 5, 1), "https://one.example"),)

    def facts(self) -> Iterable[Fact]:
        return iter(self.held)

    def documents(self) -> Iterable[Document]:
        return iter(self.texts)


def store(*facts: Fact) -> Store:
    return Store(facts)


def network(*ties: tuple[str, ...]) -> "nx.MultiDiGraph[Any]":
    """A graph of ties (source, target, fact, and "both" for a symmetric one)."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for source, target, name, *both in ties:
        graph.add_edge(source, target, f"{name}|{source}|{target}", fact=name, symmetric=bool(both), property="p")
    return graph
