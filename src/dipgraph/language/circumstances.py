"""When and where: times and places of the text handed to the predicates that they belong to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dipgraph.language import times
from dipgraph.language.mentions import PLACE, STATE
from dipgraph.language.parse import lemma
from dipgraph.language.predicates import Predicate
from dipgraph.language.reference import Discourse
from dipgraph.language.times import TimeExpression
from dipgraph.model import Entity, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WHERE = ("in", "at", "near", "outside")


@dataclass(frozen=True)
class Circumstances:
    """The times of one document."""

    doc: "Doc"
    expressions: Mapping[int, Sequence[TimeExpression]]
    """By the token that governs them."""
    announcing: frozenset[str]
    """Verbs that tell an event when it happens."""

    def time(self, predicate: Predicate, *, ahead: bool) -> Time | None:
        """The time nearest to the predicate on its own branch of the tree; a plan reads it forwards."""
        for home in (*_homes(predicate), *self._announced(predicate)):
            found = self.expressions.get(home.i, ())
            for expression in sorted(found, key=lambda e: abs(e.start - predicate.token.idx)):
                told = home != predicate.token and home.tag_ == "VBD"  # "agreed ON FRIDAY to meet"
                reading = expression.future if ahead and not told else expression.past
                if reading is not None:
                    return reading
        return None

    def _announced(self, predicate: Predicate) -> Iterator["Token"]:
        """ "On Tuesday the embassy announced that ...": the time of the announcement, last of all."""
        verb = predicate.clause
        if verb.dep_ == "ccomp" and lemma(verb.head) in self.announcing:
            yield verb.head

    def places(self, predicate: Predicate, discourse: Discourse, used: frozenset[str]) -> tuple[Entity, ...]:
        """Where the predicate's own branch says that it happens, the most specific place first found."""
        for home in _homes(predicate):
            for child in home.children:
                if child.dep_ == "prep" and child.lower_ in _WHERE:
                    for token in (p for p in child.children if p.dep_ == "pobj"):
                        places = _places(token, discourse)
                        if places and places[0].iri not in used:
                            return places[:1]
        return ()


def _places(token: "Token", discourse: Discourse) -> tuple[Entity, ...]:
    """ "in the Siberian city of Vladivostok" is Vladivostok; "in Paris, France" is Paris."""
    named = discourse.fillers(token, (PLACE,), PLACE) if discourse.is_named(token) else ()
    described, named = named, tuple(e for e in named if not e.generic)
    for child in token.children:
        if not named and child.dep_ in ("prep", "appos", "compound") and child.lower_ not in ("in", "at", "for", "on"):
            inner = [p for p in child.children if p.dep_ == "pobj"] if child.dep_ == "prep" else [child]
            named = tuple(e for p in inner for e in discourse.fillers(p, (PLACE,), PLACE) if not e.generic)
    return named or described or discourse.fillers(token, (PLACE, STATE), PLACE)


def circumstances(doc: "Doc", discourse: Discourse, published: date | None) -> Circumstances:
    """Find the times of a document, outside names, and the verb or noun that governs each."""
    found: dict[int, list[TimeExpression]] = defaultdict(list)
    for expression in times.find(doc.text, published):
        span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
        if span is not None and not discourse.is_named(span.root):
            found[_governor(span.root).i].append(expression)
    return Circumstances(doc, found, discourse.ontology.words["announcement"])


def _governor(token: "Token") -> "Token":
    """The first verb or noun above a time; under a name ("the War of 1941") it dates nothing else."""
    heads = ("VERB", "AUX", "NOUN") if token.dep_ == "npadvmod" else ("VERB", "AUX", "NOUN", "PROPN")
    return next((a for a in token.ancestors if a.pos_ in heads), token.sent.root)


def _homes(predicate: Predicate) -> Iterator["Token"]:
    """Where a predicate's circumstances may hang: itself, its clause, arguments, then clauses that share its subject."""
    yield predicate.token
    if predicate.clause != predicate.token:
        yield predicate.clause
    for slot in ("object", "indirectObject", "subject"):
        yield from (t for t in predicate.slots.get(slot, ()) if t.head == predicate.clause and t.pos_ == "NOUN")
    for child in predicate.token.children:
        if child.dep_ in ("dobj", "pobj") and child.pos_ in ("NOUN", "PROPN"):
            yield child
        if child.dep_ == "prep":
            yield from (p for p in child.children if p.dep_ == "pobj" and p.pos_ == "NOUN")
    token = predicate.clause
    while (
        not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.lefts)
        and token.dep_ in ("xcomp", "advcl", "conj", "pcomp", "prep", "acl")
        and token.head != token
    ):
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            yield token
