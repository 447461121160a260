"""Chains of facts between the same two, each link as the ontology says what leads to what, and how often each link holds.

A link holds where a fact of the one kind is followed, within some days, by one of the other between the same two: a lagged
transitional probability as in Bakeman, R. & Gottman, J. M. (1997). Observing Interaction: An Introduction to Sequential
Analysis. A fact that no text reported cannot be counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from dipgraph.network.measures import MultiGraph
from dipgraph.network.occurrences import Occurrence, label, occurrences
from dipgraph.ontology import Kind, Ontology

WITHIN = 365
"""Days within which a fact counts as following another, by default."""


@dataclass(frozen=True)
class Link:
    """How often facts of one kind were followed by one of another. Facts of several pairs count once for each."""

    first: str
    second: str
    """Labels of the kinds."""
    starts: int
    followed: int
    open: int
    """Neither followed nor over: the graph ends before the days are up."""
    share: float | None
    """Of those that are not open, how many were followed."""
    median_least_days: float | None
    """Between the two, as few as their times allow: 0 where they may be of one day."""
    facts: tuple[tuple[str, str], ...]
    """The two facts (IRIs) of each link that held."""
    missed: tuple[str, ...]
    """The facts that nothing followed in time."""


@dataclass(frozen=True)
class Chain:
    """One chain as far as it went: the two (labels), then kinds (labels), times and facts (IRIs) of its steps in order."""

    source: str
    target: str
    length: int
    days: int
    """The fewest days from the first step to the last."""
    kinds: tuple[str, ...]
    times: tuple[str, ...]
    facts: tuple[str, ...]


def steps(ontology: Ontology) -> frozenset[str]:
    """The kinds of fact that lead to another or are led to."""
    return frozenset(name for pair in _pairs(ontology) for name in pair)


def links(graph: MultiGraph, ontology: Ontology, *, within: int = WITHIN) -> tuple[Link, ...]:
    """How often each link of the ontology held within so many days, in the order of the chain.

    Undated facts are left out: no one knows what they follow.
    """
    by_pair = occurrences(graph, steps(ontology))
    last = max((each.begin for found in by_pair.values() for each in found), default=date.min)
    rows = []
    for first, second in _pairs(ontology):
        starts = [(each, found) for found in by_pair.values() for each in found if each.kind == first]
        nexts = [(each, _next(each, found, second, ontology, within)) for each, found in starts]
        held = [(each, then) for each, then in nexts if then]
        lost = [each for each, then in nexts if not then]
        still_open = [each for each in lost if last - each.end < timedelta(within)]
        decided = len(starts) - len(still_open)
        rows.append(
            Link(
                first=ontology.kind(first).label,
                second=ontology.kind(second).label,
                starts=len(starts),
                followed=len(held),
                open=len(still_open),
                share=len(held) / decided if decided else None,
                median_least_days=float(median(each.days_until(then) for each, then in held)) if held else None,
                facts=tuple((each.fact, then.fact) for each, then in held),
                missed=tuple(each.fact for each in lost if each not in still_open),
            )
        )
    return tuple(rows)


def chains(graph: MultiGraph, ontology: Ontology, *, within: int = WITHIN) -> tuple[Chain, ...]:
    """Every chain from where it starts, step by step to the nearest that follows; the longest first, then the earliest."""
    found = []
    for facts in occurrences(graph, steps(ontology)).values():
        followers = {then for each in facts for then in _followers(each, facts, ontology, within)}
        found += [_path(each, facts, ontology, within) for each in facts if each not in followers]
    rows = [(path, _chain(path, graph, ontology)) for path in found]
    return tuple(chain for path, chain in sorted(rows, key=lambda row: (-row[1].length, row[0][0].begin, row[1].facts)))


def _pairs(ontology: Ontology) -> list[tuple[str, str]]:
    """Each kind with each that it leads to, those first that start a chain."""
    pairs = [(kind.name, head) for kind in ontology.kinds.values() for head in _heads(kind)]
    ordered: list[tuple[str, str]] = []
    while pairs:
        heads = {head for _, head in pairs}
        ready = [pair for pair in pairs if pair[0] not in heads] or pairs  # all that is left leads in a circle
        ordered += ready
        pairs = [pair for pair in pairs if pair not in ready]
    return ordered


def _heads(kind: Kind) -> list[str]:
    """The kinds that follow it: what it leads to, and what answers it."""
    return sorted({*kind.leads_to, *kind.answered_by})


def _next(
    each: Occurrence, facts: Sequence[Occurrence], kind: str, ontology: Ontology, within: int
) -> Occurrence | None:
    """The fact of that kind that follows first; of vague times the one that may be nearest."""
    to_answer = kind not in ontology.kind(each.kind).leads_to
    later = (
        (each.days_until(other), i)
        for i, other in enumerate(facts)
        if other.kind == kind and other.fact != each.fact and (not to_answer or other.answers(each))
    )
    nearest = min(((days, i) for days, i in later if 0 <= days <= within), default=None)
    return facts[nearest[1]] if nearest else None


def _followers(each: Occurrence, facts: Sequence[Occurrence], ontology: Ontology, within: int) -> Iterator[Occurrence]:
    for kind in _heads(ontology.kind(each.kind)):
        then = _next(each, facts, kind, ontology, within)
        if then:
            yield then


def _path(start: Occurrence, facts: Sequence[Occurrence], ontology: Ontology, within: int) -> tuple[Occurrence, ...]:
    path = [start]
    while True:
        later = [each for each in _followers(path[-1], facts, ontology, within) if each not in path]
        if not later:
            return tuple(path)
        path.append(min(later, key=lambda each: (path[-1].days_until(each), each.begin, each.fact)))


def _chain(path: Sequence[Occurrence], graph: MultiGraph, ontology: Ontology) -> Chain:
    source, target = path[0].pair
    return Chain(
        source=label(graph, source),
        target=label(graph, target),
        length=len(path),
        days=path[0].days_until(path[-1]),
        kinds=tuple(ontology.kind(each.kind).label for each in path),
        times=tuple(each.time for each in path),
        facts=tuple(each.fact for each in path),
    )
