"""Which facts a network is made of."""

import difflib
from collections.abc import Collection, Iterable
from typing import TypedDict

from dipgraph.errors import OntologyError
from dipgraph.model import Fact
from dipgraph.network.periods import Between, bounds, falls
from dipgraph.ontology import Ontology

DEFAULT_STATUS = frozenset({""})
"""Stands for the ontology's default status, what texts simply say."""


class Choice(TypedDict, total=False):
    """Which facts: all that are said to be so, unless it says otherwise."""

    statuses: Collection[str] | None
    """Names; None for all."""
    kinds: Collection[str] | None
    """Names of kinds of fact; None for all."""
    between: Between | None
    """First and last day, None for open: facts that may fall between them, a lasting one from its time on; undated ones
    do not count."""
    min_confidence: float
    """None that is less to be trusted."""


def chosen(
    facts: Iterable[Fact],
    ontology: Ontology,
    *,
    statuses: Collection[str] | None = DEFAULT_STATUS,
    kinds: Collection[str] | None = None,
    between: Between | None = None,
    min_confidence: float = 0.0,
) -> list[Fact]:
    """The facts of a `Choice`, by IRI.

    OntologyError for a name that the ontology lacks, InputError if the days are in the wrong order.
    """
    wanted = None if statuses is None else {status or ontology.default_status for status in statuses}
    named = None if kinds is None else {ontology.kind(name).name for name in kinds}
    faults = [_unknown(name, ontology.statuses) for name in sorted(wanted or ()) if name not in ontology.statuses]
    if faults:
        raise OntologyError(faults)
    period = bounds(between)
    found = (
        fact
        for fact in facts
        if fact.confidence >= min_confidence
        and (wanted is None or fact.status in wanted)
        and (named is None or fact.kind in named)
        and (between is None or falls(fact.time, ontology.kind(fact.kind), period))
    )
    return sorted(found, key=lambda fact: fact.iri)


def _unknown(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or sorted(known)
    return f"no status is called {name!r}; did you mean {', '.join(near)}?"
