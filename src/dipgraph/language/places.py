"""Where: places of the text handed to the events that happen there. First what stands on an event's own branch of the
tree, then where a journey told with it led, then the dateline of its item.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dipgraph.language.circumstances import Circumstances, homes, main_verb
from dipgraph.language.datelines import Dateline
from dipgraph.language.frames import Match
from dipgraph.language.names import PERSON, PLACE, STATE, mint
from dipgraph.language.predicates import Predicate, phrase
from dipgraph.language.reference import Discourse
from dipgraph.language.tenses import is_story
from dipgraph.model import Claim, Entity
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHERE = ("in", "at", "near", "outside", "inside")
_LEAD = 7
"""Days before its date that the first paragraphs of an item under a dateline may tell of as of the place's own news."""


def told(match: Match, discourse: Discourse) -> tuple[Entity, ...]:
    """Where the text says, in its own clause, that an event happens: the most specific place first found."""
    predicate, used = match.predicate, {e.iri for found in match.roles.values() for e in found}
    situated = _is_situated(match, discourse.ontology)
    branches = homes(predicate) if situated else iter((predicate.token, predicate.clause))
    branches = (
        b for b in branches if b not in predicate.slots.get("subject", ())
    )  # "the ambassador IN X gave Y a medal"
    for token in (*_around(branches, situated=situated), *(_led_to(predicate) if situated else ())):
        places = _places(token, discourse)
        if places and places[0].iri not in used:
            return places[:1]
    return ()


def located(
    pairs: Sequence[tuple[Match, Claim]], when: Circumstances, ontology: Ontology
) -> Iterator[tuple[Match, Claim]]:
    """The same claims, where those that happen somewhere have the place of a journey told with them, or of the dateline."""
    journeys = [(match, claim) for match, claim in pairs if _destination(claim, ontology)]
    placed = [(match, claim) for match, claim in pairs if claim.place and _is_situated(match, ontology)]
    for match, claim in pairs:
        if claim.place or not _is_situated(match, ontology):
            yield match, claim
            continue
        led = (
            _destination(p, ontology) for found, p in reversed(journeys) if _together(match, claim, found, p, ontology)
        )
        same = (p.place for found, p in placed if _same_scene(match, claim, found, p))
        yield match, replace(claim, place=next(led, ()) or next(same, ()) or _at_dateline(match, claim, when))


def _is_situated(match: Match, ontology: Ontology) -> bool:
    """Whether its kind happens in one place, and nothing says "by telephone"."""
    kind, predicate = ontology.kinds[match.frame.kind], match.predicate
    return kind.situated and kind.remote.isdisjoint(phrase(predicate.token) | {predicate.word})


def _around(branches: Iterator["Token"], *, situated: bool) -> Iterator["Token"]:
    """What follows a preposition of place beside each branch, then inside what it is told with: "at a lunch IN PARIS"."""
    for home in branches:
        if situated and home.dep_ == "relcl" and any(c.lower_ == "where" for c in home.lefts):
            yield home.head  # "the palace, where X received Y"
        near = [c for c in home.children if c.dep_ == "prep"]
        near += [
            p
            for c in home.children
            if c.dep_ in ("prep", "advmod", "amod", "acl")
            for p in c.children
            if p.dep_ == "prep"
        ]
        yield from _after(near)
        if situated:
            yield from _after(
                p for c in near for noun in c.children if noun.dep_ == "pobj" for p in noun.children if p.dep_ == "prep"
            )


def _after(prepositions: Iterable["Token"]) -> Iterator["Token"]:
    for word in prepositions:
        if word.lower_ in (*_WHERE, "on"):
            yield from (p for p in word.children if p.dep_ == "pobj" and (word.lower_ != "on" or _is_name(p)))


def _is_name(token: "Token") -> bool:
    return bool(token.pos_ == "PROPN")


def _led_to(predicate: Predicate) -> Iterator["Token"]:
    """ "Welcomed X TO PARIS", "went TO VIENNA to meet X"."""
    verb = predicate.clause
    purpose = verb.dep_ in ("advcl", "xcomp") and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.lefts)
    for home in (verb, *([verb.head] if purpose else [])):
        for child in home.children:
            if child.dep_ in ("prep", "dative") and child.lower_ in ("to", "in"):
                yield from (p for p in child.children if p.dep_ == "pobj" and _is_name(p))


