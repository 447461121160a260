"""What the sections of a report are made from, and the pieces that they are made of."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

from dipgraph.knowledge.quads import document_iri
from dipgraph.model import Document, Fact
from dipgraph.network import attention
from dipgraph.network.occurrences import label
from dipgraph.ontology import Ontology
from dipgraph.pipeline.report.queries import recount, relative
from dipgraph.views.report import Cell, Figure, Prose, Table

if TYPE_CHECKING:
    import networkx as nx

Item = TypeVar("Item")
Groups = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Holdings:
    """All documents and facts of a knowledge graph, read once: what `network.projection` wants of one."""

    read: tuple[Document, ...]
    found: tuple[Fact, ...]

    def documents(self) -> Iterable[Document]:
        """Every document."""
        return self.read

    def facts(self) -> Iterable[Fact]:
        """Every fact."""
        return self.found


@dataclass(frozen=True)
class Material:
    """What a report is made from: all documents and facts, and the asserted ones as graphs of entities and of states."""

    rules: Ontology
    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    entities: "nx.MultiDiGraph[Any]"
    states: "nx.MultiDiGraph[Any]"
    readings: Mapping[str, tuple[str, ...]]
    """Name of a reading (program, model, ontology) -> the documents (IRIs) that were read so."""
    within: int
    top: int
    evaluation: Mapping[str, Any]
    """What `evaluate` says of the reading of annotated articles; nothing where none are given."""

    @cached_property
    def sources(self) -> dict[str, str]:
        """Document (id) -> who published it."""
        return {each.id: attention.publisher(each.id, {"url": each.url}) for each in self.documents}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Document (id) -> its title, or its id."""
        return {each.id: each.title or each.id for each in self.documents}

    @cached_property
    def names(self) -> dict[str, str]:
        """State (IRI) -> its label, with the IRI where others are called so too."""
        labels = {node: label(self.states, node) for node in sorted(self.states)}
        shared = Counter(labels.values())
        return {node: f"{name} ({relative(node)})" if shared[name] > 1 else name for node, name in labels.items()}

    def pair(self, one: str, other: str) -> str:
        """Two states (IRIs) by their names."""
        return " – ".join(sorted((self.names[one], self.names[other])))

    def label(self, kind: str) -> str:
        """The label of a kind of fact."""
        return self.rules.kind(kind).label

    def color(self, kind: str) -> str:
        """The colour of a kind of fact."""
        return self.rules.kind(kind).color


def cell(label: str, items: Iterable[str], none: str = "") -> Cell:
    """How many facts or documents these are; `none` where there are none."""
    found = tuple(items)
    return Figure(label, found) if found else none


def grouped(label: str, groups: Groups) -> Cell:
    """How many groups of facts these are; "0" where there are none."""
    found = {name: tuple(items) for name, items in groups.items()}
    return Figure.of(label, found) if found else "0"


def counted(number: Cell | int, noun: str) -> Prose:
    """A number with its noun."""
    written = f"{number:,}" if isinstance(number, int) else number
    return (written, f" {noun}{'' if str(written) == '1' else 's'}")


def prose(text: str, **parts: Cell | Prose) -> Prose:
    """The text with these pieces in the place of their names in braces."""
    pieces: list[Cell] = []
    for before, name, *_ in Formatter().parse(text):
        pieces += [before] if before else []
        if name is not None:
            part = parts[name]
            pieces += part if isinstance(part, tuple) else (part,)
    return tuple(pieces)


def figures(text: Prose) -> tuple[Figure, ...]:
    """The numbers of a text that lead somewhere."""
    return tuple(piece for piece in text if isinstance(piece, Figure))


def shortened(table: Table, top: int) -> Table:
    """The first rows of a table, and what is said of the others; with a query, where it has none, that recounts these."""
    kept = replace(table, rows=table.rows[:top])
    hidden = len(table.rows) - len(kept.rows)
    more = (
        "; the query counts them too"
        if table.sparql
        else f"; dipgraph report --top {len(table.rows)} shows {'it' if hidden == 1 else 'them'}"
    )
    rest = f"{hidden:,} more {'is' if hidden == 1 else 'are'} not shown{more}." if hidden > 0 else table.rest
    return replace(kept, sparql=table.sparql or recount(kept.figures), rest=rest)


def grouping(items: Iterable[Item], key: Callable[[Item], str]) -> dict[str, list[Item]]:
    """The items by key, the keys in order."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(sorted(groups.items()))


def documents(found: Iterable[Document]) -> tuple[str, ...]:
    """The IRIs of documents."""
    return tuple(document_iri(each.id) for each in found)


def facts(found: Iterable[Fact]) -> tuple[str, ...]:
    """The IRIs of facts."""
    return tuple(each.iri for each in found)
