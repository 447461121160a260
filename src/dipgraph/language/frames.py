"""Predicates -> claims: the ontology's frames filled with what the discourse means, checked by the ranges of the roles."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from dipgraph.language import ellipsis, predicates, unsaid
from dipgraph.language.holdings import Naming
from dipgraph.language.names import OFFICE, ORGANIZATION, PERSON, STATE, mint
from dipgraph.language.parse import lemma
from dipgraph.language.predicates import Predicate, phrase
from dipgraph.language.reference import Discourse
from dipgraph.model import Entity
from dipgraph.ontology import Frame, Kind, Ontology, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Roles = Mapping[str, tuple[Entity, ...]]
_NOMINAL = ("NOUN", "PROPN", "PRON")
MOST = 12
"""So many fillers of a role are read from one phrase; what is longer is a list of something else."""


@dataclass(frozen=True)
class Match:
    """A frame that fired on a predicate, with its roles filled."""

    frame: Frame
    predicate: Predicate
    roles: Roles


@dataclass(frozen=True)
class Miss:
    """A frame whose trigger was there but which did not fire, and why."""

    frame: Frame
    predicate: Predicate
    reason: str
    roles: Roles | None = None
    """What it filled; None where its words alone ruled it out."""


class FrameIndex:
    """The frames of an ontology by trigger and word."""

    def __init__(self, ontology: Ontology):
        self.ontology = ontology
        self.light_verbs = ontology.words["lightVerb"]
        self._frames: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        self._titles: list[Frame] = []
        for kind in ontology.kinds.values():
            for frame in kind.frames:
                if frame.trigger == "title":
                    self._titles.append(frame)
                for word in frame.words:
                    self._frames[frame.trigger, word].append(frame)

    def predicates(self, doc: "Doc") -> Iterator[Predicate]:
        """Every trigger word of the document as a predicate."""
        event = ""
        for token in doc:
            word = lemma(token)
            if token.dep_ in ("aux", "auxpass"):
                continue
            if token.pos_ in ("VERB", "AUX"):
                if readings := self._readings(token):
                    yield replace(predicates.verb(token), word=readings[0], readings=readings)
            elif token.pos_ in ("NOUN", "PROPN") and (nouns := self._nouns(token)):
                event = word
                yield replace(predicates.noun(token, self.light_verbs), word=nouns[0], readings=nouns)
            elif event and predicates.stands_for_noun(token):
                yield replace(predicates.noun(token, self.light_verbs), word=event)
            if ellipsis.stands_for_another(token, self.ontology.words["proForm"]):
                yield ellipsis.predicate(token)
            if token.pos_ in ("ADJ", "VERB") and ("adjective", token.lower_) in self._frames:
                yield predicates.adjective(token)

    def _nouns(self, token: "Token") -> tuple[str, ...]:
        """The trigger nouns that a noun can be read as: alone, and with the word before it ("member state")."""
        return tuple(sorted(word for word in _nouns(token) if ("noun", word) in self._frames))

    def _readings(self, token: "Token") -> tuple[str, ...]:
        """The trigger verbs that a verb can be read as: the first, and any that its prepositions make."""
        known = [w for w in predicates.phrasal(token) if ("verb", w) in self._frames]
        prepositions = {c.lower_ for c in token.rights if c.dep_ == "prep"}
        return (*known[:1], *(w for w in known[1:] if w.split()[-1] in prepositions))

    def match(
        self, predicate: Predicate, discourse: Discourse, told: Sequence[Match] = ()
    ) -> tuple[list[Match], list[Miss]]:
        """The fullest frames of each kind that fire on a predicate, and those that nearly did."""
        matches: list[Match] = []
        misses: list[Miss] = []
        words = predicate.readings or (predicate.word,)
        frames = [frame for word in words for frame in self._frames.get((predicate.trigger, word), ())]
        for frame in sorted(frames, key=lambda frame: bool(frame.omissible)):
            if frame.omissible and any(m.frame.kind == frame.kind for m in matches):
                continue  # what is said needs no guess at what is not
            outcome = self._try(frame, predicate, discourse, told)
            if isinstance(outcome, Miss):
                misses.append(outcome)
            else:
                matches += outcome
        return _fullest(matches, self.ontology), misses

    def titles(self, naming: Naming, discourse: Discourse) -> list[Match]:
        """The claims that a title makes of the person named with it: the fullest frame of each kind."""
        doc, head = discourse.doc, discourse.doc[naming.post.head]
        slots = {slot: tuple(doc[i] for i in tokens) for slot, tokens in naming.slots.items()}
        predicate = Predicate(head, "title", naming.office.label, slots, head)
        polity = (naming.polity,) if naming.polity else ()
        given = {"title": (naming.office,), "subject": (naming.holder,), "possessor": polity}
        matches = []
        for frame in self._titles:
            if frame.words and not frame.words & {naming.office.label, naming.office.label.split()[-1]}:
                continue
            kind = self.ontology.kinds[frame.kind]
            roles = self._fill(frame, kind, predicate, discourse, given)
            if not _lacking(frame, kind, roles) and not self._excluded(kind, roles, discourse):
                matches.append(Match(frame, predicate, roles))
        return _fullest(matches, self.ontology)

    def _try(
        self, frame: Frame, predicate: Predicate, discourse: Discourse, told: Sequence[Match]
    ) -> list[Match] | Miss:
        kind = self.ontology.kinds[frame.kind]
        if frame.object_nouns:
            noun = self._object_noun(frame, predicate, discourse)
            if noun is None:
                return Miss(frame, predicate, f"its object is none of: {', '.join(sorted(frame.object_nouns))}")
            predicate = predicates.verb_with_object(predicate, noun)
            for inner in predicate.slots.get("of", ()):  # "recognised the restoration of Latvia's independence"
                if _nouns(inner) & frame.object_nouns:
                    predicate = predicates.verb_with_object(predicate, inner)
        if frame.carriers and not _carried(predicate.token, frame.carriers):
            return Miss(frame, predicate, f"it is neither subject nor object of: {', '.join(sorted(frame.carriers))}")
        named = [t for t in predicate.slots.get("complement", ()) if t.dep_ == "oprd"]
        if named and not ({"complement", "title"} & frame.slots.keys() or frame.object_nouns or frame.context):
            return Miss(frame, predicate, f"its object is only called something: {named[0].text!r}")
        if frame.context and not frame.context & phrase(predicate.token):
            return Miss(frame, predicate, f"none of these words in its phrase: {', '.join(sorted(frame.context))}")
        if frame.excluded & phrase(predicate.token):
            return Miss(frame, predicate, f"excluded by: {', '.join(sorted(frame.excluded & phrase(predicate.token)))}")
        if filled := sorted(slot for slot in frame.empty if predicate.slots.get(slot)):
            return Miss(frame, predicate, f"excluded by its {filled[0]}")
        roles = self._fill(frame, kind, predicate, discourse)
        _understand(frame, roles, kind, predicate, discourse, told)
        roles = _abroad(roles, kind, discourse)
        if reason := _lacking(frame, kind, roles) or self._excluded(kind, roles, discourse):
            return Miss(frame, predicate, reason, roles)
        if not any(_is_public(e, discourse) for found in roles.values() for e in found):
            return Miss(frame, predicate, "nobody in it acts for a state or a known body", roles)
        for slot in sorted(frame.requires - kind.roles.keys()):
            ranges = {r for name in frame.slots.get(slot, ()) for r in kind.roles[name].ranges}
            found = _arguments(predicate, slot, discourse)
            if not any(discourse.fillers(t, ranges or self.ontology.classes) for t in found):
                return Miss(frame, predicate, f"nothing that fits stands as its {slot}", roles)
        return [Match(frame, predicate, each) for each in _each(roles, kind)]

    def _fill(
        self, frame: Frame, kind: Kind, predicate: Predicate, discourse: Discourse, given: Roles | None = None
    ) -> dict[str, tuple[Entity, ...]]:
        """Roles by slot; an entity comes from one slot only, and slots with the narrower roles choose first."""
        roles: dict[str, dict[str, Entity]] = defaultdict(dict)
        taken: dict[str, str] = {}
        for slot, names in sorted(frame.slots.items(), key=lambda s: (len(kind.roles[s[1][0]].ranges), s)):
            for name in names:
                role = kind.roles[name]
                entities = (given or {}).get(slot) or tuple(
                    e
                    for t in _arguments(predicate, slot, discourse)
                    if slot != "objectOwner" or not _names_object(predicate, role, discourse)
                    for e in discourse.fillers(t, role.ranges, role.prefer, _reach(predicate, t))
                    or discourse.host_of(t, role.ranges, slot)
                )
                if role.maximum == 1 and roles[name]:
                    continue
                for entity in entities:
                    if taken.setdefault(entity.iri, slot) == slot or any(entity.iri in roles[n] for n in names):
                        roles[name].setdefault(entity.iri, entity)
        for name, label in frame.given.items():
            entity = mint(kind.roles[name].ranges[0], label, discourse.ontology)
            roles[name] = roles[name] or {entity.iri: entity}
        if "title" in frame.slots and predicate.trigger != "title":
            self._complete(frame, roles, kind, predicate, discourse)
        return {name: tuple(found.values())[:MOST] for name, found in roles.items() if found}

    def _complete(
        self, frame: Frame, roles: dict[str, dict[str, Entity]], kind: Kind, predicate: Predicate, discourse: Discourse
    ) -> None:
        """ "President X resigned": the office that a person is known by says which it is, and whose, where the words do not."""
        if any(not discourse.titled(t) for slot in ("as", "complement") for t in predicate.slots.get(slot, ())):
            return  # "President X was named as a suspect"
        fillers = [e for found in list(roles.values()) for e in found.values()]
        office, owner = next((o for e in fillers if any(o := discourse.office(e))), ((), ()))
        owner = owner or tuple(e for t in predicate.slots.get("subject", ()) for e in discourse.fillers(t, (STATE,)))
        for slot, entities in (("title", office), ("owner", owner)):
            for name in frame.slots.get(slot, ()):
                fitting = [
                    e for e in entities if any(discourse.ontology.is_a(e.kind, r) for r in kind.roles[name].ranges)
                ]
                if not roles.get(name) and fitting:
                    roles[name] = {fitting[0].iri: fitting[0]}

    def _excluded(self, kind: Kind, roles: Roles, discourse: Discourse) -> str:
        """What the ontology keeps out of a role: "mayor", or whom the text knows as one, where the office is not said."""
        for role in kind.roles.values():
            words = role.excluded.union(*(self.ontology.classes[r].excluded for r in role.ranges))
            known = roles.get(role.name, ())
            if not known and role.ranges == (OFFICE,):
                known = tuple(o for found in roles.values() for e in found for o in discourse.office(e)[0])
            for entity in known if words else ():
                label = entity.label.lower()
                ends = [half.split()[i:] for half in (label, label.split(" of ")[0]) for i in range(len(half.split()))]
                if any(" ".join(end) in words for end in ends):
                    return f"{entity.label!r} does not count as its {role.name}"
        return ""

    def _object_noun(self, frame: Frame, predicate: Predicate, discourse: Discourse) -> "Token | None":
        """The object that is one of the frame's nouns, is named with one ("Ambassador X"), or stands for one ("restored THEM")."""
        objects = [t for slot in ("object", "complement", "indirectObject") for t in predicate.slots.get(slot, ())]
        if not any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in predicate.token.children):
            objects += predicate.slots.get("subject", ())  # "relations resumed", "the embassy closed"
        for preposition in (w.split()[1] for w in frame.words & set(predicate.readings) if " " in w):
            objects += predicate.slots.get(preposition, ())  # "hauled in the ambassador", read as a place
        measures = [o for o in objects if o.lemma_.lower() in self.ontology.words["measure"]]
        for token in (*objects, *(t for o in measures for t in predicates.measured(o))):
            if _nouns(token) & frame.object_nouns or discourse.offices(token) & frame.object_nouns:
                return token
        pronoun = next((t for t in objects if t.tag_ == "PRP" and t.lower_ in ("it", "them", "they")), None)
        if pronoun is None:
            return None
        sentences = pronoun.doc[max(0, pronoun.sent.start - 60) : pronoun.i]
        earlier = (t for t in reversed(sentences) if t.pos_ == "NOUN" and (t.tag_ == "NNS") == (pronoun.lower_ != "it"))
        noun = next(earlier, None)
        return noun if noun is not None and _nouns(noun) & frame.object_nouns else None


