"""Names that somebody else gives to what a text speaks of, linked to the entities that the first reader means by them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from reprlib import Repr
from typing import TYPE_CHECKING, Any

from dipgraph.language.names import OFFICE, PERSON, mint
from dipgraph.language.parse import fold
from dipgraph.language.reference import Discourse
from dipgraph.model import Entity, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_NAME = 150
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_BRIEF = Repr()
_BRIEF.maxstring = _BRIEF.maxother = 120


class Unfounded(Exception):
    """Why something proposed is not kept: a reason to count, and what was said (escaped: safe to print)."""

    def __init__(self, reason: str, said: object = None):
        self.reason = reason
        super().__init__(reason if said is None else f"{reason}: {_BRIEF.repr(said)}")


@dataclass
class Linker:
    """Links names to entities as the text has them; what the evidence names comes before what the rest does."""

    discourse: Discourse
    original: str
    """The text as it was before it was folded."""
    evidence: Sequence[Span]

    def entity(self, filler: Any, ranges: Sequence[str], prefer: str) -> Entity:
        """The entity that is meant, of one of these classes; Unfounded if the text names no such one."""
        name, kind = (filler.get("name"), filler.get("type")) if isinstance(filler, Mapping) else (None, None)
        if not isinstance(name, str) or not fold(name).strip() or len(name) > LONGEST_NAME:
            raise Unfounded("a filler has no name", filler)
        if not isinstance(kind, str) or not any(self.discourse.ontology.is_a(kind, wanted) for wanted in ranges):
            raise Unfounded("a filler has a class that its role does not take", f"{name} ({kind})")
        places = list(self._places(name))
        other = self._office if kind == OFFICE else self._by_another_name
        entity = self._meant(places, kind, ranges, prefer) or other(name, kind)
        if entity is None and places:
            entity = self._minted(places[0], name, kind)
        if entity is None:
            raise Unfounded("a filler is not named in the text", name)
        return entity

    def _places(self, name: str) -> Iterator["re.Match[str]"]:
        """Where the text has the name: in the evidence, in the same letters, first."""
        flags = re.NOFLAG if name.isupper() else re.IGNORECASE
        found = pattern(name, flags).finditer(self.discourse.doc.text)
        exact = " ".join(fold(name).split())

        def order(place: "re.Match[str]") -> tuple[bool, bool, int]:
            inside = any(span.start <= place.start() and place.end() <= span.end for span in self.evidence)
            return not inside, " ".join(place[0].split()) != exact, place.start()

        return iter(sorted(found, key=order))

    def _meant(self, places: Sequence["re.Match[str]"], kind: str, ranges: Sequence[str], prefer: str) -> Entity | None:
        """What the words mean to the first reader: of the class that is said, else of one that the role takes.

        A model may take a body for a state; who takes a person for anything else is wrong.
        """
        tokens = [(place, self._root(place)) for place in places]
        for _, token in tokens:
            if entity := self.discourse.meant(token, (kind,)):
                return entity
        exact = [token for place, token in tokens if _is_all(place, token) and kind != PERSON]
        other = (self.discourse.meant(token, ranges, prefer) for token in exact)
        return next((entity for entity in other if entity and entity.kind != PERSON), None)

    def _root(self, place: "re.Match[str]") -> "Token":
        span = self.discourse.doc.char_span(place.start(), place.end(), alignment_mode="expand")
        assert span is not None  # expanded to whole tokens
        return span.root

    def _by_another_name(self, name: str, kind: str) -> Entity | None:
        """A known entity that the text mentions, if by another of its names: "France" where it has "French"."""
        known = {e.iri: e for m in self.discourse.mentions for e in m.candidates}
        _, meanings = self.discourse.names.automaton.get(fold(" ".join(name.split())), (0, ()))
        fitting = (e for e, _ in meanings if e.iri in known and self.discourse.ontology.is_a(e.kind, kind))
        return next(fitting, None)

    def _office(self, name: str, kind: str) -> Entity | None:
        """An office that the text names in another form: "president" where it has "Presidents"."""
        title = self._bare(name)
        named = any(title in post.offices for post in self.discourse.posts)
        return mint(kind, title, self.discourse.ontology) if named else None

    def _bare(self, title: str) -> str:
        words = " ".join(title.lower().split())
        return self.discourse.names.gazetteer.offices.get(words, words)

    def _minted(self, place: "re.Match[str]", name: str, kind: str) -> Entity:
        """A new entity, called as the text calls it; without a capital it is only described there."""
        token, known, ontology = self._root(place), self.discourse.names.gazetteer, self.discourse.ontology
        mention = next((m for m in self.discourse.mentions if m.start == token.i), None)
        if mention and mention.entity.iri in known.entities and _is_all(place, token):
            raise Unfounded("a filler is known as something else", f"{name} ({kind})")
        written = self.original[place.start() : place.end()]
        label = " ".join(_ARTICLE.sub("", written, count=1).split())
        if kind == OFFICE:
            return mint(OFFICE, self._bare(label), ontology)
        entity = mint(kind, label, ontology, generic=label == label.lower())
        return replace(entity, iri=f"{entity.iri}.{self.discourse.key}.{token.i}") if entity.generic else entity


def _is_all(place: "re.Match[str]", token: "Token") -> bool:
    """Whether the name is all of the token, which may be a name of several words, but for an article."""
    return _ARTICLE.sub("", token.text) == _ARTICLE.sub("", place[0])


def pattern(quote: str, flags: re.RegexFlag = re.NOFLAG) -> "re.Pattern[str]":
    """Whole words of a text, in the same folded characters; any white space for any."""
    words = fold(quote).split()
    opening = r"(?<!\w)" if words[0][0].isalnum() else ""
    closing = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return re.compile(opening + r"\s+".join(map(re.escape, words)) + closing, flags)
