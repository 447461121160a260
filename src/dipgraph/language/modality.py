"""Whether an event is asserted, and by whom: cues of the ontology read off the predicate's own tree."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dipgraph.language.mentions import ORGANIZATION, PERSON, STATE, mint
from dipgraph.language.parse import lemma
from dipgraph.language.predicates import Predicate
from dipgraph.language.reference import Discourse
from dipgraph.language.subjects import subjects
from dipgraph.model import Entity
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLIMB = (
    "xcomp", "ccomp", "dobj", "nsubjpass", "nsubj", "pobj", "prep", "pcomp", "acl", "attr", "advcl", "conj", "appos", "acomp", "oprd", "csubj", "dative",
)  # fmt: skip
_SPEAKERS = (PERSON, STATE, ORGANIZATION)


class Cues:
    """The status cues of an ontology, indexed by construction and word."""

    def __init__(self, ontology: Ontology):
        self.default = ontology.default_status
        self.speech = ontology.words["speech"]
        self.sources = ontology.words["source"]
        self.speakers = ontology.words["speakerNoun"]
        self._ontology = ontology
        self._table = {
            (cue, word): (status.rank, status.name)
            for status in sorted(ontology.statuses.values(), key=lambda s: s.rank)
            for cue, words in status.cues.items()
            for word in words
        }

    def status(self, predicate: Predicate) -> str:
        """The status that the sentence gives to a predicate: the strongest of its cues, or the default."""
        found = [hit for key in self._around(predicate) if (hit := self._table.get(key))]
        return max(found)[1] if found else self.default

    def looks_ahead(self, predicate: Predicate) -> bool:
        """Whether its clause speaks of what is to come: "will", "is to", a verb of planning over it."""
        token = predicate.clause
        forward = {"will", "shall", "'ll", "wo"}
        while True:
            if any(c.dep_ == "aux" and c.lower_ in forward for c in token.children):
                return True
            if token.dep_ == "xcomp":
                return token.head.lemma_ == "be" or bool(self._table.get(("governor", lemma(token.head))))
            if token.dep_ not in ("conj", "advcl") or token.head == token:
                return predicate.trigger == "noun" and any(
                    key[0] == "modifierCue" and key in self._table for key in self._inside(predicate.token)
                )
            token = token.head

    def _around(self, predicate: Predicate) -> Iterator[tuple[str, str]]:
        """(construction, word) of every possible cue, from the trigger up to its sentence's root."""
        token = predicate.token
        yield from self._inside(token)
        if predicate.clause != token and _is_argument(token, predicate.clause):
            yield from self._inside(predicate.clause)
        for child, parent in _path(token):
            if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
                break
            speech = lemma(parent) in self.speech and child.dep_ in ("ccomp", "advcl", "parataxis")
            if child.tag_ == "TO" and not any(child.children):  # "declined to"
                yield "governor", lemma(parent)
            elif child.dep_ in ("advcl", "nsubj", "prep") and parent.pos_ in ("VERB", "AUX") and not speech:
                yield "governor", lemma(parent) if child.dep_ == "nsubj" and _is_passive(parent) else ""
                yield "governor", f"{lemma(parent)} {child.lower_}"  # "HOPE FOR admission"
                break
            if (
                parent.pos_ in ("NOUN", "PROPN")
                and child.dep_ in ("acl", "relcl", "appos")
                and token.pos_ not in ("VERB", "AUX")
            ):
                break
            yield "governor", lemma(parent)
            if parent.lemma_ == "be":  # "it is FALSE that ..."
                yield from (("governor", c.lower_) for c in parent.children if c.dep_ == "acomp" and c != child)
            if speech:
                break
            if child.dep_ in ("xcomp", "ccomp", "dobj", "acomp", "oprd", "pcomp", "acl"):
                yield from self._inside(parent)

    def _inside(self, token: "Token") -> Iterator[tuple[str, str]]:
        if _took_place(token):
            return
        reported = token.dep_ == "ccomp" and lemma(token.head) in self.speech
        for child in token.children:
            word = child.lower_
            if child.dep_ == "aux":
                yield "auxiliary", "will" if reported and word == "would" else word
                if word == "to" and token.dep_ == "xcomp" and token.head.lemma_ == "be":
                    yield "auxiliary", "be to"
                if word == "to" and token.dep_ == "xcomp" and token.head.lower_ == "going":
                    yield "auxiliary", "be going to"
            elif child.dep_ in ("neg", "det", "preconj") or (child.dep_ == "prep" and token.pos_ != "VERB"):
                yield "negator", word
            elif child.dep_ == "advmod":
                yield "adverb", word
                yield "negator", word
            elif child.dep_ in ("amod", "nmod"):
                yield "modifierCue", word
            elif child.dep_ == "mark":
                yield "governor", word
            elif child.dep_ in ("nsubj", "nsubjpass"):  # "No minister visited"
                yield from (("negator", d.lower_) for d in child.children if d.dep_ in ("det", "preconj", "cc"))
        if token.head.dep_ == "prep" or token.head.pos_ == "ADP":
            yield "negator", token.head.lower_

    def attribution(self, predicate: Predicate, discourse: Discourse) -> tuple[Entity, ...]:
        """Whom the text credits: the subject of the verb of saying over the predicate, or who follows "according to"."""
        for ancestor in (predicate.token, *predicate.token.ancestors):
            for source in self._according(ancestor):
                if speakers := self._speaker(source, discourse):
                    return speakers
            if (
                ancestor == predicate.token
                or lemma(ancestor) not in self.speech
                or not _says(ancestor, predicate.token)
            ):
                continue
            for subject in subjects(ancestor):
                if speakers := self._speaker(subject, discourse):
                    return speakers
        return ()

    def _according(self, token: "Token") -> Iterator["Token"]:
        """Who follows a source word: "according to X", "citing X"."""
        for child in token.children:
            words = child.doc[child.i : child.i + 2].text.lower()
            if child.dep_ in ("prep", "advcl") and (child.lower_ in self.sources or words in self.sources):
                for inner in child.subtree:
                    if inner.dep_ in ("pobj", "dobj") and inner.head.i <= child.i + 1:
                        yield inner

    def _speaker(self, token: "Token", discourse: Discourse) -> tuple[Entity, ...]:
        entities = discourse.fillers(token, _SPEAKERS)
        if entities and (discourse.is_named(token) or discourse.titled(token) or token.pos_ == "PRON"):
            return entities
        if token.lemma_.lower() in self.speakers:
            start = min((c.left_edge.i for c in token.lefts if c.dep_ in ("amod", "compound", "nmod")), default=token.i)
            label = token.doc[start : token.i + 1].text
            return (mint(ORGANIZATION, label, self._ontology),)
        return entities