def _understand(
    frame: Frame,
    roles: dict[str, tuple[Entity, ...]],
    kind: Kind,
    predicate: Predicate,
    discourse: Discourse,
    told: Sequence[Match],
) -> None:
    """ "Georgia acceded, too": what a frame may leave unsaid was told with it, or in the event before, else last."""
    for name in sorted(frame.omissible):
        role, found = kind.roles[name], roles.get(name, ())
        slots = [slot for slot, names in frame.slots.items() if name in names and slot != "modifier"]
        said = [t for slot in slots for t in _arguments(predicate, slot, discourse)]
        words = frame.context | frame.object_nouns
        named = [t for t in said if t.pos_ in _NOMINAL and t.ent_type_ != "DATE" and not _nouns(t) & words]
        if any(not discourse.fillers(t, (*role.ranges, PERSON)) for t in named):
            continue  # said, but not understood
        needed = max(role.minimum, 1)
        if len(found) < needed:
            likely = (
                *unsaid.told_with(role, predicate, discourse),
                *ellipsis.known(role, roles, predicate, told, discourse),
            )
            known = {e.iri for e in found}
            others = {e.iri: e for e in likely if e.iri not in known}
            found = (*found, *others.values())[:needed]
        while len(found) < needed:
            used = {e.iri for entities in (*roles.values(), found) for e in entities}
            spoken = unsaid.spoken_of(role, predicate, discourse, used)
            if spoken is None:
                break
            found += (spoken,)
        roles[name] = found


