"""Who says so: the speaker whom the text credits with an event, or nobody where it says so itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dipgraph.language.names import ORGANIZATION, PERSON, STATE, mint
from dipgraph.language.parse import lemma
from dipgraph.language.predicates import Predicate
from dipgraph.language.reference import Discourse
from dipgraph.language.subjects import subjects
from dipgraph.model import Entity
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPEAKERS = (PERSON, STATE, ORGANIZATION)
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = ("WDT", "WP", "WRB")
_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "PRON", "ADP", "PUNCT", "CCONJ")


class Speakers:
    """The words of an ontology for saying, and for those who say."""

    def __init__(self, ontology: Ontology):
        self.speech = ontology.words["speech"]
        self.sources = ontology.words["source"]
        self.nouns = ontology.words["speakerNoun"]
        self.utterances = ontology.words["utterance"]
        self._ontology = ontology

    def of(self, predicate: Predicate, discourse: Discourse) -> tuple[Entity, ...]:
        """Whom the text credits: the subject of the verb of saying over the predicate, or who follows "according to"."""
        for ancestor in (predicate.token, *predicate.token.ancestors):
            if _is_side_remark(predicate.token, ancestor):
                return ()
            for source in (*self._according(ancestor), *self._aside(ancestor, predicate.token)):
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
        set_off = (self._speaker(token, discourse) for token in self._set_off(predicate.token))
        return next((speakers for speakers in set_off if speakers), ())

    def _set_off(self, token: "Token") -> Iterator["Token"]:
        """Who says it between commas, wherever the parse hung it: "X left, the minister, Y, said" (the last word is "Y")."""
        doc, sentence = token.doc, token.sent
        for verb in (t for t in sentence if t.tag_ in _FINITE and lemma(t) in self.speech):
            last = verb.i - 1 - (doc[verb.i - 1].text == ",")
            while last > sentence.start and doc[last].dep_ in ("aux", "advmod", "neg"):
                last -= 1
            comma = _opening(doc, last, sentence.start, apposed=doc[verb.i - 1].text == ",")
            aside = range(comma, verb.i + 1)
            between = {t.text for t in doc[min(token.i, verb.i) : max(token.i, verb.i)]} & {";", ":"}
            if comma > sentence.start and not between and token.i not in aside and _stands_alone(verb):
                yield doc[last]

    def _according(self, token: "Token") -> Iterator["Token"]:
        """Who follows a source word: "according to X", "citing X"."""
        for child in (*token.children, *(c for s in token.lefts if s.dep_ in _SUBJECTS for c in s.children)):
            words = child.doc[child.i : child.i + 2].text.lower()
            if child.dep_ in ("prep", "advcl") and (child.lower_ in self.sources or words in self.sources):
                for inner in child.subtree:
                    if inner.dep_ in ("pobj", "dobj") and inner.head.i <= child.i + 1:
                        yield inner

    def _aside(self, token: "Token", told: "Token") -> Iterator["Token"]:
        """Who says it beside the clause: "..., X insists, ...", "..., the minister, X, announced"."""
        for child in token.children:
            if child.dep_ not in ("parataxis", "advcl") or lemma(child) not in self.speech or _complements(child):
                continue
            if ";" in {t.text for t in child.doc[told.i : child.i]}:  # "X left; he was unwell, Y said"
                continue
            yield from (c for c in child.children if c.dep_ == "nsubj" and c.lower_ not in ("who", "which", "that"))
            if child.tag_ == "VBD" and child.i > 1 and not any(c.dep_ == "nsubj" for c in child.children):
                before = child.nbor(-1)
                yield before.nbor(-1) if before.is_punct else before

    def _speaker(self, token: "Token", discourse: Discourse) -> tuple[Entity, ...]:
        entities = discourse.fillers(token, _SPEAKERS)
        if entities and (discourse.is_named(token) or discourse.titled(token) or token.pos_ == "PRON"):
            return entities
        person = token.lemma_.lower() in self.nouns - self.utterances  # "X's spokesman" is not X
        for owner in self._owners(token):
            if person and discourse.fillers(owner, (PERSON,)):
                continue
            if found := discourse.fillers(owner, _SPEAKERS):
                return found
        if token.lemma_.lower() in self.utterances and (found := self._spoken_before(token, discourse)):
            return found
        if token.lemma_.lower() in self.nouns:
            start = min((c.left_edge.i for c in token.lefts if c.dep_ in ("amod", "compound", "nmod")), default=token.i)
            label = token.doc[start : token.i + 1].text
            return (mint(ORGANIZATION, label, self._ontology),)
        called = (c for c in token.lefts if c.dep_ in ("compound", "nmod") and c.lemma_.lower() in self.nouns)
        if not entities and token.pos_ == "PROPN" and any(called):  # "the news agency Kabar"
            return (mint(ORGANIZATION, token.text, self._ontology),)
        return entities

    def _spoken_before(self, token: "Token", discourse: Discourse) -> tuple[Entity, ...]:
        """ "A statement said": whoever was named first in the sentence before."""
        start = token.sent.start
        before = list(token.doc[start - 1].sent) if start else []
        found = (discourse.fillers(t, _SPEAKERS) for t in before if discourse.is_named(t))
        return next((entities for entities in found if entities), ())

    def _owners(self, token: "Token") -> Iterator["Token"]:
        """Whose words they are: "the memoirs OF X", "a statement FROM X", "X'S office", "a statement that X posted"."""
        for child in token.children:
            if child.dep_ == "poss":
                yield child
            elif child.dep_ in ("prep", "agent") and child.lower_ in ("of", "from", "by", "for"):
                yield from (p for p in child.children if p.dep_ == "pobj")
            elif child.dep_ in ("relcl", "acl") and lemma(child) in self.speech:
                yield from (s for s in subjects(child) if s != token)


def _opening(doc: "Doc", last: int, start: int, *, apposed: bool) -> int:
    """The comma before the noun phrase that ends at a token, and before the phrase that this stands in apposition to; 0 if none."""
    position, commas = last, 2 if apposed else 1
    while position > start and doc[position].pos_ in _PHRASE and doc[position].text not in (";", ":", "(", ")"):
        commas -= doc[position].text in (",", '"', "--")
        if not commas:
            return 0 if doc[position + 1].pos_ in ("CCONJ", "ADP") or doc[position + 1].tag_ in _RELATIVE else position
        position -= 1
    return 0


def _stands_alone(verb: "Token") -> bool:
    """Whether no clause of its own follows a verb of saying: "said.", "said on Monday, adding ..."; not "said it would"."""
    following = verb.doc[verb.i + 1 : verb.sent.end]
    until = next((t.i for t in following if t.text in (",", ";", ".", '"')), verb.sent.end)
    return not any(t.pos_ in ("VERB", "AUX", "SCONJ") or t.lower_ == "that" for t in verb.doc[verb.i + 1 : until])


def _says(speech: "Token", token: "Token") -> bool:
    """Whether the token is in what the verb says: not in its subject or another clause."""
    child = token
    while child.head != speech:
        child = child.head
    if child.dep_ == "advcl":  # a quotation that the parser took for a clause of its own
        return any(c.dep_ in ("nsubj", "nsubjpass") for c in child.lefts) and not any(
            c.dep_ == "mark" for c in child.lefts
        )
    if {t.text for t in child.doc[min(child.i, token.i) : speech.i]} & {";", ":"}:  # "X went; Y said that Z came"
        return False
    ordered = child.dep_ == "xcomp" and any(c.dep_ == "dobj" for c in speech.children)  # "told them to go"
    return child.dep_ in ("ccomp", "parataxis", "dobj", "xcomp", "pcomp") and not ordered


def _is_side_remark(token: "Token", above: "Token") -> bool:
    """Whether a relative clause after a comma stands between: it is the writer's own."""
    while token != above:
        if token.dep_ == "relcl" and token.left_edge.i and token.left_edge.nbor(-1).text == ",":
            return True
        token = token.head
    return False


def _complements(verb: "Token") -> bool:
    return any(c.dep_ in ("ccomp", "dobj") for c in verb.children)
