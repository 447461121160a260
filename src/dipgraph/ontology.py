"""The ontology folder read into lookup tables: the only reader of the `dgx:` annotations.

Python knows grammar; what a word means, which roles a kind of fact has and how it is drawn stand in Turtle.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import combinations
from pathlib import Path

from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from dipgraph.errors import OntologyError

DIP = Namespace("https://w3id.org/dipgraph/ontology#")
DGX = Namespace("https://w3id.org/dipgraph/extraction#")
TRIGGERS = ("verb", "noun", "adjective", "title")
WORDS = (
    "lightVerb", "speech", "announcement", "source", "speakerNoun", "negator", "proForm", "beginning", "ending", "utterance", "occurrence", "narrative", "measure", "familyNameFirst", "successor", "privateWord", "seatNoun",
)  # fmt: skip
"""Annotations whose words belong to no kind of fact and no status."""
_MEANT = (DIP.Event, DIP.attributedTo, DIP.Person, DIP.Office, DIP.Organization, DIP.State)


@dataclass(frozen=True)
class Role:
    """A role of one kind of fact: which classes may fill it, how often, whether it is part of the fact's identity."""

    name: str
    iri: str
    label: str
    definition: str
    ranges: tuple[str, ...]
    core: bool = False
    minimum: int = 0
    maximum: int | None = None
    prefer: str = ""
    acts_for: str = ""
    locates: bool = False
    token: bool = False
    """Whether its filler passes from one side to the other as a token of esteem."""
    foreign_to: str = ""
    excluded: frozenset[str] = frozenset()
    """Last words of names that do not fill it."""


@dataclass(frozen=True)
class Frame:
    """One way to say a kind of fact: a trigger of one part of speech, and the role that each grammatical slot fills."""

    kind: str
    trigger: str
    words: frozenset[str]
    slots: Mapping[str, tuple[str, ...]]
    object_nouns: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    """Slots that must be empty."""
    requires: frozenset[str] = frozenset()
    carriers: frozenset[str] = frozenset()
    omissible: frozenset[str] = frozenset()
    given: Mapping[str, str] = field(default_factory=dict)
    """Roles that the words themselves fill: "presidency" says which office."""
    status: str = ""