def _each(roles: Roles, kind: Kind) -> Iterator[Roles]:
    """One reading for each filler of a role that takes one: "visited France, Serbia and Hungary" is three visits.

    Who fills such a role fills no other: in "recognition between X and Y" each recognises the other.
    """
    single = [name for name, found in sorted(roles.items()) if kind.roles[name].maximum == 1 and found]
    for choice in product(*(roles[name] for name in single)):
        others = {name: tuple(e for e in found if e not in choice) for name, found in roles.items()}
        reading = {**others, **{name: (entity,) for name, entity in zip(single, choice, strict=True)}}
        if all(reading[name] for name, found in roles.items() if found):
            yield reading


def _arguments(predicate: Predicate, slot: str, discourse: Discourse) -> tuple["Token", ...]:
    """The tokens of a slot; an event noun itself; a title stands as complement ("elected president"), object or after "as"."""
    if slot == "itself":
        return (predicate.token,)
    if slot == "within":
        return tuple(predicates.within(predicate))
    if predicate.trigger == "title" or slot not in ("title", "owner", "post"):
        return predicate.slots.get(slot, ())
    places = [t for place in ("complement", "as", "object") for t in predicate.slots.get(place, ())]
    posts = [t for place in ("from", "to", "into") for t in predicate.slots.get(place, ())]
    titled = [t for t in places if discourse.titled(t)] or discourse.posts_of((*places, *posts))
    return tuple(discourse.seats(titled)) if slot == "post" else tuple(titled)


