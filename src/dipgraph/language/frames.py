"""Predicates -> claims: the ontology's frames filled with what the discourse means, checked by the ranges of the roles."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dipgraph.language import ellipsis, predicates
from dipgraph.language.holdings import Naming
from dipgraph.language.names import OFFICE, ORGANIZATION, PERSON, STATE
from dipgraph.language.parse import lemma
from dipgraph.language.predicates import Predicate, phrase
from dipgraph.language.reference import Discourse
from dipgraph.language.roles import Roles, abroad, arguments, each, fill, lacking, nouns, understand
from dipgraph.model import Entity
from dipgraph.ontology import Frame, Kind, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


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
        return tuple(sorted(word for word in nouns(token) if ("noun", word) in self._frames))

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
        for frame in sorted(frames, key=lambda frame: bool(frame.omissible | frame.open)):
            if frame.omissible | frame.open and any(m.frame.kind == frame.kind for m in matches):
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
            roles = fill(frame, kind, predicate, discourse, given)
            if not lacking(frame, kind, roles) and not self._excluded(kind, roles, discourse):
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
                if nouns(inner) & frame.object_nouns:
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
        roles = fill(frame, kind, predicate, discourse)
        understand(frame, roles, kind, predicate, discourse, told)
        roles = abroad(roles, kind, discourse)
        if reason := lacking(frame, kind, roles) or self._excluded(kind, roles, discourse):
            return Miss(frame, predicate, reason, roles)
        if not any(_is_public(e, discourse) for found in roles.values() for e in found):
            return Miss(frame, predicate, "nobody in it acts for a state or a known body", roles)
        for slot in sorted(frame.requires - kind.roles.keys()):
            ranges = {r for name in frame.slots.get(slot, ()) for r in kind.roles[name].ranges}
            found = arguments(predicate, slot, discourse)
            if not any(discourse.fillers(t, ranges or self.ontology.classes) for t in found):
                return Miss(frame, predicate, f"nothing that fits stands as its {slot}", roles)
        return [Match(frame, predicate, reading) for reading in each(roles, kind)]

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
            if nouns(token) & frame.object_nouns or discourse.offices(token) & frame.object_nouns:
                return token
        pronoun = next((t for t in objects if t.tag_ == "PRP" and t.lower_ in ("it", "them", "they")), None)
        if pronoun is None:
            return None
        sentences = pronoun.doc[max(0, pronoun.sent.start - 60) : pronoun.i]
        earlier = (t for t in reversed(sentences) if t.pos_ == "NOUN" and (t.tag_ == "NNS") == (pronoun.lower_ != "it"))
        noun = next((t for t in earlier if t not in predicate.slots.get("subject", ())), None)
        return noun if noun is not None and nouns(noun) & frame.object_nouns else None


def _carried(noun: "Token", verbs: frozenset[str]) -> bool:
    return noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and lemma(noun.head) in verbs


def _is_public(entity: Entity, discourse: Discourse) -> bool:
    """Whether it is a state, an office, known beforehand, or somebody whom the text knows by an office or a state."""
    if entity.kind in (STATE, OFFICE) or entity.iri in discourse.names.gazetteer.entities:
        return True
    if entity.kind == ORGANIZATION:  # "the parliament in Athens"
        return entity.generic
    return entity.kind == PERSON and bool(discourse.states_of(entity) or discourse.office(entity)[0])


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
