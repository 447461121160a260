"""Which state a person, a body or a place stands for: by the office held at the time, or by the country it belongs to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dipgraph.model import Claim, Entity, Fact, Gazetteer, Tenure, Time
from dipgraph.ontology import Kind, Ontology, Role

STATE, PERSON, OFFICE = "State", "Person", "Office"
BELONGING = ("Organization", "Place")
"""Classes whose members stand for the state that their description gives as their country."""
NEAR = timedelta(days=366)
"""An office that a text gives without saying when is taken to be held so long before and after its publication."""
EVER = (date.min, date.max)

Days = tuple[date, date]


@dataclass(frozen=True)
class Holding:
    """A state for which somebody held an office from `begin` to `end` (inclusive)."""

    state: str
    begin: date
    end: date

    def overlaps(self, days: Days) -> bool:
        """Whether some day of the office is one of those from the first to the second."""
        return self.begin <= days[1] and days[0] <= self.end


@dataclass(frozen=True)
class Offices:
    """Who acts for which state, when."""

    ontology: Ontology
    gazetteer: Gazetteer
    known: Mapping[str, tuple[Holding, ...]]
    """Person (IRI) -> offices as the gazetteer knows them."""
    told: Mapping[str, tuple[Holding, ...]]
    """Person (IRI) -> offices as the texts give them."""
    named: Mapping[tuple[str, str], int]
    """Person and state (IRIs) -> how many claims give the one an office of the other."""

    def state(self, entity: Entity, days: Days) -> str:
        """The IRI of the state that an entity is or acts for in those days (first and last); "" where that is not known.

        A person acts for the state whose office the gazetteer, or else a text, gives them in those days. Who held
        offices of several states (a king of two realms) acts for the one with which the texts name them most often.
        """
        if self.ontology.is_a(entity.kind, STATE):
            return entity.iri
        if not self.ontology.is_a(entity.kind, PERSON):
            return country(entity, self.ontology, self.gazetteer)
        for offices in (self.known, self.told):
            states = {held.state for held in offices.get(entity.iri, ()) if held.overlaps(days)}
            if len(states) == 1:
                return states.pop()
            if states:
                return self._named_most(entity.iri, states)
        return ""

    def _named_most(self, person: str, states: Iterable[str]) -> str:
        ranked = sorted(((self.named.get((person, state), 0), state) for state in states), reverse=True)
        return ranked[0][1] if ranked[0][0] > ranked[1][0] else ""


def offices(facts: Iterable[Fact], ontology: Ontology, gazetteer: Gazetteer) -> Offices:
    """The offices that the gazetteer and the asserted facts give; their order makes no difference."""
    known: dict[str, list[Holding]] = defaultdict(list)
    for tenure in gazetteer.tenures:
        polity = gazetteer.entities.get(tenure.polity)
        if polity is None or ontology.is_a(polity.kind, STATE):
            known[tenure.holder].append(Holding(tenure.polity, *served(tenure)))
    told: dict[str, list[Holding]] = defaultdict(list)
    named: Counter[tuple[str, str]] = Counter()
    binding = dict(binding_roles(ontology))
    for fact in facts:
        if fact.kind in binding and fact.status == ontology.default_status:
            for person, state in _bound(fact, *binding[fact.kind], ontology, gazetteer):
                named[person, state] += len(fact.claims)
                told[person] += [Holding(state, *days) for days in _spans(fact)]
    return Offices(ontology, gazetteer, _joined_each(known), _joined_each(told), named)


def binding_roles(ontology: Ontology) -> Iterator[tuple[str, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """The kinds of fact that say who holds a state's office, each with its roles for the person and for the state.

    They are lasting, have a role for an office, one that only a person may fill, and one that a state may fill; of
    several of the last, those that belong to the identity of the fact.
    """
    for kind in ontology.kinds.values():
        persons = tuple(role.name for role in kind.roles.values() if role.ranges == (PERSON,))
        states = _state_roles(kind, ontology)
        if kind.lasting and persons and states and any(OFFICE in role.ranges for role in kind.roles.values()):
            yield kind.name, (persons, states)


def country(entity: Entity, ontology: Ontology, gazetteer: Gazetteer) -> str:
    """The IRI of the state that a body or a place belongs to, by its description or the gazetteer's; "" if it has none."""
    if not any(ontology.is_a(entity.kind, name) for name in BELONGING):
        return ""
    described = gazetteer.entities.get(entity.iri)
    iri = entity.country or (described.country if described else "")
    owner = gazetteer.entities.get(iri)
    return iri if owner is None or ontology.is_a(owner.kind, STATE) else ""


@cache
def served(tenure: Tenure) -> Days:
    """First and last day of a tenure that the gazetteer lists."""
    return days(Time(f"{tenure.begin}/{tenure.end}"))


def days(time: Time | None) -> Days:
    """First and last day that a time can mean; the ends of the calendar where it is open or not known."""
    return (time.begin or date.min, time.end or date.max) if time else EVER


def _state_roles(kind: Kind, ontology: Ontology) -> tuple[str, ...]:
    def fits(role: Role) -> bool:
        return any(ontology.is_a(name, STATE) for name in role.ranges)

    found = [role for role in kind.roles.values() if fits(role)]
    return tuple(role.name for role in [role for role in found if role.core] or found)


def _bound(
    fact: Fact, persons: Iterable[str], states: Iterable[str], ontology: Ontology, gazetteer: Gazetteer
) -> set[tuple[str, str]]:
    """Persons of an office fact with the states of it."""
    owners = {
        entity.iri if ontology.is_a(entity.kind, STATE) else country(entity, ontology, gazetteer)
        for role in states
        for entity in fact.roles.get(role, ())
    }
    return {(e.iri, owner) for role in persons for e in fact.roles.get(role, ()) for owner in owners if owner}


def _spans(fact: Fact) -> Iterator[Days]:
    if fact.time:
        yield days(fact.time)
        return
    for published in sorted({day for day in map(_published, fact.claims) if day}):
        yield published - NEAR, published + NEAR
    if not any(map(_published, fact.claims)):
        yield EVER


def _published(claim: Claim) -> date | None:
    return claim.published


def _joined_each(found: Mapping[str, Iterable[Holding]]) -> dict[str, tuple[Holding, ...]]:
    return {person: _joined(holdings) for person, holdings in found.items()}


def _joined(found: Iterable[Holding]) -> tuple[Holding, ...]:
    """The same days in as few holdings as can be, so that a person named in a thousand texts costs no more than one."""
    joined: list[Holding] = []
    for held in sorted(found, key=lambda h: (h.state, h.begin, h.end)):
        last = joined[-1] if joined else None
        if last and last.state == held.state and held.begin <= last.end:
            joined[-1] = Holding(held.state, last.begin, max(last.end, held.end))
        else:
            joined.append(held)
    return tuple(joined)
