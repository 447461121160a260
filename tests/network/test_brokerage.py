from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_sample import network

from dipgraph.network.brokerage import brokers, roles

GROUPS = {"a": "1", "b": "1", "c": "1", "x": "2", "y": "2", "z": "3"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # The five roles of Gould & Fernandez (1989), figure 1: coordinator, consultant, gatekeeper, representative, liaison.
        ("abc", (1, 0, 0, 0, 0)),
        ("axb", (0, 1, 0, 0, 0)),
        ("xab", (0, 0, 1, 0, 0)),
        ("abx", (0, 0, 0, 1, 0)),
        ("axz", (0, 0, 0, 0, 1)),
    ],
)
def test_each_role(path: str, expected: tuple[int, ...]) -> None:
    graph = network((path[0], path[1], "1"), (path[1], path[2], "2"))
    found = roles(graph, GROUPS)
    assert found[path[1]] == expected
    assert all(sum(found[end]) == 0 for end in (path[0], path[2]))


def test_a_direct_tie_needs_no_broker() -> None:
    graph = network(("a", "b", "1"), ("b", "c", "2"), ("a", "c", "3"))
    assert sum(roles(graph, GROUPS)["b"]) == 0


def test_symmetric_ties_go_both_ways() -> None:
    graph = network(("a", "b", "1", "both"), ("b", "x", "2", "both"))
    assert roles(graph, GROUPS)["b"] == (0, 0, 1, 1, 0)  # x -> b -> a and a -> b -> x


def test_holes_by_hand() -> None:
    # A star: the hub's contacts are not tied, so constraint = 4 (1/4)^2 and effective size 4; a leaf has all in one.
    star = network(*(("hub", leaf, leaf) for leaf in "abcd"))
    found = {row.iri: row for row in brokers(star, dict.fromkeys((*"abcd", "hub"), "1"))}
    assert (found["hub"].constraint, found["hub"].effective_size) == pytest.approx((0.25, 4))
    assert (found["a"].constraint, found["a"].effective_size) == pytest.approx((1, 1))
    # A triangle: each contact counts (1/2 + 1/2 * 1/2)^2 twice.
    ring = network(("a", "b", "1"), ("b", "c", "2"), ("c", "a", "3"))
    assert brokers(ring)[0].constraint == pytest.approx(2 * 0.75**2)


def test_rows_by_the_number_of_roles() -> None:
    rows = brokers(network(*(("hub", leaf, leaf, "both") for leaf in "abcd"), ("z", "z", "9")), top=2)
    assert [(row.iri, row.total) for row in rows] == [("hub", 12), ("a", 0)]
    lone = brokers(network(("z", "z", "9")))[0]
    assert lone.constraint is None and lone.effective_size is None
    assert brokers(network()) == ()


ties = st.lists(st.tuples(st.sampled_from("abcxyz"), st.sampled_from("abcxyz"), st.just("1")), max_size=14)


@given(ties)
def test_the_roles_are_all_the_open_paths(found: Any) -> None:
    graph = network(*(tie for tie in found if tie[0] != tie[1]))
    paths = sum(
        graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c) and a != c
        for a in graph for b in graph for c in graph
    )  # fmt: skip
    assert sum(map(sum, roles(graph, GROUPS).values())) == paths
