"""Whether an event is asserted: cues of the ontology read off the predicate's own tree."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dipgraph.language.parse import is_contrast, lemma
from dipgraph.language.predicates import Predicate
from dipgraph.ontology import Kind, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CLIMB = (
    "xcomp", "ccomp", "dobj", "nsubjpass", "nsubj", "pobj", "prep", "pcomp", "acl", "attr", "advcl", "conj", "appos", "acomp", "oprd", "csubj", "dative",
)  # fmt: skip


class Cues:
    """The status cues of an ontology, indexed by construction and word."""

    def __init__(self, ontology: Ontology):
        self.default = ontology.default_status
        self.speech = ontology.words["speech"]
        self.occurrences = ontology.words["occurrence"]
        self.narrative = ontology.words["narrative"]
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
            governed = ("governor", lemma(token.head)) in self._table
            if token.dep_ == "xcomp" and (_is_to(token.head, token) or governed):
                return True
            if token.dep_ not in ("conj", "advcl", "xcomp") or token.head == token:
                return predicate.trigger == "noun" and any(
                    key[0] == "modifierCue" and key in self._table for key in self._inside(predicate.token)
                )
            token = token.head

    def _around(self, predicate: Predicate) -> Iterator[tuple[str, str]]:
        """(construction, word) of every possible cue, from the trigger up to its sentence's root."""
        token = predicate.token
        if _is_asked(token.sent):
            yield "adverb", "?"
        yield from self._inside(token)
        if predicate.trigger == "noun":
            yield from self._told_of(token)
        if predicate.clause != token and _is_argument(token, predicate.clause):
            yield from self._inside(predicate.clause)
        for child, parent in _path(token):
            if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
                if not _shares_tense(child):
                    break
                yield from self._inside(parent)  # "WILL visit X and meet Y"
                continue
            yield from (("governor", lemma(c)) for c in parent.children if _is_anticlimax(c, after=child))
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
            yield from self._governing(child, parent, speech=speech)
            if speech or self._is_turned(parent):
                break

    def _told_of(self, noun: "Token") -> Iterator[tuple[str, str]]:
        """Cues of a clause about the event: "a meeting PLANNED for May", "a visit to X, which was CANCELLED"."""
        last = noun.subtree if noun.n_rights else ()
        clauses = [t for t in last if t.i > noun.i and t.dep_ in ("acl", "relcl") and _is_passive_clause(t)]
        yield from (("governor", lemma(t)) for t in clauses[:1] if t.head == noun or t.dep_ == "relcl")
        for clause in (c for c in noun.children if c.dep_ == "relcl"):
            whole = {clause.lemma_.lower(), *(f"{clause.lemma_.lower()} {c.lower_}" for c in clause.rights)}
            if self.occurrences & whole:  # "which WILL take place in May"
                yield from self._inside(clause)

    def _governing(self, child: "Token", parent: "Token", *, speech: bool) -> Iterator[tuple[str, str]]:
        """Cues of a verb, adjective or noun whose argument the event is, with its negation."""
        if self._is_turned(parent):
            yield "governor", f"not {lemma(parent)}"
            return
        yield "governor", lemma(parent)
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in child.lefts):
            yield "governor", f"{lemma(parent)} to"  # "TOLD them TO go"
        if parent.lemma_ == "be":  # "it is FALSE that ..."
            yield from _said_of(parent, child)
        of_noun = child.dep_ == "advcl" and parent.pos_ == "NOUN"  # "no plans for X to go"
        if not speech and (of_noun or child.dep_ in ("xcomp", "ccomp", "dobj", "acomp", "oprd", "pcomp", "acl")):
            yield from self._inside(parent)

    def _is_turned(self, verb: "Token") -> bool:
        """Whether its negation is a cue of its own: "has NOT RULED OUT meeting"."""
        return ("governor", f"not {lemma(verb)}") in self._table and _is_negated(verb)

    def _loosely(self, child: "Token", parent: "Token") -> Iterator[tuple[str, str]]:
        """Cues of a verb that an event only stands beside: "the visit is UNLIKELY", "would LIKE it to join"."""
        yield "governor", f"{lemma(parent)} {child.lower_}"  # "HOPE FOR admission"
        if child.dep_ == "nsubj" and _is_passive(parent):
            yield "governor", lemma(parent)
        elif child.dep_ == "nsubj" and parent.lemma_ == "be":
            yield from _said_of(parent, child)
            yield from (("auxiliary", c.lower_) for c in parent.children if c.dep_ == "aux")
        elif child.dep_ == "nsubj":
            whole = [
                f"{parent.lemma_.lower()} {c.lower_}" for c in parent.rights if c.dep_ in ("prt", "advmod", "dobj")
            ]
            words = [parent.lemma_.lower(), *whole]
            yield from (("fate", word) for word in words)
            if self.occurrences.intersection(words):  # "the talks NEVER took place"
                yield from self._inside(parent)
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
            if is_contrast(child):
                continue
            if child.dep_ == "aux":
                yield from self._auxiliary(child, token, reported=reported)
            elif child.dep_ in ("neg", "det", "preconj") or (child.dep_ == "prep" and token.pos_ != "VERB"):
                yield "negator", word
            elif child.dep_ == "advmod":
                yield "adverb", word
                yield "negator", word
            elif child.dep_ in ("amod", "nmod"):
                yield "modifierCue", word
            elif child.dep_ == "mark":
                yield "governor", word
                yield "governor", _with_word_before(child)
            elif child.dep_ in ("nsubj", "nsubjpass"):  # "No minister visited"
                yield from (
                    ("negator", d.lower_)
                    for d in child.children
                    if d.dep_ in ("det", "preconj", "cc") and not is_contrast(d)
                )
        if token.head.dep_ == "prep" or token.head.pos_ == "ADP":
            yield "negator", token.head.lower_
            yield "negator", _with_word_before(token.head)  # "INSTEAD OF visiting"

    def _auxiliary(self, aux: "Token", verb: "Token", *, reported: bool) -> Iterator[tuple[str, str]]:
        """Cues of one auxiliary: "will", "is to", "would have", "yet to"; "would later" tells what did happen."""
        word, others = aux.lower_, {c.lower_ for c in verb.children if c.dep_ in ("aux", "advmod")}
        if word == "would" and not reported and others & self.narrative:
            return
        yield "auxiliary", "will" if reported and word == "would" else word
        if word == "would" and not reported and "have" in others:
            yield "auxiliary", "would have"
        if word == "to":
            yield "governor", _with_word_before(aux)
            if verb.dep_ == "xcomp" and _is_to(verb.head, verb):
                yield "auxiliary", "be to"
            if verb.dep_ == "xcomp" and verb.head.lower_ == "going":
                yield "auxiliary", "be going to"
        if verb.dep_ == "advcl" and aux.i == verb.left_edge.i and word in ("had", "should", "were"):
            yield "governor", "if"  # "HAD he gone"


