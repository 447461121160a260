"""The knowledge graph on disk: the only thing in dipgraph that changes.

What belongs together is written in one transaction, so that a program killed at any moment leaves whole documents and
no half ones; the ledger says what is still to do.
"""

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Store

from dipgraph.errors import QueryError, StoreError
from dipgraph.knowledge import facts, values
from dipgraph.knowledge import quads as q
from dipgraph.knowledge.folder import LOCK, Lock, opened, prepare, refusing, remember, remembered
from dipgraph.knowledge.sparql import checked, syntax_error
from dipgraph.model import ID, Claim, Document, Entity, Fact

if TYPE_CHECKING:  # both import rdflib, which only `dataset` needs
    from rdflib import Dataset

    from dipgraph.ontology import Ontology

FLUSH_EVERY = 200

Merge = Callable[[Sequence[Claim], "Ontology"], Iterable[Fact]]


class KnowledgeGraph:
    """A knowledge graph that is open; `KnowledgeGraph.open` opens one, leaving its `with` block closes it."""

    def __init__(self, path: Path, store: Store, lock: Lock, *, read_only: bool):
        self.path = path
        self.read_only = read_only
        self._store: Store | None = store
        self._lock = lock
        self._unflushed = 0
        # What this program has already described need not be looked up again for each document.
        self._described: set[tuple[Entity, str]] = set()

    @classmethod
    @contextmanager
    def open(cls, path: Path | str, *, create: bool = False, read_only: bool = False) -> Iterator[Self]:
        """The knowledge graph in the folder `path`, to write or only to read; `create` makes it where there is none.

        StoreError, and nothing touched, if the folder is something else, of another version, or in use: one program
        writes, or several read.
        """
        path = Path(path)
        prepare(path, create=create)
        with refusing(path):
            lock = Lock(path / LOCK, shared=read_only)
        try:
            with refusing(path):
                store = opened(path, read_only=read_only)
            graph = cls(path, store, lock, read_only=read_only)
            del store
            try:
                yield graph
            finally:
                graph.close()
        finally:
            lock.release()

    def close(self) -> None:
        """Make all that was written durable and let go of the store; once is enough."""
        try:
            if self._store is not None:
                self.flush()
        finally:
            self._store = None
            self.__dict__.pop("dataset", None)
            self._lock.release()

    @property
    def store(self) -> Store:
        """The pyoxigraph store itself, for what wants one (SHACL, export): to read, not to write."""
        if self._store is None:
            raise StoreError(f"{self.path} is closed; open it again.")
        return self._store

    @property
    def ontology(self) -> tuple[Path, ...]:
        """The folders by which it was read, besides the shipped ontology."""
        return remembered(self.path)

    # Writing

    def read_by(self, folders: Iterable[Path]) -> None:
        """Note the folders by which it is read, so that it can be asked without naming them again."""
        if (folders := tuple(folders)) != self.ontology:
            remember(self.path, folders)

    def holds(self, document: Document, reading: str) -> bool:
        """Whether exactly this document is there, as read by `reading` (a name for ontology and program)."""
        subject = q.node(q.document_iri(document.id))
        return (
            Quad(subject, q.READING, Literal(reading), q.LEDGER) in self.store
            and Quad(subject, q.DIGEST, Literal(document.digest), subject) in self.store
        )

    def replace(self, document: Document, claims: Iterable[Claim], ontology: "Ontology", reading: str = "") -> None:
        """Put a document with its claims in the place of what was known of it, in one transaction.

        StoreError if it cannot be written; what was known of it then stays.
        """
        subject = q.node(q.document_iri(document.id))
        claims = tuple(claims)
        new = {quad for quad in q.document_quads(document, claims, ontology) if quad.graph_name == subject}
        new.add(Quad(subject, q.READING, Literal(reading), q.LEDGER))
        described = [entity for entity in q.entities_of(claims).values() if (entity, reading) not in self._described]
        old = self._document(subject)
        for entity in described:
            old |= self._description(entity)
            new |= self._new_description(entity, ontology, reading)
        self._exchange(old, new)
        self._described.update((entity, reading) for entity in described)

    def remove(self, document: str) -> bool:
        """Undo the document of that id, in one transaction; False if there was none."""
        old = self._document(q.node(q.document_iri(document)))
        self._exchange(old, set())
        return bool(old)

    def refresh_facts(self, merge: Merge, ontology: "Ontology", reading: str = "") -> tuple[str, ...]:
        """Merge again the claims of every kind in which some changed since the last time; the names of those kinds.

        Another ontology or another `reading` (a name for whatever else merging depends on) merges all. A program killed
        before the end does the rest at its next call.
        """
        self._write(*facts.restart(self.store, ontology, reading))
        touched = facts.touched(self.store)
        for group in facts.groups(ontology, touched):
            old, new = facts.current(self.store, group), facts.merged(self.store, group, merge, ontology)
            self._write(old - new, new - old)
            self._write({Quad(q.LEDGER, q.TOUCHED, q.node(kind), q.LEDGER) for kind in group.kinds}, set())
        if touched:
            self._described.clear()
            self._write(facts.orphans(self.store), set())
        return tuple(sorted(values.local(kind) for kind in touched))

    def flush(self) -> None:
        """Make durable what was written; StoreError if that fails."""
        if not self.read_only and self._unflushed:
            with self._writing():
                self.store.flush()
            self._unflushed = 0

    def _document(self, subject: NamedNode) -> set[Quad]:
        ledger = self.store.quads_for_pattern(subject, q.READING, None, q.LEDGER)
        return {*self.store.quads_for_pattern(None, None, None, subject), *ledger}

    def _description(self, entity: Entity) -> set[Quad]:
        subject = q.node(entity.iri)
        patterns = ((subject, None, q.ENTITIES), (subject, q.READING, q.LEDGER))
        return {quad for s, p, graph in patterns for quad in self.store.quads_for_pattern(s, p, None, graph)}

    def _new_description(self, entity: Entity, ontology: "Ontology", reading: str) -> set[Quad]:
        """United with what other documents of the same reading say; another reading may have called it otherwise."""
        mark = Quad(q.node(entity.iri), q.READING, Literal(reading), q.LEDGER)
        if mark in self.store:
            known = self.store.quads_for_pattern(q.node(entity.iri), None, None, q.ENTITIES)
            entity = q.united(entity, values.entity_from(entity.iri, known))
        return {*q.entity_quads(entity, ontology), mark}

    def _exchange(self, old: set[Quad], new: set[Quad]) -> None:
        """Write the difference, and in the same transaction that the facts of its kinds are to be merged again."""
        kinds = facts.kinds_of(old) ^ facts.kinds_of(new)
        if any(quad.predicate == q.ISSUED for quad in old ^ new):  # claims keep their IRIs, but which is the last word?
            kinds = facts.kinds_of(old) | facts.kinds_of(new)
        self._write(old - new, (new - old) | {Quad(q.LEDGER, q.TOUCHED, kind, q.LEDGER) for _, kind in kinds})

    def _write(self, remove: Iterable[Quad], add: Iterable[Quad]) -> None:
        """One transaction."""
        remove, add = list(remove), list(add)
        if self.read_only and (remove or add):
            raise StoreError(f"{self.path} is open for reading only.")
        with self._writing():
            if remove:
                self.store.update(f"DELETE DATA {{ {_listed(remove)} }} ; INSERT DATA {{ {_listed(add)} }}")
            elif add:
                self.store.extend(add)
        self._unflushed += bool(remove or add)
        if self._unflushed >= FLUSH_EVERY:
            self.flush()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:
            # After a full disk the store refuses everything until it is opened anew.
            self._store = None
            self._described.clear()
            with suppress(OSError, RuntimeError):
                self._store = opened(self.path, read_only=False)
            why = " ".join(str(error).split())
            raise StoreError(
                f"{self.path} could not be written ({why}); what it held is kept: make room and run the same again."
            ) from error

    # Reading

    def query(self, sparql: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The answer to a SPARQL query over documents, claims, facts and entities; `quads.PREFIXES` are declared.

        IRIs are relative to that of dipgraph's identifiers: `<state/RUS>`.
        QueryError if it is not valid, changes something or asks another server. The answer is computed while it is
        read, and keeps the store open until then.
        """
        try:
            return self.store.query(
                checked(sparql), base_iri=ID, prefixes=dict(q.PREFIXES), use_default_graph_as_union=True
            )
        except SyntaxError as error:
            raise syntax_error(sparql, error) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"The query cannot be answered: {' '.join(str(error).split())}.") from error

    @cached_property
    def dataset(self) -> "Dataset":
        """The same store as rdflib sees it: to read. Querying it is as fast as `query` unless the query is prepared."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        dataset = Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for prefix, namespace in q.PREFIXES.items():
            dataset.bind(prefix, namespace)
        return dataset

    def documents(self) -> Iterator[Document]:
        """Every document, by IRI."""
        yield from (values.document_from(self.store, iri) for iri in values.document_iris(self.store))

    def claims(self) -> Iterator[Claim]:
        """Every claim, document by document."""
        return values.claims_from(self.store, values.document_iris(self.store))

    def facts(self) -> Iterator[Fact]:
        """Every fact with its claims, by IRI."""
        return values.facts_from(self.store, {q.claim_iri(claim): claim for claim in self.claims()})

    def entity(self, iri: str) -> Entity:
        """The entity of that IRI; QueryError if none is described."""
        known = list(self.store.quads_for_pattern(q.node(iri), None, None, q.ENTITIES))
        if not known:
            raise QueryError(f"{self.path} describes no entity <{iri}>; search by name to see its IRI.")
        return values.entity_from(iri, known)

    def find(self, name: str) -> tuple[Entity, ...]:
        """The entities so called, whatever the case and the accents: by label before by alias.

        QueryError, with the nearest names, if there is none.
        """
        names = self._names()
        found = names.get(folded(name), {})
        if not found:
            near = difflib.get_close_matches(folded(name), names, n=3, cutoff=0.7)
            labels = dict.fromkeys(self.entity(iri).label for each in near for iri in sorted(names[each]))
            hint = f"; did you mean {', '.join(labels)}?" if labels else "."
            raise QueryError(f"Nothing in {self.path} is called {name!r}{hint}")
        return tuple(self.entity(iri) for iri in sorted(found, key=lambda iri: (not found[iri], iri)))

    def _names(self) -> dict[str, dict[str, bool]]:
        """Folded name -> IRI -> whether it is the label."""
        names: dict[str, dict[str, bool]] = defaultdict(dict)
        for predicate in (q.ALIAS, q.LABEL):
            for quad in self.store.quads_for_pattern(None, predicate, None, q.ENTITIES):
                names[folded(values.value(quad.object))][values.value(quad.subject)] = predicate == q.LABEL
        return names


def folded(name: str) -> str:
    """A name without case, accents and doubled spaces, to compare with others."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def _listed(quads: Iterable[Quad]) -> str:
    by_graph: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        by_graph[str(quad.graph_name)].append(str(quad.triple))
    return "\n".join(f"GRAPH {graph} {{ {' . '.join(triples)} }}" for graph, triples in by_graph.items())
