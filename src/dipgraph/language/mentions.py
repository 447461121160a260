"""Spans of a document that name entities: gazetteer names, named entities of the model, names and nouns of the ontology."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dipgraph.language.names import OFFICE, ORGANIZATION, PERSON, PLACE, STATE, Names, longest, mint
from dipgraph.language.titles import Title, spot
from dipgraph.model import Entity
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LINKS = frozenset({"of", "the", "for", "and", "on", "de", "del", "la", "al", "bin", "&"})

_WITH_ARTICLE = re.compile(r"(?:[Aa]l|[Ee]l|a[dnrstz]|as[hs]|ul)-[A-Z]").match
_PARTICLES = ("bin", "ibn", "al", "el", "de", "da", "van", "von", "der", "dos", "du", "ter")


@dataclass(frozen=True)
class Mention:
    """Tokens `[start, end)` that name one entity; `candidates`, best first, where the name alone does not settle which."""

    start: int
    end: int
    head: int
    candidates: tuple[Entity, ...]
    demonym: bool = False

    @property
    def entity(self) -> Entity:
        """The likeliest candidate."""
        return self.candidates[0]


def find(doc: "Doc", text: str, names: Names, ontology: Ontology) -> tuple[Mention, ...]:
    """The mentions of a document, in order; where two overlap, the known name wins, then the longer one."""
    known = dict.fromkeys(_known(doc, names))
    covered = {i for m in known for i in range(m.start, m.end)}
    titled = {i: t for t in spot(doc, names.titles, covered) for i in range(t.start, t.end)}
    fresh = [
        *_addressed(doc, text, ontology, titled),
        *(m for m in _named(doc, text, ontology, titled) if not _is_titled(m, titled)),
        *_entities(doc, text, names, ontology, titled),
    ]
    fresh = [mention for mention in fresh if not _describes(doc, mention, known, ontology)]
    owner: dict[int, Mention] = {}
    for mention in sorted(known, key=lambda m: (m.start - m.end, m.start)) + sorted(
        fresh, key=lambda m: m.start - m.end
    ):
        tokens = set(range(mention.start, mention.end))
        swallowed = {owner[i] for i in tokens if i in owner}
        if not swallowed or (mention not in known and _outweighs(mention, swallowed, ontology)):
            owner = {i: m for i, m in owner.items() if m not in swallowed} if swallowed else owner
            owner |= dict.fromkeys(tokens, mention)
    chosen = list(dict.fromkeys(owner.values()))
    chosen += _family_names(doc, text, ontology, chosen, set(owner))
    named = _as_single_tokens(doc, sorted(chosen, key=lambda m: m.start))
    named = _apposed_to_titles(doc, named, names, ontology)
    taken = {m.start for m in named}
    return tuple(sorted([*named, *_nominals(doc, text, ontology, taken)], key=lambda m: m.start))


def _is_titled(mention: Mention, titled: Mapping[int, Title]) -> bool:
    """Whether it is a title or begins with one of several words: "Supreme Allied Commander Europe" is no honour."""
    title = titled.get(mention.start)
    whole = all(i in titled for i in range(mention.start, mention.end))
    begun = title is not None and title.end - title.start > 1 and title.end <= mention.end
    return whole or (begun and mention.entity.kind != ORGANIZATION)


def _apposed_to_titles(doc: "Doc", mentions: Sequence[Mention], names: Names, ontology: Ontology) -> list[Mention]:
    """ "The mayor of the capital, Altai Kulginov": a new name beside a title is a person's, whatever the model takes it for."""
    wrong = [
        m
        for m in mentions
        if m.entity.iri not in names.gazetteer.entities
        and m.entity.kind in (PLACE, ORGANIZATION)
        and doc[m.head].dep_ == "appos"
        and doc[m.head].text.istitle()
        and len(doc[m.head].text.split()) in (2, 3)
    ]
    if not wrong:
        return list(mentions)
    covered = {i for m in mentions for i in range(m.start, m.end)}
    heads = {doc[t.start : t.end].root.i for t in spot(doc, names.titles, covered) if not t.plural}
    persons = {m: _as_person(m, doc, ontology) for m in wrong if doc[m.head].head.i in heads}
    return [persons.get(m, m) for m in mentions]


def _as_person(mention: Mention, doc: "Doc", ontology: Ontology) -> Mention:
    return replace(mention, candidates=(mint(PERSON, mention.entity.label, ontology),))


