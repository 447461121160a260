"""The check of an ontology: SHACL on its terms, and its examples and counterexamples read like any other text."""

from collections.abc import Iterator, Mapping

from dipgraph.knowledge import gazetteer
from dipgraph.knowledge.merging import merge
from dipgraph.knowledge.store import folded
from dipgraph.language.parse import MODEL
from dipgraph.language.reader import Reader
from dipgraph.model import Document, Entity, Fact
from dipgraph.ontology import Example, Kind, Ontology
from dipgraph.pipeline import Folders, load_ontology
from dipgraph.pipeline.answers import TERMS, against_shapes


def check_ontology(folders: Folders = (), *, model: str = MODEL) -> list[str]:
    """What is wrong with the shipped ontology extended by these folders, a sentence each; OntologyError if it cannot be read.

    >>> dipgraph.check_ontology(["my-ontology/"])
    """
    rules = load_ontology(folders)
    terms = (path for path in rules.shapes if path.stem.startswith(TERMS))
    faults = sorted(f"{_short(v.focus)}: {v.message}" for path in terms for v in against_shapes(rules.graph, path))
    reader = Reader(rules, gazetteer.load(), model)
    return faults + [fault for kind in rules.kinds.values() for fault in _examples(kind, reader)]


def _examples(kind: Kind, reader: Reader) -> Iterator[str]:
    for number, example in enumerate(kind.examples):
        document = Document(f"example-{number}", example.text, published=example.published)
        facts = [f for f in merge(reader.read(document).claims, reader.ontology) if f.kind == kind.name]
        if example.expected is None:
            yield from (
                f"{kind.name}: found in the counterexample {example.text!r}: {_said(fact)}" for fact in facts[:1]
            )
        elif not any(_fits(fact, example, reader.ontology) for fact in facts):
            found = "; ".join(map(_said, facts)) or "nothing of this kind"
            yield f"{kind.name}: in the example {example.text!r} expected {_wanted(example.expected)}; found {found}"


def _fits(fact: Fact, example: Example, ontology: Ontology) -> bool:
    """Whether the fact says all that the example wants. Fillers are named by label or alias."""
    details: dict[str, frozenset[str]] = {
        "status": frozenset({fact.status}),
        "time": frozenset({fact.time.value} if fact.time else ()),
    }
    entities = {**fact.roles, "place": fact.place, "attributedTo": fact.attribution}
    for name, wanted in (example.expected or {}).items():
        if name in details:
            if details[name] != wanted:
                return False
        elif not _named(entities.get(name, ()), wanted):
            return False
    return True


def _named(fillers: tuple[Entity, ...], wanted: frozenset[str]) -> bool:
    names = [{folded(name) for name in (filler.label, *filler.aliases)} for filler in fillers]
    return len(fillers) == len(wanted) and all(any(folded(name) in known for known in names) for name in wanted)


def _said(fact: Fact) -> str:
    roles: Mapping[str, frozenset[str]] = {n: frozenset(e.label for e in found) for n, found in fact.roles.items()}
    time = {"time": frozenset({fact.time.value})} if fact.time else {}
    return _wanted({**roles, "status": frozenset({fact.status}), **time})


def _wanted(expected: Mapping[str, frozenset[str]]) -> str:
    return ", ".join(f"{name} {' and '.join(sorted(values))}" for name, values in sorted(expected.items()))


def _short(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]
