"""The rank of those between whom a token of esteem passes: which office each then held, as the gazetteer knows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dipgraph.model import Entity, Fact, Gazetteer, Tenure
from dipgraph.network.offices import Days, days, served
from dipgraph.ontology import Ontology

RANKS: Mapping[str, tuple[int, str]] = {
    "both": (3, "head of state"),
    "head-of-state": (3, "head of state"),
    "head-of-government": (2, "head of government"),
    "foreign-minister": (1, "minister"),
    "minister": (1, "minister"),
}
"""Role of an office holder in the gazetteer -> height and name of the rank."""


@dataclass(frozen=True)
class Standing:
    """The highest office that somebody held on a day, and its rank: height and name; 0 and "" where none is known."""

    title: str = ""
    height: int = 0
    rank: str = ""


def standings(facts: Iterable[Fact], ontology: Ontology, gazetteer: Gazetteer) -> dict[str, tuple[Standing, Standing]]:
    """Fact (IRI) -> where the giver and the receiver of its token stood at its time, else when it was first published."""
    held: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in gazetteer.tenures:
        if tenure.rank in RANKS:
            held[tenure.holder].append(tenure)
    found = {}
    for fact in facts:
        kind = ontology.kind(fact.kind)
        when = _when(fact)
        ends = [(way.source, way.target) for way in kind.shortcuts if kind.passes(way)]
        if ends and when:
            giver, receiver = (_highest(fact.roles.get(role, ()), held, when) for role in ends[0])
            found[fact.iri] = giver, receiver
    return found


def _when(fact: Fact) -> Days | None:
    if fact.time:
        return days(fact.time)
    day = min((claim.published for claim in fact.claims if claim.published), default=None)
    return (day, day) if day else None


def _highest(entities: Iterable[Entity], held: Mapping[str, list[Tenure]], when: Days) -> Standing:
    offices = (
        Standing(tenure.office, *RANKS[tenure.rank])
        for entity in entities
        for tenure in held.get(entity.iri, ())
        for begin, end in (served(tenure),)
        if begin <= when[1] and when[0] <= end
    )
    return max(offices, key=lambda each: (each.height, each.title), default=Standing())