def _path(token: "Token") -> Iterator[tuple["Token", "Token"]]:
    while token.head != token and token.dep_ in (*_CLIMB, "relcl"):
        if token.dep_ == "relcl":
            return
        yield token, token.head
        token = token.head


def _took_place(token: "Token") -> bool:
    """What negation or modality still tell as done: "should not have accepted", "did not invite him until May"."""
    words = {c.lower_ for c in token.children if c.dep_ in ("aux", "neg")}
    negated = any(c.dep_ == "neg" for c in token.children)
    until = any(c.lower_ == "until" for c in token.children if c.dep_ in ("prep", "mark"))
    return negated and (until or ("have" in words and bool(words & {"should", "ought"})))


def _is_argument(noun: "Token", verb: "Token") -> bool:
    """Whether what is said of the verb is said of the noun: "did not hold talks", but "was not raised in talks"."""
    while noun != verb and noun.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "conj", "xcomp", "acomp"):
        noun = noun.head
    return bool(noun == verb or (noun.dep_ == "pobj" and noun.head.head == verb and verb.lemma_ == "be"))


def _is_passive(token: "Token") -> bool:
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)


def _says(speech: "Token", token: "Token") -> bool:
    """Whether the token is in what the verb says, not in its subject or a side remark."""
    child = token
    while child.head != speech:
        child = child.head
    return child.dep_ in ("ccomp", "parataxis", "dobj", "xcomp", "advcl", "pcomp")
