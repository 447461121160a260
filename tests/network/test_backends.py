"""Backends of networkx: one made here, that has one algorithm, as an installed distribution; and nx-parallel where it loads."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from network_sample import network

from dipgraph.errors import InputError
from dipgraph.network import brokerage, centrality, measures

ABACUS = """
import networkx as nx

def convert_from_nx(graph, **_):
    return graph

def convert_to_nx(result, **_):
    return result

def betweenness_centrality(graph, *_, **__):
    print("abacus counts")
    return dict.fromkeys(graph, 7.0)
"""
PRINTED = """
import sys
sys.path.insert(0, sys.argv[1])
from network_sample import network
from dipgraph.network import measures
print([(row.betweenness, round(row.pagerank, 3)) for row in measures.ranking(network(("a", "b", "1")), backend=sys.argv[2])])
"""


def ranked(folder: Path, module: str, backend: str) -> "subprocess.CompletedProcess[str]":
    """A ranking in a process that finds the backend `abacus` in a folder."""
    (folder / "abacus.py").write_text(module)
    (folder / "abacus-1.dist-info").mkdir()
    (folder / "abacus-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: abacus\nVersion: 1\n")
    (folder / "abacus-1.dist-info/entry_points.txt").write_text("[networkx.backends]\nabacus = abacus\n")
    path = os.pathsep.join((str(folder), *sys.path))
    command = [sys.executable, "-c", PRINTED, str(Path(__file__).parent), backend]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True)


def test_a_backend_computes_what_it_has_and_networkx_the_rest(tmp_path: Path) -> None:
    found = ranked(tmp_path, ABACUS, "abacus")
    assert found.stdout == "[(7.0, 0.649), (7.0, 0.351)]\n", found.stderr
    assert "abacus counts" in found.stderr  # what a backend prints does not get among the results


def test_a_backend_that_is_not_installed_is_answered_with_those_that_are(tmp_path: Path) -> None:
    found = ranked(tmp_path, ABACUS, "slide_rule")
    assert found.returncode and "no backend called 'slide_rule'; installed: " in found.stderr
    assert "abacus" in found.stderr.split("installed: ")[1]


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise ImportError('no beads')", "(ImportError: no beads)"),
        (ABACUS.replace("*_, **__", ""), "(TypeError: betweenness_centrality()"),
    ],
)
def test_a_backend_that_fails_is_named_with_the_reason(tmp_path: Path, module: str, said: str) -> None:
    found = ranked(tmp_path, module, "abacus")
    last = found.stderr.strip().splitlines()[-1]
    assert (
        "InputError: the backend 'abacus' fails with networkx" in last
        and said in last
        and "leave out --backend" in last
    )


def test_nx_parallel_gives_the_same_figures() -> None:
    pytest.importorskip("nx_parallel", exc_type=ImportError)
    random = Random(1)
    graph = network(*((f"n{random.randrange(250):03}", f"n{random.randrange(250):03}", str(i)) for i in range(700)))
    for measure in (centrality.centralities, measures.ranking, brokerage.brokers):
        rows, same = ({row.iri: vars(row) for row in measure(graph, backend=name)} for name in (None, "parallel"))
        assert rows.keys() == same.keys() and len(rows) > 200
        for iri, row in rows.items():
            assert row == pytest.approx(same[iri], abs=1e-12, nan_ok=True)  # sums in another order


def test_the_error_is_one_of_ours() -> None:
    with pytest.raises(InputError, match="networkx has no backend called 'abacus'"):
        centrality.centralities(network(("a", "b", "1")), backend="abacus")
