"""What `KnowledgeGraph.refresh_facts` writes: which quads the facts are and should be; functions that only read.

A fact is merged from the claims of one kind. So the facts of a kind are merged again when its claims change, together
with the kinds that write the same plain triples, since a plain triple does not say which fact it is of.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Store

from dipgraph.knowledge import quads as q
from dipgraph.knowledge.values import claims_from, value
from dipgraph.model import Claim, Fact

if TYPE_CHECKING:  # the ontology's module imports rdflib
    from dipgraph.ontology import Ontology


@dataclass(frozen=True)
class Group:
    """IRIs of kinds that are merged together, and of the properties of their plain triples."""

    kinds: frozenset[str]
    properties: frozenset[str] = frozenset()


def kinds_of(quads: Iterable[Quad]) -> set[tuple[NamedNode, NamedNode]]:
    """Claims among the quads, each with its kind."""
    types = [quad for quad in quads if quad.predicate == q.TYPE]
    claims = {quad.subject for quad in types if quad.object == q.CLAIM}
    return {(quad.subject, quad.object) for quad in types if quad.subject in claims and quad.object != q.CLAIM}  # type: ignore[misc]


def touched(store: Store) -> set[str]:
    """IRIs of the kinds whose facts are to be merged again."""
    return {value(quad.object) for quad in store.quads_for_pattern(q.LEDGER, q.TOUCHED, None, q.LEDGER)}


def groups(ontology: "Ontology", kinds: Iterable[str]) -> list[Group]:
    """The groups of these kinds and of those that share a plain triple's property with them."""
    made: list[Group] = [Group(frozenset({kind})) for kind in kinds]
    for kind in ontology.kinds.values():
        properties = frozenset(q.term(f"dip:{shortcut.predicate}").value for shortcut in kind.shortcuts)
        joined = [group for group in made if group.properties & properties or kind.iri in group.kinds]
        made = [group for group in made if group not in joined]
        made.append(
            Group(
                frozenset({kind.iri}).union(*(group.kinds for group in joined)),
                properties.union(*(group.properties for group in joined)),
            )
        )
    wanted = frozenset(kinds)
    return sorted((group for group in made if group.kinds & wanted), key=lambda group: min(group.kinds))


def current(store: Store, group: Group) -> set[Quad]:
    """The quads that the facts of a group are now, with their plain triples."""
    found: set[Quad] = set()
    for kind in group.kinds:
        for fact in store.quads_for_pattern(None, q.TYPE, q.node(kind), q.FACTS):
            found.update(store.quads_for_pattern(fact.subject, None, None, q.FACTS))
    for name in group.properties:
        quads = store.quads_for_pattern(None, q.node(name), None, q.FACTS)
        found.update(quad for quad in quads if not _is_fact(store, quad))
    return found


def merged(
    store: Store, group: Group, merge: Callable[[Sequence[Claim], "Ontology"], Iterable[Fact]], ontology: "Ontology"
) -> set[Quad]:
    """The quads that the facts of a group should be. Claims come sorted, so that no order of documents can show."""
    names = {kind.name for kind in ontology.kinds.values() if kind.iri in group.kinds}
    documents = {
        value(claim.graph_name)
        for kind in group.kinds
        for claim in store.quads_for_pattern(None, q.TYPE, q.node(kind), None)
        if claim.graph_name != q.FACTS
    }
    claims = [claim for claim in claims_from(store, sorted(documents)) if claim.kind in names]
    return {quad for fact in merge(claims, ontology) for quad in q.fact_quads(fact, ontology)}


def restart(store: Store, ontology: "Ontology", reading: str) -> tuple[set[Quad], set[Quad]]:
    """What to remove and to add to have all merged again, if it was merged in another way; else nothing."""
    mark = Quad(q.FACTS, q.READING, Literal(_fingerprint(ontology, reading)), q.LEDGER)
    if mark in store:
        return set(), set()
    plain = {quad for quad in store.quads_for_pattern(None, None, None, q.FACTS) if not _is_fact(store, quad)}
    kinds = {
        quad.object
        for statement in (q.CLAIM, q.FACT)
        for said in store.quads_for_pattern(None, q.TYPE, statement, None)
        for quad in store.quads_for_pattern(said.subject, q.TYPE, None, said.graph_name)
        if quad.object != statement
    }
    old = set(store.quads_for_pattern(q.FACTS, q.READING, None, q.LEDGER))
    return plain | old, {mark, *(Quad(q.LEDGER, q.TOUCHED, kind, q.LEDGER) for kind in kinds)}


def orphans(store: Store) -> set[Quad]:
    """The descriptions of entities that nothing names any more."""
    found: set[Quad] = set()
    for typed in store.quads_for_pattern(None, q.TYPE, None, q.ENTITIES):
        named = store.quads_for_pattern(None, None, typed.subject, None)
        if all(quad.graph_name == q.ENTITIES for quad in named):
            found.update(store.quads_for_pattern(typed.subject, None, None, q.ENTITIES))
            found.update(store.quads_for_pattern(typed.subject, q.READING, None, q.LEDGER))
    return found


def _is_fact(store: Store, quad: Quad) -> bool:
    return Quad(quad.subject, q.TYPE, q.FACT, q.FACTS) in store


def _fingerprint(ontology: "Ontology", reading: str) -> str:
    """Of all in the ontology that merging and plain triples depend on."""
    kinds = [
        (kind.iri, kind.lasting, sorted(kind.core), [(s.source, s.predicate, s.target) for s in kind.shortcuts])
        for kind in sorted(ontology.kinds.values(), key=lambda kind: kind.iri)
    ]
    content = json.dumps([kinds, ontology.default_status, reading])
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
