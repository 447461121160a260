"""Who is meant: names, family names, titles, pronouns and definite descriptions of one document, read left to right."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dipgraph.language import posts, times
from dipgraph.language.anaphora import MODIFIERS, SUBJECTS, Filler, History, choose
from dipgraph.language.coordination import members
from dipgraph.language.holdings import Holdings, Naming
from dipgraph.language.mentions import Mention, by_token
from dipgraph.language.names import OFFICE, ORGANIZATION, PERSON, PLACE, STATE, Names, named_in
from dipgraph.language.parse import fold
from dipgraph.language.persons import Persons
from dipgraph.language.pointers import Pointers, authors
from dipgraph.language.posts import Post
from dipgraph.language.tenures import Tenures
from dipgraph.language.times import TimeExpression
from dipgraph.model import Document, Entity, Time
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEFINITE = ("the", "this", "that", "its", "their")
_INSIDE = ("in", "at")
_BODIES = (STATE, ORGANIZATION)
_COLLECTIVE = ("s", "ese", "sh", "ch")
"""How nationalities end that are said of a whole people: "the Americans", "the Chinese", "the French"."""
_LONG_AGO = 300
"""Days after which a sentence is taken to speak of the holders of its own time, not of the day's."""


@dataclass
class Discourse:
    """The referents of a document's tokens; `fillers` is what the frames ask for."""

    doc: "Doc"
    names: Names
    ontology: Ontology
    tenures: Tenures
    key: str
    """Marks what only this document describes: two documents' "medal" are two things."""
    mentions: Sequence[Mention]
    posts: Sequence[Post]
    when: Sequence[TimeExpression]
    topic: Sequence[Entity] = ()
    """What the document's title names."""

    def __post_init__(self) -> None:
        self._at = by_token(self.mentions)
        self._post_at = {i: p for p in self.posts for i in range(p.start, p.end)}
        self._post_of = {n.token: p for p in self.posts for n in p.named}
        self._referents: dict[int, tuple[Filler, ...]] = {}
        self._described_at: dict[str, int] = {}
        self._history = History(self.doc, self.ontology, self._referents)
        self._pointers = Pointers(self._history, self.names, self.ontology, self._ahead)
        self._persons = Persons(self.doc, self.mentions, self.tenures, self.ontology)
        self._holdings = Holdings(self._history, self.tenures, self.ontology, self._ahead, self._told)
        for token in self.doc:
            self._read(token)
        self.namings: Sequence[Naming] = self._holdings.namings

    def fillers(
        self, token: "Token", ranges: Iterable[str], prefer: str = "", until: int | None = None
    ) -> tuple[Entity, ...]:
        """What a phrase and its conjuncts (before token `until`) mean among the classes of a role, each once."""
        wanted = tuple(ranges)
        found: dict[str, Entity] = {}
        inside = token.head.lower_ in _INSIDE and STATE in wanted and PLACE not in wanted
        for part in members(token, until or len(self.doc)):
            for filler in self._meaning(part):
                entity = choose(filler, wanted, prefer, self.ontology) or (inside and self._state_around(filler[0]))
                if entity:
                    found.setdefault(entity.iri, entity)
        return tuple(found.values())

    def states_of(self, entity: Entity) -> set[str]:
        """The IRIs of the states that somebody acts for, or that something belongs to; a state's own."""
        if entity.kind != PERSON:
            return {entity.iri if entity.kind == STATE else entity.country} - {""}
        known = {t.polity for t in self.tenures.known(holder=entity.iri)}
        return known | {h.polity.iri for h in self.tenures.held if h.holder.iri == entity.iri and h.polity}

    def _state_around(self, place: Entity) -> Entity | None:
        """ "Its embassy in Karachi" is in Pakistan."""
        return self.names.gazetteer.entities.get(place.country) if place.kind == PLACE else None

    def meant(self, token: "Token", ranges: Iterable[str], prefer: str = "") -> Entity | None:
        """What one token means among these classes, without what it is coordinated with."""
        wanted = tuple(ranges)
        return next(
            (e for filler in self._meaning(token) if (e := choose(filler, wanted, prefer, self.ontology))), None
        )

    def spoken_of(self, token: "Token", ranges: Iterable[str], prefer: str, used: Container[str]) -> Entity | None:
        """What the text has last spoken of, in this sentence or the three before, among these classes."""
        wanted = tuple(ranges)
        for entity in self._history.before(token, wanted, prefer):
            if entity.iri not in used and (not prefer or self.ontology.is_a(entity.kind, prefer)):
                return entity
        return None

    def latest(self, token: "Token", entities: Sequence[Entity]) -> list[Entity]:
        """These entities, those first that the text has last spoken of left of a token, however far."""
        said = {e.iri: i for i, filler in self._history.entries if i < token.i for e in filler}
        return sorted(entities, key=lambda e: -said.get(e.iri, -1))

    def host_of(self, token: "Token", ranges: Sequence[str], slot: str) -> tuple[Entity, ...]:
        """The state of a place from or in which something is done where a state is wanted: "its consul in ISTANBUL"."""
        if slot not in ("from", "in", "post") or STATE not in ranges or PLACE in ranges:
            return ()
        places = self.fillers(token, (PLACE,))
        return tuple(state for place in places if (state := self.names.gazetteer.entities.get(place.country)))

    def seats(self, titles: Iterable["Token"]) -> list["Token"]:
        """Where the offices at these tokens are held: "ambassador TO JAPAN", "ambassador IN TOKYO"."""
        slots = [self._post_at[t.i].slots for t in titles if t.i in self._post_at]
        return [self.doc[i] for found in slots for slot in ("to", "in", "at") for i in found.get(slot, ())]

    def posts_of(self, tokens: Iterable["Token"]) -> list["Token"]:
        """The titles that nouns for an office name: "the post of AMBASSADOR"; "the first woman to serve as PRESIDENT"."""
        nouns = self.ontology.classes[OFFICE].groups
        below = [c for t in tokens if t.lemma_.lower() in nouns for c in t.rights if c.lower_ == "of"]
        below += [
            c for t in tokens for verb in t.rights if verb.dep_ == "relcl" for c in verb.rights if c.lower_ == "as"
        ]
        return [p for c in below for p in c.children if p.dep_ == "pobj" and self.titled(p)]

    def offices(self, token: "Token") -> set[str]:
        """The bare titles with which a person is named right here: "Ambassador X"."""
        named = {n.office.label for n in self.namings if n.named and n.named.token == token.i}
        return named | set(self._post_at[token.i].offices if token.i in self._post_at else ())

    def office(self, entity: Entity) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """The office by which a person is known, last in this document, and whose it is; else only the state, if it is always one."""
        naming = next((n for n in reversed(self.namings) if n.holder.iri == entity.iri), None)
        if naming is not None:
            return (naming.office,), (naming.polity,) if naming.polity else ()
        states = {t.polity for t in self.names.by_holder.get(entity.iri, ())}
        return (), tuple(self.names.gazetteer.entities[iri] for iri in states) if len(states) == 1 else ()

    def first_described(self, entity: Entity) -> "Token | None":
        """Where the text first described what it does not name: of "it", the noun in "a pact between X and Y"."""
        place = self._described_at.get(entity.iri)
        return self.doc[place] if place is not None else None

    def titled(self, token: "Token") -> bool:
        """Whether a title stands at this token."""
        return token.i in self._post_at

    def is_named(self, token: "Token") -> bool:
        """Whether the token is inside a mention."""
        return token.i in self._at

    def _meaning(self, token: "Token") -> tuple[Filler, ...]:
        mention = self._at.get(token.i) if token.i not in self._post_at else None
        key = mention.head if mention else self._post_at[token.i].head if token.i in self._post_at else token.i
        if key in self._referents:
            return self._referents[key]
        apposed = next(
            (c for c in token.children if c.dep_ in ("appos", "compound") and c.i in self._at and c.i > token.i), None
        )
        return self._referents.get(self._at[apposed.i].head, ()) if apposed is not None else ()

    def _read(self, token: "Token") -> None:
        """Resolve one token from what stands to its left."""
        fillers: tuple[Filler, ...] = ()
        mention, post = self._at.get(token.i), self._post_at.get(token.i)
        if mention is not None and post is None:
            fillers = self._name(mention) if token.i == mention.head else ()
        elif post is not None:
            fillers = self._holdings.read(post) if token.i == post.end - 1 else ()
            if fillers:
                self._referents[post.head] = fillers
        else:
            fillers = self._pointers.read(token)
        if fillers:
            self._referents.setdefault(token.i, fillers)
            if token.pos_ != "PRON" or token.dep_ in SUBJECTS:
                place = token.i if post is None else post.head
                self._history.entries += [(place, filler) for filler in fillers]

    def _ahead(self, i: int) -> tuple[Filler, ...]:
        """What a token means that may stand to the right, not yet read."""
        mention = self._at.get(i)
        return self._name(mention) if mention is not None else self._meaning(self.doc[i])

    # Names

    def _name(self, mention: Mention) -> tuple[Filler, ...]:
        entity = mention.entity
        if entity.generic:
            named = self._apposed_name(mention)
            return self._name(named) if named else (self._described(mention) + self._whose(mention),)
        if entity.kind == PERSON or entity.iri not in self.names.gazetteer.entities:
            person = self._persons.bearer(mention, self._titled(mention), self._spoken_of)
            if person.kind == PERSON:
                return (self._with_state(person),)
        if mention.demonym:
            if self.doc[mention.head].dep_ in MODIFIERS:
                return (mention.candidates,)
            if citizen := self._citizen(mention):
                return (citizen,)
        return (self._placed(mention) + self._whose(mention),)

    def _whose(self, mention: Mention) -> Filler:
        """ "The Greek parliament", "its embassy", "Chad's Government of Unity": a body can stand for the state whose it is.

        An utterance can stand for whoever makes it.
        """
        head, entity = self.doc[mention.head], mention.entity
        if head.lemma_.lower() in self.ontology.words["utterance"]:
            others = [f for a in authors(head) if self._at.get(a.i) is not mention for f in self._ahead(a.i)]
            return next((f for f in others if choose(f, (PERSON, *_BODIES), "", self.ontology)), ())
        owners = [c for c in head.lefts if c.dep_ in ("poss", "amod", "compound")]
        owners += [p for c in head.rights if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        named = [c for c in owners if c.i not in self._at or not self._at[c.i].entity.generic]
        nouns = self.ontology.classes[ORGANIZATION].head_nouns | self.ontology.classes[STATE].groups
        official = entity.generic or not nouns.isdisjoint(entity.label.lower().split())
        if not official or entity.kind != ORGANIZATION or entity.iri in self.names.gazetteer.entities:
            return ()
        states = (choose(f, (STATE,), "", self.ontology) for c in named for f in self._ahead(c.i))
        return tuple(state for state in states if state)[:1]

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

    def _citizen(self, mention: Mention) -> Filler | None:
        """ "The Frenchman", "the North Korean": the last person spoken of who acts for that state."""
        head = self.doc[mention.head]
        if head.lower_.endswith(_COLLECTIVE) or not any(c.lower_ == "the" for c in head.lefts):
            return None
        people = (f for _, f in reversed(self._history.entries) if f[0].kind == PERSON)
        return next((f for f in people if mention.entity.iri in {e.iri for e in f[1:]}), None)

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

    def _titled(self, mention: Mention) -> Entity | None:
        """ "Chancellor Scholz", "Oman's Sultan Haitham": the known holder of that name and office."""
        post = self._post_of.get(mention.head)
        if post is None:
            return None
        polities = {p.iri for i in post.polity for f in self._meaning(self.doc[i]) for p in f}
        return self.tenures.bearer(self.doc[mention.head].text, post.offices[0], polities, self._told(mention.head))

    def _with_state(self, person: Entity) -> Filler:
        """A person can stand for the state that they act for."""
        state = self.tenures.state_of(person)
        return (person, state) if state is not None else (person,)

    # Descriptions

    def _described(self, mention: Mention) -> Filler:
        """ "the medal": what was last spoken of by that noun or class; "a medal": something new of this document."""
        head, entity = self.doc[mention.head], mention.entity
        if head.lemma_.lower() in self.ontology.words["seatNoun"] and (seat := self._capital(mention)):
            return seat
        apposed = self._meaning(head.head) if head.dep_ == "appos" else ()  # "the Order of X, its highest HONOUR"
        if apposed and self.ontology.is_a(apposed[0][0].kind, entity.kind):
            return apposed[0]
        if any(c.lower_ in _DEFINITE for c in head.lefts if c.dep_ in ("det", "poss")):
            plain = all(t.i == head.i or t.lower_ == "same" for t in self.doc[mention.start : mention.end])
            body = entity.kind == ORGANIZATION  # "the ministry" is not the embassy last spoken of
            for i, filler in reversed(self._history.entries):
                alike = filler[0].generic and self.doc[i].lemma_ == head.lemma_
                named = plain and (not body or head.lemma_.lower() in filler[0].label.lower())
                if (named or alike) and self.ontology.is_a(filler[0].kind, entity.kind):
                    return tuple(replace(e, generic=True) for e in filler)
        new = replace(entity, iri=f"{entity.iri}.{self.key}.{mention.head}")
        self._described_at[new.iri] = mention.head
        return (new,)

    def _capital(self, mention: Mention) -> Filler | None:
        """ "the Chinese capital", "the country's capital", "the capital": the seat of that state or the one last spoken of."""
        head = self.doc[mention.head]
        inside = [m for m in self.mentions if m.demonym and mention.start <= m.start < mention.end]
        owners = [m.candidates for m in inside] or [f for c in head.lefts if c.dep_ == "poss" for f in self._ahead(c.i)]
        if not owners and mention.end - mention.start == 1 and any(c.lower_ == "the" for c in head.lefts):
            owners = list(self._history.last(head, (STATE,)))
        states = (e for filler in owners if (e := choose(filler, (STATE,), "", self.ontology)))
        return next(((city, s) for s in states if (city := self.names.capitals.get(s.iri))), None)

    def _told(self, i: int) -> Time | None:
        """The time that the sentence tells of, where that is long before the document's own."""
        published, sentence = self.tenures.published, self.doc[i].sent
        for expression in self.when:
            time = expression.past
            if time and time.end and sentence.start_char <= expression.start < sentence.end_char:
                return time if published is None or (published - time.end).days > _LONG_AGO else None
        return None


def discourse(
    doc: "Doc", mentions: Sequence[Mention], names: Names, ontology: Ontology, document: Document
) -> Discourse:
    """Resolve every token of a document."""
    nouns = ontology.classes[OFFICE].head_nouns | ontology.words["successor"]
    found = posts.find(doc, mentions, dict(names.titles) | {n: n for n in nouns}, ontology)
    persons = frozenset(e.iri for m in mentions for e in m.candidates if e.kind == PERSON)
    tenures = Tenures(names, document.published, persons)
    when = times.find(doc.text, document.published)
    topic = dict.fromkeys(named_in(fold(document.title), names))
    return Discourse(doc, names, ontology, tenures, document.digest[:8], mentions, found, when, tuple(topic))
