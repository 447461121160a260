"""Made-up documents and claims over the shipped ontology, and a merge that is simple enough to be checked by eye."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from dipgraph.model import ID, Claim, Document, Entity, Fact, Span, Time
from dipgraph.ontology import Ontology, load

ONTOLOGY = load()
KINDS = sorted(ONTOLOGY.kinds)
CLASSES = sorted(ONTOLOGY.classes)

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
POOL = tuple(
    Entity(
        f"{ID}entity/{n}", CLASSES[n % len(CLASSES)], f"Name {n}", tuple(f"alias {n}.{i}" for i in range(n % 3)),
        (f"http://www.wikidata.org/entity/Q{n}",) if n % 2 else (), "somebody" if n % 3 else "",
        f"{ID}entity/0" if n == 5 else "", generic=n == 7,
    )
    for n in range(8)
)  # fmt: skip
fillers = st.lists(st.sampled_from(POOL), unique=True, max_size=2).map(lambda f: tuple(sorted(f, key=lambda e: e.iri)))
times = st.sampled_from(["2024", "2024-06", "2024-06-19", "2024-06/2024-08", "/2024-01-31", "2020/"]).map(Time)
documents = st.builds(
    Document, words, st.text(st.characters(exclude_categories=["Cs"]), min_size=20, max_size=90), words | st.just(""),
    st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.just("") | words,
)  # fmt: skip


@st.composite
def claims_of(draw: st.DrawFn, document: Document) -> Claim:
    kind = ONTOLOGY.kinds[draw(st.sampled_from(KINDS))]
    roles = {
        name: draw(fillers.filter(bool)) for name in draw(st.sets(st.sampled_from(sorted(kind.roles)), max_size=3))
    }
    ends = draw(st.sets(st.tuples(st.integers(0, 9), st.integers(10, 20)), min_size=1, max_size=2))
    return Claim(
        document.id, kind.name, roles, draw(st.sampled_from(sorted(ONTOLOGY.statuses))),
        tuple(Span(a, b, document.text[a:b]) for a, b in sorted(ends)), draw(st.none() | times), draw(fillers), draw(fillers),
        draw(st.integers(0, 10_000)) / 10_000,
    )  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> tuple[Document, tuple[Claim, ...]]:
    document = draw(documents)
    return document, tuple(draw(st.lists(claims_of(document), max_size=4)))


def document(n: int, text: str = "The president of Arland visited the king of Beland on Monday.") -> Document:
    return Document(f"doc {n}/é#{n}", text, f"Title {n}", date(2024, 1, 1 + n % 28), f"https://example.org/{n}")


def claim(of: Document, kind: str = KINDS[0], start: int = 0, **changes: object) -> Claim:
    roles = {name: (POOL[i % len(POOL)],) for i, name in enumerate(sorted(ONTOLOGY.kinds[kind].roles))}
    said = Claim(of.id, kind, roles, ONTOLOGY.default_status, (Span(start, start + 9, of.text[start : start + 9]),))
    return replace(said, **changes)  # type: ignore[arg-type]


def merge(claims: Sequence[Claim], ontology: Ontology) -> tuple[Fact, ...]:
    """One fact for all claims of the same kind, roles, status and time."""
    same: dict[str, list[Claim]] = defaultdict(list)
    for each in claims:
        roles = sorted((role, [e.iri for e in filled]) for role, filled in each.roles.items())
        same[repr((each.kind, roles, each.status, each.time))].append(each)
    return tuple(
        Fact(
            f"{ID}fact/{hashlib.sha1(key.encode()).hexdigest()[:12]}",
            c[0].kind,
            c[0].roles,
            c[0].status,
            tuple(c),
            c[0].time,
        )
        for key, c in same.items()
    )
