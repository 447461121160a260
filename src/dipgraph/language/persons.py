"""Whom the name of a person means: in full, by the family name alone, or by part of it."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from dipgraph.language.mentions import Mention
from dipgraph.language.names import PERSON, without_article
from dipgraph.language.tenures import Tenures
from dipgraph.model import Entity
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Persons:
    """The persons whom one document names."""

    def __init__(self, doc: "Doc", mentions: Sequence[Mention], tenures: Tenures, ontology: Ontology):
        self.doc, self.tenures, self.names = doc, tenures, tenures.names
        self.mentions = [m for m in mentions if m.entity.kind == PERSON]
        self.first = ontology.words["familyNameFirst"]
        self._family = self._families()

    def bearer(self, mention: Mention, titled: Entity | None, spoken_of: Collection[str]) -> Entity:
        """A full name means its bearer; one word means whom the document names so in full, else a known holder of office.

        `titled`: the known holder of the office beside the name; `spoken_of`: the states of the document.
        """
        entity, text = mention.entity, self.doc[mention.head].text
        named, is_known = self._family.get(text.lower(), []), entity.iri in self.names.gazetteer.entities
        if titled is not None and not is_known and (not named or titled in named):
            return titled
        if " " in text:
            namesakes = self._active(mention.candidates) if len(mention.candidates) > 1 else []
            return next(iter(namesakes), entity) if is_known else self._fuller(text) or entity
        if named:
            return next(iter(self._active(named)), named[0])
        return entity if is_known else self._known(text, spoken_of) or entity

    def _active(self, persons: Sequence[Entity]) -> list[Entity]:
        """Those who are known to hold an office at the time."""
        return [e for e in persons if any(self.tenures.known(holder=e.iri))]

    def _known(self, word: str, spoken_of: Collection[str]) -> Entity | None:
        """The one known holder of office of that family name, or the one from a state that is spoken of."""
        holders = self._active([e for e in self.names.persons.get(word, ()) if self._is_family_name(word, e)])
        if len(holders) > 1:
            holders = [e for e in holders if {t.polity for t in self.names.by_holder[e.iri]} & set(spoken_of)]
        if len(holders) != 1:
            return None
        self._family[word.lower()] = holders
        return holders[0]

    def _families(self) -> dict[str, list[Entity]]:
        """Each word that may stand alone for a person whom the document names in full: family names before given ones."""
        full = [m for m in self.mentions if " " in self.doc[m.head].text]
        found: dict[str, dict[str, Entity]] = {}
        for word in (-1, 0):
            for mention in full:
                name = self.doc[mention.head].text.split()[word].lower()
                for spelling in {name, without_article(name)}:
                    found.setdefault(spelling, {}).setdefault(mention.entity.iri, mention.entity)
        return {name: list(persons.values()) for name, persons in found.items()}

    def _fuller(self, text: str) -> Entity | None:
        """ "López Obrador": whom the document also names by more words that end so."""
        return next((m.entity for m in self.mentions if self.doc[m.head].text.endswith(f" {text}")), None)

    def _is_family_name(self, word: str, person: Entity) -> bool:
        """Whether the word alone can mean the person: the last word of the name, in some countries the first."""
        parts = person.label.split()
        polities = {self.tenures.entity(t.polity).label for t in self.names.by_holder.get(person.iri, ())}
        return word in (parts[-1], without_article(parts[-1])) or (word == parts[0] and bool(polities & self.first))
