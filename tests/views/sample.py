"""A made-up graph of the size of a small study, and a small ontology to draw it, both without files."""

import random
from typing import Any

import networkx as nx
from rdflib import Graph

from dipgraph.ontology import EntityClass, Kind, Ontology, Shortcut, Status

ID = "https://w3id.org/dipgraph/"
NAMES = {
    "Realm": ["Norland", "Westmark", "Aurelia", "Kestria", "Ostravia", "Belmora", "Tirana Bay", "Saxony Coast", "Lumen", "Veridia",
              "Quintara", "Halcyon", "Dorne", "Maravel", "Pelagia", "Sundria"],
    "Leader": ["Ines Rossi", "Zofia Ueda", "Greta Öztürk", "Lars Costa", "Ximena Ivanova", "Tomás Lindqvist", "Amara Diallo", "Jun Park",
               "Elif Kaya", "Noor Haddad", "Pavel Novák", "Mina Sato", "Oskar Brandt", "Leila Farouk", "Hugo Lemaire", "Ada Nkosi",
               "Ravi Menon", "Signe Holm", "Marta Silva", "Ilya Petrenko", "Chen Wei", "Yusuf Demir", "Rosa Alvarez", "Finn O’Hara"],
    "League": ["Northern Partnership", "Southern Customs Union", "Pact of the Isles", "Forum of the Straits"],
    "Medal": ["Order of the White Heron", "Grand Cross of Merit", "Order of the Anchor", "Medal of Friendship", "Order of St. Alba", "Star of the Realm"],
    "Treaty": ["Harbour Agreement", "Treaty of Lumen", "Fisheries Protocol", "Border Memorandum", "Joint Declaration on Grain"],
    "Gathering": ["Straits Summit", "Coronation of Queen Maud", "Grain Conference", "Spring Parade", "Jubilee Games"],
}  # fmt: skip
LOOK = {
    "Realm": ("State", "#0072b2", "square"), "Leader": ("Person", "#e69f00", "dot"), "League": ("Alliance", "#56b4e9", "star"),
    "Medal": ("Honour", "#f0c808", "diamond"), "Treaty": ("Agreement", "#cc79a7", "triangle"), "Gathering": ("Occasion", "#d55e00", "triangleDown"),
}  # fmt: skip
KINDS: dict[str, tuple[Any, ...]] = {
    # label, colour, head, sign, lasting, (source class, property, target class), symmetric, verb
    "Decoration": ("award of an honour", "#b8860b", "arrow", 1, False, ("Realm", "decorated", "Leader"), False, "conferred a high order on"),
    "Talks": ("meeting", "#0072b2", "none", 1, False, ("Leader", "metWith", "Leader"), True, "held talks with"),
    "Trip": ("visit", "#009e73", "vee", 1, False, ("Leader", "visited", "Realm"), False, "paid a visit to"),
    "Accession": ("membership", "#56b4e9", "diamond", 1, True, ("Realm", "memberOf", "League"), False, "formally joined"),
    "Conclusion": ("signing", "#cc79a7", "arrow", 1, False, ("Realm", "signed", "Treaty"), False, "signed"),
    "Penalty": ("sanction", "#d55e00", "bar", -1, True, ("Realm", "sanctioned", "Realm"), False, "imposed sanctions on"),
    "Banishment": ("expulsion of diplomats", "#a02c2c", "bar", -1, False, ("Realm", "expelledDiplomatsOf", "Realm"), False, "expelled diplomats of"),
    "Attendance": ("attendance", "#8a6fb0", "circle", 0, False, ("Leader", "attended", "Gathering"), False, "attended"),
}  # fmt: skip
STATUSES = {
    "stated": (0, ""),
    "announced": (2, "8 4"),
    "maybe": (3, "2 4"),
    "refuted": (5, "12 3 2 3"),
    "shelved": (6, "10 3 3 3"),
}


def ontology() -> Ontology:
    return Ontology(
        classes={n: EntityClass(n, ID + n, label, color, shape) for n, (label, color, shape) in LOOK.items()},
        kinds={
            n: Kind(n, ID + n, k[0], f"What is drawn here as {k[0]}.", {}, (), (Shortcut(*k[5]),), k[3], k[1], k[2], k[4])
            for n, k in KINDS.items()
        },
        statuses={n: Status(n, ID + n, n, rank, dash, {}) for n, (rank, dash) in STATUSES.items()},
        words={}, queries={}, shapes=(), folders=(), graph=Graph(),
    )  # fmt: skip