def _places(token: "Token", discourse: Discourse) -> tuple[Entity, ...]:
    """ "in the Siberian city of Vladivostok" is Vladivostok; "in Paris, France" is Paris; a person is no place."""
    if discourse.fillers(token, (PERSON,)):
        return ()
    named = discourse.fillers(token, (PLACE,), PLACE) if discourse.is_named(token) else ()
    described, named = named, tuple(e for e in named if not e.generic)
    for child in token.children:
        if not named and child.dep_ in ("prep", "appos", "compound") and child.lower_ not in ("for", "on"):
            inner = [p for p in child.children if p.dep_ == "pobj"] if child.dep_ == "prep" else [child]
            named = tuple(e for p in inner for e in discourse.fillers(p, (PLACE,), PLACE) if not e.generic)
    return named or described or discourse.fillers(token, (PLACE, STATE), PLACE)


def _destination(claim: Claim, ontology: Ontology) -> tuple[Entity, ...]:
    """Where a claim says that somebody came to."""
    roles = ontology.kinds[claim.kind].roles
    found = [e for name, fillers in claim.roles.items() if roles[name].locates for e in fillers]
    return tuple(sorted(found, key=lambda e: e.kind != PLACE))[:1]


def _together(match: Match, claim: Claim, found: Match, journey: Claim, ontology: Ontology) -> bool:
    """Whether somebody in the event made, or received, the journey then: in the same clauses, or the same days."""
    first, second = ontology.statuses[journey.status], ontology.statuses[claim.status]
    if first != second and (first.final or second.final or ontology.default_status in (first.name, second.name)):
        return False
    travellers = {e.iri for fillers in journey.roles.values() for e in fillers}
    if not travellers & {e.iri for fillers in claim.roles.values() for e in fillers}:
        return False
    if claim.time and journey.time and not claim.time.overlaps(journey.time):
        return False
    if claim.time and journey.time and len(claim.time.value) == 10:
        return True
    return _near(match.predicate, found.predicate, next_sentence=claim.time == journey.time)


def _same_scene(match: Match, claim: Claim, found: Match, other: Claim) -> bool:
    """ "The same ribbon went that day to Y": an event of that day and kind, told right before, has the place of this one."""
    before = found.predicate.token.sent.end == match.predicate.token.sent.start
    return before and claim.kind == other.kind and claim.time is not None and claim.time == other.time


def _near(event: Predicate, journey: Predicate, *, next_sentence: bool) -> bool:
    """Whether both are of the main clauses of a sentence, or of two that follow each other."""
    first, second = main_verb(event.clause), main_verb(journey.clause)
    if first is None or second is None:
        return False
    return first.sent == second.sent or (next_sentence and second.sent.end == first.sent.start)


def _at_dateline(match: Match, claim: Claim, when: Circumstances) -> tuple[Entity, ...]:
    """The place of the dateline, for what an item tells as the news of its day."""
    token, dateline = match.predicate.token, when.dateline(match.predicate.token)
    verb, day = main_verb(match.predicate.clause), when.day(match.predicate.token)
    if dateline is None or not dateline.place or verb is None or not (claim.time or is_story(verb)):
        return ()
    apart = (day.begin - claim.time.begin).days if day and day.begin and claim.time and claim.time.begin else 0
    fresh = apart == 0 if dateline.alone else 0 <= apart <= _LEAD and _in_lead(dateline, token)
    return (_named(dateline, when),) if fresh else ()


def _in_lead(dateline: Dateline, token: "Token") -> bool:
    return "\n\n" not in token.doc.text[dateline.end : token.idx].replace("\n\n", "", 1)


def _named(dateline: Dateline, when: Circumstances) -> Entity:
    names, ontology = when.discourse.names, when.discourse.ontology
    _, known = names.automaton.get(dateline.place, (0, ()))
    return next((e for e, _ in known if e.kind == PLACE), mint(PLACE, dateline.place, ontology))
