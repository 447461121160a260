"""Dependency parse -> predicates: who did what to whom by grammatical slot, whatever the dress of the sentence.

Voice is undone, subjects are inherited through control, coordination, relative and participial clauses, and event
nouns take the subject of the light verb that carries them ("Putin held talks with Xi").
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dipgraph.language.parse import lemma
from dipgraph.language.slots import about, noun_slots, owners_of, prepositions, verb_slots
from dipgraph.language.subjects import (
    antecedent,
    is_passive,
    subjects,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_LENDING = (
    "on",
    "in",
    "for",
    "from",
    "at",
    "after",
    "following",
    "like",
    "among",
    "as",
    "over",
    "during",
    "before",
    "despite",
)
_REACHING = ("with", "to", "between")
"""Prepositions whose argument belongs to the verb, however deep in its object the parser hangs them."""
_SUBJECTS = ("nsubj", "nsubjpass")
_LISTING = ("include", "comprise", "be")
_NAMES_STATE = ("attr", "oprd", "appos")


@dataclass(frozen=True)
class Predicate:
    """A trigger word with its arguments by slot. `clause` is the verb that carries its tense and time."""

    token: "Token"
    trigger: str
    word: str
    slots: Mapping[str, tuple["Token", ...]]
    clause: "Token"
    readings: tuple[str, ...] = ()
    """Of a verb: itself with an adverb or preposition after it, as a phrasal verb; then alone."""


def phrasal(token: "Token") -> Iterator[str]:
    """The readings of a verb: with its particle or an adverb of direction ("call home", "walk out"), or else alone.

    A preposition may be a particle or not: "walk [out of]", "call [in Berlin]".
    """
    base = lemma(token)
    beside = [] if any(c.dep_ == "prt" for c in token.rights) else list(token.rights)
    yield from (f"{base} {c.lower_}" for c in beside if c.pos_ == "ADV" or c.dep_ in ("advmod", "npadvmod"))
    yield base
    yield from (f"{base} {c.lower_}" for c in beside if c.dep_ == "prep")


def verb(token: "Token") -> Predicate:
    """The predicate of a verb, or of the phrasal verb that it is part of."""
    slots = verb_slots(token)
    for slot, arguments in list(_lent(token, slots)):
        slots.setdefault(slot, arguments)
    if token.dep_ == "xcomp" and token.head.lemma_ == "be":  # "to which Iran is [to be admitted]"
        for slot, arguments in prepositions(token.head):
            slots.setdefault(slot, arguments)
    if is_passive(token) and not slots["subject"]:  # "was awarded the Order [of Friendship by X]"
        slots["subject"] = [p for p in _agents(token) if p.head.i > token.i]
    named = [t for t in slots["subject"] if t.pos_ == "PROPN" and is_passive(token)]
    for agent in named:  # "imposed by the African Union [on Mali]"
        for slot, arguments in prepositions(agent):
            if slot != "of":
                slots.setdefault(slot, arguments)
    return Predicate(token, "verb", lemma(token), _frozen(slots), token)


def verb_with_object(predicate: Predicate, noun: "Token") -> Predicate:
    """The same verb with the slots of its object noun joined in: "cut [their ties with Qatar]"."""
    slots = {slot: list(tokens) for slot, tokens in predicate.slots.items()}
    named = [slots for c in noun.children if c.dep_ == "appos" for slots in prepositions(c)]
    for slot, tokens in (*noun_slots(noun).items(), *named):  # "called home its envoys, X [from Paris]"
        slots.setdefault(slot, []).extend(t for t in tokens if t not in slots.get(slot, []))
    slots["itself"] = [noun]
    slots["objectOwner"] = owners_of(about(slots))
    return replace(predicate, slots=_frozen(slots))


def noun(token: "Token", light_verbs: frozenset[str]) -> Predicate:
    """The predicate of a noun: its own modifiers, and what its verb lends it."""
    slots = noun_slots(token)
    if agents := _agents(token):
        slots.setdefault("by", agents)
    clause, carrier = _clause(token), _carrier(token, light_verbs)
    if carrier is not None:
        clause = carrier
        for slot, tokens in verb_slots(carrier).items():
            if slot == "subject" and "between" in slots:
                continue  # who arranges "talks between X and Y" has no part in them
            if token not in tokens and token.head not in tokens:
                slots.setdefault(slot, tokens)
    elif token.dep_ == "dobj":
        for slot, arguments in prepositions(token.head):
            if arguments[0].i > token.i:
                slots.setdefault(slot, arguments)
    elif _one_of(token).dep_ in _NAMES_STATE:
        described = [t for t in _described(_one_of(token)) if t.lower_ not in ("it", "this", "that", "there")]
        if described:
            slots.setdefault("subject", described)
        for slot, arguments in prepositions(token.head) if token.dep_ == "attr" else ():
            slots.setdefault(slot, arguments)
    elif token.dep_ == "pobj" and (token.head.lower_ in _LENDING or token.head.head.lower_ == "out"):
        _borrow_subject(token, slots)
    if undergoers := _under(token):  # "X remains under American SANCTIONS"
        slots.pop("subject", None)
        slots["object"] = undergoers
    for inner in [t for tokens in slots.values() for t in tokens if t.head.head == token and t.tag_ in ("NN", "NNS")]:
        for slot, arguments in prepositions(inner):  # "the establishment of relations [with Chad]"
            slots.setdefault(slot, arguments)
    slots["objectOwner"] = owners_of(about(slots))
    beside = [c for c in token.rights if c.dep_ == "appos"] or ([token.head] if _labels(token) else [])
    beside += [p for c in token.rights if _exemplifies(c) for p in c.children if p.dep_ == "pobj"]
    if token.dep_ == "nsubj" and token.head.lemma_ in _LISTING:  # "recipients include X"
        beside += [c for c in token.head.children if c.dep_ in ("dobj", "attr")]
    if token.dep_ in _SUBJECTS:  # two subjects: "[X], the partnership between Y and Z, was announced"
        beside += [
            c for c in token.head.children if c.dep_ == token.dep_ and c.i < token.left_edge.i and c.pos_ == "PROPN"
        ]
    if beside:  # "its ally AZERBAIJAN", "NATO member SPAIN"
        slots.setdefault("subject", beside)
    return Predicate(token, "noun", token.lemma_.lower(), _frozen(slots), clause)


def _under(token: "Token") -> list["Token"]:
    """Who is "under" what a noun says, where a verb without an object or the noun before says so."""
    if token.dep_ != "pobj" or token.head.lower_ != "under":
        return []
    head = token.head.head
    if head.pos_ in ("VERB", "AUX"):
        return [] if any(c.dep_ == "dobj" for c in head.children) else subjects(head)
    return [head] if head.pos_ in ("NOUN", "PROPN") else []


def measured(token: "Token") -> tuple["Token", ...]:
    """What "of" adds to a noun: the thing itself where that is a noun of measure ("a new round of SANCTIONS")."""
    return tuple(t for slot, arguments in prepositions(token) if slot == "of" for t in arguments)


def stands_for_noun(token: "Token") -> bool:
    """Whether a word stands for the event noun before it: "ONE made to Rome by her", "THAT of Nasser in 1955"."""
    told = any((c.dep_ == "acl" and c.tag_ == "VBN") or c.lower_ in ("by", "of") for c in token.rights)
    return told and token.lower_ in ("one", "that", "another", "first") and token.dep_ not in ("det", "amod", "nummod")


def phrase(token: "Token") -> frozenset[str]:
    """Lemmas of the token's phrase, without other clauses."""
    words, queue = set(), [token]
    if token.dep_ == "attr":  # "a member" in "ceased to be a member"
        words |= (
            {lemma(token.head), lemma(token.head.head)} if token.head.dep_ in ("xcomp", "acl") else {lemma(token.head)}
        )
    while queue:
        current = queue.pop()
        words.add(current.lemma_.lower())
        queue += [
            c for c in current.children if c.dep_ not in ("relcl", "ccomp", "advcl", "conj", "parataxis", "csubj")
        ]
    return frozenset(words)


