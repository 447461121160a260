"""The ontology folder read into lookup tables.

Python knows grammar; what a word means, which roles a kind of fact has and how it is drawn stand in Turtle.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from rdflib import Graph

from dipgraph.errors import OntologyError
from dipgraph.ontology.faults import dangling, unknown_terms
from dipgraph.ontology.tables import DGX, DIP, entity_class, kind_of_fact, members, status_of, words_of
from dipgraph.ontology.values import EntityClass, Example, Frame, Grade, Kind, Ontology, Role, Shortcut, Status

__all__ = [
    "EntityClass",
    "Example",
    "Frame",
    "Grade",
    "Kind",
    "Ontology",
    "Role",
    "Shortcut",
    "Status",
    "load",
    "shipped",
]

WORDS = (
    "lightVerb", "speech", "announcement", "source", "speakerNoun", "negator", "proForm", "beginning", "ending", "utterance", "occurrence", "narrative", "measure", "familyNameFirst", "successor", "privateWord", "seatNoun",
)  # fmt: skip
"""Annotations whose words belong to no kind of fact and no status."""
_MEANT = (DIP.Event, DIP.attributedTo, DIP.Person, DIP.Office, DIP.Organization, DIP.State)


def shipped(name: str) -> Path:
    """The folder `ontology` or `data` that comes with dipgraph: inside the wheel, or beside `src/` in a checkout."""
    inside = Path(str(files("dipgraph"))) / "shipped" / name
    return inside if inside.is_dir() else Path(__file__).parents[3] / name


@lru_cache(maxsize=8)
def load(folders: tuple[Path, ...] = ()) -> Ontology:
    """The shipped ontology extended by the user's folders; OntologyError lists every fault of all of them."""
    everything = (shipped("ontology"), *folders)
    graph = _parse(everything)
    faults = [*unknown_terms(graph), *dangling(graph)]
    if faults:
        raise OntologyError(faults)
    return Ontology(
        classes={name: entity_class(graph, node) for name, node in members(graph, DIP.EntityClass)},
        kinds={name: kind_of_fact(graph, node) for name, node in members(graph, DIP.KindOfFact)},
        statuses={name: status_of(graph, node) for name, node in members(graph, DIP.Status)},
        words={name: frozenset(word for node in _MEANT for word in words_of(graph, node, name)) for name in WORDS},
        queries={path.stem: path for folder in everything for path in sorted((folder / "queries").glob("*.rq"))},
        shapes=tuple(path for folder in everything for path in sorted((folder / "shapes").glob("*.ttl"))),
        folders=everything,
        graph=graph,
    )


def _parse(folders: Sequence[Path]) -> Graph:
    graph, faults = Graph(), []
    graph.bind("dip", DIP)
    graph.bind("dgx", DGX)
    for folder in folders:
        paths = [path for path in sorted(folder.rglob("*.ttl")) if "shapes" not in path.relative_to(folder).parts]
        if not paths:
            faults.append(f"{folder}: no Turtle file (*.ttl) in this folder; --ontology wants a folder that has one")
        for path in paths:
            try:
                graph.parse(path, format="turtle")
            except (SyntaxError, ValueError, OSError, IndexError, AssertionError) as error:  # as rdflib's parser fails
                faults.append(f"{path}: not valid Turtle: {_reason(error)}")
    if faults:
        raise OntologyError(faults)
    return graph


def _reason(error: Exception) -> str:
    lines = getattr(error, "lines", None)
    if isinstance(lines, int):
        return f"line {lines + 1}: {getattr(error, '_why', 'syntax error')}"
    return " ".join(str(error).split())[:200]
