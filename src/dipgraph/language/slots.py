"""A word's arguments by grammatical slot: subject, object, each preposition, owners."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dipgraph.language.subjects import (
    antecedent,
    is_cut_off,
    is_passive,
    is_relative,
    misread_relative,
    stranded,
    subjects,
    surface_subjects,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_SYNONYMS = {
    "upon": "on",
    "onto": "on",
    "towards": "toward",
    "amongst": "among",
    "alongside": "with",
    "via": "through",
    "out": "from",
}
_ABOUT = ("at", "against", "over", "about", "to", "with", "of")


def verb_slots(token: "Token") -> dict[str, list["Token"]]:
    """The arguments of a verb, with its voice undone."""
    slots: dict[str, list[Token]] = defaultdict(list)
    slots["subject"] = subjects(token)
    objects = [antecedent(c) for c in token.children if c.dep_ == "dobj"]
    objects = objects or [c for c in token.rights if c.dep_ == "appos"]
    if not objects:  # an object misread as apposition: "gave [Modi] [the Order]", "signed with X [a treaty]"
        others = [c for c in token.children if c.dep_ == "dative"]
        others += [p for c in token.rights if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
        others = [c for c in others if c.dep_ == "dative" or not is_passive(token)]
        objects = [a for c in others for a in c.children if a.dep_ == "appos"]
    objects += _hidden_objects(token)
    after_particle = [p for c in token.children if c.dep_ == "prt" for p in c.children if p.dep_ == "pobj"]
    objects += [p for p in after_particle if p.ent_type_ != "DATE"]  # not "was sworn in [last month]"
    if not objects and not is_passive(token):  # "elected [Vice President Lai] as their leader"
        objects = [c for c in token.rights if c.dep_ == "oprd" and c.pos_ == "PROPN" and c.ent_type_ == "PERSON"]
    if not objects and (noun := misread_relative(token)) is not None:
        objects = [noun]
    undergoers = _undergoers(token)
    slots["indirectObject" if objects else "object"] += undergoers
    slots["object"] += objects
    if (
        is_relative(token)
        and all(o.pos_ == "PRON" for o in objects)  # "the Order that X gave [him]"
        and not is_passive(token)
        and any(c.dep_ in ("nsubj", "csubj") and antecedent(c) == c for c in token.children)
    ):
        bare = not any(c.tag_ in ("WDT", "WP", "WRB") for c in token.subtree)
        slots["object"] += [token.head] if bare else []
    slots["indirectObject"] += [antecedent(c) for c in token.children if c.dep_ == "dative" and c.pos_ != "ADP"]
    slots["complement"] += [c for c in token.children if c.dep_ in ("attr", "oprd", "acomp")]
    slots["complement"] += [a for o in token.rights if o.dep_ == "dobj" for a in o.rights if _follows_bare(a)]
    for clause in (c for c in token.children if c.dep_ in ("xcomp", "ccomp")):
        if clause.pos_ in ("NOUN", "PROPN", "ADJ"):  # "made [X a Knight]", "called [X corrupt]"
            slots["complement"].append(clause)
            slots["object"] += [c for c in clause.children if c.dep_ == "nsubj"]
        elif clause.lemma_ == "be" and any(c.lower_ == "to" for c in clause.lefts):  # "chosen [to be president]"
            slots["complement"] += [c for c in clause.children if c.dep_ == "attr"]
    for part in (token, *(c for c in token.children if c.dep_ == "advmod")):  # "flew [back to X]"
        for slot, arguments in prepositions(part):
            slots[slot] += arguments
    for there in (c for c in token.children if c.dep_ == "advmod" and c.lower_ == "there"):
        for slot in ("in", "to"):
            slots[slot] = slots[slot] or [there]
    slots["objectOwner"] += owners_of(slots["object"] or about(slots))
    slots["subjectOwner"] += owners_of([*slots["subject"], *(undergoers if is_passive(token) else ())])
    given = [c for o in token.children if o.dep_ == "dobj" for c in o.rights if c.dep_ == "acl"]  # "a day [to leave X]"
    slots["occasionSlot"] += _purposes((*token.children, *given))
    return slots


def _undergoers(token: "Token") -> list["Token"]:
    """To whom a passive verb is done, wherever the sentence puts them."""
    own = [antecedent(c) for c in token.children if c.dep_ in ("nsubjpass", "csubjpass")]
    if own:
        return [*stranded(token, own[0]), *own]
    if not is_passive(token):
        return []
    if token.dep_ == "relcl":
        return [token.head]
    if is_cut_off(token):
        return [c for c in token.children if c.dep_ == "nsubj"]
    if token.dep_ in ("acl", "amod"):
        return [antecedent(token.head)]
    if token.dep_ in ("conj", "advcl"):
        return surface_subjects(token.head, 0)
    if token.dep_ == "xcomp" and token.head.pos_ in ("VERB", "AUX"):  # "is expected [to be admitted]"
        return surface_subjects(token.head, 0)
    if token.dep_ == "xcomp" and token.head.dep_ == "acomp":  # "is due [to be admitted]"
        return surface_subjects(token.head.head, 0)
    return []


def _purposes(clauses: Iterable["Token"]) -> list["Token"]:
    """What clauses of purpose are about: "to attend THE PARADE", "to speak AT THE FORUM"."""
    found: list[Token] = []
    for clause in clauses:
        if clause.dep_ in ("xcomp", "advcl", "acl") and any(a.lower_ == "to" for a in clause.lefts):
            found += [c for c in clause.children if c.dep_ == "dobj"]
            found += [p for c in clause.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
    return found


def _hidden_objects(token: "Token") -> list["Token"]:
    """A person misread as part of the second object: "elected [Ulf Kristersson prime minister]"."""
    described = [c for c in token.children if c.dep_ in ("dobj", "oprd", "attr", "npadvmod") and c.tag_ == "NN"]
    latin = [
        c for c in token.rights if c.dep_ in ("dobj", "ccomp") and c.pos_ == "PROPN"
    ]  # "[the envoy persona non grata]"
    mixed = [c for d in latin for c in d.lefts if c.dep_ == "compound" and c.pos_ == "NOUN" and any(c.lefts)]
    return mixed + [
        c
        for d in described
        for owned in (d, *(p for p in d.lefts if p.dep_ == "poss"))  # "gave [Merkel Germany's highest order]"
        for c in owned.lefts
        if c.dep_ in ("compound", "nmod", "amod") and c.pos_ == "PROPN" and c.ent_type_ == "PERSON"
    ]


def _follows_bare(token: "Token") -> bool:
    """Whether an apposition follows without a comma, and so says what the object becomes: "made [X] [a Knight]"."""
    return token.dep_ == "appos" and not token.doc[token.left_edge.i - 1].is_punct and token.left_edge.dep_ == "det"


def about(slots: Mapping[str, Sequence["Token"]]) -> list["Token"]:
    """What follows the prepositions that say what something is about."""
    return [t for slot in _ABOUT for t in slots.get(slot, ())]


def owners_of(things: Iterable["Token"]) -> list["Token"]:
    """Whose these things and those joined to them are."""
    return [owner for thing in things for noun in (thing, *thing.conjuncts) for owner in _owners(noun)]


def _owners(noun: "Token") -> list["Token"]:
    """Whose a thing is, or who does it: "RUSSIA'S attack", "the AMERICAN embargo", "the raid BY Ecuador"."""
    before = [antecedent(c) for c in noun.lefts if c.dep_ in ("poss", "amod", "compound", "nmod")]
    return before + [p for c in noun.rights if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]


def prepositions(token: "Token") -> Iterator[tuple[str, list["Token"]]]:
    """Each preposition below a word, by the name of its slot, with what follows it."""
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent") and child.pos_ in ("ADP", "SCONJ", "PART", "ADV", "VERB"):
            arguments = [antecedent(p) for p in child.children if p.dep_ in ("pobj", "pcomp") and p.pos_ != "VERB"]
            arguments = arguments or [p for p in child.rights if p.dep_ == "amod"]  # "as [Governor-General]"
            for inner in (p for p in child.children if p.dep_ == "prep"):  # "out of", "from within"
                arguments += [p for p in inner.children if p.dep_ == "pobj"]
            name = _SYNONYMS.get(child.lower_, child.lower_)
            if arguments and child.dep_ != "agent":
                yield name, arguments


def noun_slots(token: "Token") -> dict[str, list["Token"]]:
    """The modifiers of a noun and of what belongs to it."""
    slots: dict[str, list[Token]] = defaultdict(list)
    for child in token.children:
        if child.dep_ == "poss":
            slots["possessor"].append(antecedent(child))
        elif child.dep_ in ("amod", "compound", "nmod") and child.i < token.i:
            slots["modifier"].append(child)
    for slot, arguments in prepositions(token):
        slots[slot] += arguments
    for time in (c for c in token.rights if c.dep_ == "npadvmod"):  # "the visit this month [of X]"
        for slot, arguments in prepositions(time):
            slots[slot] += arguments
    within_sum = slots.get("in", ()) if token.pos_ == "NUM" else ()  # "100 million in aid [to X]"
    for inner in (
        t for t in (*slots.get("of", ()), *within_sum) if t.pos_ == "NOUN"
    ):  # "a telegram of congratulation [from X]"
        for slot, arguments in prepositions(inner):
            slots[slot] += arguments
    for person in (t for t in slots.get("of", ()) if t.ent_type_ == "PERSON"):  # "the funeral of X [in Oslo]"
        slots["in"] += [t for slot, arguments in prepositions(person) if slot == "in" for t in arguments]
    for venue in (t for t in slots.get("at", ()) if t.pos_ == "NOUN"):  # "a guest at the funeral [in X]"
        slots["in"] += [t for slot, arguments in prepositions(venue) if slot == "in" for t in arguments]
    slots["occasionSlot"] += _purposes(c for c in token.children if c.dep_ == "acl")
    for clause in (c for c in token.children if c.dep_ == "acl" and c.tag_ == "VBN"):
        for slot, arguments in prepositions(clause):
            slots[slot] += arguments
        for agent in (p for c in clause.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"):
            slots["by"].append(agent)
    if token.dep_ == "conj" and not slots.get("possessor"):
        slots["possessor"] += [c for c in token.head.children if c.dep_ == "poss"]
    return slots
