"""The verbs that ask a knowledge graph: `query`, `ask`, `show`, `check`; and `check_ontology`.

A graph is given as the path of its folder or as one that is open.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pyoxigraph import QueryBoolean, QueryTriples

from dipgraph.errors import InputError, OntologyError, QueryError
from dipgraph.knowledge import gazetteer, store
from dipgraph.knowledge.store import folded
from dipgraph.language import examples
from dipgraph.language.parse import MODEL
from dipgraph.language.reader import Reader
from dipgraph.model import Document, Entity, Fact
from dipgraph.ontology import Kind, Ontology, shapes_of, shipped
from dipgraph.ontology.faults import faults_of, place_of
from dipgraph.ontology.sources import parsed
from dipgraph.pipeline import Folders, Json, load_ontology, ontology_paths, statement
from dipgraph.pipeline.graph import KnowledgeGraph

Graph = store.KnowledgeGraph | Path | str

VIOLATION = "-violation"
"""How the names of queries end that find what must not be."""
TERMS = "terms"
"""How the names of files of shapes begin that are about the ontology's terms rather than about a graph's data."""

_COMMON = frozenset(
    ["a", "an", "and", "are", "by", "did", "do", "does", "for", "has", "have", "in", "is", "of", "on", "or", "s", "the", "to",
     "was", "were", "what", "when", "which", "who", "whom", "whose", "with"]
)  # fmt: skip
_HEADER = re.compile(r"#\s*([a-z]+)\s*:\s*(.+)")


def open(path: Path | str) -> AbstractContextManager[KnowledgeGraph]:
    """The knowledge graph of a folder, to read, while other programs read it too; leaving `with` closes it.

    >>> with dipgraph.open("KG") as graph:
    ...     print(len(list(graph.facts())))
    """
    return KnowledgeGraph.open(path, read_only=True)


def kinds(*, ontology: Folders = ()) -> Mapping[str, Kind]:
    """The kinds of fact by name: what each means, its roles, its frames, how it is drawn.

    >>> dipgraph.kinds()["Visit"].roles
    """
    return load_ontology(ontology).kinds


def opened(graph: Graph) -> AbstractContextManager[store.KnowledgeGraph]:
    """The graph itself if it is open; otherwise open it to read, and close it again."""
    return nullcontext(graph) if isinstance(graph, store.KnowledgeGraph) else open(graph)


@dataclass(frozen=True)
class Table:
    """The answer to a query. `pandas.DataFrame(table.records())` makes a data frame of it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""

    def records(self) -> list[dict[str, str]]:
        """The rows as dictionaries; what a row leaves open is absent."""
        return [{name: cell for name, cell in zip(self.columns, row, strict=True) if cell} for row in self.rows]


def query(graph: Graph, sparql: str) -> Table:
    """The answer to a SPARQL query: the solutions of SELECT, the triples of CONSTRUCT and DESCRIBE, true or false of ASK.

    >>> dipgraph.query("KG", "SELECT ?fact ?time { ?fact a dip:Fact ; dip:time ?time } LIMIT 5").rows
    """
    with opened(graph) as kg:
        found = kg.query(sparql)
        try:
            if isinstance(found, QueryBoolean):
                return Table(("answer",), ((str(bool(found)).lower(),),))
            if isinstance(found, QueryTriples):
                triples = ((t.subject, t.predicate, t.object) for t in found)
                return Table(("subject", "predicate", "object"), tuple(tuple(map(_cell, triple)) for triple in triples))
            columns = tuple(variable.value for variable in found.variables)
            return Table(columns, tuple(tuple(_cell(row[name]) for name in columns) for row in found))
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"The query cannot be answered: {' '.join(str(error).split())}.") from error


def _cell(term: Any) -> str:
    return "" if term is None else str(getattr(term, "value", term))


@dataclass(frozen=True)
class Question:
    """A stored question: its name, the question in words, what its answer looks like, and its SPARQL."""

    name: str
    title: str
    expects: str
    sparql: str
    demo: bool = False

    @classmethod
    def of(cls, path: Path) -> "Question":
        """The question of a file `*.rq`, whose first comments are `# title: …` and `# expects: …`."""
        try:
            sparql = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise OntologyError([f"{path}: cannot be read ({error}); a query is a text in UTF-8."]) from None
        header = {match[1]: match[2] for line in sparql.splitlines() if (match := _HEADER.match(line))}
        title = header.get("title", path.stem.replace("-", " "))
        return cls(path.stem, title, header.get("expects", ""), sparql, header.get("demo") == "yes")


def questions(graph: Graph | None = None, *, ontology: Folders = ()) -> dict[str, Question]:
    """The questions stored in `queries/` of the ontology, or of that by which the graph was built, by name.

    >>> [question.title for question in dipgraph.questions().values()]
    """
    return {name: q for name, q in _stored(load_ontology(ontology, graph)).items() if not name.endswith(VIOLATION)}


def ask(graph: Graph, question: str, *, ontology: Folders = ()) -> Table:
    """The answer to the stored question that is meant: by its name, or in words near its title; QueryError if none is.

    >>> dipgraph.ask("KG", "who met whom by month").rows
    """
    found = meant(question, questions(graph, ontology=ontology))
    return replace(query(graph, found.sparql), title=found.title)


def meant(question: str, known: Mapping[str, Question]) -> Question:
    """Which of these questions is meant: that of this name, or the nearest by the words of its title; else QueryError."""
    return known.get(question.strip()) or _nearest(question, list(known.values()))


