"""What an ontology says, as values: classes, kinds of fact with their roles and frames, statuses."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path

from rdflib import Graph

from dipgraph.errors import OntologyError


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
    open: frozenset[str] = frozenset()
    """Roles that may stay unfilled."""
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
    answered_by: tuple[str, ...] = ()
    """Kinds of fact by which one to whom it was done usually acts in turn."""
    begins: str = ""
    """The lasting kind whose state of affairs it begins."""
    ends: str = ""

    @property
    def token(self) -> str:
        """The role whose filler passes from one side to the other as a token of esteem; "" where none does."""
        return next((role.name for role in self.roles.values() if role.token), "")

    def passes(self, shortcut: Shortcut) -> bool:
        """Whether a shortcut joins who gives a token to who gets it."""
        return bool(self.token) and self.token not in (shortcut.source, shortcut.target)

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
            [f"no kind of fact is called {name!r}; {hint} of an ontology of your own, give --ontology PATH"]
        )
