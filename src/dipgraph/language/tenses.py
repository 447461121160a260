"""Tense, read off the finite verb of a clause: what goes on with a story, what is now."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def finite(verb: "Token") -> "Token":
    """The word of a clause that carries its tense: the first auxiliary, else the verb itself."""
    return next((c for c in verb.lefts if c.dep_ in ("aux", "auxpass")), verb)


def is_story(verb: "Token") -> bool:
    """Simple past, active or passive: not "has met", "had met", "would meet"."""
    first = finite(verb)
    if first.tag_ != "VBD":
        return False
    return first == verb or first.lemma_ in ("be", "do")


def is_present(verb: "Token") -> bool:
    """Simple present, active or passive: "meets", "is conferred"; not "has met", "is meeting"."""
    first = finite(verb)
    return first.tag_ in ("VBZ", "VBP") and (first == verb or first.dep_ == "auxpass")


def is_perfect(verb: "Token") -> bool:
    """What lies before the time of the story: "has met", "had met", "having met"."""
    return any(c.lemma_ == "have" for c in verb.lefts if c.dep_ == "aux")
