"""Divisions of random signed networks against all divisions there are, and against themselves in another process."""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import networkx as nx
import numpy as np
import pytest

from dipgraph.network import cycles, division
from dipgraph.network.frustration import frustration


def signed(nodes: int, ties: int, seed: int) -> "nx.Graph[Any]":
    """A random network of random signs: as far from balance as can be."""
    random = Random(seed)
    network: nx.Graph[Any] = nx.Graph()
    network.add_nodes_from(f"n{i:03}" for i in range(nodes))
    for a, b in sorted(nx.gnm_random_graph(nodes, ties, seed=seed).edges):
        network.add_edge(f"n{a:03}", f"n{b:03}", sign=random.choice((1, -1)), weight=1, facts=())
    return network


def least(network: "nx.Graph[Any]") -> int:
    """The frustration index, by trying all divisions."""
    nodes = sorted(network)
    first, second, signs = np.array([(nodes.index(a), nodes.index(b), t["sign"]) for a, b, t in network.edges(data=True)]).T  # fmt: skip
    sides = np.array(list(product((1, -1), repeat=len(nodes) - 1)))
    sides = np.hstack([np.ones((len(sides), 1), dtype=int), sides])
    return int((sides[:, first] * sides[:, second] != signs).sum(axis=1).min())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("ties", [20, 45, 91])
def test_the_index_is_the_least_of_all_divisions(ties: int, seed: int) -> None:
    network = signed(14, ties, seed)
    found = frustration(network)
    assert found.index == found.bound == least(network)
    for rounds in (0, 1, 3):
        part = frustration(network, rounds=rounds)
        assert part.bound <= found.index <= part.index and all(side.change >= 0 for side in part.sides)


def test_the_gap_that_cycles_leave_is_branched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nine enemies each of each: 5 x 4 ties go between the best sides, 16 of 36 do not. A third on each tie gives every
    # triad 1, so that cycles prove no more than 12.
    network = signed(9, 36, 0)
    nx.set_edge_attributes(network, -1, "sign")
    branches: list[int] = []

    def branched(part: Any, found: Any) -> Any:
        bound, sides = cycles.branched(part, found)
        branches.append(bound)
        return bound, sides

    monkeypatch.setattr(division, "branched", branched)
    assert frustration(network).exact and branches == [16]
    monkeypatch.setattr(division, "BRANCHED", 10)
    found = frustration(network)
    assert (found.bound, found.index) == (12, 16)


def test_a_search_alone_finds_the_planted_factions() -> None:
    # Two sides of thirty, nine in ten ties as they should be: the bound meets what the first search finds.
    random = Random(2)
    network = signed(60, 400, 2)
    for a, b, tie in network.edges(data=True):
        tie["sign"] = (1 if (a < "n030") == (b < "n030") else -1) * (-1 if random.random() < 0.1 else 1)
    found = frustration(network)
    assert found.exact and {side.iri < "n030" for side in found.sides if side.faction == 1} in ({True}, {False})
    assert frustration(network, rounds=0).index == found.index


PRINTED = """
import sys
sys.path.insert(0, sys.argv[1])
from test_division import frustration, signed
print(frustration(signed(40, 160, 1)))
"""


def test_equal_networks_have_equal_factions_in_every_process() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", PRINTED, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1 and found.pop().startswith("Frustration(index=")