def by_token(mentions: Iterable[Mention]) -> dict[int, Mention]:
    """The mention at each token; in "the Russian embassy in Paris", a body described, the names inside mean what they name."""
    described = sorted(mentions, key=lambda m: not (m.entity.generic and m.entity.kind == ORGANIZATION))
    return {i: m for m in described for i in range(m.start, m.end)}


def _as_single_tokens(doc: "Doc", mentions: Sequence[Mention]) -> list[Mention]:
    """Each name merged to one token of the parse: what the parser hung inside "Order of the Nile" hangs on the name."""
    spans = [doc[m.start : m.end] for m in mentions]
    characters = [span.start_char for span in spans]
    with doc.retokenize() as retokenizer:
        for span in spans:
            if len(span) > 1:
                retokenizer.merge(span)
    at = {token.idx: token.i for token in doc}
    places = [at[character] for character in characters]
    return [replace(m, start=i, end=i + 1, head=i) for m, i in zip(mentions, places, strict=True)]


def _outweighs(mention: Mention, swallowed: Iterable[Mention], ontology: Ontology) -> bool:
    """A name that contains known ones ("Bank of England") stands, unless it only dresses a person's name."""
    inner = list(swallowed)
    if mention.entity.kind == PERSON:  # "Nasser Sabah al-Ahmad" is not Sabah al-Ahmad
        arabic = any(word.lower() in _PARTICLES or _WITH_ARTICLE(word) for word in mention.entity.label.split())
        places = all(m.entity.kind == PLACE for m in inner)  # "Sabah" is a region, too, and Lund a town
        last = all(m.start > mention.start and m.end == mention.end for m in inner)
        return (arabic and (places or last)) or (places and last)
    return mention.entity.kind not in (STATE, PLACE) and all(
        m.start >= mention.start and m.end <= mention.end and m.end - m.start < mention.end - mention.start
        for m in inner
    )


def _known(doc: "Doc", names: Names) -> Iterator[Mention]:
    reach = 0
    for begin, length, meanings in longest(doc.text, names):
        span = doc.char_span(begin, begin + length) if begin >= reach else None
        if span is not None:
            reach = begin + length
            entities = tuple(entity for entity, _ in meanings)
            start = _after_title(span, names.titles) if entities[0].kind == PERSON else span.start
            end = _article_end(doc, span.end) if entities[0].kind == PERSON and span.end < len(doc) else span.end
            yield Mention(start, end, span.root.i, entities, all(demonym for _, demonym in meanings))


def _after_title(span: "Span", offices: Mapping[str, str]) -> int:
    """ "King Salman", an alias, is a title and a name."""
    ends = (end for end in range(span.end - 1, span.start, -1) if span.doc[span.start : end].text.lower() in offices)
    return next(ends, span.start)


def _entities(
    doc: "Doc", text: str, names: Names, ontology: Ontology, titled: Mapping[int, Title]
) -> Iterator[Mention]:
    """Named entities of the language model, by the label that a class of the ontology claims, without titles of office."""
    by_label = {label: c.name for c in ontology.classes.values() for label in c.entity_labels}
    for span in doc.ents:
        kind = by_label.get(span.label_)
        name = _untitled(span, titled)
        if name is not None and kind == PERSON:
            name = _whole(name, titled, ontology)
        trimmed = _trim(name, ontology) if kind and name is not None else None
        if kind and trimmed is not None and not (kind == ORGANIZATION and _ends_in_title(trimmed, names)):
            yield _minted(trimmed, text, kind, ontology)


def _whole(span: "Span", titled: Mapping[int, Title], ontology: Ontology) -> "Span":
    """A person's name with the first names that the model left out."""
    doc, start = span.doc, span.start
    while start > 0 and start - 1 not in titled and not doc[start].is_sent_start:
        before = doc[start - 1]
        if before.pos_ != "PROPN" or before.dep_ != "compound" or before.head.i not in range(start, span.end):
            break
        if before.text.rstrip(".") in ontology.classes[PERSON].name_words or before.ent_type_:
            break
        start -= 1
    return doc[start : span.end]


def _untitled(span: "Span", titled: Mapping[int, Title]) -> "Span | None":
    """What follows a title at the front; None where the span is of a title's own words ("Treasury [Secretary]")."""
    start = span.start
    while start < span.end and start in titled and titled[start].end <= span.end:
        start = titled[start].end
    cut = any(i in titled and titled[i].end > span.end for i in range(start, span.end))
    return None if start == span.end or cut else span.doc[start : span.end]


