"""Events told twice in one document: a claim that points back ("handed over the medal") is about the event told before."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dipgraph.model import Claim, Entity
from dipgraph.ontology import Kind, Ontology


def told_again(claims: Iterable[Claim], ontology: Ontology) -> tuple[Claim, ...]:
    """The claims, where those that point back have the earlier event's fillers, and whoever differs acted for them."""
    told: list[Claim] = []
    for claim in claims:
        kind = ontology.kinds[claim.kind]
        before = next((c for c in reversed(told) if c.kind == claim.kind and _comes_back(claim, c, kind)), None)
        told.append(_deputised(claim, before, kind) if before else claim)
    return tuple(told)


def as_named(claim: Claim, named: Mapping[str, Entity]) -> Claim:
    """The claim with every entity as its name says; how it was pointed at is done with."""
    roles = {role: tuple(named.get(e.iri, e) for e in found) for role, found in claim.roles.items()}
    return replace(claim, roles=roles)


def _acted(claim: Claim, before: Claim, kind: Kind) -> Mapping[str, str]:
    """Role that somebody can act in -> the role of who acts, where both claims fill the first."""
    return {r.acts_for: r.name for r in kind.roles.values() if r.acts_for in claim.roles and r.acts_for in before.roles}


def _comes_back(claim: Claim, before: Claim, kind: Kind) -> bool:
    acted = _acted(claim, before, kind)
    pointing = {e.iri for name in kind.core - acted.keys() for e in claim.roles.get(name, ()) if e.generic}
    known = {e.iri for name in kind.core - acted.keys() for e in before.roles.get(name, ())}
    others = all({e.iri for e in claim.roles[name]}.isdisjoint({e.iri for e in before.roles[name]}) for name in acted)
    return len(acted) > 1 and others and bool(pointing & known)


def _deputised(claim: Claim, before: Claim, kind: Kind) -> Claim:
    deputies = {deputy: claim.roles[name] for name, deputy in _acted(claim, before, kind).items()}
    core = {name: found for name, found in before.roles.items() if name in kind.core}
    return replace(claim, roles={**claim.roles, **core, **deputies})