def small(facts: int = 120, copies: int = 1, seed: int = 7) -> nx.MultiDiGraph:
    """About 60 entities a copy; parallel facts, lasting ones, undated ones, every status, two documents for some."""
    random_ = random.Random(seed)
    graph = nx.MultiDiGraph(documents={
        f"doc/{i:02}": {"title": f"Daily Courier, issue {i}", "published": f"20{10 + i // 2:02}-0{1 + i % 9}-15", "url": f"https://news.example/{i}"}
        for i in range(24)
    })  # fmt: skip
    people: dict[str, list[str]] = {}
    for kind, names in NAMES.items():
        for copy in range(copies):
            for name in names:
                iri = f"{ID}{kind.lower()}/{name.lower().replace(' ', '-')}{copy or ''}"
                label = name if not copy else f"{name} {copy}"
                extra = {
                    "aliases": (f"the {name} delegation",),
                    "description": f"{LOOK[kind][0]} of the made-up world",
                    "same_as": (f"https://www.wikidata.org/wiki/Q{len(graph)}",),
                }
                graph.add_node(iri, label=label, kind=kind, **extra)
                people.setdefault(kind, []).append(iri)
    for i in range(facts):
        name, source, target = _pair(random_, people, copies)
        _fact(graph, random_, i, (name, source, target), people["Medal"])
    return graph


def _pair(random_: random.Random, people: dict[str, list[str]], copies: int) -> tuple[str, str, str]:
    name = random_.choice(sorted(KINDS))
    ends = KINDS[name][5]
    source = people[ends[0]][min(int(random_.expovariate(1 / (5 * copies))), len(people[ends[0]]) - 1)]
    target = random_.choice([node for node in people[ends[2]] if node != source])
    return name, source, target


def _fact(
    graph: nx.MultiDiGraph, random_: random.Random, i: int, what: tuple[str, str, str], medals: list[str]
) -> None:
    name, source, target = what
    _, _, _, sign, _, (_, prop, _), symmetric, verb = KINDS[name]
    year, month, day = random_.randint(2008, 2024), random_.randint(1, 12), random_.randint(1, 28)
    times = [
        (f"{year}-{month:02}-{day:02}",) * 3,
        (f"{year}", f"{year}-01-01", f"{year}-12-31"),
        (f"{year}-{month:02}", f"{year}-{month:02}-01", f"{year}-{month:02}-28"),
        ("", "", ""),
    ]
    time, begin, end = random_.choices(times, (8, 2, 3, 1))[0]
    document = f"doc/{random_.randrange(24):02}"
    a, b = graph.nodes[source]["label"], graph.nodes[target]["label"]
    quote = {
        "document": document,
        "before": f"After weeks of talk, {a} ",
        "text": verb,
        "after": f" {b}, officials said, adding that the two sides would go on consulting on trade and fisheries.",
    }
    fact = f"{ID}fact/{i:05}"
    medal = random_.choice(medals)
    data: dict[str, Any] = dict(  # noqa: C408
        fact=fact, type=name, symmetric=symmetric, time=time, begin=begin, end=end,
        status=random_.choices(list(STATUSES), (30, 4, 2, 2, 2))[0], sign=sign, confidence=random_.choice((1.0, 0.85)), sources=tuple(sorted({document, f"doc/{random_.randrange(24):02}"})),
        attribution=random_.choice(((), ("the state news agency",), ())), place=random_.choice(((), ("Port Alba",))),
        roles={"agent": (a,), "patient": (b,), **({"presenter": ("Signe Holm",), "honour": (graph.nodes[medal]["label"],)} if name == "Decoration" else {})}, evidence=(quote,),
    )  # fmt: skip
    # a fact with three core roles draws two lines
    for start, property_, end_ in (
        (source, prop, target),
        *([(target, "received", medal)] if name == "Decoration" else []),
    ):
        graph.add_edge(start, end_, f"{fact}|{property_}|{start}|{end_}", property=property_, **data)
