"""The RDF of an ontology -> values: the only reader of the `dgx:` annotations."""

from collections.abc import Iterable
from datetime import date

from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from dipgraph.ontology.values import EntityClass, Example, Frame, Grade, Kind, Role, Shortcut, Status

DIP = Namespace("https://w3id.org/dipgraph/ontology#")
DGX = Namespace("https://w3id.org/dipgraph/extraction#")
TRIGGERS = ("verb", "noun", "adjective", "title")


def local_name(node: Node | None) -> str:
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def members(graph: Graph, of: URIRef) -> list[tuple[str, URIRef]]:
    return sorted((local_name(node), node) for node in graph.subjects(RDF.type, of) if isinstance(node, URIRef))


def _text(graph: Graph, node: Node, predicate: URIRef, default: str = "") -> str:
    values = sorted(
        graph.objects(node, predicate), key=lambda v: (getattr(v, "language", None) not in ("en", None), str(v))
    )
    return str(values[0]) if values else default


def words_of(graph: Graph, node: Node, annotation: str) -> frozenset[str]:
    return frozenset(str(word) for word in graph.objects(node, DGX[annotation]) if isinstance(word, Literal))


def _other(graph: Graph, node: Node, predicate: URIRef) -> str:
    """The name of the term that an annotation points to; "" where there is none."""
    value = graph.value(node, predicate)
    return local_name(value) if value is not None else ""


def _integer(graph: Graph, node: Node, predicate: URIRef) -> int | None:
    value = graph.value(node, predicate)
    return int(str(value)) if value is not None else None


def entity_class(graph: Graph, node: URIRef) -> EntityClass:
    above = sorted(graph.objects(node, RDFS.subClassOf), key=str)
    parents = [p for p in above if (p, RDF.type, DIP.EntityClass) in graph and p != node]
    name = local_name(node)
    grades = (_grade(graph, grade) for grade in graph.objects(node, DGX.grade))
    return EntityClass(
        name, str(node), _text(graph, node, RDFS.label, name), _text(graph, node, DGX.color, "#888888"),
        _text(graph, node, DGX.shape, "dot"), local_name(parents[0]) if parents else "", _text(graph, node, SKOS.definition),
        words_of(graph, node, "headNoun"), words_of(graph, node, "nameWord"), words_of(graph, node, "group"),
        words_of(graph, node, "entityLabel"), tuple(sorted(grades, key=lambda grade: (-grade.rank, grade.label))),
        words_of(graph, node, "without"),
    )  # fmt: skip


def _grade(graph: Graph, node: Node) -> Grade:
    return Grade(
        _text(graph, node, RDFS.label), _integer(graph, node, DGX["rank"]) or 0, words_of(graph, node, "nameWord")
    )


def status_of(graph: Graph, node: URIRef) -> Status:
    cues = ("governor", "auxiliary", "adverb", "modifierCue", "negator", "fate")
    return Status(
        local_name(node), str(node), _text(graph, node, RDFS.label), _integer(graph, node, DGX["rank"]) or 0,
        _text(graph, node, DGX.dash), {cue: words_of(graph, node, cue) for cue in cues}, _text(graph, node, DGX.final) == "true",
        _text(graph, node, DGX.ahead) == "true", _text(graph, node, SKOS.definition),
    )  # fmt: skip


