"""Read's tribes: 59 of 68 triads are balanced (0.8676, as R's signnet prints it), frustration index 7 (Aref & Wilson 2018,
normalised 0.759, as signnet prints it too). Others by hand."""

from itertools import product
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tribes import TRIBES, signed_graph

from dipgraph.network import balance, frustration


def test_the_tribes() -> None:
    found = balance.balance(TRIBES)
    assert (found.positive, found.negative, found.mixed) == (29, 29, 0)
    assert (found.ppp, found.ppn, found.pnn, found.nnn, found.triads) == (19, 2, 40, 7, 68)
    assert found.balanced == pytest.approx(0.8676, abs=1e-4) and found.weakly_balanced == pytest.approx(66 / 68)


def test_the_factions_of_the_tribes() -> None:
    found = frustration.frustration(balance.signed(TRIBES))
    assert (found.index, found.bound, found.exact, found.gap, found.ties) == (7, 7, True, 0, 58)
    assert found.normalised == pytest.approx(0.759, abs=1e-3)
    assert len(found.frustrated) == 7
    assert {side.label for side in found.sides if side.faction == 2} == {"Gavev", "Kotun", "Nagad", "Gama"}
    assert all(side.change >= 0 for side in found.sides)
    assert sum(side.frustrated for side in found.sides) == 14
    worst = max(found.sides, key=lambda side: side.frustrated)
    assert len(worst.facts) == worst.frustrated


@pytest.mark.parametrize(
    ("friends", "enemies", "balanced", "weakly", "index"),
    [
        ("A B, B C, A C", "", 1, 1, 0),
        ("A B", "A C, B C", 1, 1, 0),
        ("A B, A C", "B C", 0, 0, 1),
        ("", "A B, B C, A C", 0, 1, 1),
        ("A B, C D", "A C, B D", None, None, 0),  # a square without triads, balanced
        ("A B, B C, C D", "A D", None, None, 1),  # and one that is not
        ("", "", None, None, 0),
    ],
)
def test_by_hand(friends: str, enemies: str, balanced: float | None, weakly: float | None, index: int) -> None:
    graph = signed_graph(friends, enemies)
    found = balance.balance(graph)
    assert (found.balanced, found.weakly_balanced) == (balanced, weakly)
    assert frustration.frustration(balance.signed(graph)).index == index


def test_a_tie_has_the_sign_of_most_of_its_facts() -> None:
    graph = nx.MultiDiGraph()
    for i, (pair, sign) in enumerate([("AB", 1), ("BA", 1), ("AB", -1), ("AC", 1), ("CA", -1), ("BC", 0), ("AA", 1)]):
        graph.add_edge(*pair, key=i, fact=f"f{i}", sign=sign)
    graph.add_edge("B", "A", key="again", fact="f0", sign=1)  # one fact, however many triples, counts once
    network = balance.signed(graph)
    assert list(network.edges(data=True)) == [("A", "B", {"sign": 1, "weight": 1, "facts": ("f0", "f1", "f2")})]
    assert list(network) == ["A", "B", "C"] and network.graph["mixed"] == 1


def test_triads_name_their_facts() -> None:
    (triad,) = balance.triads(balance.signed(signed_graph("A B, A C", "B C")))
    assert (triad.first, triad.second, triad.third, triad.signs) == ("A", "B", "C", "++-")
    assert triad.facts == ("fact A B", "fact A C", "fact B C") and not triad.balanced


def test_sides_say_who_could_change() -> None:
    # A and B are friends, C an enemy of A and a friend of B: wherever B stands, one tie is frustrated.
    found = frustration.frustration(balance.signed(signed_graph("A B, B C", "A C")))
    assert found.index == 1
    (against,) = found.frustrated
    assert {side.label for side in found.sides if side.change == 0} == {"A", "B", "C"} - (
        {"A", "B", "C"} - {against.source, against.target}
    )


def test_a_node_without_signed_ties_has_no_faction() -> None:
    graph = signed_graph("A B", "")
    graph.add_edge("A", "Z", key="0", fact="f", sign=0)
    found = {side.iri: side for side in frustration.frustration(balance.signed(graph)).sides}
    assert (found["Z"].faction, found["Z"].ties, found["A"].faction, found["B"].faction) == (0, 0, 1, 1)


def test_without_rounds_there_is_a_division_with_a_bound() -> None:
    found = frustration.frustration(balance.signed(TRIBES), rounds=0)
    assert (found.bound, found.exact, found.gap) == (0, False, 1) and found.index >= 7
    assert all(side.change >= 0 for side in found.sides)
    assert frustration.frustration(balance.signed(TRIBES), rounds=1).bound in range(1, 8)


def test_parts_have_sides_of_their_own() -> None:
    # Two triads that no tie joins, and one that hangs on the first: in each part the larger side is the first.
    found = frustration.frustration(balance.signed(signed_graph("A B, X Y, B D", "A C, X Z, D E")))
    assert {side.label: side.faction for side in found.sides} == {
        "A": 1,
        "B": 1,
        "C": 2,
        "D": 1,
        "E": 2,
        "X": 1,
        "Y": 1,
        "Z": 2,
    }


NODES = "ABCDEF"
ties = st.dictionaries(
    st.sampled_from([f"{a} {b}" for a in NODES for b in NODES if a < b]), st.sampled_from([1, -1]), max_size=12
)


def graph_of(signs: dict[str, int]) -> Any:
    return signed_graph(*(", ".join(pair for pair, sign in signs.items() if sign == wanted) for wanted in (1, -1)))


@settings(deadline=None, max_examples=30)
@given(ties)
def test_the_index_is_the_least_of_all_divisions(signs: dict[str, int]) -> None:
    divisions = (dict(zip(NODES, sides, strict=True)) for sides in product((True, False), repeat=len(NODES)))
    least = min(sum((d[p[0]] == d[p[2]]) != (sign > 0) for p, sign in signs.items()) for d in divisions)
    found = frustration.frustration(balance.signed(graph_of(signs)))
    assert (found.index, found.exact, len(found.frustrated)) == (least, True, least)


@settings(deadline=None, max_examples=30)
@given(ties, st.sets(st.sampled_from(NODES)))
def test_switching_changes_nothing(signs: dict[str, int], switched: set[str]) -> None:
    """Turning all ties between some nodes and the rest leaves every cycle its sign: Abelson & Rosenberg (1958)."""
    turned = {pair: -sign if (pair[0] in switched) != (pair[2] in switched) else sign for pair, sign in signs.items()}
    one, other = graph_of(signs), graph_of(turned)
    assert balance.balance(one).balanced == balance.balance(other).balanced
    assert frustration.frustration(balance.signed(one)).index == frustration.frustration(balance.signed(other)).index
