"""A made-up world of any size, as claims: states of two sides that meet, visit and honour each other, or criticise and punish.

Sides are even and odd numbers; one fact in ten goes against them.
"""

import random

from dipgraph import ontology
from dipgraph.knowledge.merging import merge
from dipgraph.knowledge.store import KnowledgeGraph
from dipgraph.model import ID, Claim, Document, Entity, Span, Time

TEXT = "It is told here. All the rest is told here too."
SPAN = Span(0, 16, TEXT[:16])
KINDS = {
    True: (
        ("Meeting", "participant", "participant"),
        ("Visit", "visitor", "destination"),
        ("HonourAward", "awarder", "recipient"),
    ),
    False: (("Criticism", "critic", "criticized"), ("Sanction", "imposer", "target")),
}
"""Whether it is friendly -> kinds of fact, each with the roles of its two states."""
READING = "dipgraph test, by hand"


def state(number: int) -> Entity:
    return Entity(f"{ID}state/s{number}", "State", f"Land {number}")


def world(states: int = 12, facts: int = 200, seed: int = 1, documents: int = 10) -> dict[Document, list[Claim]]:
    """Documents with their claims; the first states do most."""
    draw = random.Random(seed)
    found = {
        Document(
            f"d{n}", TEXT, f"Paper {n}", Time(f"{2000 + n % 20}-06-01").begin, f"https://site{n % 7}.example/{n}"
        ): []
        for n in range(documents)
    }
    papers = list(found)
    for number in range(facts):
        one = min(int(draw.expovariate(4 / states)), states - 1)
        two = draw.choice([n for n in range(states) if n != one])
        kind, role, other = draw.choice(KINDS[((one + two) % 2 == 0) != (draw.random() < 0.1)])
        day = f"{draw.randint(1995, 2020)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        time = draw.choice((day, day, day[:7], day[:4], ""))
        roles = {role: (state(one), state(two))} if role == other else {role: (state(one),), other: (state(two),)}
        if kind == "HonourAward":
            roles["honour"] = (Entity(f"{ID}honour/o{one}", "Honour", f"Order of Land {one}"),)
        status = draw.choice(("asserted",) * 5 + ("denied", "planned"))
        paper = papers[number % documents]
        found[paper].append(
            Claim(paper.id, kind, roles, status, (SPAN,), Time(time) if time else None, published=paper.published)
        )
    return found


def stored(folder: object, claims: dict[Document, list[Claim]], reading: str = READING) -> None:
    """Write such a world as a knowledge graph."""
    rules = ontology.load()
    with KnowledgeGraph.open(folder, create=True) as graph:  # type: ignore[arg-type]
        for document, said in claims.items():
            graph.replace(document, said, rules, reading)
        graph.refresh_facts(merge, rules, reading)
