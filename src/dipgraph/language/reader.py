"""Document -> claims: the room's flow. Parse, mentions, discourse, predicates, frames; then status, time, place, speaker."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from dipgraph.language import ellipsis, headlines, mentions, places, reference
from dipgraph.language.circumstances import Circumstances, circumstances
from dipgraph.language.confidence import Confidence, construction
from dipgraph.language.confidence import load as shipped_confidence
from dipgraph.language.events import as_named, told_again
from dipgraph.language.frames import FrameIndex, Match, Miss
from dipgraph.language.holdings import Naming
from dipgraph.language.mentions import Mention
from dipgraph.language.modality import Cues
from dipgraph.language.names import Names, compiled
from dipgraph.language.parse import MODEL, parse
from dipgraph.language.passages import Screen
from dipgraph.language.predicates import Predicate
from dipgraph.language.reference import Discourse
from dipgraph.language.speakers import Speakers
from dipgraph.language.tenses import is_perfect
from dipgraph.model import Claim, Document, Gazetteer, Span, Time
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Reading:
    """What was read in one document: its claims, and what `explain` shows of how they came about."""

    document: Document
    doc: "Doc"
    discourse: Discourse
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    matches: tuple[tuple[Match, Claim], ...]
    misses: tuple[Miss, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)
    """What a second reader said and could not be kept: how often for which reason."""


class AnyReader(Protocol):
    """What turns a document into claims, one way or another."""

    def read(self, document: Document, *, thorough: bool = False) -> Reading:
        """All claims of a document; `thorough` also says all that was not read, and why."""


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads documents with one ontology, gazetteer and language model; building it compiles them once."""

    ontology: Ontology
    gazetteer: Gazetteer
    model: str = MODEL
    confidence: Confidence = field(default_factory=shipped_confidence)
    names: Names = field(init=False)
    frames: FrameIndex = field(init=False)
    cues: Cues = field(init=False)
    speakers: Speakers = field(init=False)
    screen: Screen = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", compiled(self.gazetteer))
        object.__setattr__(self, "frames", FrameIndex(self.ontology))
        object.__setattr__(self, "cues", Cues(self.ontology))
        object.__setattr__(self, "speakers", Speakers(self.ontology))
        object.__setattr__(self, "screen", Screen(self.ontology, self.gazetteer, self.model))

    def read(self, document: Document, *, thorough: bool = False) -> Reading:
        """All claims of a document, in the order of its text.

        `thorough` also parses what can hold no fact, to say why: the claims are the same, the misses are more.
        """
        discourse = self.discourse(document, thorough=thorough)
        doc, found = discourse.doc, tuple(discourse.mentions)
        when = circumstances(doc, discourse, document)
        pairs: list[tuple[Match, Claim]] = []
        misses: list[Miss] = []
        for naming in discourse.namings:
            for match in self.frames.titles(naming, discourse):
                pairs.append((match, self._title_claim(document, discourse, match, naming, when)))
        titled = len(pairs)
        for predicate in self.frames.predicates(doc):
            told = [match for match, _ in pairs[titled:]]
            matches, missed = self.frames.match(predicate, discourse, told)
            if predicate.trigger == ellipsis.TRIGGER:
                matches = ellipsis.resumed(predicate, told, discourse)
            matches = matches or self._again(predicate, missed, pairs, when)
            matches = [self._apart(match) for match in matches]
            pairs += [(match, self._claim(document, discourse, match, when)) for match in matches]
            misses += missed
        pairs = [pair for pair in pairs if not _doubled(pair[0], pairs)]
        pairs = sorted(places.located(pairs, when, self.ontology), key=lambda pair: pair[1].evidence[0].start)
        named = {m.entity.iri: m.entity for m in found if not m.entity.generic}
        claims = tuple(as_named(c, named) for c in told_again((claim for _, claim in pairs), self.ontology))
        fired = tuple((match, claim) for (match, _), claim in zip(pairs, claims, strict=True))
        return Reading(document, doc, discourse, found, claims, fired, tuple(misses))

    def discourse(self, document: Document, *, thorough: bool = False) -> Discourse:
        """The parse of a document with its mentions, and what they and its other words mean."""
        text = headlines.recased(document.text, self.names, self.screen.knows)
        doc = parse(text, self.model, partial(self.screen.passages, thorough=thorough))
        found = mentions.find(doc, document.text, self.names, self.ontology)
        return reference.discourse(doc, found, self.names, self.ontology, document)

    def _again(
        self, predicate: Predicate, missed: list[Miss], pairs: list[tuple[Match, Claim]], when: Circumstances
    ) -> list[Match]:
        """ "But the invitation was postponed": a definite event noun with a status cue takes the roles of the last such claim."""
        definite = any(c.lower_ in ("the", "this", "that") for c in predicate.token.lefts)
        if predicate.trigger != "noun" or not definite or self.cues.status(predicate) == self.cues.default:
            return []
        kinds = {miss.frame.kind: miss.frame for miss in missed}
        today = when.day(predicate.token)
        for match, claim in reversed(pairs):
            over = claim.status == self.cues.default and claim.time and today and claim.time < today
            if claim.kind in kinds and not over:  # what has happened is not called off
                return [Match(kinds[claim.kind], predicate, match.roles)]
        return []

    def _title_claim(
        self, document: Document, discourse: Discourse, match: Match, naming: Naming, when: Circumstances
    ) -> Claim:
        doc, post = discourse.doc, naming.post
        tokens = [*naming.slots.values(), (naming.named.token,) if naming.named else ()]
        first = min([post.begin, *(i for found in tokens for i in found)])
        last = max([post.end, *(i + 1 for found in tokens for i in found)])
        return Claim(
            document.id, match.frame.kind, match.roles, match.frame.status or self.cues.default,
            (_span(document, doc, first, last),), when.of_title(naming),
            confidence=self._confidence(match), published=document.published,
        )  # fmt: skip

    def _claim(self, document: Document, discourse: Discourse, match: Match, when: Circumstances) -> Claim:
        predicate = match.predicate
        time = self._time(match, when)
        status = self.cues.status(predicate, self.ontology.kinds[match.frame.kind])
        if status == self.cues.default:
            status = match.frame.status or self._status_at(time, when.day(predicate.token))
        sentence = predicate.token.sent
        return Claim(
            document=document.id,
            kind=match.frame.kind,
            roles=match.roles,
            status=status,
            evidence=(_span(document, discourse.doc, sentence.start, sentence.end),),
            time=time,
            place=places.told(match, discourse),
            attribution=self.speakers.of(predicate, discourse),
            confidence=self._confidence(match),
            published=document.published,
        )

    def _apart(self, match: Match) -> Match:
        """A state of affairs inside another noun's phrase has not the time and place of the clause: "on a trip of his new TERM"."""
        noun = match.predicate.token
        inside = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN"
        if not (inside and match.predicate.trigger == "noun" and self.ontology.kinds[match.frame.kind].lasting):
            return match
        return replace(match, predicate=replace(match.predicate, clause=noun))

    def _status_at(self, time: Time | None, today: Time | None) -> str:
        """What is dated after the text has not happened: "next week the two meet"."""
        ahead = time and today and time.begin and today.begin and time.begin > today.begin
        return self.ontology.status_ahead if ahead else self.cues.default

    def _time(self, match: Match, when: Circumstances) -> Time | None:
        """An event has no open time: "the first visit since 2000" was not in 2000; "has been shut since 2000" was."""
        kind, clause = self.ontology.kinds[match.frame.kind], match.predicate.clause
        ahead, in_order = self.cues.looks_ahead(match.predicate), not (kind.lasting or kind.remark)
        time = when.time(match.predicate, ahead=ahead, in_order=in_order)
        if time is None or kind.lasting or (time.begin and time.end):
            return time
        state = clause.lemma_ in ("be", "have") and is_perfect(clause)
        return Time(time.value.rstrip("/")) if state and time.begin else None

    def _confidence(self, match: Match) -> float:
        return self.confidence.of(construction(match, self.ontology.kinds[match.frame.kind]))


def _doubled(match: Match, pairs: list[tuple[Match, Claim]]) -> bool:
    """Whether an event noun only repeats what its verb says of it: "extended an invitation to X"."""
    return match.predicate.trigger == "noun" and any(
        other.frame.kind == match.frame.kind
        and other.predicate.trigger == "verb"
        and match.predicate.token in other.predicate.slots.get("itself", ())
        for other, _ in pairs
    )


def _span(document: Document, doc: "Doc", first: int, last: int) -> Span:
    tokens = [t for t in doc[first:last] if not t.is_space]
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    return Span(start, end, document.text[start:end])
