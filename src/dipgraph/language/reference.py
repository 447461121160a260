"""Who is meant: names, family names, titles, pronouns and definite descriptions of one document, read left to right."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dipgraph.language import titles as office_titles
from dipgraph.language.mentions import (
    OFFICE,
    ORGANIZATION,
    PERSON,
    PLACE,
    STATE,
    Mention,
    Names,
    by_token,
    mint,
    named_in,
)
from dipgraph.language.parse import fold, is_contrast
from dipgraph.language.subjects import subjects
from dipgraph.language.titles import Title
from dipgraph.model import Document, Entity, Tenure, Time
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Filler = tuple[Entity, ...]
"""One thing that is meant, as its possible readings, best first."""

_HE, _IT, _THEY = (
    ("he", "she", "him", "her", "his", "hers", "himself", "herself"),
    ("it", "its", "itself"),
    ("they", "them", "their", "both"),
)
_INDEFINITE = ("a", "an", "no", "any", "every", "each", "another", "some")
_DEFINITE = ("the", "this", "that", "its", "their")
_INSIDE = ("in", "at")
_EXAMPLES = ("including", "like", "as")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True)
class Naming:
    """A title that the text gives to a person: what an office-holding frame reads."""

    title: Title
    office: Entity
    holders: tuple[Entity, ...]
    polity: tuple[Entity, ...]


@dataclass
class Discourse:
    """The referents of a document's tokens; `fillers` is what the frames ask for."""

    doc: "Doc"
    names: Names
    ontology: Ontology
    published: date | None
    key: str
    """Marks what only this document describes: two documents' "medal" are two things."""
    mentions: Sequence[Mention]
    titles: Sequence[Title]
    topic: Sequence[Entity] = ()
    """The states that the document's title names."""
    namings: list[Naming] = field(default_factory=list)
    _at: dict[int, Mention] = field(default_factory=dict)
    _title_at: dict[int, Title] = field(default_factory=dict)
    _referents: dict[int, tuple[Filler, ...]] = field(default_factory=dict)
    _history: list[tuple[int, Filler]] = field(default_factory=list)
    _family: dict[str, Entity] = field(default_factory=dict)
    _held: list[tuple[Entity, str, Entity]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._at = by_token(self.mentions)
        self._title_at = {i: t for t in self.titles for i in range(t.start, t.end) if i not in self._at}
        for mention in self.mentions:
            if mention.entity.kind == PERSON and " " in mention.entity.label:
                words = self.doc[mention.head].text.split()
                for word in (words[0], words[-1]):
                    self._family.setdefault(word.lower(), mention.entity)
                self._family[words[-1].lower()] = mention.entity
        for token in self.doc:
            self._read(token)

    def fillers(
        self, token: "Token", ranges: Iterable[str], prefer: str = "", until: int | None = None
    ) -> tuple[Entity, ...]:
        """What a phrase and its conjuncts (before token `until`) mean among the classes of a role, each once."""
        wanted = tuple(ranges)
        found: dict[str, Entity] = {}
        inside = token.head.lower_ in _INSIDE and STATE in wanted and PLACE not in wanted
        for part in _members(token, until or len(self.doc)):
            for filler in self._meaning(part):
                entity = self._choose(filler, wanted, prefer) or (inside and self._state_around(filler[0]))
                if entity:
                    found.setdefault(entity.iri, entity)
        return tuple(found.values())

    def states_of(self, entity: Entity) -> set[str]:
        """The IRIs of the states that somebody acts for, or that something belongs to; a state's own."""
        if entity.kind != PERSON:
            return {entity.iri if entity.kind == STATE else entity.country} - {""}
        known = {t.polity for t in self.names.by_holder.get(entity.iri, ()) if self._holds(t)}
        return known | {polity.iri for holder, _, polity in self._held if holder.iri == entity.iri}

    def _state_around(self, place: Entity) -> Entity | None:
        """ "Its embassy in Karachi" is in Pakistan."""
        return self.names.gazetteer.entities.get(place.country) if place.kind == PLACE else None

    def meant(self, token: "Token", ranges: Iterable[str], prefer: str = "") -> Entity | None:
        """What one token means among these classes, without what it is coordinated with."""
        wanted = tuple(ranges)
        return next((e for filler in self._meaning(token) if (e := self._choose(filler, wanted, prefer))), None)

    def titled(self, token: "Token") -> bool:
        """Whether a title stands at this token."""
        return token.i in self._title_at

    def spoken_of(self, token: "Token", ranges: Iterable[str], prefer: str, used: Container[str]) -> Entity | None:
        """What the text has last spoken of, in this sentence or the three before, among these classes."""
        wanted, here = tuple(ranges), self._sentence(token.i)
        for i, filler in reversed(self._history):
            if i < token.i and here - self._sentence(i) <= 3:
                entity = self._choose(filler, wanted, prefer)
                if (
                    entity is not None
                    and entity.iri not in used
                    and (not prefer or self.ontology.is_a(entity.kind, prefer))
                ):
                    return entity
        return None

    def host_of(self, token: "Token", ranges: Sequence[str], slot: str) -> tuple[Entity, ...]:
        """The state of a place from or in which something is done where a state is wanted: "its consul in ISTANBUL"."""
        if slot not in ("from", "in", "post") or STATE not in ranges or PLACE in ranges:
            return ()
        places = self.fillers(token, (PLACE,))
        return tuple(state for place in places if (state := self.names.gazetteer.entities.get(place.country)))

    def posts(self, titles: Iterable["Token"]) -> list["Token"]:
        """Where the offices at these tokens are held: "ambassador TO JAPAN"."""
        return [self.doc[i] for t in titles for i in self._title_at[t.i].slots.get("to", ())]

    def offices(self, token: "Token") -> set[str]:
        """The bare titles with which a person is named right here: "Ambassador X"."""
        return {n.office.label for n in self.namings if token.i in n.title.holders}

    def office(self, entity: Entity) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """The office by which a person is known, last in this document, and whose it is; else only the state, if it is always one."""
        naming = next((n for n in reversed(self.namings) if entity.iri in {h.iri for h in n.holders}), None)
        if naming is not None:
            return (naming.office,), naming.polity
        states = {t.polity for t in self.names.by_holder.get(entity.iri, ())}
        return (), tuple(self.names.gazetteer.entities[iri] for iri in states) if len(states) == 1 else ()

    def is_named(self, token: "Token") -> bool:
        """Whether the token is inside a mention."""
        return token.i in self._at

    def _choose(self, filler: Filler, ranges: Sequence[str], prefer: str) -> Entity | None:
        fitting = [e for e in filler if any(self.ontology.is_a(e.kind, wanted) for wanted in ranges)]
        if fitting and fitting[0].kind == PERSON:
            return fitting[0]  # a person stands for a state only where a person won't do
        preferred = [e for e in fitting if prefer and self.ontology.is_a(e.kind, prefer)]
        return next(iter(preferred or fitting), None)

    def _meaning(self, token: "Token") -> tuple[Filler, ...]:
        mention = self._at.get(token.i)
        key = mention.head if mention else self._title_at[token.i].head if token.i in self._title_at else token.i
        if key in self._referents:
            return self._referents[key]
        apposed = next(
            (c for c in token.children if c.dep_ in ("appos", "compound") and c.i in self._at and c.i > token.i), None
        )
        return self._referents.get(self._at[apposed.i].head, ()) if apposed is not None else ()

    def _read(self, token: "Token") -> None:
        """Resolve one token from what stands to its left."""
        fillers: tuple[Filler, ...] = ()
        mention, title = self._at.get(token.i), self._title_at.get(token.i)
        if mention is not None:
            fillers = self._name(mention) if token.i == mention.head else ()
        elif title is not None:
            fillers = self._title(title) if token.i == title.end - 1 else ()
            if fillers:
                self._referents[title.head] = fillers
        elif token.pos_ == "PRON" or token.tag_ == "PRP$":
            fillers = self._pronoun(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            fillers = self._group(token)
        if fillers:
            self._referents.setdefault(token.i, fillers)
            if token.pos_ != "PRON":
                self._history += [(token.i, filler) for filler in fillers]

    def _name(self, mention: Mention) -> tuple[Filler, ...]:
        entity = mention.entity
        if entity.generic:
            named = self._apposed_name(mention)
            return self._name(named) if named else (self._described(mention) + self._whose(mention),)
        if entity.kind == PERSON or entity.iri not in self.names.gazetteer.entities:
            person = self._person(mention)
            if person.kind == PERSON:
                return (self._with_state(person),)
        if mention.demonym and self.doc[mention.head].dep_ in ("amod", "compound", "nmod"):
            return (mention.candidates,)
        return (self._placed(mention),)

    def _whose(self, mention: Mention) -> Filler:
        """ "The Greek parliament", "its embassy": a body can stand for the state whose it is."""
        head = self.doc[mention.head]
        owners = [c for c in head.lefts if c.dep_ in ("poss", "amod", "compound")]
        owners += [p for c in head.rights if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        named = [c for c in owners if c.i not in self._at or not self._at[c.i].entity.generic]
        if not self.ontology.is_a(mention.entity.kind, ORGANIZATION):
            return ()
        return tuple(e for c in named for f in self._ahead(c.i) if (e := self._choose(f, (STATE,), "")))[:1]

    def _apposed_name(self, mention: Mention) -> Mention | None:
        """ "Egypt's highest honour, the Order of the Nile", "the insignia of the Order": the name that a description means."""
        kind, rights = mention.entity.kind, list(self.doc[mention.head].rights)
        inside = [p for c in rights if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        for token in (*(c for c in rights if c.dep_ == "appos"), *inside):
            named = self._at.get(token.i)
            if named is None or named.entity.generic:
                continue
            if self.ontology.is_a(named.entity.kind, kind) or (named.entity.kind == PERSON and token not in inside):
                return named
        return None

    def _placed(self, mention: Mention) -> Filler:
        """A capital after a preposition of place is the city; of namesakes, the one whose state is spoken of comes first."""
        before = self.doc[mention.start - 1].lower_ if mention.start else ""
        where = before in ("in", "at", "near", "outside", "around", "across")
        here = self._states(self.doc[mention.head].sent.start, self.doc[mention.head].sent.end)
        anywhere = self._spoken_of

        def order(entity: Entity) -> tuple[bool, bool, bool]:
            return (entity.kind == PLACE) != where, entity.country not in here, entity.country not in anywhere

        return tuple(sorted(mention.candidates, key=order)) if len(mention.candidates) > 1 else mention.candidates

    @cached_property
    def _spoken_of(self) -> set[str]:
        """The states of the whole document."""
        return self._states(0, len(self.doc))

    def _states(self, start: int, end: int) -> set[str]:
        """The states that these tokens name, and those of the persons whom they name."""
        spoken = {self._at[i] for i in range(start, end) if i in self._at}
        states = {m.entity.iri for m in spoken if m.entity.kind == STATE}
        persons = {m.entity.iri for m in spoken if m.entity.kind == PERSON}
        return states | {t.polity for iri in persons for t in self.names.by_holder.get(iri, ())}

    def _person(self, mention: Mention) -> Entity:
        entity = mention.entity
        words = self.doc[mention.head].text.split()
        if len(words) > 1:
            return entity
        if words[0].lower() in self._family:
            return self._family[words[0].lower()]
        candidates = self.names.persons.get(words[0], ())
        active = [e for e in candidates if self._tenure(e, "", "")]
        if len(active) == 1:
            self._family[words[0].lower()] = active[0]
            return active[0]
        return entity

    def _with_state(self, person: Entity) -> Filler:
        """A person can stand for the state that they act for."""
        state = next((polity for holder, _, polity in reversed(self._held) if holder.iri == person.iri), None)
        states = {t.polity for t in self.names.by_holder.get(person.iri, ())}
        if state is None and (tenure := self._tenure(person, "", "")):
            state = self.names.gazetteer.entities.get(tenure.polity)
        elif state is None and len(states) == 1:
            state = self.names.gazetteer.entities.get(states.pop())
        return (person, state) if state is not None else (person,)

    def _tenure(self, holder: Entity | None, office: str, polity: str) -> Tenure | None:
        """A known holding of these at the date of publication (any that fits if there is no date)."""
        known = self.names.by_holder.get(holder.iri, ()) if holder else self.names.by_polity.get(polity, ())
        for tenure in known:
            if (
                (not office or tenure.office == office)
                and (not polity or tenure.polity == polity)
                and self._holds(tenure)
            ):
                return tenure
        return None

    def _holds(self, tenure: Tenure) -> bool:
        """Whether it was held at the date of publication; any was, where there is no date."""
        day = Time(self.published.isoformat()) if self.published else None
        return day is None or Time(f"{tenure.begin}/{tenure.end}").overlaps(day)

    def _described(self, mention: Mention) -> Filler:
        """ "the medal": what was last spoken of by that noun or class; "a medal": something new of this document."""
        head, entity = self.doc[mention.head], mention.entity
        if any(c.lower_ in _DEFINITE for c in head.lefts if c.dep_ in ("det", "poss")):
            plain = all(t.i == head.i or t.lower_ == "same" for t in self.doc[mention.start : mention.end])
            for i, filler in reversed(self._history):
                alike = filler[0].generic and self.doc[i].lemma_ == head.lemma_
                if (plain or alike) and self.ontology.is_a(filler[0].kind, entity.kind):
                    return tuple(replace(e, generic=True) for e in filler)
        return (replace(entity, iri=f"{entity.iri}.{self.key}.{mention.head}"),)

    def _title(self, title: Title) -> tuple[Filler, ...]:
        owners = [f for i in title.polity for f in self._meaning(self.doc[i])]
        owners = owners or [f for slot in ("of", "in") for i in title.slots.get(slot, ()) for f in self._ahead(i)]
        polity = [e for f in owners if (e := self._choose(f, (STATE, ORGANIZATION), ""))]
        anaphoric = title.office in self.ontology.classes[OFFICE].head_nouns
        office = self._counterpart(owners) if anaphoric else title.office
        named = [f[0] for i in title.holders for f in self._ahead(i) if f[0].kind == PERSON]
        described = not title.plural and self.doc[title.begin].lower_ not in _INDEFINITE
        if not anaphoric and any(f[0].kind == PERSON for f in owners):
            described = False  # "Sunak's spokesman" is somebody else
        holders = named or (self._holder_of(office, polity) if described else [])
        if named and not polity:
            polity = self._polity_of(named[0], office)
        for place, holder in enumerate(holders):
            whose = polity[place] if len(holders) == len(polity) else polity[0] if polity else None
            if whose is not None:
                self._held.append((holder, office, whose))
        entity = mint(OFFICE, office, self.ontology)
        known = {(h.iri, p.iri) for n in self.namings for h in n.holders for p in n.polity}
        if office and (
            named or (polity and not anaphoric and any((h.iri, polity[0].iri) not in known for h in holders))
        ):
            self.namings.append(Naming(title, entity, tuple(holders), tuple(polity)))
        if holders:
            return tuple((holder, *polity[:1], entity) for holder in holders)
        return tuple((p, entity) for p in polity) or ((entity,),)

    def _ahead(self, i: int) -> tuple[Filler, ...]:
        """What a token means that may stand to the right, not yet read."""
        mention = self._at.get(i)
        return self._name(mention) if mention is not None else self._meaning(self.doc[i])

    def _counterpart(self, owners: Sequence[Filler]) -> str:
        persons = {f[0].iri for f in owners}
        return next(
            (o for h, o, _ in reversed(self._held) if h.iri in persons), self._held[-1][1] if self._held else ""
        )

    def _holder_of(self, office: str, polity: Sequence[Entity]) -> list[Entity]:
        """Who is meant by "the Syrian leader" or "the president": last so called here, else the known holder at that date."""
        iris = {p.iri for p in polity} if office else set()
        for holder, held, whose in reversed(self._held):
            if office and held == office and (not iris or whose.iri in iris):
                return [holder]
        for body in iris:
            if found := self._tenure(None, office, body):
                return [self.names.gazetteer.entities[found.holder]]
        return self._leader(iris) if office in self.names.gazetteer.descriptions else []

    def _leader(self, polities: set[str]) -> list[Entity]:
        """Who leads: somebody named here with an office of the polity at that date, else its first known holder."""
        named = {f[0].iri: f[0] for _, f in self._history if f[0].kind == PERSON}
        for body in polities:
            known = [t for t in self.names.by_polity.get(body, ()) if t.holder in named]
            if found := next((t for t in known if self._tenure(named[t.holder], t.office, body)), None):
                return [named[found.holder]]
        for holder, _, whose in reversed(self._held):
            if whose.iri in polities:
                return [holder]
        first = next((found for body in polities if (found := self._tenure(None, "", body))), None)
        return [self.names.gazetteer.entities[first.holder]] if first else []

    def _polity_of(self, holder: Entity, office: str) -> list[Entity]:
        for person, held, polity in reversed(self._held):
            if person.iri == holder.iri and held == office:
                return [polity]
        tenure = self._tenure(holder, office, "") or next(
            (t for t in self.names.by_holder.get(holder.iri, ()) if t.office == office), None
        )
        return [self.names.gazetteer.entities[tenure.polity]] if tenure else []

    def _pronoun(self, token: "Token") -> tuple[Filler, ...]:
        word = token.lower_
        if word in _HE:
            return self._last(token, (PERSON,))[:1]
        if word in _IT:
            things = [name for name in self.ontology.classes if name not in (PERSON, OFFICE, PLACE)]
            meant = self._last(token, (STATE, ORGANIZATION) if word == "its" else things)[:1]
            return tuple(tuple(e for e in filler if e.kind != PERSON) for filler in meant)
        if word in _THEY:
            return self._plural(token)
        return ()

    def _last(self, token: "Token", kinds: Sequence[str]) -> tuple[Filler, ...]:
        """Earlier fillers of these classes: subjects of this sentence, of the one before, then the nearest."""
        rivals = self._clause_subjects(token)
        ranked = []
        for i, filler in reversed(self._history):
            distance = self._sentence(token.i) - self._sentence(i)
            if distance > 3:
                break
            if i in rivals or self._choose(filler, kinds, "") is None:
                continue
            subject = self._is_subject(self.doc[i])
            ranked.append(((min(distance, 2), not subject, -i if distance == 0 or not subject else i), filler))
        return tuple(filler for _, filler in sorted(ranked, key=lambda r: r[0]))

    def _is_subject(self, token: "Token") -> bool:
        while token.dep_ in ("compound", "appos", "amod") and token.head != token:
            token = token.head
        return token.dep_ in _SUBJECTS

    def _clause_subjects(self, token: "Token") -> set[int]:
        """An object pronoun never means the subject of its own verb."""
        if token.dep_ not in ("dobj", "dative", "pobj"):
            return set()
        verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
        found = subjects(verb) if verb is not None else []
        return {i for s in found for i in range(s.left_edge.i, s.right_edge.i + 1)}

    def _sentence(self, i: int) -> int:
        return self._sentences[i]

    @cached_property
    def _sentences(self) -> list[int]:
        """Token -> number of its sentence."""
        return [n for n, sentence in enumerate(self.doc.sents) for _ in sentence]

    def _plural(self, token: "Token") -> tuple[Filler, ...]:
        """ "They": the last coordination, else the last two persons of this sentence and the one before."""
        here = self._sentence(token.i)
        recent = [(i, f) for i, f in self._history if here - self._sentence(i) <= 1]
        for i, filler in reversed(recent):
            partners = [j for j in (t.i for t in self.doc[i].conjuncts) if j < i and j in self._referents]
            if partners and filler[0].kind in (PERSON, STATE):
                return (*(f for j in partners for f in self._referents[j]), filler)
        persons: dict[str, Filler] = {f[0].iri: f for _, f in recent if f[0].kind == PERSON}
        return tuple(persons.values())[-2:] if len(persons) >= 2 else ()

    def _group(self, token: "Token") -> tuple[Filler, ...]:
        """ "the Israeli delegation", "officials from Iran", "the country": the state or body that a noun stands for."""
        noun = token.lemma_.lower()
        kinds = [c.name for c in self.ontology.classes.values() if noun in c.groups]
        if not kinds:
            return ()
        owners = (PERSON,) if kinds == [PERSON] else (STATE, ORGANIZATION)
        for child in (*token.lefts, *token.rights):
            inner = (
                [child]
                if child.dep_ in ("amod", "compound", "poss", "nmod", "appos")
                else list(child.children)
                if child.dep_ == "prep" and child.lower_ in ("of", "from")
                else []
            )
            for owner in inner:
                if named := [e for f in self._ahead(owner.i) if (e := self._choose(f, owners, ""))]:
                    return tuple((e,) for e in named)
        if any(c.lower_ in ("the", "this", "that") for c in token.lefts) and not any(
            c.dep_ == "relcl" for c in token.rights
        ):
            return self._last(token, kinds)[:1]
        return ()


def _members(token: "Token", until: int) -> Iterator["Token"]:
    """A phrase, its examples ("rivals such as X") and those joined to it; of a number, the examples: "16 men, including X"."""
    counted = token.tag_ in ("NNS", "NNPS") and any(c.dep_ == "nummod" for c in token.lefts)
    named = [p for c in token.rights if c.lower_ in _EXAMPLES for p in c.children if p.dep_ == "pobj"]
    for part in named if counted and named else (token, *named):
        parts = (part, *(t for t in _partners(part) if part.i < t.i < until))
        yield from (t for t in parts if not _is_left_out(t))


def _partners(token: "Token") -> list["Token"]:
    """What is joined to a phrase; what only a comma adds to "the Order of Merit, First Class" says more of the same."""
    definite = any(c.dep_ == "det" for c in token.lefts)
    others = token.conjuncts
    said_more = definite and len(others) == 1 and not any(c.dep_ == "cc" for t in (token, *others) for c in t.children)
    return [] if said_more else list(others)


def _is_left_out(token: "Token") -> bool:
    """ "NOT RUSSIA but China": named only to be told apart."""
    first = token.left_edge if token.left_edge.lower_ != "not" else token.left_edge.nbor()
    before = token.doc[max(first.i - 1, 0)]
    return is_contrast(before) and first.lower_ not in ("only", "just", "merely", "least")


def discourse(
    doc: "Doc", mentions: Sequence[Mention], names: Names, ontology: Ontology, document: Document
) -> Discourse:
    """Resolve every token of a document."""
    offices = dict(names.titles) | {n: n for n in ontology.classes[OFFICE].head_nouns}
    found = office_titles.find(doc, mentions, offices, ontology)
    topic = dict.fromkeys(e for e in named_in(fold(document.title), names) if e.kind == STATE)
    return Discourse(doc, names, ontology, document.published, document.digest[:8], mentions, found, tuple(topic))
