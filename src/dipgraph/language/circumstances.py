"""When: times of the text handed to the predicates that they belong to. First what stands on a predicate's own branch
of the tree, then the clauses that it is told with, then the story that its sentence goes on with, then the day of its item.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dipgraph.language import datelines, times
from dipgraph.language.datelines import Dateline
from dipgraph.language.holdings import Naming
from dipgraph.language.parse import lemma
from dipgraph.language.predicates import Predicate
from dipgraph.language.reference import Discourse
from dipgraph.language.tenses import finite, is_perfect, is_present, is_story
from dipgraph.language.times import Day, TimeExpression
from dipgraph.language.units import NUMBERS
from dipgraph.model import Document, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SIMULTANEOUS = ("when", "as", "while")
_IN_WHICH = ("when", "where", "which", "whom")
_LONG_PAST = 365
"""Days after which the holder of an office need not hold it still."""
_ANSWERING = ("to", "for", "at", "against", "over")
_DEPENDENT = ("prep", "pobj", "dobj", "agent", "conj", "npadvmod", "attr", "nmod", "xcomp", "pcomp")
_Shift = Callable[[Time], Time | None]


@dataclass(frozen=True)
class Circumstances:
    """The times of one document."""

    doc: "Doc"
    expressions: Mapping[int, Sequence[TimeExpression]]
    """By the token that governs them."""
    distances: Mapping[int, TimeExpression]
    """ "Two days after": by the token of what follows."""
    datelines: Sequence[Dateline]
    days: Sequence[Day]
    discourse: Discourse

    def time(self, predicate: Predicate, *, ahead: bool, in_order: bool = True) -> Time | None:
        """When a predicate happens, as far as the text says; a plan reads it forwards.

        `in_order`: whether it is of a kind that stories tell one after another, so that the story's time is its own.
        """
        own = self._own(predicate, ahead=ahead)
        if own is not None:
            return self._for_days(predicate, own)
        told = self._told_with(predicate.clause, ahead=ahead)
        if told is not None or predicate.clause.dep_ == "appos":
            return told
        if ahead:
            return None
        return self._of_sentence(predicate.clause) or (self._of_story(predicate.clause) if in_order else None)

    def _of_sentence(self, verb: "Token") -> Time | None:
        """A sentence's only time is that of its main clause, however deep it hangs: "met X at talks in a hotel on 3 May"."""
        span = verb.sent
        times = [(i, e) for i, found in self.expressions.items() if span.start <= i < span.end for e in found]
        if len(times) != 1:
            return None
        token, expression = self.doc[times[0][0]], times[0][1]
        if span.root.pos_ not in ("VERB", "AUX"):  # a headline
            return expression.past
        while token != verb and not _is_answered(token) and (token.dep_ in _DEPENDENT or _opens_with(token, ("when",))):
            token = token.head
        return expression.past if token == verb == span.root else None

    def of_title(self, naming: Naming) -> Time | None:
        """When an office was held: "president FROM 1988 TO 2000", "the president AT THE TIME", whom something long past names."""
        token, words = self.doc[naming.post.head], self.doc[naming.post.begin : naming.post.end]
        beside = [e for i in {token.i, words.root.i} for e in self.expressions.get(i, ()) if e.start >= words.end_char]
        if beside and beside[0].past:
            return beside[0].past
        verb = _clause_above(token)
        told = self._clause_time(verb, ahead=False) if verb is not None else None
        before = self.doc[naming.post.begin : naming.post.start]
        plain = all(t.dep_ != "amod" or self.discourse.is_named(t) for t in before)
        today = self.day(token)
        if told is None or not plain or not (today and today.begin and told.end) or self._holds(naming, today):
            return None
        return told if (today.begin - told.end).days > _LONG_PAST else None

    def _holds(self, naming: Naming, today: Time) -> bool:
        """Whether somebody so named is known to hold the office today."""
        known = self.discourse.names.by_holder.get(naming.holder.iri, ())
        return any(t.office == naming.office.label and Time(f"{t.begin}/{t.end}").overlaps(today) for t in known)

    def dateline(self, token: "Token") -> Dateline | None:
        """The dateline under which a token stands."""
        return next((d for d in reversed(self.datelines) if d.start <= token.idx), None)

    def day(self, token: "Token") -> Time | None:
        """What "today" is where the token stands."""
        return next((Time(d.date.isoformat()) for d in reversed(self.days) if d.start <= token.idx), None)

    def _own(self, predicate: Predicate, *, ahead: bool) -> Time | None:
        """The time nearest to the predicate on its own branch of the tree."""
        for home in (*homes(predicate), *self._announced(predicate)):
            past = finite(home).tag_ == "VBD"
            told = home != predicate.token and past  # "agreed ON FRIDAY to meet", "was told ON FRIDAY to go"
            if reading := self._at(home, near=predicate.token, ahead=ahead and not told):
                return reading
        return None

    def _at(self, home: "Token", *, near: "Token", ahead: bool) -> Time | None:
        for expression in sorted(self.expressions.get(home.i, ()), key=lambda e: abs(e.start - near.idx)):
            reading = expression.future if ahead else expression.past
            if reading is not None:
                return reading
        return None

    def _announced(self, predicate: Predicate) -> Iterator["Token"]:
        """ "On Tuesday the embassy announced that ...": the time of the announcement, last of all."""
        if self._is_announced(predicate.clause):
            yield predicate.clause.head

    def _is_announced(self, verb: "Token") -> bool:
        return bool(verb.dep_ == "ccomp" and lemma(verb.head) in self.discourse.ontology.words["announcement"])

    def _for_days(self, predicate: Predicate, time: Time) -> Time:
        """ "The two-day visit which ended on Friday": a known length makes one end of it both."""
        days = next((n for c in predicate.token.children if (n := _days(c))), 0)
        words = self.discourse.ontology.words
        phase = lemma(_phase(predicate.token) or predicate.clause)
        if not 1 < days < 32 or len(time.value) != 10 or time.begin is None:
            return time
        if phase in words["ending"]:
            return Time(f"{time.begin - timedelta(days=days - 1)}/{time.value}")
        if phase in words["beginning"]:
            return Time(f"{time.value}/{time.begin + timedelta(days=days - 1)}")
        return time

    def _clause_time(self, verb: "Token", *, ahead: bool, seen: frozenset[int] = frozenset()) -> Time | None:
        """The time of a whole clause: on its verb, its nouns, or by way of the clauses that it is told with."""
        if verb.i in seen:
            return None
        for home in (verb, *_nouns_of(verb)):
            if reading := self._at(home, near=verb, ahead=ahead):
                return reading
        return self._told_with(verb, ahead=ahead, seen=seen)

    def _told_with(self, verb: "Token", *, ahead: bool, seen: frozenset[int] = frozenset()) -> Time | None:
        """ "When X met Y, Z left", "two days after X met Y": each clause dates the other."""
        for other, shift in self._companions(verb):
            time = self._clause_time(other, ahead=ahead, seen=seen | {verb.i})
            if time is None and verb.i in self.distances and is_story(other) and main_verb(other) is not None:
                time = self._going_on(other)  # "that day ... He was speaking an hour after X met Y"
            if time is not None:
                return shift(time)
        return self._of_relative(verb, ahead=ahead)

    def _companions(self, verb: "Token") -> Iterator[tuple["Token", _Shift]]:
        """Clauses that are told with this one, and how to come from their time to its own."""
        apart, above = self.distances.get(verb.i), _clause_above(verb)
        if above is not None:
            if apart is not None and apart.distance is not None:
                yield above, apart.distance.from_
                if self._is_announced(above) and _is_set_off(verb):
                    yield above.head, apart.distance.from_
            elif _goes_with(verb, above):
                yield above, _same
        for child in (c for c in verb.children if c.dep_ in ("advcl", "prep", "relcl")):
            for below in (child, *(p for p in child.children if p.dep_ in ("pcomp", "pobj"))):
                found = self.distances.get(below.i)
                if found is not None and found.distance is not None:
                    yield below, (-found.distance).from_
            if child.dep_ == "advcl" and _opens_with(child, _SIMULTANEOUS):
                yield child, _same

    def _of_relative(self, verb: "Token", *, ahead: bool) -> Time | None:
        """ "July 2023, when X fell", "the coup of 2021 in which X fell", "the palace, where X had just received him"."""
        if verb.dep_ != "relcl" or not _opens_with(verb, _IN_WHICH):
            return None
        inside = [e for found in self.expressions.values() for e in found if e.start <= verb.head.idx < e.end]
        if inside:
            return inside[0].future if ahead else inside[0].past
        if reading := self._at(verb.head, near=verb, ahead=ahead):
            return reading
        above = _clause_above(verb)
        just = any(c.lower_ == "just" for c in verb.children)
        if above is None or not _opens_with(verb, ("where",)) or not (is_story(verb) or just):
            return None
        return self._clause_time(above, ahead=ahead, seen=frozenset({verb.i})) or self._of_story(above)

    def _of_story(self, clause: "Token") -> Time | None:
        """A sentence in the simple past goes on with the story of its paragraph; else it is of the day of its item."""
        verb = main_verb(clause)
        apart = is_perfect(clause) or any(c.dep_ == "neg" for c in clause.children)
        if verb is None or apart or self._dated(_phrases(clause)) or not (is_story(verb) or is_present(verb)):
            return None
        return (self._going_on(verb) if is_story(verb) else None) or self._of_item(verb)

    def _dated(self, tokens: Iterable["Token"]) -> bool:
        return any(t.i in self.expressions for t in tokens)

    def _going_on(self, verb: "Token") -> Time | None:
        """The time of the nearest sentence before that has one."""
        dated = next((s for s in self._before(verb) if self._dated(s)), None)
        return self._told_in(dated) if dated is not None else None

    def _before(self, token: "Token") -> Iterator["Span"]:
        """The sentences of the paragraph before that of a token, the nearest first; the second of an item goes on with its lead."""
        text, start, item = token.doc.text, token.doc.text.rfind("\n\n", 0, token.idx) + 1, self.dateline(token)
        if item and not item.alone and text.count("\n\n", item.end, token.idx) == 1:
            start = item.end
        yield from reversed([s for s in token.doc[: token.sent.start].sents if s.start_char >= start])

    def _told_in(self, sentence: "Span") -> Time | None:
        """When what a sentence tells last happened, unless it only tells what somebody said."""
        said = self.discourse.ontology.words["speech"]
        told = [v for v in (sentence.root, *sentence.root.conjuncts) if is_story(v) and lemma(v) not in said]
        return next((time for v in reversed(told) if (time := self._clause_time(v, ahead=False))), None)

    def _of_item(self, verb: "Token") -> Time | None:
        """The day of a diary's entry or of a dated item among several; after "today", that day."""
        dateline, today = self.dateline(verb), self.day(verb)
        several = sum(bool(d.date) for d in self.datelines) > 1
        if dateline is not None and dateline.date and (several or (dateline.alone and dateline.place)):
            return today
        if not is_story(verb):
            return None
        start = dateline.start if dateline else 0
        said = (e for found in self.expressions.values() for e in found if start <= e.start < verb.idx)
        return next((e.past for e in said if e.today), None)


