"""The files of an ontology -> one RDF graph; OntologyError lists every file that cannot be read, or defines what is defined."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph
from rdflib import RDF, Graph

from dipgraph.errors import OntologyError
from dipgraph.ontology.tables import DGX, DIP, local_name

DEFINED = (DIP.KindOfFact, DIP.EntityClass, DIP.Status)


def turtle_files(place: Path) -> list[Path]:
    """The Turtle file itself, or those of a folder, without its shapes."""
    if place.is_file():
        return [place]
    return [path for path in sorted(place.rglob("*.ttl")) if "shapes" not in path.relative_to(place).parts]


def parsed(places: Sequence[Path]) -> Graph:
    """All that stands in these files, or in the Turtle files of these folders."""
    graph, faults = Graph(), list[str]()
    graph.bind("dip", DIP)
    graph.bind("dgx", DGX)
    defined: dict[str, Path] = {}
    for place in places:
        paths = turtle_files(place)
        if not paths:
            faults.append(f"{place}: no Turtle file (*.ttl) in this folder; --ontology wants a folder that has one")
        for path in paths:
            part = Graph()
            try:
                part.parse(path, format="turtle")
            except (SyntaxError, ValueError, OSError, IndexError, AssertionError) as error:  # as rdflib's parser fails
                faults.append(f"{path}: not valid Turtle: {_reason(path, error)}")
                continue
            names = sorted({local_name(node) for of in DEFINED for node in part.subjects(RDF.type, of)})
            faults += [
                f"{path}: {name} is defined in {defined[name]} already; give yours another name, or, to add to that one, "
                "leave out what it is (`a …`), its colour, shape and sign"
                for name in names
                if name in defined
            ]
            defined |= dict.fromkeys(names, path)
            graph += part
    if faults:
        raise OntologyError(faults)
    return graph


def _reason(path: Path, error: Exception) -> str:
    """In the words of a parser that says them plainly, if it finds a fault too."""
    try:
        for _ in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE, base_iri=path.absolute().as_uri()):
            pass
    except SyntaxError as plain:
        what = str(plain.msg).partition(": ")[2] or str(plain.msg).partition(" column ")[2] or str(plain.msg)
        return f"line {plain.lineno}: {what}" if plain.lineno else what
    except (OSError, ValueError):
        pass
    return " ".join(str(error).split())[:200]
