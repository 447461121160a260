"""Words that point at somebody: pronouns, "the two", "I" in a quotation, nouns that stand for a state ("the delegation")."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dipgraph.language.anaphora import MODIFIERS, SUBJECTS, Filler, History, choose
from dipgraph.language.names import HE, IT, ME, OFFICE, ORGANIZATION, PERSON, PLACE, STATE, THEY, Names
from dipgraph.language.parse import lemma
from dipgraph.language.subjects import subjects
from dipgraph.language.units import NUMBERS
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token


_COUNTS = {"trio": 3, "quartet": 4}


class Pointers:
    """Resolves what points at somebody from what the document has spoken of, and `ahead` from what it will."""

    def __init__(self, history: History, names: Names, ontology: Ontology, ahead: Callable[[int], tuple[Filler, ...]]):
        self._history, self.names, self.ontology, self._ahead = history, names, ontology, ahead

    def read(self, token: "Token") -> tuple[Filler, ...]:
        """What a word means that is no name and no title."""
        if token.pos_ == "PRON" or token.tag_ == "PRP$" or token.lower_ in THEY:
            return self._pronoun(token)
        if token.lower_ == "there" and token.dep_ == "advmod":
            return self._history.last(token, (PLACE,))[:1] or self._history.last(token, (STATE,))[:1]
        if token.pos_ == "NUM" or (token.lower_ in NUMBERS and token.pos_ == "NOUN"):
            return self._counted(token)
        return self._group(token) if token.pos_ in ("NOUN", "PROPN") else ()

    def _pronoun(self, token: "Token") -> tuple[Filler, ...]:
        word = token.lower_
        if word in HE:
            named = self._cataphor(token) or self._history.repeated(token)
            return named or self._history.last(token, (PERSON,))[:1]
        if word in IT:
            things = [name for name in self.ontology.classes if name not in (PERSON, OFFICE, PLACE)]
            meant = self._history.last(token, (STATE, ORGANIZATION) if word == "its" else things)[:1]
            return tuple(tuple(e for e in filler if e.kind != PERSON) for filler in meant)
        if word in ME:
            return self._quoted(token)
        return self._history.together(token, (PERSON, STATE)) if word in THEY else ()

    def _quoted(self, token: "Token") -> tuple[Filler, ...]:
        """ "WE condemn it", Macron said: who says so in this sentence, else in the one before."""
        before = token.doc[token.sent.start - 1].sent if token.sent.start else token.sent
        above = (a for a in token.ancestors if a.pos_ == "VERB")
        for verb in (*above, *token.sent, *before):
            if lemma(verb) not in self.ontology.words["speech"]:
                continue
            for speaker in (t for s in subjects(verb) for t in (s, *s.rights) if t == s or t.dep_ == "appos"):
                meant = self._ahead(speaker.i)
                if speaker.lower_ in HE:
                    meant = self._history.last(token, (PERSON,))
                if found := [f for f in meant if f[0].kind in (PERSON, STATE)]:
                    return tuple(found[:1]) if speaker.lower_ not in ME else ()
        return ()

    def _cataphor(self, token: "Token") -> tuple[Filler, ...]:
        """ "When HE came to Berlin, Macron said": a phrase before the subject points ahead to it."""
        root = token.sent.root
        subject = next((c for c in root.lefts if c.dep_ in SUBJECTS), None)
        if subject is None or subject.left_edge.i <= token.i:
            return ()
        top = next(t for t in (token, *token.ancestors) if t.head in (root, t))
        found = self._ahead(subject.i) if top.dep_ in ("advcl", "prep", "npadvmod") else ()
        return tuple(f for f in found if f[0].kind == PERSON)[:1]

    def _counted(self, token: "Token") -> tuple[Filler, ...]:
        """ "The three": so many persons or states that were last spoken of together."""
        count = NUMBERS.get(token.lower_, 0)
        if (
            count < 2
            or token.dep_ not in (*SUBJECTS, "dobj", "pobj")
            or not any(c.lower_ == "the" for c in token.lefts)
        ):
            return ()
        return self._history.together(token, (PERSON, STATE), count)

    def _is_of_state(self, preposition: "Token") -> bool:
        """Whether a phrase names the very state: "the South American nation OF CHILE"."""
        names = [p for p in preposition.children if preposition.lower_ == "of" and p.pos_ == "PROPN"]
        return any(f[0].kind == STATE for p in names for f in self._ahead(p.i))

    def _speaking(self, token: "Token") -> list[Filler]:
        return [f for f in self._ahead(token.i) if choose(f, (PERSON, STATE, ORGANIZATION), "", self.ontology)]

    def _group(self, token: "Token") -> tuple[Filler, ...]:
        """ "the Israeli delegation", "officials from Iran", "the country": the state or body that a noun stands for."""
        noun = token.lemma_.lower()
        if noun in self.ontology.words["utterance"]:
            return tuple(f for author in authors(token) for f in self._speaking(author))[:1]
        kinds = [c.name for c in self.ontology.classes.values() if noun in c.groups]
        if not kinds or kinds == [OFFICE]:
            return ()
        led = [p for c in token.rights if c.dep_ == "acl" for a in c.rights if a.dep_ == "agent" for p in a.rights]
        if leaders := [f for p in led if p.dep_ == "pobj" for f in self._ahead(p.i) if f[0].kind == PERSON]:
            return tuple(leaders)  # "a delegation led by X"
        owners = (PERSON,) if kinds == [PERSON] else (STATE, ORGANIZATION)
        for child in sorted(token.children, key=lambda c: not self._is_of_state(c)):
            inner = (
                [child]
                if child.dep_ in (*MODIFIERS, "poss", "appos")
                else [p for p in child.children if child.lower_ != "in" or p.text in self.names.gazetteer.seats]
                if child.dep_ == "prep" and child.lower_ in ("of", "from", "in")
                else []
            )
            for owner in inner:
                bodies = [choose(f, owners, "", self.ontology) for f in self._ahead(owner.i)]
                if any(bodies):
                    return tuple((body,) for body in bodies if body)
        determined = any(c.lower_ in ("the", "this", "that", "both") for c in token.lefts)
        if not determined or any(c.dep_ == "relcl" for c in token.rights):
            return ()
        numbers = [NUMBERS.get(c.lower_, 2 if c.lower_ == "both" else 0) for c in token.lefts]
        count = max([*numbers, _COUNTS.get(noun, 0)])
        if PERSON in kinds and count < 2 and noun not in self.ontology.words["measure"]:
            return ()  # "the man", of whom there may be many
        if count > 1 or PERSON in kinds:
            return self._history.together(token, kinds, count)
        last = (choose(f, kinds, "", self.ontology) for f in self._history.last(token, kinds)[:1])
        return tuple((body,) for body in last if body)


def authors(utterance: "Token") -> list["Token"]:
    """Who speaks in "a STATEMENT condemning it", "Iran's LETTER accused him": its owner, else whose object it is."""
    if utterance.dep_ not in SUBJECTS and not any(c.dep_ == "acl" and c.tag_ == "VBG" for c in utterance.rights):
        return []
    owners = [c for c in utterance.lefts if c.dep_ in ("poss", *MODIFIERS)]
    owners += [p for c in utterance.rights if c.lower_ in ("by", "from") for p in c.children if p.dep_ == "pobj"]
    return owners + (subjects(utterance.head) if utterance.dep_ == "dobj" else [])
