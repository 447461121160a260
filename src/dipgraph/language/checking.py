"""Facts that somebody proposes, held against the text and the ontology: claims of what both bear out, reasons for the rest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from dipgraph.language.events import as_named
from dipgraph.language.frames import Match, Miss
from dipgraph.language.linking import Linker, Unfounded, pattern
from dipgraph.language.parse import fold
from dipgraph.language.predicates import Predicate
from dipgraph.language.prompt import SPEAKERS, TIME, WHERE
from dipgraph.language.reference import Discourse
from dipgraph.language.roles import MOST
from dipgraph.model import Claim, Document, Entity, Span, Time
from dipgraph.ontology import Frame, Kind, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

T = TypeVar("T")
LONGEST_QUOTE = 1_000
UNMEASURED = 0.5
"""The confidence of what a language model proposes: nobody has measured it here."""


@dataclass
class Proposals:
    """What is proposed about one document: `take` each fact; `taken`, `misses` and `reasons` are what became of them."""

    document: Document
    discourse: Discourse
    taken: list[tuple[Match, Claim]] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def take(self, fact: Any, start: int, end: int) -> None:
        """Keep what is right of a fact whose evidence is said to stand between these characters."""
        kind, token = "", self._token(start, end)
        try:
            if not isinstance(fact, Mapping):
                raise Unfounded("it is no object", fact)
            found = self._among(self.ontology.kinds, fact.get("type"), "no such kind of fact")
            kind = found.name
            evidence = self._evidence(fact.get("evidence"), start, end)
            token = self._token(evidence[0].start, evidence[0].end)
            claim = self._claim(fact, found, evidence, token)
        except Unfounded as error:
            self._drop(kind, token, error)
        else:
            match = Match(_frame(kind), _predicate(token), claim.roles)
            if claim not in (known for _, known in self.taken):
                self.taken.append((match, claim))

    @property
    def ontology(self) -> Ontology:
        """That of the discourse."""
        return self.discourse.ontology

    def _drop(self, kind: str, token: "Token", error: Unfounded) -> None:
        self.reasons.append(error.reason)
        self.misses.append(Miss(_frame(kind or "?"), _predicate(token), str(error)))

    def _token(self, start: int, end: int) -> "Token":
        span = self.discourse.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None else self.discourse.doc[0]

    def _claim(self, fact: Mapping[str, Any], kind: Kind, evidence: tuple[Span, ...], token: "Token") -> Claim:
        linker = Linker(self.discourse, self.document.text, evidence)
        claim = Claim(
            document=self.document.id,
            kind=kind.name,
            roles=self._roles(fact.get("roles"), kind, linker, token),
            status=self._among(self.ontology.statuses, fact.get("status"), "no such status").name,
            evidence=evidence,
            time=self._time(fact.get("time"), kind, token),
            place=self._entities(fact.get("place"), kind, WHERE, WHERE[0], linker, token),
            attribution=self._entities(fact.get("attribution"), kind, SPEAKERS, "", linker, token),
            confidence=UNMEASURED,
            published=self.document.published,
        )
        return as_named(claim, self._named)

    @staticmethod
    def _among(known: Mapping[str, T], name: Any, reason: str) -> T:
        if not isinstance(name, str) or name not in known:
            raise Unfounded(reason, name)
        return known[name]

    @cached_property
    def _named(self) -> Mapping[str, Entity]:
        return {m.entity.iri: m.entity for m in self.discourse.mentions if not m.entity.generic}

    def _evidence(self, quotes: Any, start: int, end: int) -> tuple[Span, ...]:
        quotes = [quotes] if isinstance(quotes, str) else quotes
        if not isinstance(quotes, list) or not quotes:
            raise Unfounded("no evidence")
        found = dict.fromkeys(self._quoted(quote, start, end) for quote in quotes[:MOST])
        return tuple(sorted(found, key=lambda span: span.start))

    def _quoted(self, quote: Any, start: int, end: int) -> Span:
        if not isinstance(quote, str) or len(fold(quote).split()) < 2 or len(quote) > LONGEST_QUOTE:
            raise Unfounded("the evidence is no sentence", quote)
        match = pattern(quote).search(self.discourse.doc.text, start, end)
        if match is None:
            raise Unfounded("the evidence is not in the text", quote)
        return Span(match.start(), match.end(), self.document.text[match.start() : match.end()])

    def _roles(self, roles: Any, kind: Kind, linker: Linker, token: "Token") -> dict[str, tuple[Entity, ...]]:
        if not isinstance(roles, Mapping):
            raise Unfounded("the roles are no object", roles)
        for name in sorted(roles.keys() - kind.roles.keys()):
            self._drop(kind.name, token, Unfounded("no such role", name))
        filled = {
            role.name: self._entities(roles.get(role.name), kind, role.ranges, role.prefer, linker, token)
            for role in kind.roles.values()
        }
        for role in kind.roles.values():
            count = len(filled[role.name])
            if count < role.minimum:
                raise Unfounded("too few fillers", f"{count} of {role.minimum} in role {role.name}")
            if role.maximum is not None and count > role.maximum:
                raise Unfounded("too many fillers", f"{count} of {role.maximum} in role {role.name}")
        if not any(filled[name] for name in kind.core):
            raise Unfounded("too few fillers", "no core role is filled")
        return {name: found for name, found in filled.items() if found}

    def _entities(
        self, fillers: Any, kind: Kind, ranges: Sequence[str], prefer: str, linker: Linker, token: "Token"
    ) -> tuple[Entity, ...]:
        """The fillers that can be linked, each once; the rest is dropped without the fact."""
        found: dict[str, Entity] = {}
        for filler in fillers[:MOST] if isinstance(fillers, list) else []:
            try:
                entity = linker.entity(filler, ranges, prefer)
                found.setdefault(entity.iri, entity)
            except Unfounded as error:
                self._drop(kind.name, token, error)
        return tuple(found.values())

    def _time(self, value: Any, kind: Kind, token: "Token") -> Time | None:
        """An event has no open time, as for the first reader; what is no time is dropped without the fact."""
        if value in (None, ""):
            return None
        time = Time(value) if isinstance(value, str) and re.fullmatch(TIME, value) else None
        try:
            if time is None or (time.begin or time.end) is None:
                raise ValueError
            begin, end = time.begin, time.end
            if begin and end and begin > end:
                raise ValueError
        except ValueError:
            self._drop(kind.name, token, Unfounded("the time is no time", value))
            return None
        return time if kind.lasting or (begin and end) else None


def _frame(kind: str) -> Frame:
    return Frame(kind, "quote", frozenset(), {})


def _predicate(token: "Token") -> Predicate:
    return Predicate(token, "quote", token.text, {}, token)