def _reach(predicate: Predicate, argument: "Token") -> int | None:
    """What stands before a predicate has no partners behind it: "the medal that she gave him, and the prize"."""
    return predicate.token.i if argument.i < predicate.token.i else None


def _carried(noun: "Token", verbs: frozenset[str]) -> bool:
    return noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and lemma(noun.head) in verbs


def _names_object(predicate: Predicate, role: Role, discourse: Discourse) -> bool:
    """Whether the object is itself somebody: "the American president" is not about America."""
    return any(discourse.fillers(t, role.ranges) for t in predicate.slots.get("object", ()))


def _abroad(roles: Roles, kind: Kind, discourse: Discourse) -> dict[str, tuple[Entity, ...]]:
    """The roles without fillers that belong to the own state of one to whom they must be foreign.

    Where others stand beside that one, it is the host who was misread as a guest: "invited by the emir, Modi visited Kuwait".
    """
    kept = dict(roles)
    for name, other in ((r.name, r.foreign_to) for r in kind.roles.values() if r.foreign_to in roles):
        for entity in roles.get(name, ()):
            rest = [e for e in roles[other] if e.iri != entity.iri]
            at_home = [e for e in rest if _is_at_home(entity, e, discourse, same=name == other)]
            if at_home and (name == other or len(at_home) == len(rest)):
                kept[name] = tuple(e for e in kept[name] if e != entity)
            elif at_home:
                kept[other] = tuple(e for e in kept[other] if e not in at_home)
    return {name: found for name, found in kept.items() if found}