def circumstances(doc: "Doc", discourse: Discourse, document: Document) -> Circumstances:
    """Find the times of a document, outside names and datelines, and the verb or noun that governs each."""
    found: dict[int, list[TimeExpression]] = defaultdict(list)
    distances: dict[int, TimeExpression] = {}
    heads = datelines.find(doc.text, discourse.names.automaton)
    days = datelines.days(heads, document.published)
    for expression in times.find(doc.text, document.published, days):
        span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
        if span is None or discourse.is_named(span.root) or any(h.start <= expression.start < h.end for h in heads):
            continue
        if expression.distance is not None:
            if (event := _event_after(span)) is not None:
                distances[event.i] = expression
        else:
            found[_governor(span.root).i].append(expression)
    first = [Day(0, document.published)] if document.published else []
    return Circumstances(doc, found, distances, heads, (*first, *days), discourse)


def _same(time: Time) -> Time | None:
    return time


def _goes_with(verb: "Token", above: "Token") -> bool:
    """Whether a clause is of the time of the one above it: "when X met Y", "X fell and Y rose"."""
    if verb.dep_ in ("advcl", "relcl"):
        return _opens_with(verb, _SIMULTANEOUS)
    return bool(verb.dep_ == "conj" and finite(verb).tag_ == finite(above).tag_ == "VBD")


