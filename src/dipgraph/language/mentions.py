"""Spans of a document that name entities: gazetteer names, named entities of the model, names and nouns of the ontology."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import ahocorasick

from dipgraph.language.parse import fold
from dipgraph.language.titles import Title, spot
from dipgraph.model import ID, Entity, Gazetteer, Tenure
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

T = TypeVar("T")
Meanings = tuple[tuple[Entity, bool], ...]
"""What a name can mean, and whether it is a demonym."""
PERSON, STATE, PLACE, OFFICE, ORGANIZATION = "Person", "State", "Place", "Office", "Organization"
"""The classes of entity that English grammar itself tells apart: "he", "the French", "in", titles, "it"."""

_LINKS = frozenset({"of", "the", "for", "and", "on", "de", "del", "la", "al", "bin", "&"})

_ARTICLE = re.compile(r"\b[Aa]l[- ](?=[A-Z])")
_ARTICLE_OF = re.compile(r"^(?:al|el)-(?=\w)", re.IGNORECASE)
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


@dataclass(frozen=True)
class Names:
    """The gazetteer compiled for search: an automaton over folded names, persons by the words of their names."""

    gazetteer: Gazetteer
    automaton: ahocorasick.Automaton
    persons: Mapping[str, tuple[Entity, ...]]
    by_holder: Mapping[str, tuple[Tenure, ...]]
    by_polity: Mapping[str, tuple[Tenure, ...]]
    titles: Mapping[str, str]
    """Title as it stands in a folded text, lower case -> bare title."""
    capitals: Mapping[str, Entity]
    """IRI of a state -> the city that is its seat."""
    bodies_only: frozenset[str]
    """Offices that nobody is known to have held in a state."""


def compiled(gazetteer: Gazetteer) -> Names:
    """The gazetteer compiled for search (tens of milliseconds: do it once)."""
    meanings: dict[str, list[tuple[Entity, bool]]] = defaultdict(list)
    persons: dict[str, list[Entity]] = defaultdict(list)
    for entity in gazetteer.entities.values():
        if entity.kind == OFFICE:
            continue
        known = {variant for n in (entity.label, *entity.aliases) for variant in _spellings(fold(n))}
        for name in known:
            meanings[name].append((entity, False))
        if entity.kind == PERSON:
            words = {word for name in known for word in name.split()}
            for word in words | {without_article(word) for word in words}:
                persons[word].append(entity)
    for adjective, state in gazetteer.demonyms.items():
        meanings[fold(adjective)].append((gazetteer.entities[state], True))
    for seat, state in gazetteer.seats.items():
        meanings[fold(seat)].append((gazetteer.entities[state], False))
    automaton = ahocorasick.Automaton()
    for name, entities in meanings.items():
        if len(name) > 1:
            automaton.add_word(name, (len(name), tuple(dict.fromkeys(entities))))
    automaton.make_automaton()
    by_holder: dict[str, list[Tenure]] = defaultdict(list)
    by_polity: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in gazetteer.tenures:
        by_holder[tenure.holder].append(tenure)
        by_polity[tenure.polity].append(tenure)
    titles = {fold(name): title for name, title in gazetteer.offices.items()}
    of_states = {t.office for t in gazetteer.tenures if gazetteer.entities[t.polity].kind == STATE}
    for tenures in by_holder.values():  # the better documented polity first: France before Andorra
        tenures.sort(key=lambda tenure: -len(by_polity[tenure.polity]))
    return Names(
        gazetteer, automaton, _frozen(persons), _frozen(by_holder), _frozen(by_polity), titles,
        _capitals(gazetteer), frozenset(t.office for t in gazetteer.tenures) - of_states,
    )  # fmt: skip


def _capitals(gazetteer: Gazetteer) -> dict[str, Entity]:
    """The first seat of each state that is a place in it: the gazetteer names the capital first."""
    cities = {(e.label, e.country): e for e in gazetteer.entities.values() if e.kind == PLACE}
    found: dict[str, Entity] = {}
    for seat, state in gazetteer.seats.items():
        if city := cities.get((seat, state)):
            found.setdefault(state, city)
    return found


def _spellings(name: str) -> Iterator[str]:
    """The Arabic article as texts write it: "Al Nahyan", "Al-Nahyan", "al-Nahyan"."""
    yield name
    if _ARTICLE.search(name):
        yield from (_ARTICLE.sub(article, name) for article in ("Al ", "Al-", "al-"))


def without_article(word: str) -> str:
    """ "Assad" of "al-Assad", as he is called alone."""
    return _ARTICLE_OF.sub("", word)


def _frozen(lists: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(found) for key, found in lists.items()}


def mint(kind: str, label: str, ontology: Ontology, *, generic: bool = False) -> Entity:
    """A new entity, with an IRI made of its class and label: the same name in two documents is one entity."""
    root = kind
    while root in ontology.classes and ontology.classes[root].parent:
        root = ontology.classes[root].parent
    slug = re.sub(r"[^a-z0-9]+", "-", fold(label).lower()).strip("-") or "unnamed"
    return Entity(f"{ID}{root.lower()}/{slug}", kind, label, generic=generic)


def find(doc: "Doc", text: str, names: Names, ontology: Ontology) -> tuple[Mention, ...]:
    """The mentions of a document, in order; where two overlap, the known name wins, then the longer one."""
    known = dict.fromkeys(_known(doc, names))
    covered = {i for m in known for i in range(m.start, m.end)}
    titled = {i: t for t in spot(doc, names.titles, covered) for i in range(t.start, t.end)}
    fresh = [
        *_addressed(doc, text, ontology, titled),
        *(m for m in _named(doc, text, ontology) if not _is_titled(m, titled)),
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
        places = all(m.entity.kind == PLACE for m in inner)  # "Sabah" is a region, too
        return arabic and (places or all(m.start > mention.start and m.end == mention.end for m in inner))
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


def named_in(text: str, names: Names) -> Iterator[Entity]:
    """The known entities that a folded text names, in order, without reading it."""
    reach = 0
    for begin, length, meanings in longest(text, names):
        if begin >= reach:
            reach = begin + length
            yield meanings[0][0]


def longest(text: str, names: Names) -> Iterator[tuple[int, int, Meanings]]:
    """The longest known name at each character where one begins: (begin, length, meanings)."""
    best: dict[int, tuple[int, Meanings]] = {}
    for end, (length, meanings) in names.automaton.iter(text):
        begin, stop = end - length + 1, end + 1
        if _is_word(text, begin, stop) and best.get(begin, (0,))[0] < length:
            best[begin] = (length, meanings)
    yield from ((begin, *found) for begin, found in sorted(best.items()))


def _is_word(text: str, begin: int, stop: int) -> bool:
    return not (begin and text[begin - 1].isalnum()) and not (stop < len(text) and text[stop].isalnum())


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


def _named(doc: "Doc", text: str, ontology: Ontology) -> Iterator[Mention]:
    """Runs of capitalised words with a word that tells their class: "Order of the Rising Sun", "Geneva Convention"."""
    classes = {word: c.name for c in ontology.classes.values() if c.name != PERSON for word in c.name_words}
    start = 0
    while start < len(doc):
        end = _run(doc, start)
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


def _run(doc: "Doc", start: int) -> int:
    if not doc[start].text[0].isupper():
        return start
    end, ahead = start + 1, start + 1
    while ahead < len(doc) and ahead - start < 18:
        token = doc[ahead]
        after_on = doc[ahead - 1].lower_ == "on"  # "the Treaty on the Arctic", but "the Order on Kim"
        if (token.ent_type_ == "DATE" and not token.is_digit) or (after_on and token.ent_type_ in ("PERSON", "GPE")):
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
    """Family names alone of persons whom the document names in full, where the language model missed them."""
    full = [m for m in chosen if m.entity.kind == PERSON and m.end - m.start > 1]
    names = {doc[m.end - 1].text for m in full}
    alone = [t for t in doc if t.text in names and t.i not in taken and t.pos_ == "PROPN"]
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
        if kind and token.dep_ not in ("compound", "amod", "nmod"):
            span = _phrase(token, include_place=kind == ORGANIZATION)
            yield _minted(span, text, kind, ontology, generic=True)


def _phrase(head: "Token", *, include_place: bool) -> "Span":
    """The head with its modifiers, without article or owner; a body also keeps where it is ("embassy in Paris")."""
    left = head.i
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ not in ("amod", "compound", "nmod", "nummod") or child.right_edge.i != left - 1:
            break
        left = child.left_edge.i
    right = head.i
    place = next((c for c in head.rights if c.dep_ == "prep" and c.lower_ in ("in", "to", "of")), None)
    if include_place and place is not None and place.i == head.i + 1 and place.right_edge.i - place.i < 5:
        right = place.right_edge.i
    return head.doc[left : right + 1]
