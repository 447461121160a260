"""Against published tables: the kite of Krackhardt, D. (1990). Assessing the political landscape. Administrative Science
Quarterly 35, 342-369; the marriages of Florentine families of Padgett, J. F. & Ansell, C. K. (1993), in Wasserman & Faust
(1994), table 5.1; the club of Zachary, W. W. (1977); the tribes of Read (1954), PN as R's signnet prints it."""

import random
from math import isnan
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_sample import network
from tribes import TRIBES, signed_graph

from dipgraph.network import centrality, measures


def as_facts(graph: "nx.Graph[Any]") -> Any:
    return network(*((str(a), str(b), f"{a}-{b}", "both") for a, b in graph.edges))


KITE = nx.relabel_nodes(as_facts(nx.krackhardt_kite_graph()), dict(zip("0123456789", "ABCDEFGHIJ", strict=True)))
FLORENCE = as_facts(nx.florentine_families_graph())


def test_closeness_of_the_kite() -> None:
    found = {node: round(value, 3) for node, value in centrality.closeness(KITE).items()}
    assert found == {"A": 0.529, "B": 0.529, "C": 0.5, "D": 0.6, "E": 0.5, "F": 0.643, "G": 0.643, "H": 0.6, "I": 0.429, "J": 0.31}  # fmt: skip


def test_betweenness_of_the_kite() -> None:
    found = {node: round(value, 3) for node, value in measures.betweenness(KITE).items()}
    assert (found["H"], found["F"], found["G"], found["I"], found["D"]) == (0.389, 0.231, 0.231, 0.222, 0.102)


def test_closeness_and_betweenness_of_the_florentine_families() -> None:
    near, between = centrality.closeness(FLORENCE), measures.betweenness(FLORENCE)
    assert {name: round(near[name], 3) for name in ("Medici", "Ridolfi", "Pazzi")} == {"Medici": 0.56, "Ridolfi": 0.5, "Pazzi": 0.286}  # fmt: skip
    assert {name: round(between[name], 3) for name in ("Medici", "Guadagni", "Albizzi")} == {"Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212}  # fmt: skip


def test_harmonic_by_hand() -> None:
    # a-b-c and d alone: a reaches b in 1 and c in 2 steps, of three others.
    graph = network(("a", "b", "1"), ("b", "c", "2"), ("d", "d", "3"))
    assert centrality.harmonic(graph) == pytest.approx({"a": 0.5, "b": 2 / 3, "c": 0.5, "d": 0})
    assert centrality.closeness(graph) == pytest.approx({"a": 4 / 9, "b": 2 / 3, "c": 4 / 9, "d": 0})


def test_eigenvector_by_hand() -> None:
    # A star of four: the hub has 1/sqrt 2, a leaf 1/(2 sqrt 2). The lone pair is another component.
    star = network(*(("hub", leaf, leaf) for leaf in "abcd"), ("x", "y", "9"))
    expected = {"hub": 0.5**0.5, **dict.fromkeys("abcd", 0.125**0.5), "x": 0, "y": 0}
    assert centrality.eigenvector(star) == pytest.approx(expected, abs=1e-6)
    assert centrality.eigenvector(network(("a", "a", "1"))) == {"a": 1.0} and centrality.eigenvector(network()) == {}
    # Two facts tie a to b twice as strongly as one ties b to c: eigenvector (2, sqrt 5, 1), scaled.
    strong = centrality.eigenvector(network(("a", "b", "1"), ("b", "a", "2"), ("b", "c", "3")))
    assert strong["a"] / strong["c"] == pytest.approx(2, abs=1e-5)


def test_positive_negative_centrality_of_the_tribes() -> None:
    assert {name: round(value, 3) for name, value in centrality.signed(TRIBES).items()} == {
        "Gavev": 0.753, "Kotun": 0.764, "Ove": 1.042, "Alika": 1.023, "Nagam": 0.903, "Gahuk": 0.905, "Masil": 1.224,
        "Ukudz": 1.141, "Notoh": 0.874, "Kohik": 0.903, "Geham": 0.865, "Asaro": 0.934, "Uheto": 0.916, "Seuve": 0.875,
        "Nagad": 0.715, "Gama": 0.715,
    }  # fmt: skip
    assert isnan(centrality.signed(network(("a", "b", "1")))["a"])
    assert isnan(centrality.signed(signed_graph("", "A B"))["A"])
    assert centrality.signed(signed_graph("A B", "")) == pytest.approx({"A": 2.0, "B": 2.0})  # x = 1 + x/2


def test_signed_degrees_of_the_tribes() -> None:
    found = centrality.signed_degree(TRIBES)
    assert (found["Masil"], found["Gahuk"], found["Gama"]) == ((7, 0), (5, 5), (3, 6))


def test_cores_of_the_karate_club() -> None:
    found = centrality.cores(as_facts(nx.karate_club_graph()))
    assert sorted(int(node) for node, core in found.items() if core == 4) == [0, 1, 2, 3, 7, 8, 13, 30, 32, 33]
    assert found["11"] == 1


def test_rows_come_by_facts_and_name_everything() -> None:
    rows = centrality.centralities(TRIBES)
    assert len(rows) == 16 and rows == tuple(sorted(rows, key=lambda row: (-row.facts, -row.pagerank)))
    assert rows[0].iri == "Gahuk" and (rows[0].facts, rows[0].neighbours, rows[0].core) == (10, 10, 5)
    assert centrality.centralities(TRIBES, top=2) == rows[:2]
    assert centrality.centralities(network()) == ()


def test_above_the_limit_closeness_is_left_out_and_harmonic_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    club = as_facts(nx.karate_club_graph())
    exact = centrality.harmonic(club)
    monkeypatch.setattr(centrality, "EXACT", 20)
    monkeypatch.setattr(centrality, "PIVOTS", 34)
    assert centrality.harmonic(club) == pytest.approx(exact)  # all of them
    monkeypatch.setattr(centrality, "PIVOTS", 20)
    estimate = centrality.harmonic(club)
    assert estimate == centrality.harmonic(club) and estimate["33"] == pytest.approx(exact["33"], rel=0.1)
    assert all(isnan(value) for value in centrality.closeness(club).values())


pairs = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from("12345")), max_size=15)


@given(pairs, st.randoms(use_true_random=False))
def test_other_names_give_the_same_figures(ties: list[tuple[str, ...]], shuffler: random.Random) -> None:
    names = dict(zip("abcdef", shuffler.sample("abcdef", 6), strict=True))
    renamed = [(names[a], names[b], fact) for a, b, fact in ties]
    for measure in (centrality.closeness, centrality.harmonic, centrality.cores, measures.betweenness):
        one, other = measure(network(*ties)), measure(network(*renamed))
        assert {names[node]: value for node, value in one.items()} == pytest.approx(other)