def within(predicate: Predicate) -> list["Token"]:
    """Nationalities and owners inside the phrases of what is done, outside other clauses."""
    found: list[Token] = []
    queue = [t for slot, tokens in predicate.slots.items() if slot != "subject" for t in tokens if t.pos_ == "NOUN"]
    seen = set()
    while queue:
        noun = queue.pop(0)
        if noun.i in seen:
            continue
        seen.add(noun.i)
        found += [c for c in noun.lefts if c.dep_ == "poss" or c.pos_ in ("PROPN", "ADJ")]
        queue += [t for _, arguments in prepositions(noun) for t in arguments if t.pos_ == "NOUN"]
    return found


def speakers(predicate: Predicate, speech: frozenset[str]) -> list["Token"]:
    """Who says what is predicated: the subject of the verb of saying that governs its clause, or stands beside it."""
    for clause in (predicate.token, *predicate.token.ancestors):
        if clause.dep_ == "ccomp" and lemma(clause.head) in speech:
            return subjects(clause.head)
        if clause.dep_ == "ROOT":
            beside = (c for c in clause.children if c.dep_ == "parataxis" and lemma(c) in speech)
            return next((subjects(c) for c in beside), [])
        if clause.dep_ not in ("attr", "acomp", "conj") and clause.pos_ not in ("VERB", "AUX"):
            return []
    return []


