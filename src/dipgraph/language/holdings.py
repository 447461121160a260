"""Titles read in context: who holds which office of whom, said outright or pointed at ("his counterpart")."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dipgraph.language.anaphora import Filler, History, choose
from dipgraph.language.names import OFFICE, ORGANIZATION, PERSON, PLACE, STATE, mint
from dipgraph.language.posts import Named, Post
from dipgraph.language.tenures import Held, Tenures
from dipgraph.language.units import NUMBERS
from dipgraph.model import Entity, Time
from dipgraph.ontology import Ontology

T = TypeVar("T")
_BODIES = (STATE, ORGANIZATION)


@dataclass(frozen=True)
class Naming:
    """An office that the text gives to a person: what an office-holding frame reads."""

    post: Post
    office: Entity
    holder: Entity
    polity: Entity | None
    named: Named | None
    """How the person is named beside the title, where the text does so."""
    slots: Mapping[str, tuple[int, ...]]
    """What prepositions say of the office, beside whose it is."""


class Holdings:
    """Reads the posts of a document from left to right."""

    def __init__(
        self,
        history: History,
        tenures: Tenures,
        ontology: Ontology,
        meaning: Callable[[int], tuple[Filler, ...]],
        told: Callable[[int], Time | None],
    ):
        self.history, self.tenures, self.ontology = history, tenures, ontology
        self.meaning, self.told = meaning, told
        self.other = ontology.classes[OFFICE].head_nouns
        self.same = ontology.words["successor"]
        frames = [
            f for kind in ontology.kinds.values() for f in kind.frames if f.trigger == "title" and "to" in f.slots
        ]
        self.sent = frozenset(word for frame in frames for word in frame.words)
        self._namings: list[Naming] = []

    @property
    def namings(self) -> tuple[Naming, ...]:
        """Each office that the text gives to a person; what only describes or points, only where it gives no other."""
        return tuple(n for place, n in enumerate(self._namings) if not self._is_idle(n, self._namings[:place]))

    def _is_idle(self, naming: Naming, before: Sequence[Naming]) -> bool:
        descriptions = self.tenures.names.gazetteer.descriptions
        describes = naming.office.label in descriptions
        if naming.named is None and (describes or any(n.holder.iri == naming.holder.iri for n in before)):
            return True
        outright = (n for n in self._namings if n.named is not None and n.office.label not in descriptions)
        return (describes or naming.named is None) and any(n.holder.iri == naming.holder.iri for n in outright)

    def read(self, post: Post) -> tuple[Filler, ...]:
        """What a title means: its holders with their polities, else the polity; records whom it names."""
        owners = self._owners(post)
        polities = [e for f in owners if (e := choose(f, _BODIES, "", self.ontology))]
        if (post.polity and not owners) or self._is_foreign(post) or not all(map(self._is_public, polities)):
            return tuple((p,) for p in polities)
        if self._is_provincial(post, owners) or self._is_household(post):
            return ()
        if post.offices[0] in (*self.other, *self.same):
            return self._relative(post, polities)
        if post.plural and not post.named:
            return self._several(post, polities)
        holders = [self._holder(n) for n in post.named]
        if not holders and post.definite and not self._is_persons(post):
            holders = self._described(post, post.offices[0], polities)
        return self._appoint(post, post.offices, holders, polities)

    def _owners(self, post: Post) -> list[Filler]:
        """Whose office it is: before the title, after it, or after the name ("President Kodjo of Togo")."""
        before = post.polity or (() if post.person is None else (post.person,))
        slots = ("of", "from") if self._is_sent(post) else ("of", "in", "from", "for", "at")
        after = [i for slot in slots for i in post.slots.get(slot, ())]
        after += [i for n in post.named for i in n.slots.get("of", ())]
        return [f for i in before for f in self.meaning(i)] or [f for i in after for f in self.meaning(i)]

    def _is_provincial(self, post: Post, owners: Sequence[Filler]) -> bool:
        """ "Montana's secretary of state" is none of a state; a governor is remembered as what he is."""
        local = self.ontology.classes[OFFICE].excluded
        places = any(f[0].kind == PLACE and choose(f, _BODIES, "", self.ontology) is None for f in owners)
        return places and not local & {post.offices[0], post.offices[0].split()[-1]}

    def _is_household(self, post: Post) -> bool:
        """ "The governor's chief of staff", "her spokesman": an office of somebody who holds none of a state."""
        if post.person is None or post.offices[0] in (*self.other, *self.same):
            return False
        offices = [self.tenures.office_of(f[0]) for f in self.meaning(post.person) if f[0].kind == PERSON]
        local = self.ontology.classes[OFFICE].excluded
        return any(local & {office, *office.split()[-1:]} for office in offices)

    def _is_sent(self, post: Post) -> bool:
        """Whether the title is an envoy's, so that its prepositions say where, not whose."""
        return bool({post.offices[0], post.offices[0].split()[-1]} & self.sent)

    def _is_foreign(self, post: Post) -> bool:
        """Whether it is of something that is no known state or body: "president of the football club", "Unison president"."""
        doc = self.history.doc
        if post.slots or post.polity or post.person is not None:
            return False
        before = doc[post.start - 1] if post.start and post.begin == post.start else None
        if before is not None and before.pos_ == "PROPN" and not before.is_sent_start and doc[post.start].is_lower:
            return before.ent_type_ != "DATE" and not self.meaning(before.i)
        return post.end < len(doc) and doc[post.end].lower_ == "of"

    def _is_public(self, entity: Entity) -> bool:
        """Whether its offices are public ones: of a state, of what is known, of what its name tells to be a public body."""
        if entity.kind != ORGANIZATION or entity.generic or entity.iri in self.tenures.names.gazetteer.entities:
            return True
        words, body = set(entity.label.split()), self.ontology.classes[ORGANIZATION]
        return bool(words & body.name_words) and not words & self.ontology.words["privateWord"]

    def _is_persons(self, post: Post) -> bool:
        """Whether it is somebody's ("Sunak's spokesman"), and so another than the holder that the state is known to have."""
        owner = post.person if post.person is not None else next(iter(post.polity), None)
        return owner is not None and any(f[0].kind == PERSON for f in self.meaning(owner))

    def _holder(self, named: Named) -> Entity | None:
        return next((f[0] for f in self.meaning(named.token) if f[0].kind == PERSON), None)

    def _described(self, post: Post, office: str, polities: Sequence[Entity]) -> list[Entity | None]:
        """Who is meant by "the Syrian leader" or "the president"."""
        iris = [p.iri for p in polities] or self.tenures.sole(office)
        day, persons = self.told(post.head), self.history.persons
        if found := self.tenures.holder(office, iris, day, persons):
            return [found]
        if office not in self.tenures.names.gazetteer.descriptions:
            return []
        here = [
            f[0] for i, f in self.history.entries if self.history.same_sentence(i, post.head) and f[0].kind == PERSON
        ]
        if found := next((p for p in reversed(here) if not iris and self._is_called(p, office)), None):
            return [found]
        found = self.tenures.leader(iris or [s.iri for s in self._states_here(post)], persons, day)
        last = self.history.last(self.history.doc[post.head], (PERSON,)) if not iris else ()
        return [found] if found else [f[0] for f in last[:1]]

    def _relative(self, post: Post, polities: Sequence[Entity]) -> tuple[Filler, ...]:
        """ "His Norwegian counterpart", "their opposite numbers X and Y", "her predecessor": offices told by others'."""
        owner = post.person if post.person is not None else next(iter(post.polity), None)
        persons = [f[0] for f in (self.meaning(owner) if owner is not None else ()) if f[0].kind == PERSON]
        offices = [office for p in persons if (office := self.tenures.office_of(p))]
        if not persons and self.tenures.held:
            offices, persons = [self.tenures.held[-1].office], [self.tenures.held[-1].holder]
        if not offices:
            return tuple((p,) for p in polities)
        own = [state for p in persons if (state := self.tenures.state_of(p))]
        whose = own if post.offices[0] in self.same else [p for p in polities if p not in own]
        holders = [self._holder(n) for n in post.named]
        if not holders and post.offices[0] in self.other and whose and not post.plural:
            holders = self._described(post, offices[0], whose)
        return self._appoint(post, offices, holders, whose, guess=False)

    def _several(self, post: Post, polities: Sequence[Entity]) -> tuple[Filler, ...]:
        """ "The two presidents", "the leaders": persons spoken of before; else the polities stand for them."""
        doc = self.history.doc
        office = mint(OFFICE, post.offices[0], self.ontology)
        if polities or not post.definite:
            return tuple((p, office) for p in polities)
        count = max((NUMBERS.get(t.lower_, 0) for t in doc[post.begin : post.start]), default=0)
        alike = self._alike(post.offices[0])[-(count or 2) :]
        if len(alike) == (count or 2):
            return tuple((p, state) if (state := self.tenures.state_of(p)) else (p,) for p in alike)
        return self.history.together(doc[post.head], (PERSON,), count)

    def _alike(self, office: str) -> list[Entity]:
        """Whom the text has called so, the latest last; for a mere description, of each state the first named of its known holders."""
        persons = self.history.persons
        if office not in self.tenures.names.gazetteer.descriptions:
            return [p for p in persons if self._is_called(p, office)]
        first: dict[str, Entity] = {}
        for _, filler in self.history.entries:
            state = self.tenures.state_of(filler[0]) if any(self.tenures.known(holder=filler[0].iri)) else None
            if state is not None:
                first.setdefault(state.iri, filler[0])
        return [p for p in persons if p in first.values()]

    def _is_called(self, person: Entity, office: str) -> bool:
        """Whether a person holds, or is called by, the office; any office, for a mere description."""
        office = "" if office in self.tenures.names.gazetteer.descriptions else office
        said = any(h.holder.iri == person.iri and office in (h.office, "") for h in self.tenures.held)
        return said or any(self.tenures.known(holder=person.iri, office=office))

    def _appoint(
        self,
        post: Post,
        offices: Sequence[str],
        holders: Sequence[Entity | None],
        polities: Sequence[Entity],
        *,
        guess: bool = True,
    ) -> tuple[Filler, ...]:
        """Each holder with their own office and polity, where the text lists as many; recorded where it is told here."""
        whose = self._whose(post, offices, holders, polities, guess=guess)
        meant: list[Filler] = []
        for place, (holder, polity) in enumerate(zip(holders, whose, strict=True)):
            office = _share(offices, place, len(holders))
            if holder is None or office is None:
                continue
            self.tenures.held.append(Held(holder, office, polity))
            self._record(post, office, holder, polity, post.named[place] if place < len(post.named) else None)
            meant.append((holder, *((polity,) if polity else ()), mint(OFFICE, office, self.ontology)))
        entity = mint(OFFICE, offices[0], self.ontology)
        return tuple(meant) or tuple((p, entity) for p in polities) or ((entity,),)

    def _whose(
        self,
        post: Post,
        offices: Sequence[str],
        holders: Sequence[Entity | None],
        polities: Sequence[Entity],
        *,
        guess: bool,
    ) -> list[Entity | None]:
        """The polity of each holder: as the text lists them, as is known of one of them, or the nearest state."""
        told = [
            p for p in polities if not (p.generic and " " not in p.label)
        ]  # "the bloc" without a name tells nothing
        people = [(holder, _share(offices, i, len(holders)) or "") for i, holder in enumerate(holders)]
        known = [self.tenures.known_polity(holder, office) if holder else None for holder, office in people]
        if told and not post.anaphoric:
            return [_share(told, i, len(holders)) for i in range(len(holders))]
        shared = next(iter([*filter(None, known), *told]), None)
        shared = shared or next((state for n in post.named if (state := self._own_state(n))), None)
        if shared is None and post.named and guess:
            shared = self._nearest(post, offices[0])
        said = [self.tenures.polity(holder, office) if holder else None for holder, office in people]
        return [mine or own or shared for mine, own in zip(known, said if not told else known, strict=True)]

    def _record(self, post: Post, office: str, holder: Entity, polity: Entity | None, named: Named | None) -> None:
        """A naming, if the title stands by a name or points at somebody whom the document names elsewhere."""
        if named is None and (polity is None or holder.iri not in self.tenures.named):
            return
        slots = {slot: found for slot, found in post.slots.items() if polity is None or slot not in ("of", "for")}
        away = [i for i in (named.slots.get("from", ()) if named else ()) if self._is_seat(i)]
        slots |= {"from": tuple(away)} if away else {}
        if "from" in post.slots and not away:
            del slots["from"]
        self._namings.append(Naming(post, mint(OFFICE, office, self.ontology), holder, polity, named, slots))

    def _is_seat(self, i: int) -> bool:
        return any(e.kind == PLACE for f in self.meaning(i) for e in f)

    def _own_state(self, named: Named) -> Entity | None:
        """ "Kenya's Uhuru Kenyatta, the only head of state there": the state by which the person is called."""
        owners = [c.i for c in self.history.doc[named.token].lefts if c.dep_ in ("poss", "amod")]
        states = (choose(f, (STATE,), "", self.ontology) for i in owners for f in self.meaning(i))
        return next((state for state in states if state), None)

    def _nearest(self, post: Post, office: str) -> Entity | None:
        """The state of an office that the text leaves out: that of its sentence, else of the last office spoken of."""
        if office in self.tenures.names.bodies_only:
            return None
        away = {e.iri for i in self._away(post) for f in self.meaning(i) for e in f}
        called = (h.polity for h in reversed(self.tenures.held) if h.polity and h.polity.kind == STATE)
        spoken = (choose(f, (STATE,), "", self.ontology) for _, f in reversed(self.history.entries))
        states = (*self._states_of_phrase(post), *self._states_here(post), *called, *spoken)
        return next((state for state in states if state and state.iri not in away), None)

    def _away(self, post: Post) -> Sequence[int]:
        """Where its holder is sent to."""
        return [i for slot in ("to", "in", "at") for i in post.slots.get(slot, ())]

    def _states_of_phrase(self, post: Post) -> Iterator[Entity]:
        """States of the noun that its holder is told of: "an AMERICAN delegation led by X, a former minister"."""
        for above in self.history.doc[post.head].ancestors:
            if above.pos_ in ("VERB", "AUX") and above.dep_ != "acl":
                return
            below = {t.i for c in above.children if c.dep_ in ("amod", "nmod", "compound", "prep") for t in c.subtree}
            if above.pos_ == "NOUN":
                yield from (s for i, s in self._states_before(post) if i in below)

    def _states_here(self, post: Post) -> Iterable[Entity]:
        """States of the sentence so far: of its subjects first, then the nearest."""
        found = [(not self.history.is_subject(self.history.doc[i]), -i, s) for i, s in self._states_before(post)]
        return [state for _, _, state in sorted(found, key=lambda f: f[:2])]

    def _states_before(self, post: Post) -> Iterator[tuple[int, Entity]]:
        """Where the sentence has spoken of a state before a title."""
        for i, filler in self.history.entries:
            state = choose(filler, (STATE,), "", self.ontology) if self.history.same_sentence(i, post.head) else None
            if state is not None and self.history.doc[i].pos_ != "PRON":
                yield i, state


def _share(values: Sequence[T], place: int, count: int) -> T | None:
    """The value of one of several: its own where there are as many, else the first for all."""
    return values[place] if len(values) == count else next(iter(values), None)
