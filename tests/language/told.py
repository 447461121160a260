"""Claims as plain values, so that a test says in one line what a sentence tells."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dipgraph.model import Claim, Entity


@dataclass(frozen=True)
class Told:
    """A claim with labels for entities."""

    kind: str
    roles: dict[str, set[str]]
    status: str
    time: str
    place: tuple[str, ...]
    speakers: tuple[str, ...]


class Tell(Protocol):
    """Reads a text and says what it tells."""

    def __call__(self, text: str, kind: str = "", published: date | None = None) -> list[Told]: ...


def told(claim: Claim) -> Told:
    roles = {role: {e.label for e in fillers} for role, fillers in claim.roles.items()}
    time = claim.time.value if claim.time else ""
    return Told(claim.kind, roles, claim.status, time, _labels(claim.place), _labels(claim.attribution))


def _labels(entities: tuple[Entity, ...]) -> tuple[str, ...]:
    return tuple(entity.label for entity in entities)
