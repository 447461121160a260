"""Words that point back: pronouns, "the two", "the bloc"; what was spoken of, in the order of the text."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from dipgraph.language.names import PERSON, STATE
from dipgraph.language.subjects import subjects
from dipgraph.model import Entity
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Filler = tuple[Entity, ...]
"""One thing that is meant, as its possible readings, best first."""

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECTS = ("dobj", "dative", "pobj")
MODIFIERS = ("amod", "compound", "nmod")
_NEAR = 3
"""Sentences back to which a pronoun points at most."""


def choose(filler: Filler, ranges: Collection[str], prefer: str, ontology: Ontology) -> Entity | None:
    """The reading that fits the classes of a role; a person stands for a state only where a person won't do."""
    fitting = [e for e in filler if any(ontology.is_a(e.kind, wanted) for wanted in ranges)]
    if fitting and fitting[0].kind == PERSON:
        return fitting[0]
    preferred = [e for e in fitting if prefer and ontology.is_a(e.kind, prefer)]
    return next(iter(preferred or fitting), None)


def _is_objects(token: "Token") -> bool:
    """Whether an owner is the object of its verb: "congratulated X on HIS victory", "gave X a medal for HER courage"."""
    reason = token.head.head
    if token.dep_ != "poss" or token.head.dep_ != "pobj" or reason.lower_ not in ("on", "for", "over"):
        return False
    verb = next((t for t in reason.ancestors if t.pos_ == "VERB"), None)
    return verb is not None and any(
        c.dep_ in ("dobj", "dative") and c.pos_ == "PROPN" and c.i < reason.i for c in verb.rights
    )


class History:
    """What a document has spoken of so far: (token, what it means), in order."""

    def __init__(self, doc: "Doc", ontology: Ontology, referents: Mapping[int, Sequence[Filler]]):
        self.doc = doc
        self.ontology = ontology
        self.referents = referents
        self.entries: list[tuple[int, Filler]] = []

    @property
    def persons(self) -> list[Entity]:
        """Every person once, the latest last."""
        latest = {f[0].iri: f[0] for _, f in reversed(self.entries) if f[0].kind == PERSON}
        return list(reversed(latest.values()))

    def last(self, token: "Token", kinds: Sequence[str]) -> tuple[Filler, ...]:
        """Earlier fillers of these classes: subjects of this sentence, of the one before, then the nearest."""
        rivals = self._rivals(token)
        others = {f[0].iri for i in rivals for f in self.referents.get(i, ())}
        ranked = []
        for i, filler in reversed(self.entries):
            distance = self._sentence(token.i) - self._sentence(i)
            if distance > _NEAR:
                break
            if i in rivals or filler[0].iri in others or choose(filler, kinds, "", self.ontology) is None:
                continue
            subject = self.is_subject(self.doc[i])
            ranked.append(((min(distance, 2), not subject, -i if distance == 0 or not subject else i), filler))
        return tuple(filler for _, filler in sorted(ranked, key=lambda r: r[0]))

    def repeated(self, token: "Token") -> tuple[Filler, ...]:
        """ "X thanked HIM after Y had hosted HIM": an object pronoun that its sentence has had before means the same."""
        if token.dep_ not in _OBJECTS:
            return ()
        rivals = {f[0].iri for i in self._rivals(token) for f in self.referents.get(i, ())}
        said = reversed(self.doc[token.sent.start : token.i])
        same = (t for t in said if t.lower_ == token.lower_ and t.dep_ in _OBJECTS)
        meant = (f for t in same for f in self.referents.get(t.i, ()) if f[0].iri not in rivals)
        return tuple(meant)[:1]

    def before(self, token: "Token", kinds: Sequence[str], prefer: str) -> Iterator[Entity]:
        """What this sentence and the three before have spoken of left of a token, the latest first."""
        for i, filler in reversed(self.entries):
            if i < token.i and self._sentence(token.i) - self._sentence(i) <= _NEAR:
                entity = choose(filler, kinds, prefer, self.ontology)
                if entity is not None:
                    yield entity

    def together(self, token: "Token", kinds: Sequence[str], count: int = 0) -> tuple[Filler, ...]:
        """ "They", "the three": the last coordination (of so many), else two persons of this sentence and the one before."""
        here = self._sentence(token.i)
        told = {
            i: f for i, f in self.entries if self.doc[i].dep_ not in MODIFIERS and choose(f, kinds, "", self.ontology)
        }
        near = {i: f for i, f in told.items() if here - self._sentence(i) <= 1}
        for i, filler in reversed((told if count > 2 else near).items()):
            partners = [t.i for t in self.doc[i].conjuncts if t.i < i and t.i in told]
            if partners and (not count or len(partners) + 1 == count) and filler[0].kind in (PERSON, STATE):
                return (*(told[j] for j in partners), filler)
        if count == 2 and tuple(kinds) == (STATE,):
            return self._two_states(near)
        persons = {f[0].iri: f for f in near.values() if f[0].kind == PERSON}
        if count > 2:
            return tuple(persons.values()) if len(persons) == count else ()
        return tuple(persons.values())[-2:] if len(persons) >= 2 else ()

    def _two_states(self, near: Mapping[int, Filler]) -> tuple[Filler, ...]:
        """ "The two countries": the only two just spoken of, else the two that the text so far is most about."""
        here = {state.iri: f for f in near.values() if (state := choose(f, (STATE,), "", self.ontology))}
        if len(here) == 2:
            return tuple((choose(f, (STATE,), "", self.ontology) or f[0],) for f in here.values())
        told = [state for _, f in self.entries if (state := choose(f, (STATE,), "", self.ontology))]
        ranked = Counter(state.iri for state in told).most_common(3)
        if len(ranked) < 2 or (len(ranked) == 3 and ranked[1][1] == ranked[2][1]):
            return ()
        states = {state.iri: state for state in told}
        return tuple((states[iri],) for iri, _ in ranked[:2])

    def is_subject(self, token: "Token") -> bool:
        """Whether the token is, or belongs to, a subject."""
        while token.dep_ in ("compound", "appos", "amod") and token.head != token:
            token = token.head
        return token.dep_ in SUBJECTS

    def same_sentence(self, i: int, j: int) -> bool:
        """Whether two tokens stand in one sentence."""
        return self._sentence(i) == self._sentence(j)

    def _rivals(self, token: "Token") -> set[int]:
        """Whom a pronoun never means: as object the subject of its verb; in an apposition ("X, HIS host") what that is to."""
        if token.dep_ == "poss" and token.head.dep_ == "appos":
            return {token.head.head.i}
        worn = token.dep_ == "poss" and token.head.lemma_.lower() in self.ontology.classes[PERSON].groups
        if token.dep_ not in _OBJECTS and not worn and not _is_objects(token):
            return set()
        verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
        found = subjects(verb) if verb is not None else []
        owners = {
            t.i for s in found for c in s.subtree if c.dep_ == "poss" for t in c.subtree
        }  # "HIS counterpart met him"
        return {i for s in found for i in range(s.left_edge.i, s.right_edge.i + 1)} - owners

    def _sentence(self, i: int) -> int:
        return self._sentences[i]

    @cached_property
    def _sentences(self) -> list[int]:
        """Token -> number of its sentence."""
        return [n for n, sentence in enumerate(self.doc.sents) for _ in sentence]
