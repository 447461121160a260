"""The values that flow through dipgraph: frozen, comparable, without behaviour beyond their own meaning."""

import hashlib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

ID = "https://w3id.org/dipgraph/"
"""Where the identifiers of entities live: `{ID}state/RUS`, `{ID}person/vladimir-putin`."""


@dataclass(frozen=True)
class Document:
    """One text to read. `published` anchors its relative times; None leaves them unresolved."""

    id: str
    text: str
    title: str = ""
    published: date | None = None
    url: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that reading depends on."""
        parts = (self.id, self.text, self.title, str(self.published), self.url)
        return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Entity:
    """Something that plays a role: its IRI, the name of its class in the ontology, its names, its identifiers elsewhere."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    description: str = ""
    country: str = ""
    """IRI of the state that it belongs to, where one does (an honour's, a place's)."""
    generic: bool = False
    """True where the text only describes it ("a medal"): it stands for any named entity of its class that fits."""


@dataclass(frozen=True)
class Tenure:
    """A holder's office in a polity (IRIs), from `begin` to `end` (ISO dates of any precision, empty where unknown or open)."""

    holder: str
    office: str
    polity: str
    begin: str = ""
    end: str = ""
    rank: str = ""
    """What kind of office it is: "head-of-state", "head-of-government", "foreign-minister" and so on."""


@dataclass(frozen=True)
class Span:
    """Characters `[start, end)` of a document's text: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, order=True)
class Time:
    """A time no more precise than its source: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or an interval `A/B` of those, either end open."""

    value: str

    @property
    def begin(self) -> date | None:
        """The first day that it can mean; None where open."""
        return _day(self.value.split("/")[0], last=False)

    @property
    def end(self) -> date | None:
        """The last day that it can mean; None where open."""
        return _day(self.value.split("/")[-1], last=True)

    def overlaps(self, other: "Time") -> bool:
        """Whether some day can be both."""
        lowest, highest = date.min, date.max
        return (self.begin or lowest) <= (other.end or highest) and (other.begin or lowest) <= (self.end or highest)


def _day(text: str, *, last: bool) -> date | None:
    if not text:
        return None
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


@dataclass(frozen=True)
class Claim:
    """What one document says once: a kind of fact with its roles filled, its status, time, places, speakers and evidence."""

    document: str
    kind: str
    roles: Mapping[str, tuple[Entity, ...]]
    status: str
    evidence: tuple[Span, ...]
    time: Time | None = None
    place: tuple[Entity, ...] = ()
    attribution: tuple[Entity, ...] = ()
    confidence: float = 1.0
    published: date | None = None
    """The date of its document: where documents disagree on the status, the latest has the last word."""


@dataclass(frozen=True)
class Fact:
    """What the graph holds: claims about the same event or state of affairs, merged; `claims` explains it."""

    iri: str
    kind: str
    roles: Mapping[str, tuple[Entity, ...]]
    status: str
    claims: tuple[Claim, ...]
    time: Time | None = None
    place: tuple[Entity, ...] = ()
    attribution: tuple[Entity, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True)
class Gazetteer:
    """Entities known beforehand, by IRI, with who held which office and which state belonged to what, when."""

    entities: Mapping[str, Entity] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    memberships: tuple[Tenure, ...] = ()
    pacts: frozenset[str] = frozenset()
    """IRIs of the bodies whose members have promised one another military aid."""
    demonyms: Mapping[str, str] = field(default_factory=dict)
    """Adjective or noun of nationality -> IRI of the state."""
    seats: Mapping[str, str] = field(default_factory=dict)
    """Name that stands for a government ("the Kremlin", "Moscow") -> IRI of the state."""
    offices: Mapping[str, str] = field(default_factory=dict)
    """Title or synonym, lower case -> bare title."""
    descriptions: frozenset[str] = frozenset()
    """Titles that only describe ("leader"): whoever leads the polity by whatever office may be called so."""
