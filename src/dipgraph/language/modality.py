"""Whether an event is asserted, and by whom: cues of the ontology read off the predicate's own tree."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dipgraph.language.mentions import ORGANIZATION, PERSON, STATE, mint
from dipgraph.language.parse import lemma
from dipgraph.language.predicates import Predicate
from dipgraph.language.reference import Discourse
from dipgraph.language.subjects import subjects
from dipgraph.model import Entity
from dipgraph.ontology import Kind, Ontology

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

    def status(self, predicate: Predicate, kind: Kind | None = None) -> str:
        """The status that the sentence gives to a predicate: the strongest of its cues, or the default."""
        undone = kind.undone if kind else frozenset()
        found = [hit for key in self._around(predicate) if key[1] not in undone and (hit := self._table.get(key))]
        return max(found)[1] if found else self.default

    def looks_ahead(self, predicate: Predicate) -> bool:
        """Whether its clause speaks of what is to come: "will", "is to", a verb of planning over it."""
        token = predicate.clause
        forward = {"will", "shall", "'ll", "wo"}
        while True:
            told = token.dep_ == "ccomp" and lemma(token.head) in self.speech  # "said that it WOULD"
            if any(c.dep_ == "aux" and (c.lower_ in forward or (told and c.lower_ == "would")) for c in token.children):
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
                yield from self._loosely(child, parent)
                break
            if (
                parent.pos_ in ("NOUN", "PROPN")
                and child.dep_ in ("acl", "relcl", "appos")
                and token.pos_ not in ("VERB", "AUX")
            ):
                break
            yield "governor", lemma(parent)
            if parent.lemma_ == "be":  # "it is FALSE that ..."
                yield from _said_of(parent, child)
            if speech:
                break
            if child.dep_ in ("xcomp", "ccomp", "dobj", "acomp", "oprd", "pcomp", "acl"):
                yield from self._inside(parent)

    def _loosely(self, child: "Token", parent: "Token") -> Iterator[tuple[str, str]]:
        """Cues of a verb that an event only stands beside: "the visit is UNLIKELY", "would LIKE it to join"."""
        yield "governor", f"{lemma(parent)} {child.lower_}"  # "HOPE FOR admission"
        if child.dep_ == "nsubj" and _is_passive(parent):
            yield "governor", lemma(parent)
        elif child.dep_ == "nsubj" and parent.lemma_ == "be":
            yield from _said_of(parent, child)
            yield from (("auxiliary", c.lower_) for c in parent.children if c.dep_ == "aux")
        elif child.dep_ == "advcl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts):
            hit = self._table.get(("governor", lemma(parent)))
            if hit and not self._ontology.statuses[hit[1]].final:  # "asked her to go", not "cancelled it to go"
                yield "governor", lemma(parent)

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
            for source in (*self._according(ancestor), *self._aside(ancestor)):
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

    def _aside(self, token: "Token") -> Iterator["Token"]:
        """Who says it beside the clause: "..., X insists, ...", "..., the minister, X, announced"."""
        for child in token.children:
            if child.dep_ not in ("parataxis", "advcl") or lemma(child) not in self.speech or _complements(child):
                continue
            yield from (c for c in child.children if c.dep_ == "nsubj" and c.lower_ not in ("who", "which", "that"))
            if child.tag_ == "VBD" and child.i > 1 and not any(c.dep_ == "nsubj" for c in child.children):
                before = child.nbor(-1)
                yield before.nbor(-1) if before.is_punct else before

    def _speaker(self, token: "Token", discourse: Discourse) -> tuple[Entity, ...]:
        entities = discourse.fillers(token, _SPEAKERS)
        if entities and (discourse.is_named(token) or discourse.titled(token) or token.pos_ == "PRON"):
            return entities
        for owner in self._owners(token):
            if found := discourse.fillers(owner, _SPEAKERS):
                return found
        if token.lemma_.lower() in self.speakers:
            start = min((c.left_edge.i for c in token.lefts if c.dep_ in ("amod", "compound", "nmod")), default=token.i)
            label = token.doc[start : token.i + 1].text
            return (mint(ORGANIZATION, label, self._ontology),)
        return entities

    def _owners(self, token: "Token") -> Iterator["Token"]:
        """Whose words they are: "the memoirs OF X", "a statement FROM X", "X'S office", "a statement that X posted"."""
        for child in token.children:
            if child.dep_ == "poss":
                yield child
            elif child.dep_ in ("prep", "agent") and child.lower_ in ("of", "from", "by"):
                yield from (p for p in child.children if p.dep_ == "pobj")
            elif child.dep_ in ("relcl", "acl") and lemma(child) in self.speech:
                yield from subjects(child)


def _said_of(copula: "Token", subject: "Token") -> Iterator[tuple[str, str]]:
    """What "is" says of its subject: "is FALSE", "is NOT IMPOSSIBLE", "is OFF"."""
    negated = any(c.dep_ == "neg" for c in copula.children)
    for child in copula.children:
        if child.dep_ in ("acomp", "advmod", "prt", "prep", "oprd") and child != subject:
            yield "governor", f"not {child.lower_}" if negated else child.lower_


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
    """Whether the token is in what the verb says: not in its subject, a side remark of the writer's, or another clause."""
    child = token
    while child.head != speech:
        if child.dep_ == "relcl" and child.left_edge.i and child.left_edge.nbor(-1).text == ",":
            return False
        child = child.head
    if child.dep_ == "advcl":  # a quotation that the parser took for a clause of its own
        return any(c.dep_ in ("nsubj", "nsubjpass") for c in child.lefts) and not any(
            c.dep_ == "mark" for c in child.lefts
        )
    return child.dep_ in ("ccomp", "parataxis", "dobj", "xcomp", "pcomp")


def _complements(verb: "Token") -> bool:
    return any(c.dep_ in ("ccomp", "dobj") for c in verb.children)