def show(graph: Graph, name: str) -> list[Json]:
    """The entities of that name, each with its facts and their evidence, oldest first; QueryError with near names if none.

    The IRI of a fact, as analyses give it, shows that fact alone.

    >>> dipgraph.show("KG", "Kim Jong-un")[0]["facts"]
    """
    with opened(graph) as kg:
        facts = sorted(kg.facts(), key=lambda fact: (fact.time is None, fact.time.value if fact.time else "", fact.iri))
        found = [Entity(fact.iri, fact.kind, fact.kind) for fact in facts if fact.iri == name] or kg.find(name)
        documents = {document.id: document for document in kg.documents()}
    return [
        {
            "id": entity.iri, "label": entity.label, "class": entity.kind, "aliases": list(entity.aliases),
            "same_as": list(entity.same_as), "description": entity.description,
            "facts": [_with_sources(fact, documents) for fact in facts if fact.iri == entity.iri or _has_part(entity, fact)],
        }
        for entity in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Violation:
    """Something in the graph that must not be: which check found it, what is wrong, and where (an IRI)."""

    check: str
    message: str
    focus: str


def check(graph: Graph, *, ontology: Folders = ()) -> list[Violation]:
    """What is wrong with a graph by the ontology's SHACL shapes and `*-violation.rq` queries; nothing, if all is well.

    >>> assert not dipgraph.check("KG")
    """
    rules = load_ontology(ontology, graph)
    with opened(graph) as kg:
        found = [v for path in rules.shapes if not path.stem.startswith(TERMS) for v in against_shapes(kg.store, path)]
        for name, question in _stored(rules).items():
            if name.endswith(VIOLATION):
                rows = query(kg, question.sparql).rows
                found += [Violation(name, f"{question.title}{_rest(row)}", row[0]) for row in rows]
    return sorted(found, key=lambda violation: (violation.check, violation.focus, violation.message))


def check_ontology(folders: Folders = (), *, model: str = MODEL) -> list[str]:
    """What is wrong with the ontology extended by these folders, a sentence each: shapes on its terms, and its examples.

    OntologyError if a file cannot even be read.

    >>> dipgraph.check_ontology(["my-ontology/"])
    """
    places = (shipped("ontology"), *ontology_paths(folders))
    graph = parsed(places)
    structural = faults_of(graph)
    terms = [path for path in shapes_of(places) if path.stem.startswith(TERMS)]
    found = sorted({f"{place_of(graph, v.focus)}: {v.message}" for path in terms for v in against_shapes(graph, path)})
    if structural:
        return structural + found
    rules = load_ontology(folders)
    reader = Reader(rules, gazetteer.load(), model)
    return found + [fault for kind in rules.kinds.values() for fault in examples.faults(kind, reader)]


def against_shapes(data: Any, shapes: Path) -> Iterator[Violation]:
    """What is wrong with RDF data (a pyoxigraph store, an rdflib graph) by a file of SHACL shapes."""
    import pyshacl
    from rdflib import SH

    # The store itself and the path, not graphs of rdflib: a hundred times faster.
    _, report, _ = pyshacl.validate(data, shacl_graph=str(shapes))
    for result in report.subjects(SH.focusNode):
        message = report.value(result, SH.resultMessage) or report.value(result, SH.sourceConstraintComponent)
        focus: Any = report.value(result, SH.focusNode)  # a str, and still a term of the graph
        yield Violation(shapes.stem, str(message), focus)


def _stored(rules: Ontology) -> dict[str, Question]:
    return {name: Question.of(path) for name, path in rules.queries.items()}


def _rest(row: tuple[str, ...]) -> str:
    return f": {', '.join(cell for cell in row[1:] if cell)}" if any(row[1:]) else ""


def _nearest(question: str, known: list[Question]) -> Question:
    if not known:
        raise InputError("The ontology has no stored questions; put *.rq files into the folder queries/ of yours.")
    asked = _words(question)
    scored = sorted(known, key=lambda each: (-_likeness(asked, _words(each.title + " " + each.name)), each.name))
    best = _likeness(asked, _words(scored[0].title + " " + scored[0].name))
    if best < 0.5:
        near = "\n".join(f"  {each.name}: {each.title}" for each in scored[:3])
        raise QueryError(f"No stored question is like {question!r}; the nearest are\n{near}")
    return scored[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", folded(text)) if word not in _COMMON)


def _likeness(asked: Iterable[str], title: frozenset[str]) -> float:
    """The share of the words asked that the title has, nearly; among equals the shorter title."""
    words = list(asked)
    hits = sum(bool(difflib.get_close_matches(word, title, n=1, cutoff=0.75)) for word in words)
    return hits / max(len(words), 1) + 0.01 * hits / max(len(title), 1)


def _has_part(entity: Entity, fact: Fact) -> bool:
    named = (*fact.roles.values(), fact.place, fact.attribution)
    return any(each.iri == entity.iri for fillers in named for each in fillers)


def _with_sources(fact: Fact, documents: Mapping[str, Document]) -> Json:
    spans = dict.fromkeys((claim.document, span) for claim in fact.claims for span in claim.evidence)
    evidence = []
    for document, span in spans:
        source = documents[document]
        published = source.published.isoformat() if source.published else None
        evidence.append(
            {"document": document, "title": source.title, "published": published, "url": source.url,
             "start": span.start, "end": span.end, "text": span.text}
        )  # fmt: skip
    return {"id": fact.iri, **statement(fact), "confidence": fact.confidence, "evidence": evidence}