@dataclass(frozen=True)
class Shortcut:
    """The plain triple of an asserted fact: from each filler of one role to each filler of another."""

    source: str
    predicate: str
    target: str

    @property
    def symmetric(self) -> bool:
        """Whether both ends are fillers of one role: each pair is joined once."""
        return self.source == self.target

    def pairs(self, roles: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
        """The ends that the fact's fillers (by role) give it, sorted.

        Of one role, two who also stand together in another are not joined: those who cut ties together keep theirs.
        """
        tails, heads = sorted(set(roles.get(self.source, ()))), sorted(set(roles.get(self.target, ())))
        if not self.symmetric:
            yield from ((tail, head) for tail in tails for head in heads if tail != head)
            return
        together = [set(found) for name, found in roles.items() if name != self.source]
        for tail, head in combinations(tails, 2):
            if not any(tail in found and head in found for found in together):
                yield tail, head


@dataclass(frozen=True)
class Example:
    """A text with the roles (labels), status and time that must be found in it; `expected` None: nothing may be."""

    text: str
    published: date | None
    expected: Mapping[str, frozenset[str]] | None


@dataclass(frozen=True)
class Kind:
    """A kind of fact: its roles, its frames, its plain triples, its drawing and its examples."""

    name: str
    iri: str
    label: str
    definition: str
    roles: Mapping[str, Role]
    frames: tuple[Frame, ...]
    shortcuts: tuple[Shortcut, ...]
    sign: int
    color: str
    shape: str
    lasting: bool = False
    examples: tuple[Example, ...] = ()
    situated: bool = False
    remote: frozenset[str] = frozenset()
    remark: bool = False
    undone: frozenset[str] = frozenset()
    leads_to: tuple[str, ...] = ()
    """Kinds of fact that usually follow it between the same two."""
    begins: str = ""
    """The lasting kind whose state of affairs it begins."""
    ends: str = ""

    @property
    def core(self) -> frozenset[str]:
        """Names of the core roles."""
        return frozenset(role.name for role in self.roles.values() if role.core)


@dataclass(frozen=True)
class Grade:
    """A grade that members of a class come in, the higher the rank the better, and the words that name it."""

    label: str
    rank: int
    words: frozenset[str]


@dataclass(frozen=True)
class EntityClass:
    """A class of entities: its drawing and the words that make a phrase name one."""

    name: str
    iri: str
    label: str
    color: str
    shape: str
    parent: str = ""
    definition: str = ""
    head_nouns: frozenset[str] = frozenset()
    name_words: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    entity_labels: frozenset[str] = frozenset()
    grades: tuple[Grade, ...] = ()
    """The highest first."""
    excluded: frozenset[str] = frozenset()
    """Last words of names that fill no role."""


@dataclass(frozen=True)
class Status:
    """Whether a fact holds: its rank (the highest of a sentence wins), its line, and the cues that give it."""

    name: str
    iri: str
    label: str
    rank: int
    dash: str
    cues: Mapping[str, frozenset[str]]
    final: bool = False
    """Whether it ends the matter, whatever else a document says."""
    ahead: bool = False
    """Whether it is the status of what is dated after the text."""
    definition: str = ""


@dataclass(frozen=True)
class Ontology:
    """Lookup tables over the shipped ontology and the user's folders, with the RDF itself in `graph`."""

    classes: Mapping[str, EntityClass]
    kinds: Mapping[str, Kind]
    statuses: Mapping[str, Status]
    words: Mapping[str, frozenset[str]]
    """Closed-class cues that belong to no kind: light verbs, pro-forms, relays, speech verbs, source words, speaker nouns."""
    queries: Mapping[str, Path]
    shapes: tuple[Path, ...]
    folders: tuple[Path, ...]
    graph: Graph = field(compare=False, repr=False)

    @cached_property
    def default_status(self) -> str:
        """The status of what the text simply says: the lowest rank."""
        return min(self.statuses.values(), key=lambda status: status.rank).name

    @cached_property
    def status_ahead(self) -> str:
        """The status of what the text says of a day that has not come."""
        return next((status.name for status in self.statuses.values() if status.ahead), self.default_status)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether one class of entities is, or descends from, another."""
        while name and name != ancestor:
            name = self.classes[name].parent if name in self.classes else ""
        return bool(name)

    def kind(self, name: str) -> Kind:
        """The kind of that name; OntologyError with near names if there is none."""
        if name in self.kinds:
            return self.kinds[name]
        near = difflib.get_close_matches(name, self.kinds, n=3)
        hint = f"did you mean {', '.join(near)}? If it is" if near else "if it is"
        raise OntologyError(
            [f"no kind of fact is called {name!r}; {hint} of an ontology of your own, give --ontology DIR"]
        )


def shipped(name: str) -> Path:
    """The folder `ontology` or `data` that comes with dipgraph: inside the wheel, or beside `src/` in a checkout."""
    inside = Path(str(files("dipgraph"))) / "shipped" / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name


@lru_cache(maxsize=8)
def load(folders: tuple[Path, ...] = ()) -> Ontology:
    """The shipped ontology extended by the user's folders; OntologyError lists every fault of all of them."""
    everything = (shipped("ontology"), *folders)
    graph = _parse(everything)
    faults = [*_unknown_terms(graph), *_dangling(graph)]
    if faults:
        raise OntologyError(faults)
    return Ontology(
        classes={name: _class(graph, node) for name, node in _members(graph, DIP.EntityClass)},
        kinds={name: _kind(graph, node) for name, node in _members(graph, DIP.KindOfFact)},
        statuses={name: _status(graph, node) for name, node in _members(graph, DIP.Status)},
        words={name: frozenset(word for node in _MEANT for word in _words(graph, node, name)) for name in WORDS},
        queries={path.stem: path for folder in everything for path in sorted((folder / "queries").glob("*.rq"))},
        shapes=tuple(path for folder in everything for path in sorted((folder / "shapes").glob("*.ttl"))),
        folders=everything,
        graph=graph,
    )


def _parse(folders: Sequence[Path]) -> Graph:
    graph, faults = Graph(), []
    graph.bind("dip", DIP)
    graph.bind("dgx", DGX)
    for folder in folders:
        paths = [path for path in sorted(folder.rglob("*.ttl")) if "shapes" not in path.relative_to(folder).parts]
        if not paths:
            faults.append(f"{folder}: no Turtle file (*.ttl) in this folder; --ontology wants a folder that has one")
        for path in paths:
            try:
                graph.parse(path, format="turtle")
            except (SyntaxError, ValueError, OSError, IndexError, AssertionError) as error:  # as rdflib's parser fails
                faults.append(f"{path}: not valid Turtle: {_reason(error)}")
    if faults:
        raise OntologyError(faults)
    return graph


def _reason(error: Exception) -> str:
    lines = getattr(error, "lines", None)
    if isinstance(lines, int):
        return f"line {lines + 1}: {getattr(error, '_why', 'syntax error')}"
    return " ".join(str(error).split())[:200]


def _unknown_terms(graph: Graph) -> list[str]:
    """The vocabulary is closed: a misspelt annotation would otherwise be silently ignored."""
    known = {term for term in graph.subjects(RDFS.label) if str(term).startswith(DGX)}
    faults = []
    for term in sorted({p for p in graph.predicates() if str(p).startswith(DGX)} - known, key=str):
        near = difflib.get_close_matches(str(term), [str(k) for k in known], n=1)
        hint = f"; did you mean dgx:{near[0].removeprefix(DGX)}?" if near else ""
        faults.append(f"dgx:{str(term).removeprefix(DGX)} is not an annotation of the extraction vocabulary{hint}")
    return faults


def _dangling(graph: Graph) -> list[str]:
    """Slots that name a role which their kind does not declare, ranges that are no class, triggerless frames."""
    classes = set(graph.subjects(RDF.type, DIP.EntityClass))
    faults = [
        f"dgx:{_name(p)} is {str(o)!r}; it must be a whole number"
        for p in (DGX.sign, DGX["min"], DGX["max"], DGX["rank"])
        for o in sorted(graph.objects(None, p), key=str)
        if not re.fullmatch(r"-?\d+", str(o))
    ]
    for name, kind in _members(graph, DIP.KindOfFact):
        declared = {graph.value(role, DGX.property) for role in graph.objects(kind, DGX.role)}
        for role in graph.objects(kind, DGX.role):
            for wanted in set(graph.objects(role, DGX.range)) - classes:
                faults.append(
                    f"{name}: range {_name(wanted)} of role {_name(graph.value(role, DGX.property))} is no dip:EntityClass"
                )
        if None in declared:
            faults.append(
                f"{name}: a dgx:role has no dgx:property; name the property that links the fact to its filler"
            )
        if not declared:
            faults.append(f"{name}: no dgx:role; a kind of fact needs at least one")
        for frame in graph.objects(kind, DGX.frame):
            if not any((frame, DGX[trigger], None) in graph for trigger in TRIGGERS):
                faults.append(f"{name}: a frame has no dgx:verb, dgx:noun, dgx:adjective or dgx:title")
            for slot in set(graph.predicates(frame)) & _slot_terms(graph):
                faults += [
                    f"{name}: slot dgx:{_name(slot)} names role {_name(filler)}, which the kind does not declare"
                    for filler in graph.objects(frame, slot)
                    if isinstance(filler, URIRef) and filler not in declared
                ]
        faults += [
            f"{name}: dgx:{_name(link)} names {_name(other)}, which is no kind of fact"
            for link in (DGX.leadsTo, DGX.begins, DGX.ends)
            for other in sorted(graph.objects(kind, link), key=str)
            if (other, RDF.type, DIP.KindOfFact) not in graph
        ]
        for shortcut in graph.objects(kind, DGX.shortcut):
            for end in (DGX.source, DGX.target):
                if graph.value(shortcut, end) not in declared:
                    faults.append(f"{name}: the shortcut's dgx:{_name(end)} is not one of its roles")
    return faults


def _name(node: Node | None) -> str:
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _members(graph: Graph, of: URIRef) -> list[tuple[str, URIRef]]:
    return sorted((_name(node), node) for node in graph.subjects(RDF.type, of) if isinstance(node, URIRef))


def _text(graph: Graph, node: Node, predicate: URIRef, default: str = "") -> str:
    values = sorted(
        graph.objects(node, predicate), key=lambda v: (getattr(v, "language", None) not in ("en", None), str(v))
    )
    return str(values[0]) if values else default


def _words(graph: Graph, node: Node, annotation: str) -> frozenset[str]:
    return frozenset(str(word) for word in graph.objects(node, DGX[annotation]) if isinstance(word, Literal))


def _other(graph: Graph, node: Node, predicate: URIRef) -> str:
    """The name of the term that an annotation points to; "" where there is none."""
    value = graph.value(node, predicate)
    return _name(value) if value is not None else ""


def _integer(graph: Graph, node: Node, predicate: URIRef) -> int | None:
    value = graph.value(node, predicate)
    return int(str(value)) if value is not None else None


def _class(graph: Graph, node: URIRef) -> EntityClass:
    above = sorted(graph.objects(node, RDFS.subClassOf), key=str)
    parents = [p for p in above if (p, RDF.type, DIP.EntityClass) in graph and p != node]
    name = _name(node)
    grades = (_grade(graph, grade) for grade in graph.objects(node, DGX.grade))
    return EntityClass(
        name, str(node), _text(graph, node, RDFS.label, name), _text(graph, node, DGX.color, "#888888"),
        _text(graph, node, DGX.shape, "dot"), _name(parents[0]) if parents else "", _text(graph, node, SKOS.definition),
        _words(graph, node, "headNoun"), _words(graph, node, "nameWord"), _words(graph, node, "group"),
        _words(graph, node, "entityLabel"), tuple(sorted(grades, key=lambda grade: (-grade.rank, grade.label))),
        _words(graph, node, "without"),
    )  # fmt: skip


def _grade(graph: Graph, node: Node) -> Grade:
    return Grade(
        _text(graph, node, RDFS.label), _integer(graph, node, DGX["rank"]) or 0, _words(graph, node, "nameWord")
    )


def _status(graph: Graph, node: URIRef) -> Status:
    cues = ("governor", "auxiliary", "adverb", "modifierCue", "negator", "fate")
    return Status(
        _name(node), str(node), _text(graph, node, RDFS.label), _integer(graph, node, DGX["rank"]) or 0,
        _text(graph, node, DGX.dash), {cue: _words(graph, node, cue) for cue in cues}, _text(graph, node, DGX.final) == "true",
        _text(graph, node, DGX.ahead) == "true", _text(graph, node, SKOS.definition),
    )  # fmt: skip


def _kind(graph: Graph, node: URIRef) -> Kind:
    name = _name(node)
    roles = sorted((_role(graph, role) for role in graph.objects(node, DGX.role)), key=lambda role: role.name)
    frames = (_frame(graph, node, frame) for frame in graph.objects(node, DGX.frame))
    shortcuts = (
        Shortcut(*(_name(graph.value(s, DGX[part])) for part in ("source", "property", "target")))
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
        remote=_words(graph, node, "remote"),
        remark=_text(graph, node, DGX.remark) == "true",
        undone=_words(graph, node, "undone"),
        examples=tuple(sorted(examples, key=lambda e: e.text)),
        leads_to=tuple(sorted(_name(kind) for kind in graph.objects(node, DGX.leadsTo))),
        begins=_other(graph, node, DGX.begins),
        ends=_other(graph, node, DGX.ends),
    )


def _role(graph: Graph, node: Node) -> Role:
    term = graph.value(node, DGX.property)
    assert term is not None  # _dangling has checked the folder
    return Role(
        name=_name(term),
        iri=str(term),
        label=_text(graph, term, RDFS.label, _name(term)),
        definition=_text(graph, node, SKOS.definition) or _text(graph, term, SKOS.definition),
        ranges=tuple(sorted(_name(c) for c in graph.objects(node, DGX.range))),
        core=_text(graph, node, DGX.core) == "true",
        minimum=_integer(graph, node, DGX["min"]) or 0,
        maximum=_integer(graph, node, DGX["max"]),
        prefer=_other(graph, node, DGX.prefer),
        acts_for=_other(graph, node, DGX.actsFor),
        locates=_text(graph, node, DGX.locates) == "true",
        token=_text(graph, node, DGX.token) == "true",
        foreign_to=_other(graph, node, DGX.foreignTo),
        excluded=_words(graph, node, "without"),
    )


def _slot_terms(graph: Graph) -> set[Node]:
    return {*graph.subjects(RDFS.subPropertyOf, DGX.slot), DGX.title}


def _slots(graph: Graph, frame: Node) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for annotation, role in graph.predicate_objects(frame):
        if annotation in _slot_terms(graph) and isinstance(role, URIRef):
            found.setdefault(_name(annotation), []).append(_name(role))
    return {slot: tuple(sorted(roles)) for slot, roles in found.items()}


def _frame(graph: Graph, kind: Node, node: Node) -> Frame:
    triggers = [t for t in TRIGGERS if _words(graph, node, t)]
    trigger = triggers[0] if triggers else "title"
    return Frame(
        kind=_name(kind),
        trigger=trigger,
        words=_words(graph, node, trigger),
        slots=_slots(graph, node),
        object_nouns=_words(graph, node, "objectNoun"),
        context=_words(graph, node, "word"),
        excluded=_words(graph, node, "without") | _words(graph, kind, "without"),
        empty=frozenset(_name(o) for o in graph.objects(node, DGX.without) if isinstance(o, URIRef)),
        requires=frozenset(_name(role) for role in graph.objects(node, DGX.requires)),
        carriers=_words(graph, node, "carrier"),
        omissible=frozenset(_name(role) for role in graph.objects(node, DGX.omissible)),
        given={_name(p): str(o) for p, o in sorted(graph.predicate_objects(node)) if str(p).startswith(DIP)},
        status=_other(graph, node, DGX.status),
    )


def _example(graph: Graph, node: Node, roles: Iterable[Role]) -> Example:
    expected = {
        role.name: frozenset(str(label) for label in graph.objects(node, URIRef(role.iri)))
        for role in roles
        if (node, URIRef(role.iri), None) in graph
    }
    for detail in ("status", "time", "place", "attributedTo"):
        values = frozenset(_name(v) if isinstance(v, URIRef) else str(v) for v in graph.objects(node, DIP[detail]))
        if values:
            expected[detail] = values
    published = _text(graph, node, DGX.published)
    return Example(_text(graph, node, DGX.text), date.fromisoformat(published) if published else None, expected)
