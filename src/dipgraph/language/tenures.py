"""Who holds which office at which time: what the document says, before what the gazetteer knows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dipgraph.language.names import Names
from dipgraph.language.parse import fold
from dipgraph.model import Entity, Tenure, Time


@dataclass(frozen=True)
class Held:
    """An office that the document gives to a person."""

    holder: Entity
    office: str
    polity: Entity | None


@dataclass
class Tenures:
    """The offices of one document: `held` grows as it is read; `named` are the persons whom it names anywhere."""

    names: Names
    published: date | None
    named: frozenset[str]
    held: list[Held] = field(default_factory=list)

    def known(
        self, *, holder: str = "", office: str = "", polity: str = "", day: Time | None = None
    ) -> Iterator[Tenure]:
        """Known tenures that fit, of that time, else of the date of publication (of any time if there is neither)."""
        table = self.names.by_holder.get(holder, ()) if holder else self.names.by_polity.get(polity, ())
        day = day or (Time(self.published.isoformat()) if self.published else None)
        for tenure in table:
            fits = (not office or tenure.office == office) and (not polity or tenure.polity == polity)
            if fits and (day is None or Time(f"{tenure.begin}/{tenure.end}").overlaps(day)):
                yield tenure

    def entity(self, iri: str) -> Entity:
        """A holder or polity of a known tenure."""
        return self.names.gazetteer.entities[iri]

    def sole(self, office: str) -> list[str]:
        """The IRI of the only polity that is known to have an office: of "the taoiseach"; none where there are several."""
        polities = {polity for polity, held in self.names.by_polity.items() if any(t.office == office for t in held)}
        return list(polities) if len(polities) == 1 else []

    def state_of(self, person: Entity) -> Entity | None:
        """The state or body that a person acts for."""
        said = next((h.polity for h in reversed(self.held) if h.holder.iri == person.iri and h.polity), None)
        tenure = next(self.known(holder=person.iri), None)
        ever = {t.polity for t in self.names.by_holder.get(person.iri, ())}
        only = self.entity(next(iter(ever))) if len(ever) == 1 else None
        return said or (self.entity(tenure.polity) if tenure else only)

    def office_of(self, person: Entity) -> str:
        """The office that a person was last called by here, else is known to hold."""
        said = next((h.office for h in reversed(self.held) if h.holder.iri == person.iri), "")
        return said or next((t.office for t in self.known(holder=person.iri)), "")

    def holder(
        self, office: str, polities: Collection[str], day: Time | None, persons: Sequence[Entity]
    ) -> Entity | None:
        """Who is meant by "the Syrian president" or "the president": the last so called, else the known holder of that time.

        `persons`: whom the document has named before, the latest last; an office of no polity is one of theirs.
        """
        called = [h for h in reversed(self.held) if h.office == office]
        called = [h for h in called if not polities or (h.polity and h.polity.iri in polities)]
        if day is None and called and not self._is_over(called[0].holder, office):
            return called[0].holder
        then = [t.holder for body in polities for t in self.known(office=office, polity=body, day=day)]
        then += [
            p.iri
            for p in reversed(persons)
            for t in self.known(holder=p.iri, office=office, day=day)
            if not polities or t.polity in polities
        ]
        if then:
            return next((p for p in persons if p.iri in then), None) or self.entity(then[0])
        return called[0].holder if called else None

    def _is_over(self, holder: Entity, office: str) -> bool:
        """Whether the person is known to have held the office, and to hold it no more."""
        ever = any(t.office == office for t in self.names.by_holder.get(holder.iri, ()))
        return ever and not any(self.known(holder=holder.iri, office=office))

    def leader(self, polities: Sequence[str], persons: Sequence[Entity], day: Time | None) -> Entity | None:
        """Who leads: somebody named here with an office of the polity at that time, else its first known holder."""
        for body in polities:
            tenures = list(self.known(polity=body, day=day))
            holders = {t.holder for t in tenures}
            if found := next((p for p in reversed(persons) if p.iri in holders), None):
                return found
            if said := next((h.holder for h in reversed(self.held) if h.polity and h.polity.iri == body), None):
                return said
            if tenures:
                return self.entity(tenures[0].holder)
        return None

    def polity(self, holder: Entity, office: str) -> Entity | None:
        """Whose office it is, where the document said so before or the gazetteer knows."""
        said = [h for h in reversed(self.held) if h.holder.iri == holder.iri and h.polity]
        known = self.names.by_holder.get(holder.iri, ())
        same = next((h.polity for h in said if h.office == office), None) or self.known_polity(holder, office)
        if same:
            return same
        return said[0].polity if said else self.entity(known[0].polity) if known else None

    def known_polity(self, holder: Entity, office: str) -> Entity | None:
        """Whose office it is that the person is known to hold now, or to have held."""
        ever = (t for t in self.names.by_holder.get(holder.iri, ()) if t.office == office)
        tenure = next(self.known(holder=holder.iri, office=office), None) or next(ever, None)
        return self.entity(tenure.polity) if tenure else None

    def bearer(self, name: str, office: str, polities: Collection[str], day: Time | None) -> Entity | None:
        """The known person of that partial name ("Salman", "López Obrador") who held the office at that time."""
        for person in self.names.persons.get(name.split()[-1], ()):
            fits = " " not in name or any(
                f" {fold(n)} ".find(f" {name} ") >= 0 for n in (person.label, *person.aliases)
            )
            for tenure in self.known(holder=person.iri, office=office, day=day) if fits else ():
                if not polities or tenure.polity in polities:
                    return person
        return None