def _ends_in_title(span: "Span", names: Names) -> bool:
    """ "American Chargé d'Affaires" is somebody, not a body."""
    words = [token.lower_ for token in span]
    return any(" ".join(words[i:]) in names.titles for i in range(len(words)))


def _describes(doc: "Doc", mention: Mention, known: Iterable[Mention], ontology: Ontology) -> bool:
    """ "American Embassy" is no name: the noun says what it is, the adjective whose; each is read by itself."""
    if mention.entity.kind != ORGANIZATION:
        return False
    owners = {i for m in known if m.entity.kind == STATE for i in range(m.start, m.end)}
    rest = [i for i in range(mention.start, mention.end) if i not in owners]
    noun = " ".join(doc[i].lower_ for i in rest if doc[i].lower_ not in ("of", "the", "in", "at"))
    nouns = ontology.classes[ORGANIZATION].head_nouns | ontology.classes[STATE].groups
    return len(rest) < mention.end - mention.start and noun in nouns


def _trim(span: "Span", ontology: Ontology) -> "Span | None":
    """Without determiners, possessive endings and honorifics at the edges."""
    start, end = span.start, span.end
    owned = next((t.i for t in span if t.tag_ == "POS" and t.nbor(-1).text[0].islower()), None)
    start = owned + 1 if owned is not None and owned + 1 < end else start  # "[bloc's] Commission"
    doc, honorifics = span.doc, ontology.classes[PERSON].name_words
    while start < end and (
        doc[start].dep_ == "det"
        or doc[start].is_punct
        or doc[start].is_space
        or doc[start].text.rstrip(".") in honorifics
    ):
        start += 1
    while start < end and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    if start == end or not any(t.text[0].isupper() for t in doc[start:end]):
        return None
    return doc[start:end]


def _minted(span: "Span", text: str, kind: str, ontology: Ontology, *, generic: bool = False) -> Mention:
    label = " ".join(text[span.start_char : span.end_char].split())
    return Mention(span.start, span.end, span.root.i, (mint(kind, label, ontology, generic=generic),))


def _named(doc: "Doc", text: str, ontology: Ontology, titled: Container[int]) -> Iterator[Mention]:
    """Runs of capitalised words with a word that tells their class: "Order of the Rising Sun", "Geneva Convention"."""
    classes = {word: c.name for c in ontology.classes.values() if c.name != PERSON for word in c.name_words}
    start = 0
    while start < len(doc):
        end = _run(doc, start, titled)
        if end > start:
            span = _trim(doc[start:end], ontology)
            kind = _kind_of_name(span, classes) if span is not None else None
            if span is not None and kind == PLACE:  # "the National Palace [for the Summit]"
                span = doc[span.start : next((t.i for t in span if t.lower_ in ("for", "on")), span.end)]
            if span is not None and kind and len(span) > 1:
                yield _minted(span, text, kind, ontology)
        start = max(end, start + 1)


def _addressed(doc: "Doc", text: str, ontology: Ontology, titled: Mapping[int, Title]) -> Iterator[Mention]:
    """The name after an honorific or title: "Dr Naledi Pandor", "King Salman", which the model may miss or cut."""
    honorifics = ontology.classes[PERSON].name_words
    others = {word for c in ontology.classes.values() if c.name != PERSON for word in c.name_words}
    for token in doc[1:]:
        before = doc[token.i - 1]
        title = titled.get(before.i)
        office = title is not None and title.end == token.i and before.tag_ not in ("NNS", "NNPS")
        if not (office or before.text.rstrip(".") in honorifics) or token.i in titled:
            continue
        if token.text.rstrip(".") in honorifics or not token.text[0].isupper():
            continue
        span = _trim(doc[token.i : _name_end(doc, token.i)], ontology)
        if span is None:
            continue
        arabic = any(t.lower_ in _PARTICLES or _WITH_ARTICLE(t.text) for t in span)
        kinds = ("PERSON", "ORG", "GPE", "") if office or arabic else ("PERSON", "")
        if not any(t.text in others or t.ent_type_ not in kinds or t.is_stop for t in span):
            yield _minted(span, text, PERSON, ontology)


def _article_end(doc: "Doc", start: int) -> int:
    """Where a part of an Arabic name with its article ends, "al-Nahyan" or "Al-Hamad"; `start` if none begins here."""
    if _WITH_ARTICLE(doc[start].text):
        return start + 1
    whole = doc[start : start + 3]
    return start + 3 if len(whole) == 3 and whole[1].text == "-" and _WITH_ARTICLE(whole.text) else start