def kind_of_fact(graph: Graph, node: URIRef) -> Kind:
    name = local_name(node)
    roles = sorted((_role(graph, role) for role in graph.objects(node, DGX.role)), key=lambda role: role.name)
    frames = (_frame(graph, node, frame) for frame in graph.objects(node, DGX.frame))
    shortcuts = (
        Shortcut(*(local_name(graph.value(s, DGX[part])) for part in ("source", "property", "target")))
        for s in graph.objects(node, DGX.shortcut)
    )
    examples = [_example(graph, e, roles) for e in graph.objects(node, DGX.example)]
    examples += [Example(str(text), None, None) for text in graph.objects(node, DGX.counterexample)]
    return Kind(
        name=name,
        iri=str(node),
        label=_text(graph, node, RDFS.label, name),
        definition=_text(graph, node, SKOS.definition),
        roles={role.name: role for role in roles},
        frames=tuple(sorted(frames, key=lambda f: (f.trigger, sorted(f.words), sorted(f.slots.items())))),
        shortcuts=tuple(sorted(shortcuts, key=lambda s: (s.source, s.predicate, s.target))),
        sign=_integer(graph, node, DGX.sign) or 0,
        color=_text(graph, node, DGX.color, "#888888"),
        shape=_text(graph, node, DGX.shape, "arrow"),
        lasting=_text(graph, node, DGX.lasting) == "true",
        situated=_text(graph, node, DGX.situated) == "true",
        remote=words_of(graph, node, "remote"),
        remark=_text(graph, node, DGX.remark) == "true",
        undone=words_of(graph, node, "undone"),
        examples=tuple(sorted(examples, key=lambda e: e.text)),
        leads_to=tuple(sorted(local_name(kind) for kind in graph.objects(node, DGX.leadsTo))),
        answered_by=tuple(sorted(local_name(kind) for kind in graph.objects(node, DGX.answeredBy))),
        begins=_other(graph, node, DGX.begins),
        ends=_other(graph, node, DGX.ends),
    )


def _role(graph: Graph, node: Node) -> Role:
    term = graph.value(node, DGX.property)
    assert term is not None  # dangling has checked the folder
    return Role(
        name=local_name(term),
        iri=str(term),
        label=_text(graph, term, RDFS.label, local_name(term)),
        definition=_text(graph, node, SKOS.definition) or _text(graph, term, SKOS.definition),
        ranges=tuple(sorted(local_name(c) for c in graph.objects(node, DGX.range))),
        core=_text(graph, node, DGX.core) == "true",
        minimum=_integer(graph, node, DGX["min"]) or 0,
        maximum=_integer(graph, node, DGX["max"]),
        prefer=_other(graph, node, DGX.prefer),
        acts_for=_other(graph, node, DGX.actsFor),
        locates=_text(graph, node, DGX.locates) == "true",
        token=_text(graph, node, DGX.token) == "true",
        foreign_to=_other(graph, node, DGX.foreignTo),
        excluded=words_of(graph, node, "without"),
    )


def slot_terms(graph: Graph) -> set[Node]:
    return {*graph.subjects(RDFS.subPropertyOf, DGX.slot), DGX.title}


def _slots(graph: Graph, frame: Node) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for annotation, role in graph.predicate_objects(frame):
        if annotation in slot_terms(graph) and isinstance(role, URIRef):
            found.setdefault(local_name(annotation), []).append(local_name(role))
    return {slot: tuple(sorted(roles)) for slot, roles in found.items()}


def _frame(graph: Graph, kind: Node, node: Node) -> Frame:
    triggers = [t for t in TRIGGERS if words_of(graph, node, t)]
    trigger = triggers[0] if triggers else "title"
    return Frame(
        kind=local_name(kind),
        trigger=trigger,
        words=words_of(graph, node, trigger),
        slots=_slots(graph, node),
        object_nouns=words_of(graph, node, "objectNoun"),
        context=words_of(graph, node, "word"),
        excluded=words_of(graph, node, "without") | words_of(graph, kind, "without"),
        empty=frozenset(local_name(o) for o in graph.objects(node, DGX.without) if isinstance(o, URIRef)),
        requires=frozenset(local_name(role) for role in graph.objects(node, DGX.requires)),
        carriers=words_of(graph, node, "carrier"),
        omissible=frozenset(local_name(role) for role in graph.objects(node, DGX.omissible)),
        open=frozenset(local_name(role) for role in graph.objects(node, DGX.open)),
        given={local_name(p): str(o) for p, o in sorted(graph.predicate_objects(node)) if str(p).startswith(DIP)},
        status=_other(graph, node, DGX.status),
    )


def _example(graph: Graph, node: Node, roles: Iterable[Role]) -> Example:
    expected = {
        role.name: frozenset(str(label) for label in graph.objects(node, URIRef(role.iri)))
        for role in roles
        if (node, URIRef(role.iri), None) in graph
    }
    for detail in ("status", "time", "place", "attributedTo"):
        values = frozenset(local_name(v) if isinstance(v, URIRef) else str(v) for v in graph.objects(node, DIP[detail]))
        if values:
            expected[detail] = values
    published = _text(graph, node, DGX.published)
    return Example(_text(graph, node, DGX.text), date.fromisoformat(published) if published else None, expected)
