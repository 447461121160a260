"""The dated facts of a graph, pair by pair, in order of time: what the analysis of sequences goes by.

A pair is two nodes, whichever way the fact points. Times may be vague: the days between two facts are the fewest that can
lie between them, 0 where both may be of one day.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dipgraph.network.measures import MultiGraph
from dipgraph.network.offices import days
from dipgraph.network.periods import time_of

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Occurrence:
    """A fact between two nodes: its IRI, its kind, its time as told, first and last day that this can mean."""

    fact: str
    kind: str
    time: str
    begin: date
    end: date
    pair: tuple[str, str]
    """IRIs, the smaller first."""
    actors: frozenset[str]
    """Which of the two does it: both where neither acts on the other."""

    def answers(self, other: "Occurrence") -> bool:
        """Whether one to whom the other was done acts in this."""
        return len(other.actors) > 1 or bool(self.actors - other.actors)

    def days_until(self, other: "Occurrence") -> int:
        """The fewest days from this to the other; negative where the other must have been earlier."""
        if other.end < self.begin:
            return (other.end - self.begin).days
        return max(0, (other.begin - self.end).days)


def occurrences(graph: MultiGraph, kinds: Collection[str]) -> dict[tuple[str, str], tuple[Occurrence, ...]]:
    """The dated facts of these kinds by pair, the earliest first."""
    found: dict[tuple[str, str], dict[str, Occurrence]] = defaultdict(dict)
    for source, target, data in graph.edges(data=True):
        time = time_of(data)
        if data.get("type") in kinds and time and source != target:
            pair = (min(source, target), max(source, target))
            actors = frozenset(pair if data.get("symmetric") else (source,))
            known = found[pair].get(data["fact"])
            each = Occurrence(data["fact"], data["type"], time.value, *days(time), pair, actors)
            found[pair][each.fact] = replace(known, actors=known.actors | actors) if known else each
    return {pair: tuple(sorted(facts.values(), key=_order)) for pair, facts in sorted(found.items())}


def label(graph: "nx.Graph[Any] | MultiGraph", node: str) -> str:
    """The label of a node, or its IRI."""
    return str(graph.nodes[node].get("label") or node)


def _order(each: Occurrence) -> tuple[date, date, str]:
    return each.begin, each.end, each.fact