def _event_after(span: "Span") -> "Token | None":
    """What "two days after" is said of: the clause, gerund or noun that its preposition opens."""
    word = span[-1]
    if word.dep_ in ("mark", "advmod") and word.head.pos_ in ("VERB", "AUX"):
        return word.head
    return next((c for c in word.children if c.dep_ in ("pcomp", "pobj")), None)


def _governor(token: "Token") -> "Token":
    """The first verb or noun above a time; what is part of a name ("the War of 1941") dates nothing else."""
    inside = token.dep_ == "nummod" or (token.dep_ == "pobj" and token.head.lower_ == "of")
    heads = ("VERB", "AUX", "NOUN", "PROPN") if inside else ("VERB", "AUX", "NOUN")  # "X on Monday left"
    above, root = next((a for a in token.ancestors if a.pos_ in heads), token.sent.root), token.sent.root
    above = next((t for c in above.rights for t in c.children if c.i < token.i and _is_answered(t)), above)
    opens = token.left_edge.i <= token.sent.start + 1 and root.pos_ in ("VERB", "AUX")
    return root if opens and above.dep_ in ("advcl", "acl") else above  # "In May, the talks having failed, X left"


def _is_set_off(verb: "Token") -> bool:
    """ "Announced that it would close, a day after MEETING Y": what follows a comma goes with the announcement."""
    phrase = verb.head.left_edge if verb.dep_ == "pcomp" else verb.left_edge
    return bool(phrase.i > 0 and phrase.nbor(-1).text == ",")


