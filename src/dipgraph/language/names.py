"""Names that can stand in a text: the gazetteer compiled for search, and identifiers for what it does not know."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import ahocorasick

from dipgraph.language.parse import fold
from dipgraph.model import ID, Entity, Gazetteer, Tenure
from dipgraph.ontology import Ontology

T = TypeVar("T")
Meanings = tuple[tuple[Entity, bool], ...]
"""What a name can mean, and whether it is a demonym."""
PERSON, STATE, PLACE, OFFICE, ORGANIZATION = "Person", "State", "Place", "Office", "Organization"
"""The classes of entity that English grammar itself tells apart: "he", "the French", "in", titles, "it"."""
HE, IT, THEY = (
    ("he", "she", "him", "her", "his", "hers", "himself", "herself"),
    ("it", "its", "itself"),
    ("they", "them", "their", "both"),
)
"""Pronouns of the third person: of persons, of what is none, of several."""
ME = ("i", "me", "my", "we", "us", "our", "ours")
"""Pronouns of the first person: of who is quoted."""

_ARTICLE = re.compile(r"\b[Aa]l[- ](?=[A-Z])")
_ARTICLE_OF = re.compile(r"^(?:al|el)-(?=\w)", re.IGNORECASE)


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


def named_in(text: str, names: Names) -> Iterator[Entity]:
    """The known entities that a folded text names, in order, without reading it."""
    reach = 0
    for begin, length, meanings in longest(text, names):
        if begin >= reach:
            reach = begin + length
            yield meanings[0][0]


def longest(text: str, names: Names) -> Iterator[tuple[int, int, Meanings]]:
    """The longest known name at each character where one begins: (begin, length, meanings).

    A longer one that begins within it counts more: of "Sultan Haitham bin Tariq", not "Sultan Haitham".
    """
    best: dict[int, tuple[int, Meanings]] = {}
    for end, (length, meanings) in names.automaton.iter(text):
        begin, stop = end - length + 1, end + 1
        if _is_word(text, begin, stop) and best.get(begin, (0,))[0] < length:
            best[begin] = (length, meanings)
    kept: list[tuple[int, int, Meanings]] = []
    for begin, (length, meanings) in sorted(best.items(), reverse=True):
        following, span, _ = kept[-1] if kept else (len(text), 0, meanings)
        if not (following < begin + length < following + span and length < span):
            kept.append((begin, length, meanings))
    yield from reversed(kept)


def _is_word(text: str, begin: int, stop: int) -> bool:
    return not (begin and text[begin - 1].isalnum()) and not (stop < len(text) and text[stop].isalnum())