def _said_of(copula: "Token", subject: "Token") -> Iterator[tuple[str, str]]:
    """What "is" says of its subject: "is FALSE", "is NOT IMPOSSIBLE", "is OFF"."""
    negated = any(c.dep_ == "neg" for c in copula.children)
    for child in copula.children:
        if child.dep_ in ("acomp", "advmod", "prt", "prep", "oprd") and child != subject:
            yield "governor", f"not {child.lower_}" if negated else child.lower_
            yield from (("governor", f"{child.lower_} {p.lower_}") for p in child.children if p.dep_ == "pobj")


def _with_word_before(token: "Token") -> str:
    return f"{token.doc[max(token.i - 1, 0)].lower_} {token.lower_}"


def _shares_tense(verb: "Token") -> bool:
    """Whether a verb after "and" has neither subject nor tense of its own: "will visit X and MEET Y"."""
    tensed = any(c.tag_ in ("MD", "VBD", "VBZ", "VBP") for c in verb.children if c.dep_ in ("aux", "auxpass"))
    own = tensed or any(c.dep_.startswith("nsubj") for c in verb.children)
    return verb.tag_ in ("VB", "VBG", "VBN") and not own


def _is_passive_clause(clause: "Token") -> bool:
    return clause.tag_ == "VBN" and (clause.dep_ == "acl" or any(c.dep_ == "auxpass" for c in clause.children))


def _is_asked(sentence: "Span") -> bool:
    """Whether it is a question of yes or no: what "when did X go?" asks about is taken to be so."""
    return sentence.text.rstrip().endswith("?") and not any(t.tag_ in ("WRB", "WP", "WDT") for t in sentence[:3])


def _is_negated(token: "Token") -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def _is_anticlimax(clause: "Token", *, after: "Token") -> bool:
    """ "... only to cry off": what became of the event before it."""
    opening = {c.lower_ for c in clause.lefts}
    return bool(clause.i > after.i and clause.dep_ in ("advcl", "xcomp") and {"only", "to"} <= opening)


def _is_to(be: "Token", infinitive: "Token") -> bool:
    """ "Is [to come]", but not "was among those [to come]"."""
    between = (c for c in be.rights if c.i < infinitive.i)
    return be.lemma_ == "be" and not any(c.dep_ in ("attr", "acomp", "prep") for c in between)


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
