"""Who honours whom: tokens of esteem given and returned, their grades, and what happened between the two around them.

Which kinds of fact pass a token (an honour, a gift) and what grades it comes in stands in the ontology (`dgx:token`,
`dgx:grade`); what is looked for around it are the kinds of its chains (`dgx:leadsTo`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dipgraph.network.chains import WITHIN, steps
from dipgraph.network.measures import MultiGraph
from dipgraph.network.occurrences import Occurrence, label, occurrences
from dipgraph.network.ranks import Standing
from dipgraph.ontology import Grade, Kind, Ontology

NOBODY = (Standing(), Standing())


@dataclass(frozen=True)
class Award:
    """One token given: by and to whom (IRIs and labels), what, its grade ("" where unknown), when, the fact (IRI)."""

    source: str
    target: str
    source_label: str
    target_label: str
    token: str
    grade: str
    rank: int
    """The higher the better; 0 where unknown."""
    giver: str
    """Office that the giver then held; "" where unknown, or where a state gives."""
    receiver: str
    level: int | None
    """By how many ranks the giver stood above the receiver; None unless both are known."""
    time: str
    fact: str


@dataclass(frozen=True)
class Exchange:
    """What passed between two: how often, of what highest grade, and the facts (IRIs), each way."""

    source: str
    target: str
    source_label: str
    target_label: str
    given: int
    returned: int
    given_grade: str
    returned_grade: str
    balance: int | None
    """Rank of the highest given less that of the highest returned; None unless both are known."""
    given_facts: tuple[str, ...]
    returned_facts: tuple[str, ...]


@dataclass(frozen=True)
class Reciprocity:
    """How far honours are returned, over all pairs. Shares are None where nothing was given."""

    awards: int
    """Tokens that passed between two: one for each giver and receiver of a fact."""
    givers: int
    receivers: int
    pairs: int
    """Two between whom something passed."""
    mutual: int
    """Of these, both ways."""
    ordered: int
    """Giver and receiver, each two once: pairs and mutual together."""
    returned: int
    """Of these, where the receiver also gave to the giver."""
    reciprocity: float | None
    """Share of those honoured by somebody who also honoured that somebody."""


@dataclass(frozen=True)
class Around:
    """What happened between two before, at and after a token was given: one row for each kind of fact."""

    fact: str
    time: str
    source_label: str
    target_label: str
    kind: str
    """Label of the kind of fact that was looked for."""
    before: int
    at: int
    """At the same time, as far as the times tell."""
    after: int
    days_before: int | None
    """The fewest days to the nearest before."""
    days_after: int | None
    facts_before: tuple[str, ...]
    facts_at: tuple[str, ...]
    facts_after: tuple[str, ...]


def awards(
    graph: MultiGraph, ontology: Ontology, standings: Mapping[str, tuple[Standing, Standing]] | None = None
) -> tuple[Award, ...]:
    """Every token given, in order of time, the undated last; once for each giver and receiver.

    `standings`: where giver and receiver of a fact stood (see `ranks.standings`).
    """
    stood = standings or {}
    found = {
        (data["fact"], source, target): _award(
            source, target, data, graph, kind, ontology, stood.get(data["fact"], NOBODY)
        )
        for source, target, data in graph.edges(data=True)
        for kind in (ontology.kind(data["type"]),)
        if any(kind.passes(way) and way.predicate == data["property"] for way in kind.shortcuts)
    }
    return tuple(
        sorted(found.values(), key=lambda each: (not each.time, each.time, each.fact, each.source, each.target))
    )


def exchanges(given: Iterable[Award]) -> tuple[Exchange, ...]:
    """The matrix of who honours whom, a row for each ordered pair between whom something passed, most given first."""
    by_pair: dict[tuple[str, str], list[Award]] = defaultdict(list)
    names: dict[str, str] = {}
    for award in given:
        by_pair[award.source, award.target].append(award)
        names |= {award.source: award.source_label, award.target: award.target_label}
    pairs = {(a, b) for pair in by_pair for a, b in (pair, pair[::-1])}
    rows = (_exchange(a, b, names, by_pair.get((a, b), []), by_pair.get((b, a), [])) for a, b in pairs)
    return tuple(
        sorted(
            rows,
            key=lambda row: (-row.given, -row.returned, row.source_label, row.target_label, row.source, row.target),
        )
    )


def reciprocity(given: Sequence[Award]) -> Reciprocity:
    """How far honours are returned: of those honoured by somebody, the share who also honoured that somebody.

    Wasserman, S. & Faust, K. (1994). Social Network Analysis, 13.6, counting each giver and receiver once. That a gift asks
    for a return: Mauss, M. (1925). Essai sur le don.
    """
    arcs = {(award.source, award.target) for award in given}
    mutual = sum((b, a) in arcs for a, b in arcs)
    return Reciprocity(
        awards=len(given),
        givers=len({a for a, _ in arcs}),
        receivers=len({b for _, b in arcs}),
        pairs=len({frozenset(arc) for arc in arcs}),
        mutual=mutual // 2,
        ordered=len(arcs),
        returned=mutual,
        reciprocity=float(Fraction(mutual, len(arcs))) if arcs else None,
    )


def around(graph: MultiGraph, ontology: Ontology, *, within: int = WITHIN) -> tuple[Around, ...]:
    """What passed between giver and receiver up to so many days before and after each dated token, by kind of fact."""
    tokens = {kind.name for kind in ontology.kinds.values() if kind.token}
    kinds = sorted(steps(ontology) - tokens)
    given = [award for award in awards(graph, ontology) if award.time]
    by_pair = occurrences(graph, tokens.union(kinds))
    rows = []
    for award in given:
        found = by_pair[min(award.source, award.target), max(award.source, award.target)]
        own = next(each for each in found if each.fact == award.fact)
        rows += [
            _around(award, own, [each for each in found if each.kind == kind], ontology.kind(kind), within)
            for kind in kinds
        ]
    return tuple(rows)


def grade(names: Iterable[str], quotations: Iterable[str], grades: Iterable[Grade]) -> Grade | None:
    """The grade that the names of a token tell, or else the words quoted; of several the longest wording, then the highest.

    In a quotation a grade must be one of something: "Grand Cross OF the Legion of Honour".
    """
    wordings = sorted(
        ((word, each) for each in grades for word in each.words), key=lambda pair: (-len(pair[0]), -pair[1].rank)
    )
    for texts, after in ((tuple(names), r"\b"), (tuple(quotations), r",? (of|in|with) ")):
        for word, found in wordings:
            if any(re.search(rf"\b{re.escape(word)}{after}", text) for text in texts):
                return found
    return None


def _award(
    source: str, target: str, data: Mapping[str, Any], graph: MultiGraph, kind: Kind, ontology: Ontology,
    stood: tuple[Standing, Standing],
) -> Award:  # fmt: skip
    giver, receiver = stood
    role = kind.roles[kind.token]
    names = data["roles"].get(role.label, ())
    grades = (each for name in role.ranges for each in ontology.classes[name].grades)
    found = grade(names, (quoted["text"] for quoted in data["evidence"]), grades)
    return Award(
        source=source, target=target, source_label=label(graph, source), target_label=label(graph, target),
        token=", ".join(names), grade=found.label if found else "", rank=found.rank if found else 0,
        giver=giver.title, receiver=receiver.title,
        level=giver.height - receiver.height if giver.height and receiver.height else None,
        time=data["time"], fact=data["fact"],
    )  # fmt: skip


def _exchange(
    source: str, target: str, names: Mapping[str, str], given: Sequence[Award], returned: Sequence[Award]
) -> Exchange:
    best, back = (max(found, key=lambda each: each.rank, default=None) for found in (given, returned))
    return Exchange(
        source=source, target=target, source_label=names[source], target_label=names[target],
        given=len(given), returned=len(returned),
        given_grade=best.grade if best else "", returned_grade=back.grade if back else "",
        balance=best.rank - back.rank if best and back and best.rank and back.rank else None,
        given_facts=tuple(each.fact for each in given), returned_facts=tuple(each.fact for each in returned),
    )  # fmt: skip


def _around(award: Award, own: Occurrence, others: Sequence[Occurrence], kind: Kind, within: int) -> Around:
    distance = {each.fact: own.days_until(each) for each in others}
    before = [fact for fact, days in distance.items() if -within <= days < 0]
    at = [fact for fact, days in distance.items() if days == 0]
    after = [fact for fact, days in distance.items() if 0 < days <= within]
    return Around(
        fact=award.fact, time=award.time, source_label=award.source_label, target_label=award.target_label, kind=kind.label,
        before=len(before), at=len(at), after=len(after),
        days_before=min((-distance[fact] for fact in before), default=None),
        days_after=min((distance[fact] for fact in after), default=None),
        facts_before=tuple(before), facts_at=tuple(at), facts_after=tuple(after),
    )  # fmt: skip