def adjective(token: "Token") -> Predicate:
    """The predicate of an adjective after "be": "is allied with"."""
    slots: dict[str, list[Token]] = defaultdict(list)
    for slot, arguments in prepositions(token):
        slots[slot] += arguments
    for particle in (t for t in token.children if t.dep_ == "prep"):
        slots.setdefault(particle.lower_, [t for t in particle.children if t.dep_ == "pobj"])
    slots["objectOwner"] = owners_of(about(slots))
    if token.dep_ in ("acomp", "oprd", "ROOT", "conj", "advcl"):
        own = [antecedent(c) for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
        slots["subject"] += own or subjects(token.head)
    elif token.dep_ in ("amod", "acl", "relcl"):
        slots["subject"].append(token.head)
    slots["subjectOwner"] = owners_of(slots["subject"])
    return Predicate(token, "adjective", token.lower_, _frozen(slots), token if token.dep_ == "ROOT" else token.head)


def _lent(token: "Token", slots: Mapping[str, list["Token"]]) -> Iterator[tuple[str, list["Token"]]]:
    """What nouns below the verb lend it: "spoke [by telephone with X]", "presented [the medal to Y]".

    Where somebody goes is not whom the verb is about: "met X [on a visit to Y]".
    """
    for slot, tokens in slots.items():
        bearing = ("NOUN", "PROPN") if slot == "object" else ("NOUN",)  # "conferred [the Grand Cross upon X]"
        for noun in (t for t in tokens if t.pos_ in bearing and slot not in ("subject", "objectOwner")):
            for name, arguments in prepositions(noun):
                if slot in ("object", "by") or (name != "to" and noun.i > token.i):
                    yield name, arguments
            if slot == "object":
                yield from _nested(noun)


def _nested(noun: "Token") -> Iterator[tuple[str, list["Token"]]]:
    """What stands deeper in the phrase of an object: "a memorandum of understanding [with X]", "aid worth much [to X]"."""
    for inner in (*(t for _, arguments in prepositions(noun) for t in arguments), *noun.rights):
        if inner.pos_ == "NOUN" or (inner.pos_ == "ADJ" and inner.head == noun):
            for name, arguments in prepositions(inner):
                looking_on = any(c.dep_ == "acl" and c.tag_ == "VBG" for t in arguments for c in t.rights)
                if name in _REACHING and not looking_on:  # "a pact on the border with X [looking on]"
                    yield name, arguments
            yield from _nested(inner)


def _agents(token: "Token") -> list["Token"]:
    """Whoever follows "by" below the verb, outside other clauses: where the parser hung the agent on a noun."""
    found, queue = [], [c for c in token.children if c.i > token.i]
    while queue:
        current = queue.pop(0)
        if current.lower_ == "by" and current.dep_ in ("prep", "agent"):
            found += [c for c in current.children if c.dep_ == "pobj"]
        elif current.dep_ in ("dobj", "oprd", "prep", "pobj", "appos"):
            queue += list(current.children)
    return found[:1]


def _frozen(slots: Mapping[str, list["Token"]]) -> dict[str, tuple["Token", ...]]:
    return {slot: tuple(tokens) for slot, tokens in slots.items() if tokens}


def _borrow_subject(token: "Token", slots: dict[str, list["Token"]]) -> None:
    if "possessor" in slots or "by" in slots or "between" in slots:
        return
    head = token.head.head
    while head.pos_ in ("ADP", "ADJ") and head.dep_ in ("prep", "advcl"):  # "out [of talks]", "fresh [from a visit]"
        head = head.head
    undergone = ("dobj", "nsubjpass") if token.head.lower_ == "among" else ("dobj",)
    hosted = [antecedent(c) for c in head.children if c.dep_ in undergone and token.head.lower_ in ("for", "among")]
    if head.pos_ in ("VERB", "AUX"):  # "hosted HIM for a visit", "counts IT among its allies"; "met him on HER visit"
        slots["subject"] = hosted or subjects(head)
    elif head.pos_ in ("NOUN", "PROPN"):
        above = head
        while above.dep_ in ("pobj", "dobj", "prep"):
            above = above.head
        slots["subject"] = [
            head,
            *(subjects(above) if above.pos_ == "VERB" and head.pos_ == "NOUN" and token.head.lower_ == "at" else ()),
        ]


def _exemplifies(preposition: "Token") -> bool:
    """Whether examples follow: "members SUCH AS X", "allies INCLUDING X"."""
    return preposition.lower_ == "including" or (
        preposition.lower_ == "as" and any(c.lower_ == "such" for c in preposition.children)
    )


def _labels(token: "Token") -> bool:
    """Whether a noun stands before the name that it describes: "NATO member Spain"."""
    return token.dep_ in ("compound", "nmod") and token.pos_ == "NOUN" and token.head.pos_ == "PROPN"


def _carrier(token: "Token", light_verbs: frozenset[str]) -> "Token | None":
    """The light verb whose object or subject the noun is: "HELD talks", "talks BEGAN"."""
    top = token
    while top.dep_ == "conj":
        top = top.head
    if top.dep_ in ("dobj", "nsubjpass", "nsubj", "attr") and lemma(top.head) in light_verbs:
        return top.head
    if top.dep_ == "pobj" and top.head.dep_ == "prep" and lemma(top.head.head) in light_verbs:
        return top.head.head
    return None


def _one_of(token: "Token") -> "Token":
    """ "X is ONE of Y's allies", "the SMALLEST of the members": what stands for one of a noun; any other noun itself."""
    top = token.head.head
    counted = token.dep_ == "pobj" and token.head.lower_ == "of" and (top.lower_ == "one" or top.tag_ == "JJS")
    return top if counted else token


def _described(token: "Token") -> list["Token"]:
    """What "the ally" is said of: the subject of "is", the object of "called", the head of an apposition."""
    head = token.head
    if token.dep_ == "appos":
        return [head]
    found = [antecedent(c) for c in head.children if c.dep_ == "dobj"] if token.dep_ == "oprd" else []
    return found or [antecedent(c) for c in head.children if c.dep_ == "nsubjpass"] or subjects(head)


def _clause(token: "Token") -> "Token":
    if token.dep_ == "appos":  # what is said beside a clause has not its time
        return token
    return next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token.sent.root)
