import os
import random
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_sample import ANN, GAZETTEER, A, B, C, fact, network, ontology, store

from dipgraph.network import measures, projection

LINE = network(("a", "b", "1"), ("b", "c", "2"))
STAR = network(*(("hub", leaf, leaf) for leaf in "abcd"))
SQUARE = network(("a", "b", "1"), ("b", "c", "2"), ("c", "d", "3"), ("d", "a", "4"))


def test_degrees_count_facts_not_edges() -> None:
    graph = network(("a", "b", "1"), ("c", "b", "1"), ("b", "a", "2"), ("a", "c", "3", "both"), ("a", "a", "4"))
    # a: 1 leaves, 2 arrives, 3 does both; b: 1 arrives twice, and is one fact.
    assert measures.degree(graph) == {"a": (3, 2, 2), "b": (2, 1, 1), "c": (2, 1, 2)}


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (LINE, {"a": 0, "b": 1, "c": 0}),
        (STAR, {"hub": 1, "a": 0, "b": 0, "c": 0, "d": 0}),
        # Each of two opposite nodes has half of the one pair's paths, of three pairs.
        (SQUARE, dict.fromkeys("abcd", 1 / 6)),
        # Two facts make the way by b half as long each step: 1/2 + 1/2, as long as the direct way.
        (network(("a", "b", "1"), ("a", "b", "2"), ("b", "c", "3"), ("c", "b", "4"), ("a", "c", "5")), {"a": 0, "b": 0.5, "c": 0}),
        # Three thirds are one, exactly.
        (
            network(*((x, y, f"{x}{i}") for x, y in ("ab", "bc", "cd") for i in range(3)), ("a", "d", "0")),
            {"a": 0, "b": (1 + 0.5) / 3, "c": (1 + 0.5) / 3, "d": 0},
        ),
        (network(), {}),
        (network(("a", "a", "1")), {"a": 0}),
    ],
)  # fmt: skip
def test_betweenness_by_hand(graph: Any, expected: dict[str, float]) -> None:
    assert measures.betweenness(graph) == pytest.approx(expected)


def test_pagerank_by_hand() -> None:
    # a -> b, both ways weighted: x = 0.05 + 0.85 * (stranded b)/2; b has no way out and jumps anywhere.
    # a = 0.075 + 0.425 b, b = 0.075 + 0.425 b + 0.85 a, a + b = 1: a = 0.5/1.425, b = 0.925/1.425.
    assert measures.pagerank(network(("a", "b", "1"))) == pytest.approx({"a": 0.5 / 1.425, "b": 0.925 / 1.425})
    assert measures.pagerank(network(("a", "b", "1", "both"))) == pytest.approx({"a": 0.5, "b": 0.5})
    ring = network(("a", "b", "1"), ("b", "c", "2"), ("c", "a", "3"), ("a", "a", "4"))
    assert measures.pagerank(ring) == pytest.approx(dict.fromkeys("abc", 1 / 3))
    assert measures.pagerank(network()) == {}


def test_pagerank_follows_edges_in_proportion_to_their_facts() -> None:
    # From a, three quarters go to b and a quarter to c; both go back. a = 0.05 + 0.85 (1 - a).
    graph = network(*(("a", "b", str(i)) for i in range(3)), ("a", "c", "3"), ("b", "a", "4"), ("c", "a", "5"))
    a = 0.9 / 1.85
    expected = {"a": a, "b": 0.05 + 0.85 * 0.75 * a, "c": 0.05 + 0.85 * 0.25 * a}
    assert measures.pagerank(graph) == pytest.approx(expected)


def two_cliques(size: int = 4) -> Any:
    ties = [(f"{side}{i}", f"{side}{j}", f"{side}{i}{j}") for side in "xy" for i in range(size) for j in range(i)]
    return network(*ties, ("x0", "y0", "bridge"), ("z", "z", "alone"))


def test_communities_largest_first() -> None:
    assert measures.communities(two_cliques()) == (("x0", "x1", "x2", "x3"), ("y0", "y1", "y2", "y3"), ("z",))
    assert measures.communities(network()) == ()


def test_ranking_is_by_degree_then_pagerank() -> None:
    rows = measures.ranking(two_cliques())
    assert [row.iri for row in rows[:2]] == ["y0", "x0"]  # the bridge leads to y0
    assert rows[0] == measures.Rank("y0", "y0", "", 4, 4, 0, rows[0].betweenness, rows[0].pagerank, 2)
    assert rows[0].betweenness == pytest.approx(3 * 4 / 28)  # from each of y1..y3 to each of x0..x3, of 28 pairs
    assert measures.ranking(two_cliques(), top=2) == rows[:2]
    assert measures.ranking(network()) == ()


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from("12345")), max_size=15), st.randoms(use_true_random=False))  # fmt: skip
def test_no_measure_depends_on_the_order_of_edges(ties: list[tuple[str, ...]], shuffler: random.Random) -> None:
    one, other = network(*ties), network(*shuffler.sample(ties, len(ties)))
    assert measures.ranking(one) == measures.ranking(other)
    assert measures.summary(one) == measures.summary(other)
    assert sum(measures.pagerank(one).values()) == pytest.approx(1 if ties else 0)
    assert all(0 <= row.betweenness <= 1 for row in measures.ranking(one))


def test_measures_do_not_change_the_graph() -> None:
    graph = two_cliques()
    before = nx.to_dict_of_dicts(graph)
    measures.ranking(graph)
    measures.summary(graph)
    assert nx.to_dict_of_dicts(graph) == before


def test_above_the_limit_betweenness_is_estimated_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = two_cliques(15)
    exact = measures.betweenness(graph)
    monkeypatch.setattr(measures, "EXACT", 20)
    monkeypatch.setattr(measures, "PIVOTS", 16)
    estimate = measures.betweenness(graph)
    assert estimate == measures.betweenness(graph) != exact
    assert {node for node, value in estimate.items() if value > 0.2} == {"x0", "y0"}


def test_results_do_not_depend_on_the_hash_seed() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import test_measures as t; print(t.measures.ranking(t.two_cliques(9)))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1 and "y0" in printed.pop()


def test_summary_counts_facts_once() -> None:
    told = (
        fact("1", "Chat", talker=(A, B, C), time="2013-05"),
        fact("2", "Quarrel", angry=A, blamed=(B, ANN), time="2011/", status="refuted"),
        fact("3", "Quarrel", angry=B, blamed=A),
    )
    graph = projection.entities(store(*told), ontology(), statuses=None)
    assert asdict(measures.summary(graph)) == {
        "nodes": 4, "edges": 6, "facts": 3, "kinds": (("State", 3), ("Person", 1)), "types": (("Quarrel", 2), ("Chat", 1)),
        "statuses": (("stated", 2), ("refuted", 1)), "signs": (("-1", 2), ("+1", 1)), "begin": "2011-01-01", "end": "2013-05-31",
        "undated": 1, "components": 1, "largest": 4, "reciprocity": pytest.approx(2 / 3),
    }  # fmt: skip
    dyads = projection.dyads(store(*told), ontology(), GAZETTEER)
    assert measures.summary(dyads).reciprocity == 0 and measures.summary(dyads).facts == 2


def test_summary_of_nothing() -> None:
    found = measures.summary(network())
    assert (found.nodes, found.components, found.largest, found.begin, found.reciprocity) == (0, 0, 0, "", None)
