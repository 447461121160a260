"""What is joined in a phrase: conjuncts, examples, without what is named only to be told apart."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dipgraph.language.parse import is_contrast

if TYPE_CHECKING:
    from spacy.tokens import Token

_EXAMPLES = ("including", "like", "as")


def members(token: "Token", until: int) -> Iterator["Token"]:
    """A phrase, its examples ("rivals such as X") and those joined to it; of a number, the examples: "16 men, including X"."""
    counted = token.tag_ in ("NNS", "NNPS") and any(c.dep_ == "nummod" for c in token.lefts)
    named = [p for c in token.rights if c.lower_ in _EXAMPLES for p in c.children if p.dep_ == "pobj"]
    for part in named if counted and named else (token, *named):
        parts = (part, *(t for t in _partners(part) if part.i < t.i < until))
        yield from (t for t in parts if not _is_left_out(t))


def _partners(token: "Token") -> list["Token"]:
    """What is joined to a phrase; what only a comma adds to "the Order of Merit, First Class" says more of the same."""
    definite = any(c.dep_ == "det" for c in token.lefts)
    others = (*token.conjuncts, *(t for name in _named(token) for t in _joined(token, name)))
    said_more = definite and len(others) == 1 and not any(c.dep_ == "cc" for t in (token, *others) for c in t.children)
    return [] if said_more else list(others)


def _named(token: "Token") -> list["Token"]:
    """The name right after a title, on which the parser hangs what is joined to both: "President [X] and his counterpart"."""
    return [c for c in token.rights if c.dep_ == "appos" and c.pos_ == "PROPN" and c.left_edge.i == token.i + 1]


def _joined(token: "Token", name: "Token") -> list["Token"]:
    """What a name is joined to; after "and", also what the parser takes for one more name of the same title."""
    more = [c for c in token.rights if c.dep_ == "appos" and c.i > name.i and any(t.dep_ == "cc" for t in name.rights)]
    return [*name.conjuncts, *more]


def _is_left_out(token: "Token") -> bool:
    """ "NOT RUSSIA but China": named only to be told apart."""
    first = token.left_edge if token.left_edge.lower_ != "not" else token.left_edge.nbor()
    before = token.doc[max(first.i - 1, 0)]
    return is_contrast(before) and first.lower_ not in ("only", "just", "merely", "least")
