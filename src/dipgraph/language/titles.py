"""Words that are titles of public offices: where they stand in the text, and which office they mean."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 11
_PLURAL = ("NNS", "NNPS")


@dataclass(frozen=True)
class Title:
    """Tokens `[start, end)` that are a title, and the bare title of each office that they name."""

    start: int
    end: int
    offices: tuple[str, ...]
    plural: bool


def spot(doc: "Doc", offices: Mapping[str, str], covered: Container[int]) -> Iterator[Title]:
    """The titles of a document in order, outside the tokens that belong to names; the longest title wins."""
    begins = frozenset(title.split()[0] for title in offices)
    position = 0
    while position < len(doc):
        token = doc[position]
        word = token.lower_
        begun = word in begins or word.rstrip("s") in begins or token.lemma_.lower() in begins
        title = _at(doc, position, offices, covered) if begun else None
        if title is not None:
            yield title
        position = title.end if title else position + 1


def _at(doc: "Doc", start: int, offices: Mapping[str, str], covered: Container[int]) -> Title | None:
    for end in range(min(len(doc), start + _LONGEST), start, -1):
        if any(i in covered for i in range(start, end)) or doc[end - 1].pos_ not in ("NOUN", "PROPN", "ADJ"):
            continue
        words, first, last = doc[start:end].text.lower(), doc[start], doc[end - 1]
        singular = words.removesuffix(last.lower_) + last.lemma_.lower()
        several = words not in offices  # "ministers"; "minister of foreign affairs" is one
        for candidate in (
            words,
            singular,
            first.lemma_.lower() + words.removeprefix(first.lower_),
            words.removesuffix("s"),
            first.lower_.removesuffix("s") + words.removeprefix(first.lower_),
        ):
            if office := offices.get(candidate):
                return Title(start, end, (office,), several)
    return _elliptic(doc, start, offices, covered)


def _elliptic(doc: "Doc", start: int, offices: Mapping[str, str], covered: Container[int]) -> Title | None:
    """ "foreign and defence ministers": two titles that share their last word."""
    end = start + 4
    if end > len(doc) or doc[start + 1].lower_ != "and" or any(i in covered for i in range(start, end)):
        return None
    head = doc[end - 1].lemma_.lower()
    joint = [offices.get(f"{doc[i].lower_} {head}", "") for i in (start, start + 2)]
    return Title(start, end, tuple(joint), doc[end - 1].tag_ in _PLURAL) if all(joint) else None