def _is_answered(token: "Token") -> bool:
    """What came before: "in response to the ATTACK", "in protest at the RAID", whose time is no time of the response."""
    noun, before = token.head.head, token.head.head.head
    return bool(
        (token.dep_, token.pos_, noun.dep_, noun.tag_, before.lower_) == ("pobj", "NOUN", "pobj", "NN", "in")
        and token.head.lower_ in _ANSWERING
        and not any(noun.lefts)
    )


def _clause_above(token: "Token") -> "Token | None":
    return next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)


def main_verb(verb: "Token") -> "Token | None":
    """The verb of the sentence that a clause belongs to by coordination or a shared subject; None inside other clauses."""
    while verb.head != verb:
        if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
            verb = verb.head  # "after meeting X, left"
        shares = verb.dep_ in ("xcomp", "advcl", "prep") and not any(c.dep_.startswith("nsubj") for c in verb.lefts)
        if not (verb.dep_ == "conj" or shares):
            return None
        verb = verb.head
        if verb.pos_ not in ("VERB", "AUX") or (shares and verb.lemma_ == "be"):
            return None
    return verb if verb.pos_ in ("VERB", "AUX") else None


def _phrases(clause: "Token") -> Iterator["Token"]:
    """The tokens of a clause without what is told of somebody named in it: "the king, whom he had met in May"."""
    for child in clause.children:
        if not (child.dep_ in ("relcl", "acl", "appos") and clause.pos_ in ("PROPN", "PRON")):
            yield child
            yield from _phrases(child)


def _is_infinitive(verb: "Token") -> bool:
    """Of "became the first TO VISIT": its subject and time are those of what became so."""
    return bool(verb.dep_ == "relcl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.lefts))


def _opens_with(verb: "Token", words: Sequence[str]) -> bool:
    """Whether one of these words, or a preposition before it, opens the clause."""
    opening = [c for c in verb.lefts if c.dep_ in ("advmod", "mark", "prep")]
    opening += [p for c in opening if c.dep_ == "prep" for p in c.children]
    return any(c.lower_ in words for c in opening)


def _nouns_of(verb: "Token") -> Iterator["Token"]:
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") and child.pos_ == "NOUN":
            yield child
        if child.dep_ == "prep":
            yield from (p for p in child.children if p.dep_ == "pobj" and p.pos_ == "NOUN")


def _days(token: "Token") -> int:
    """How many days "two-day" before a noun says; 0 for any other modifier."""
    words = token.doc[token.left_edge.i : token.i + 1].text.lower().split("-")
    if token.dep_ not in ("amod", "compound", "nmod") or len(words) != 2 or words[1] != "day":
        return 0
    return int(words[0]) if words[0].isdigit() else NUMBERS.get(words[0], 0)


def _phase(noun: "Token") -> "Token | None":
    """The verb of a relative clause about the noun, wherever in its phrase the parser hung it: "a visit to X, which ended"."""
    return next((t for t in noun.subtree if t.dep_ == "relcl" and t.i > noun.i), None)


def homes(predicate: Predicate) -> Iterator["Token"]:
    """Where a predicate's circumstances may hang: itself, its clause, arguments, then clauses that share its subject."""
    yield predicate.token
    if predicate.trigger == "noun" and any(_days(c) for c in predicate.token.children):
        yield from filter(None, [_phase(predicate.token)])
    if predicate.clause != predicate.token:
        yield predicate.clause
    for slot in ("object", "indirectObject", "subject"):
        yield from (t for t in predicate.slots.get(slot, ()) if t.head == predicate.clause and t.pos_ == "NOUN")
    complements = [c for c in predicate.token.children if c.dep_ == "xcomp"]  # "ceased TO BE a member on Friday"
    yield from complements
    for child in (c for t in (predicate.token, *complements) for c in t.children):
        if child.dep_ in ("dobj", "pobj", "oprd", "attr") and child.pos_ in ("NOUN", "PROPN"):
            yield child
        if child.dep_ == "prep":
            yield from (p for p in child.children if p.dep_ == "pobj" and p.pos_ == "NOUN")
    token = predicate.clause
    while (
        not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.lefts)
        and (token.dep_ in ("xcomp", "advcl", "conj", "pcomp", "prep", "acl", "attr") or _is_infinitive(token))
        and token.head != token
    ):
        if token.dep_ == "conj" and is_perfect(token) and not is_perfect(token.head):
            return  # "was sworn in on Monday and has named": later, or before
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            yield token
