"""Public offices in the text: the bare title, whose office it is, and who is named with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dipgraph.language.mentions import PERSON, Mention, by_token
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 6
_DEPARTMENT = ("of", "for")


@dataclass(frozen=True)
class Title:
    """A title at tokens `[start, end)`: tokens of its polity, of each preposition after it, and of the persons named with it."""

    start: int
    end: int
    head: int
    office: str
    polity: tuple[int, ...]
    slots: Mapping[str, tuple[int, ...]]
    holders: tuple[int, ...]
    plural: bool
    begin: int
    """Where its phrase begins: "the former Indian prime minister" begins at "the"."""


def find(doc: "Doc", mentions: Sequence[Mention], offices: Mapping[str, str], ontology: Ontology) -> tuple[Title, ...]:
    """All titles of a document, in order."""
    at = by_token(mentions)
    covered = {i for m in mentions if not m.entity.generic for i in range(m.start, m.end)}
    begins = frozenset(title.split()[0] for title in offices)
    found, position = [], 0
    while position < len(doc):
        begun = not begins.isdisjoint((doc[position].lower_, doc[position].lemma_.lower()))
        match = _match(doc, position, offices, covered) if begun else None
        if match is None:
            position += 1
            continue
        end, office = match
        title = _title(doc, position, end, office, at, ontology)
        found.append(title)
        position = title.end
    return tuple(found)


def _match(doc: "Doc", start: int, offices: Mapping[str, str], covered: set[int]) -> tuple[int, str] | None:
    for end in range(min(len(doc), start + _LONGEST), start, -1):
        if any(i in covered for i in range(start, end)):
            continue
        words = [token.lower_ for token in doc[start:end]]
        singular = [*words[:-1], doc[end - 1].lemma_.lower()]
        for candidate in (words, singular, [doc[start].lemma_.lower(), *words[1:]]):
            title = offices.get(" ".join(candidate))
            if title and doc[end - 1].pos_ in ("NOUN", "PROPN", "ADJ"):
                return end, title
    return None


def _title(doc: "Doc", start: int, end: int, office: str, at: Mapping[int, Mention], ontology: Ontology) -> Title:
    if end + 1 < len(doc) and (department := _department(doc, end, at)):
        office, end = f"{' '.join(t.lower_ for t in doc[start:end])} {department[1]}", department[0]
    else:
        start, office = _with_compounds(doc, start, office, at)
    head = doc[start:end].root
    polity, begin = _owner(doc, start, at)
    slots, after = _prepositions(doc, end, at)
    holders = _holders(doc, begin, end, after, at, ontology)
    tag = doc[end - 1].tag_
    return Title(start, end, head.i, office, polity, slots, holders, tag in ("NNS", "NNPS"), begin)


def _department(doc: "Doc", end: int, at: Mapping[int, Mention]) -> tuple[int, str] | None:
    """ "minister of trade and industry": what follows names a portfolio, not a state or body."""
    if doc[end].lower_ not in _DEPARTMENT or doc[end - 1].tag_ in ("NNS", "NNPS"):
        return None
    stop = end + 1
    while stop < len(doc) and doc[stop].pos_ in ("NOUN", "PROPN", "ADJ", "CCONJ") and stop not in at:
        stop += 1
    while stop > end + 1 and doc[stop - 1].pos_ in ("CCONJ", "ADJ"):
        stop -= 1
    words = doc[end + 1 : stop]
    if not len(words) or doc[end - 1].text[0].isupper() != words[0].text[0].isupper():
        return None
    return stop, f"{doc[end].lower_} {' '.join(t.lower_ for t in words)}"


def _with_compounds(doc: "Doc", start: int, office: str, at: Mapping[int, Mention]) -> tuple[int, str]:
    """ "trade minister", "deputy trade minister": a noun before the title belongs to it unless it names someone."""
    while start and start - 1 not in at:
        before = doc[start - 1]
        capital = before.text[0].isupper() == doc[start].text[0].isupper()
        if before.pos_ not in ("NOUN", "PROPN") or before.dep_ != "compound" or not capital:
            break
        start, office = start - 1, f"{before.lower_} {office}"
    return start, office


def _owner(doc: "Doc", start: int, at: Mapping[int, Mention]) -> tuple[tuple[int, ...], int]:
    """Heads of the nationality, body or possessor before the title, and where the whole phrase begins."""
    begin = start
    while (
        begin
        and begin - 1 not in at
        and doc[begin - 1].pos_ in ("ADJ", "ADV", "NUM", "VERB")
        and not doc[begin - 1].is_punct
    ):
        if doc[begin - 1].pos_ in ("ADV", "VERB") and doc[begin - 1].dep_ not in ("advmod", "amod"):
            break
        begin -= 1
    owner: tuple[int, ...] = ()
    before = begin - 1
    if before >= 0 and doc[before].tag_ == "POS":
        before -= 1
    possessed = before != begin - 1
    if before in at and at[before].entity.kind not in (PERSON,) and (possessed or at[before].end == begin):
        owner = _joined(doc, at[before], at)
        begin = min(at[i].start for i in owner)
    elif before in at and possessed:
        owner, begin = (at[before].head,), at[before].start
    elif possessed and before >= 0:
        owner, begin = (before,), doc[before].left_edge.i
    elif before >= 0 and doc[before].tag_ == "PRP$":
        owner, begin = (before,), before
    while (
        begin and doc[begin - 1].pos_ in ("DET", "ADJ", "ADV") and not doc[begin - 1].is_punct and begin - 1 not in at
    ):
        begin -= 1
    return owner, begin


def _joined(doc: "Doc", mention: Mention, at: Mapping[int, Mention]) -> tuple[int, ...]:
    """ "the Indian and Japanese prime ministers": owners joined by "and" right before the title."""
    heads, first = [mention.head], mention
    while first.start > 1 and doc[first.start - 1].lower_ == "and" and first.start - 2 in at:
        first = at[first.start - 2]
        if first.demonym != mention.demonym or not mention.demonym:
            break
        heads.append(first.head)
    return tuple(reversed(heads))


def _prepositions(doc: "Doc", end: int, at: Mapping[int, Mention]) -> tuple[dict[str, tuple[int, ...]], int]:
    """Mentions in prepositional phrases right after the title: "of France", "in Kyiv", "to the United Nations"."""
    slots: dict[str, tuple[int, ...]] = {}
    position = end
    while position + 1 < len(doc) and doc[position].pos_ in ("ADP", "PART") and doc[position].lower_ not in slots:
        inside = position + 1
        while inside < len(doc) and inside not in at and doc[inside].pos_ in ("DET", "ADJ"):
            inside += 1
        if inside not in at or at[inside].entity.kind == PERSON:
            break
        mention = at[inside]
        slots[doc[position].lower_] = tuple(i for i in (mention.head, *_conjuncts(doc[mention.head])) if i in at)
        position = max(mention.end, max((at[i].end for i in slots[doc[position].lower_]), default=0))
        if position < len(doc) and doc[position].tag_ == "POS":
            break
    return slots, position


def _conjuncts(token: "Token") -> list[int]:
    return [t.i for t in token.conjuncts if t.i > token.i]


def _holders(
    doc: "Doc", begin: int, end: int, after: int, at: Mapping[int, Mention], ontology: Ontology
) -> tuple[int, ...]:
    """Persons named with the title: after it ("President X"), in apposition either way, in brackets, or as subject of "be"."""
    follower = _person_from(doc, end, at, ontology)
    if follower is not None:
        return tuple(_list_of(doc, follower, at, doc[end - 1].tag_ in ("NNS", "NNPS")))
    if after < len(doc) and doc[after].text in (",", "(", "-"):
        follower = _person_from(doc, after + 1, at, ontology)
        if follower is not None and (doc[after].text == "(" or _closes(doc, at[follower].end)):
            return tuple(_list_of(doc, follower, at, doc[end - 1].tag_ in ("NNS", "NNPS")))
    plural = doc[end - 1].tag_ in ("NNS", "NNPS")
    before = begin - 2 if begin >= 2 and doc[begin - 1].text in (",", "(", "-", "--") else -1
    if before in at and at[before].entity.kind == PERSON and _ends(doc, after):
        head = doc[at[before].head]
        joined = [t.i for t in head.conjuncts if t.i in at] if plural else []
        return tuple(sorted({head.i, *joined})) if joined or not plural else ()
    head = doc[begin:end].root
    if head.dep_ in ("attr", "appos") and head.head.i in at and at[head.head.i].entity.kind == PERSON:
        return (head.head.i,)
    if head.dep_ == "attr" and head.head.lemma_ in ("be", "remain"):
        return tuple(t.i for t in head.head.lefts if t.dep_ == "nsubj")
    return ()


def _person_from(doc: "Doc", position: int, at: Mapping[int, Mention], ontology: Ontology) -> int | None:
    """The head of a person's name that begins here, after honorifics."""
    honorifics = ontology.classes[PERSON].name_words
    while (
        position < len(doc)
        and position not in at
        and (doc[position].text.rstrip(".") in honorifics or doc[position].lower_ in (".", "the", "one"))
    ):
        position += 1
    mention = at.get(position)
    return mention.head if mention is not None and mention.entity.kind == PERSON else None


def _list_of(doc: "Doc", first: int, at: Mapping[int, Mention], plural: bool) -> Iterator[int]:
    yield first
    position = at[first].end
    while plural and position + 1 < len(doc) and doc[position].text in ("and", ",") and position + 1 in at:
        if at[position + 1].entity.kind != PERSON:
            return
        yield at[position + 1].head
        position = at[position + 1].end


def _ends(doc: "Doc", position: int) -> bool:
    """Whether a title after a name ends its phrase here: not "X, the president's friend", not "X, diplomats said"."""
    return position >= len(doc) or not (doc[position].tag_ == "POS" or doc[position].pos_ in ("VERB", "AUX", "NOUN"))


def _closes(doc: "Doc", position: int) -> bool:
    """Whether an apposition ends here: "Colombia's minister, X, said" but not "by order of the minister, X was named"."""
    return (
        position >= len(doc)
        or doc[position].text in (",", ".", ";", ")", "-", ":")
        or doc[position].is_space
        or doc[position].pos_ == "CCONJ"
    )
