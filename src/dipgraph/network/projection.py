"""Facts -> networkx: `entities`, an edge for each plain triple of a fact; `dyads`, the same between states; `incidence`, each
fact a node of its own.

Edges are keyed by the fact's IRI, so that parallel events stay apart. The result depends on the facts, not on their order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, Unpack

from dipgraph.model import Document, Entity, Fact, Gazetteer
from dipgraph.network.choice import Choice, chosen
from dipgraph.network.evidence import quotations
from dipgraph.network.offices import EVER, Days, Offices, binding_roles, days, offices
from dipgraph.ontology import Kind, Ontology

if TYPE_CHECKING:
    import networkx as nx

MultiGraph: TypeAlias = "nx.MultiDiGraph[Any]"


class Facts(Protocol):
    """What is needed of a `KnowledgeGraph`."""

    def facts(self) -> Iterable[Fact]:
        """Every fact with its claims."""
        ...

    def documents(self) -> Iterable[Document]:
        """Every document with its text."""
        ...


@dataclass(frozen=True)
class Tie:
    """One edge to be: a plain triple of a fact, or that triple between the states of its ends."""

    fact: Fact
    predicate: str
    source: str
    target: str
    symmetric: bool
    extra: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What tells it from every other edge."""
        return f"{self.fact.iri}|{self.predicate}|{self.source}|{self.target}"


def entities(kg: Facts, ontology: Ontology, **choice: Unpack[Choice]) -> MultiGraph:
    """The graph of entities: from each filler of a shortcut's source role to each filler of its target role.

    Nodes (IRIs) are the entities at an end of some edge: `label`, `kind` (class), `aliases`, `description`, `same_as`.
    Edges have the key `fact|property|source|target` and `fact` (IRI), `type` (kind of fact), `property`, `symmetric`,
    `time` ("" where unknown), `begin` and `end` (ISO days, "" where open), `status`, `sign` (1 cooperative, -1
    conflictual), `confidence` (0 to 1), `sources` (document ids), `attribution` and `place` (labels), `roles` (label ->
    labels of fillers), `evidence` (`document`, `status`, `before`, `text`, `after`) and `claims` (their number). A shortcut from a
    role to itself is symmetric: each pair once, smaller IRI first. `graph["documents"]`: id -> `title`, `published`, `url`.
    `graph["loose"]`: facts without an edge, since texts leave one end open: IRI -> what edges say, and `parties` (IRIs).

    `choice`: which facts; errors as `chosen` raises them.
    """
    facts = chosen(kg.facts(), ontology, **choice)
    ties = [tie for fact in facts for tie in _ties(fact, ontology.kind(fact.kind))]
    tied = {tie.fact.iri for tie in ties}
    return _graph(ties, _described(facts), kg, ontology, [fact for fact in facts if fact.iri not in tied])


def dyads(
    kg: Facts,
    ontology: Ontology,
    gazetteer: Gazetteer,
    *,
    at: date | None = None,
    **choice: Unpack[Choice],
) -> MultiGraph:
    """The graph of states: as `entities`, but each end is the state that it is or stands for at the time of the fact.

    A person stands for the state whose office they then held (by the gazetteer, else by the graph's own facts about
    offices, which make no edges themselves), a body or a place for the state that it belongs to. Edges join different
    states and say in `via` (labels) who or what stood for them. An undated fact is taken to be of the day `at`, or else
    of its earliest publication. `graph["unlifted"]` counts the facts without an edge because an end stands for no state,
    `graph["within"]` those without an edge because both ends are one state. `choice` as in `entities`.
    """
    everything = list(kg.facts())
    acting = offices(everything, ontology, gazetteer)
    binding = dict(binding_roles(ontology))
    facts = [fact for fact in chosen(everything, ontology, **choice) if fact.kind not in binding]
    ties: list[Tie] = []
    unlifted = within = 0
    for fact in facts:
        plain = _ties(fact, ontology.kind(fact.kind))
        lifted, complete = _lifted(fact, ontology.kind(fact.kind), acting, at)
        ties += lifted
        unlifted += bool(plain) and not lifted and not complete
        within += bool(plain) and not lifted and complete
    graph = _graph(ties, {**_described(facts), **gazetteer.entities}, kg, ontology)
    graph.graph.update(unlifted=unlifted, within=within)
    return graph


def incidence(kg: Facts, ontology: Ontology, **choice: Unpack[Choice]) -> MultiGraph:
    """The graph of facts and entities: each fact a node, with an edge to every filler of every role.

    A fact's node has its kind as `kind`, and as `label` the kind's with the time. Edges are as in `entities`, with the
    role as `property` and its label as `role`. `choice` as there.
    """
    facts = chosen(kg.facts(), ontology, **choice)
    known = _described(facts)
    ties = []
    for fact in facts:
        kind = ontology.kind(fact.kind)
        label = f"{kind.label} {fact.time.value}" if fact.time else kind.label
        known[fact.iri] = Entity(fact.iri, fact.kind, label, description=kind.definition)
        for name, fillers in fact.roles.items():
            ties += [Tie(fact, name, fact.iri, each.iri, False, {"role": _role(kind, name)}) for each in fillers]
    return _graph(ties, known, kg, ontology)