def _name_end(doc: "Doc", start: int) -> int:
    end = start
    while end < len(doc) and end - start < 12 and not (end > start and doc[end].is_sent_start):
        word, after = doc[end], _article_end(doc, end)
        if after == end and (word.text[0].isupper() or word.lower_ in _PARTICLES) and word.ent_type_ != "DATE":
            after = end + 1
        if after == end:
            break
        end = after
    return end


def _run(doc: "Doc", start: int, titled: Container[int]) -> int:
    if not doc[start].text[0].isupper():
        return start
    end, ahead = start + 1, start + 1
    while ahead < len(doc) and ahead - start < 18:
        token = doc[ahead]
        # "the Treaty on the Arctic", but "the Order on Kim", "on Indian Prime Minister X"
        after_on = doc[ahead - 1].lower_ == "on" or doc[ahead - 2 : ahead].text.lower() == "on the"
        if (token.ent_type_ == "DATE" and not token.is_digit) or (
            after_on and (token.ent_type_ in ("PERSON", "GPE", "NORP") or ahead in titled)
        ):
            break
        if token.text[0].isupper() or (token.is_digit and doc[ahead - 1].text[0].isupper()):
            end = ahead + 1
        elif token.lower_ not in _LINKS or token.is_sent_start or _stray_article(token):
            break
        ahead += 1
    return end


def _stray_article(token: "Token") -> bool:
    """An article inside a name follows a preposition: "Order of the Nile", but "gave Modi the Order"."""
    return bool(token.lower_ == "the" and token.i > 0 and token.nbor(-1).pos_ != "ADP")


def _kind_of_name(span: "Span", classes: Mapping[str, str]) -> str | None:
    """By the last word before the first preposition, else by the first telling word."""
    cut = next((i for i, t in enumerate(span) if i and t.lower_ in ("of", "for", "on", "to", "in")), len(span))
    words = [span[cut - 1], *span[:cut]]
    return next((classes[word.text] for word in words if word.text in classes), None)


def _family_names(
    doc: "Doc", text: str, ontology: Ontology, chosen: Iterable[Mention], taken: set[int]
) -> list[Mention]:
    """Family names alone of persons whom the document names in full, where the model missed them or was not asked."""
    full = [m for m in chosen if m.entity.kind == PERSON and m.end - m.start > 1]
    names = {doc[m.end - 1].text for m in full}
    alone = [t for t in doc if t.text in names and t.i not in taken and t.pos_ in ("PROPN", "X")]
    taken |= {t.i for t in alone}
    return [_minted(doc[t.i : t.i + 1], text, PERSON, ontology) for t in alone]


def _nominals(doc: "Doc", text: str, ontology: Ontology, taken: set[int]) -> Iterator[Mention]:
    """Phrases that describe a member of a class by its head noun: "a commemorative medal", "the Russian embassy in Paris"."""
    heads = {noun: c.name for c in ontology.classes.values() if c.name != OFFICE for noun in sorted(c.head_nouns)}
    for token in doc:
        if token.i in taken or token.pos_ not in ("NOUN", "PROPN"):
            continue
        compound = f"{doc[token.i - 1].lower_} {token.lemma_.lower()}" if token.i else ""
        kind = heads.get(compound) or heads.get(token.lemma_.lower())
        if kind and token.dep_ not in ("compound", "amod", "nmod") and (kind == ORGANIZATION or not _is_bare(token)):
            span = _phrase(token, heads, include_place=kind == ORGANIZATION)
            yield _minted(span, text, kind, ontology, generic=True)


def _is_bare(token: "Token") -> bool:
    """A singular without article after a preposition names nothing in particular: "guest of HONOUR", "by AGREEMENT"."""
    after = token.dep_ == "pobj" and token.head.lower_ in ("of", "in", "by")
    return after and token.tag_ == "NN" and not any(True for _ in token.lefts)


def _phrase(head: "Token", compounds: Container[str], *, include_place: bool) -> "Span":
    """The head with its modifiers, without article or owner; a body also keeps where it is ("embassy in Paris")."""
    left = head.i
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ not in ("amod", "compound", "nmod", "nummod") or child.right_edge.i != left - 1:
            break
        left = child.left_edge.i
    right = head.i
    if head.doc[head.i : head.i + 3].text.lower() in compounds:  # "memorandum of understanding"
        right = head.i + 2
    place = next((c for c in head.rights if c.dep_ == "prep" and c.lower_ in ("in", "to", "of")), None)
    if include_place and place is not None and place.i == head.i + 1 and place.right_edge.i - place.i < 5:
        right = place.right_edge.i
    return head.doc[left : right + 1]
