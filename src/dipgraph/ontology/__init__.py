"""The ontology folder read into lookup tables.

Python knows grammar; what a word means, which roles a kind of fact has and how it is drawn stand in Turtle.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from dipgraph.errors import OntologyError
from dipgraph.ontology.faults import faults_of
from dipgraph.ontology.sources import parsed
from dipgraph.ontology.tables import DIP, entity_class, kind_of_fact, members, status_of, words_of
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
    "shapes_of",
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


def shapes_of(folders: Sequence[Path]) -> tuple[Path, ...]:
    """The files of SHACL shapes in these folders."""
    return tuple(path for folder in folders for path in sorted((folder / "shapes").glob("*.ttl")))


@lru_cache(maxsize=8)
def load(folders: tuple[Path, ...] = ()) -> Ontology:
    """The shipped ontology extended by the user's folders or files; OntologyError lists every fault of all of them."""
    everything = (shipped("ontology"), *folders)
    graph = parsed(everything)
    if faults := faults_of(graph):
        raise OntologyError(faults)
    return Ontology(
        classes={name: entity_class(graph, node) for name, node in members(graph, DIP.EntityClass)},
        kinds={name: kind_of_fact(graph, node) for name, node in members(graph, DIP.KindOfFact)},
        statuses={name: status_of(graph, node) for name, node in members(graph, DIP.Status)},
        words={name: frozenset(word for node in _MEANT for word in words_of(graph, node, name)) for name in WORDS},
        queries={path.stem: path for folder in everything for path in sorted((folder / "queries").glob("*.rq"))},
        shapes=shapes_of(everything),
        folders=everything,
        graph=graph,
    )