def _ties(fact: Fact, kind: Kind) -> list[Tie]:
    """The plain triples of a fact."""
    roles = {role: [e.iri for e in found] for role, found in fact.roles.items()}
    return [
        Tie(fact, shortcut.predicate, source, target, shortcut.symmetric, {})
        for shortcut in kind.shortcuts
        for source, target in shortcut.pairs(roles)
    ]


def _lifted(fact: Fact, kind: Kind, acting: Offices, at: date | None) -> tuple[list[Tie], bool]:
    """The edges between states, and whether every end stands for a state."""
    when = _when(fact, at)
    ends = {role for shortcut in kind.shortcuts for role in (shortcut.source, shortcut.target)}
    states = {role: _states(found, acting, when) for role, found in fact.roles.items()}
    ties = [
        Tie(
            fact,
            shortcut.predicate,
            source,
            target,
            shortcut.symmetric,
            {"via": tuple(sorted({*states[shortcut.source][source], *states[shortcut.target][target]}))},
        )
        for shortcut in kind.shortcuts
        for source, target in shortcut.pairs({role: found.keys() - {""} for role, found in states.items()})
    ]
    return ties, not any("" in states.get(role, ()) for role in ends)


def _states(fillers: Iterable[Entity], acting: Offices, when: Days) -> dict[str, set[str]]:
    """State (IRI, "" for none) -> labels of those that stand for it; none where the state itself fills the role."""
    found: dict[str, set[str]] = {}
    for entity in fillers:
        state = acting.state(entity, when)
        found.setdefault(state, set()).update([entity.label] if state != entity.iri else [])
    return found


def _when(fact: Fact, at: date | None) -> Days:
    if fact.time:
        return days(fact.time)
    day = at or min((claim.published for claim in fact.claims if claim.published), default=None)
    return (day, day) if day else EVER


def _described(facts: Iterable[Fact]) -> dict[str, Entity]:
    """The entities that fill roles, by IRI, described by all that the facts say of them."""
    from dipgraph.knowledge.quads import united

    found: dict[str, Entity] = {}
    for fact in facts:
        for fillers in fact.roles.values():
            for entity in fillers:
                found[entity.iri] = united(found.get(entity.iri, entity), entity)
    return found


def _graph(
    ties: Iterable[Tie], known: Mapping[str, Entity], kg: Facts, ontology: Ontology, loose: Iterable[Fact] = ()
) -> MultiGraph:
    import networkx as nx

    ordered = sorted(ties, key=lambda tie: tie.key)
    facts = {fact.iri: fact for fact in (*(tie.fact for tie in ordered), *loose)}
    cited = {claim.document for fact in facts.values() for claim in fact.claims}
    documents = {document.id: document for document in kg.documents() if document.id in cited}
    graph: MultiGraph = nx.MultiDiGraph(documents={name: _document(documents[name]) for name in sorted(documents)})
    for iri in sorted({end for tie in ordered for end in (tie.source, tie.target)}):
        graph.add_node(iri, **_node(known.get(iri) or Entity(iri, "", iri.rsplit("/", 1)[-1])))
    texts = {name: document.text for name, document in documents.items()}
    told = {iri: _told(fact, ontology.kind(fact.kind), texts) for iri, fact in facts.items()}
    for tie in ordered:
        data = {**told[tie.fact.iri], "property": tie.predicate, "symmetric": tie.symmetric, **tie.extra}
        graph.add_edge(tie.source, tie.target, key=tie.key, **data)
    graph.graph["loose"] = {
        fact.iri: {**told[fact.iri], "parties": tuple(sorted(_described([fact])))} for fact in loose
    }
    return graph


def _document(document: Document) -> dict[str, str]:
    published = document.published.isoformat() if document.published else ""
    return {"title": document.title, "published": published, "url": document.url}


def _node(entity: Entity) -> dict[str, Any]:
    return {name: getattr(entity, name) for name in ("label", "kind", "aliases", "description", "same_as")}


def _told(fact: Fact, kind: Kind, texts: Mapping[str, str]) -> dict[str, Any]:
    """What every edge of a fact says of it."""
    time = fact.time
    roles: dict[str, tuple[str, ...]] = {}
    for name in sorted(fact.roles):
        label = _role(kind, name)
        roles[label] = tuple(dict.fromkeys((*roles.get(label, ()), *_labels(fact.roles[name]))))
    return {
        "fact": fact.iri,
        "type": fact.kind,
        "time": time.value if time else "",
        "begin": time.begin.isoformat() if time and time.begin else "",
        "end": time.end.isoformat() if time and time.end else "",
        "status": fact.status,
        "sign": kind.sign,
        "confidence": fact.confidence,
        "sources": tuple(sorted({claim.document for claim in fact.claims})),
        "attribution": _labels(fact.attribution),
        "place": _labels(fact.place),
        "roles": roles,
        "evidence": quotations(fact, texts),
        "claims": len(fact.claims),
    }


def _role(kind: Kind, name: str) -> str:
    return kind.roles[name].label if name in kind.roles else name


def _labels(found: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(entity.label for entity in found)
