from itertools import product
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tribes import TRIBES, signed_graph

from dipgraph.network import balance, camps


def test_the_camps_of_the_tribes() -> None:
    """Three, as Read's own map has them: Hage, P. & Harary, F. (1983). Structural Models in Anthropology; so Doreian &
    Mrvar (1996). A partitioning approach to structural balance. Social Networks 18, 149-168, who leave two ties over."""
    network = balance.signed(TRIBES)
    found = camps.camps(network)
    assert found == (
        ("Alika", "Asaro", "Gahuk", "Geham", "Masil", "Ove", "Ukudz"),
        ("Kohik", "Nagam", "Notoh", "Seuve", "Uheto"),
        ("Gama", "Gavev", "Kotun", "Nagad"),
    )
    camp = {node: i for i, members in enumerate(found) for node in members}
    against = [(a, b) for a, b, tie in network.edges(data=True) if (camp[a] == camp[b]) != (tie["sign"] > 0)]
    assert sorted(against) == [("Masil", "Nagam"), ("Masil", "Uheto")]


def test_modularity_by_hand() -> None:
    # Two triangles of friends, and one tie of enemies between. All six positive ties are within: of chance, half. The
    # negative tie is between, where chance has half of it too: (2*6*(1 - 1/2) - 2*1*(0 - 1/2)) / (2*7) = 1/2.
    network = balance.signed(signed_graph("A B, B C, A C, X Y, Y Z, X Z", "A X"))
    assert camps.camps(network) == (("A", "B", "C"), ("X", "Y", "Z"))
    assert camps.modularity(network, camps.camps(network)) == pytest.approx(0.5)
    assert camps.modularity(network, [sorted(network)]) == pytest.approx(0)


def test_without_negative_ties_it_is_newmans_modularity() -> None:
    network = nx.karate_club_graph()
    nx.set_edge_attributes(network, 1, "sign")
    network = nx.relabel_nodes(network, str)
    found = camps.camps(network)
    known = nx.community.modularity(network, found)
    assert camps.modularity(network, found) == pytest.approx(known)
    assert known >= nx.community.modularity(network, nx.community.louvain_communities(network, seed=1)) - 0.01


def test_enemies_are_apart_and_who_has_no_signed_tie_is_left_out() -> None:
    graph = signed_graph("", "A B, A C")
    graph.add_edge("A", "Z", key="0", fact="f", sign=0)
    found = camps.camps(balance.signed(graph))
    assert not any({"A", other} <= set(camp) for camp in found for other in "BC")
    assert sorted(node for camp in found for node in camp) == ["A", "B", "C"]
    nothing = balance.signed(signed_graph("", ""))
    assert camps.camps(nothing) == () and camps.modularity(nothing, ()) is None


NODES = "ABCDE"
ties = st.dictionaries(
    st.sampled_from([f"{a} {b}" for a in NODES for b in NODES if a < b]), st.sampled_from([1, -1]), min_size=1
)


@settings(deadline=None, max_examples=40)
@given(ties)
def test_camps_are_no_worse_than_one_and_no_better_than_the_best(signs: dict[str, int]) -> None:
    graph: Any = signed_graph(*(", ".join(p for p, s in signs.items() if s == sign) for sign in (1, -1)))
    network = balance.signed(graph)
    found = camps.modularity(network, camps.camps(network))
    best = max(
        camps.modularity(network, [[n for n, g in zip(sorted(network), way, strict=True) if g == k] for k in set(way)])
        or 0
        for way in product(range(len(network)), repeat=len(network))
    )
    assert found is not None and -1e-9 <= found <= best + 1e-9