def _is_at_home(entity: Entity, with_whom: Entity, discourse: Discourse, *, same: bool) -> bool:
    """Whether it belongs to somebody's own state; a fellow citizen too, unless in the same role (a president with his minister)."""
    fellows = not same and entity.kind == with_whom.kind == PERSON
    if fellows and (home := discourse.tenures.state_of(entity)):
        return home == discourse.tenures.state_of(with_whom)
    return bool({entity.iri, entity.country} & discourse.states_of(with_whom))


def _nouns(token: "Token") -> frozenset[str]:
    """The lemma of a noun, alone and with the word before it: "commissioner", "high commissioner"."""
    alone = token.lemma_.lower()
    return frozenset({alone, f"{token.nbor(-1).lower_} {alone}"} if token.i else {alone})


def _is_public(entity: Entity, discourse: Discourse) -> bool:
    """Whether it is a state, an office, known beforehand, or somebody whom the text knows by an office or a state."""
    if entity.kind in (STATE, OFFICE) or entity.iri in discourse.names.gazetteer.entities:
        return True
    if entity.kind == ORGANIZATION:  # "the parliament in Athens"
        return entity.generic
    return entity.kind == PERSON and bool(discourse.states_of(entity) or discourse.office(entity)[0])


def _lacking(frame: Frame, kind: Kind, roles: Roles) -> str:
    for role in kind.roles.values():
        least = min(role.minimum, 1) if role.name in frame.omissible else role.minimum
        if len(roles.get(role.name, ())) < least:
            return (
                f"role {role.name} has {len(roles.get(role.name, ()))} of {least} fillers ({' or '.join(role.ranges)})"
            )
    missing = sorted(name for name in frame.requires & kind.roles.keys() if not roles.get(name))
    return f"role {missing[0]} is not filled" if missing else ""


def _fullest(matches: list[Match], ontology: Ontology) -> list[Match]:
    """Without matches whose fillers another match of the same kind also has."""
    sets = [{(role, e.iri) for role, found in m.roles.items() for e in found} for m in matches]
    kept = []
    for i, match in enumerate(matches):
        rivals = [
            j
            for j, other in enumerate(matches)
            if j != i and other.frame.kind == match.frame.kind and sets[i] <= sets[j]
        ]
        if not any(sets[i] < sets[j] or j < i for j in rivals):
            kept.append(match)
    return kept
