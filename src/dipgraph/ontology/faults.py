"""What is wrong with an ontology, one sentence each: what the tables could not be read from."""

import difflib
import re
from datetime import date
from typing import Any

from rdflib import RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node

from dipgraph.ontology.tables import DGX, DIP, TRIGGERS, local_name, members, slot_terms


def faults_of(graph: Graph) -> list[str]:
    """All that keeps the tables from being read from an ontology, a sentence each."""
    return [*unknown_terms(graph), *ill_typed(graph), *above_themselves(graph), *dangling(graph)]


def unknown_terms(graph: Graph) -> list[str]:
    """The vocabulary is closed: a misspelt annotation would otherwise be silently ignored."""
    known = {term for term in graph.subjects(RDFS.label) if str(term).startswith(DGX)}
    faults = []
    for term in sorted({p for p in graph.predicates() if str(p).startswith(DGX)} - known, key=str):
        near = difflib.get_close_matches(str(term), [str(k) for k in known], n=1)
        hint = f"; did you mean dgx:{near[0].removeprefix(DGX)}?" if near else ""
        faults.append(f"dgx:{str(term).removeprefix(DGX)} is not an annotation of the extraction vocabulary{hint}")
    return faults


def ill_typed(graph: Graph) -> list[str]:
    """What should be a number or a day, and is none."""
    numbers = [
        f"dgx:{local_name(p)} is {str(o)!r}; it must be a whole number"
        for p in (DGX.sign, DGX["min"], DGX["max"], DGX["rank"])
        for o in sorted(graph.objects(None, p), key=str)
        if not re.fullmatch(r"-?\d+", str(o))
    ]
    days = [
        f"dgx:published is {str(o)!r}; it must be a day like 2020-05-06"
        for o in sorted(graph.objects(None, DGX.published), key=str)
        if not _is_day(str(o))
    ]
    return numbers + days


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def above_themselves(graph: Graph) -> list[str]:
    """Classes that descend from themselves by way of others."""
    return [
        f"{name}: rdfs:subClassOf leads from it back to itself; a class is below others, not below itself"
        for name, node in members(graph, DIP.EntityClass)
        if any(node in graph.transitive_objects(parent, RDFS.subClassOf) for parent in _parents(graph, node))
    ]


def _parents(graph: Graph, node: Node) -> list[Node]:
    return [parent for parent in graph.objects(node, RDFS.subClassOf) if parent != node]


def place_of(graph: Graph, node: Any) -> str:
    """A term by its name; what has none by that of which it is a part."""
    if not isinstance(node, BNode):
        return local_name(node)
    what = graph.value(node, DGX.property)
    for owner, link in sorted(graph.subject_predicates(node), key=str):
        return f"{place_of(graph, owner)}, {local_name(link)}" + (f" {local_name(what)}" if what else "")
    return "somewhere"


def dangling(graph: Graph) -> list[str]:
    """Slots that name a role which their kind does not declare, ranges that are no class, triggerless frames."""
    classes = set(graph.subjects(RDF.type, DIP.EntityClass))
    faults = []
    for name, kind in members(graph, DIP.KindOfFact):
        declared = {graph.value(role, DGX.property) for role in graph.objects(kind, DGX.role)}
        for role in graph.objects(kind, DGX.role):
            for wanted in set(graph.objects(role, DGX.range)) - classes:
                faults.append(
                    f"{name}: range {local_name(wanted)} of role {local_name(graph.value(role, DGX.property))} is no dip:EntityClass"
                )
        if None in declared:
            faults.append(
                f"{name}: a dgx:role has no dgx:property; name the property that links the fact to its filler"
            )
        if not declared:
            faults.append(f"{name}: no dgx:role; a kind of fact needs at least one")
        for frame in graph.objects(kind, DGX.frame):
            if not any((frame, DGX[trigger], None) in graph for trigger in TRIGGERS):
                faults.append(f"{name}: a frame has no dgx:verb, dgx:noun, dgx:adjective or dgx:title")
            for slot in set(graph.predicates(frame)) & slot_terms(graph):
                faults += [
                    f"{name}: slot dgx:{local_name(slot)} names role {local_name(filler)}, which the kind does not declare"
                    for filler in graph.objects(frame, slot)
                    if isinstance(filler, URIRef) and filler not in declared
                ]
        faults += [
            f"{name}: dgx:{local_name(link)} names {local_name(other)}, which is no kind of fact"
            for link in (DGX.leadsTo, DGX.answeredBy, DGX.begins, DGX.ends)
            for other in sorted(graph.objects(kind, link), key=str)
            if (other, RDF.type, DIP.KindOfFact) not in graph
        ]
        for shortcut in graph.objects(kind, DGX.shortcut):
            for end in (DGX.source, DGX.target):
                if graph.value(shortcut, end) not in declared:
                    faults.append(f"{name}: the shortcut's dgx:{local_name(end)} is not one of its roles")
    return faults
