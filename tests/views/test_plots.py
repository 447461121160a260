"""Plots of made-up tables. Without matplotlib only what is said of its absence can be tested."""

import sys
from pathlib import Path
from typing import Any

import pytest

from dipgraph.errors import InputError
from dipgraph.views.plots import plot

TABLES: dict[str, dict[str, Any]] = {
    "bars": {"summary": {"nodes": 2}, "ranking": [{"label": "A & <b>", "degree": 3}, {"label": "B", "degree": 1}]},
    "links": {"links": [{"first": "visit", "second": "meeting", "share": 0.5}, {"first": "a", "second": "b", "share": None}]},
    "matrix": {"exchanges": [{"source_label": "A", "target_label": "B", "given": 2}, {"source_label": "B", "target_label": "A", "given": 0}]},
    "similarity": {"cohesion": [{"density": 0.5}], "similarity": [{"source_label": "A", "target_label": "B", "s": 0.5}]},
    "factions": {
        "factions": [
            {"iri": "a", "label": "A", "faction": 1, "ties": 2}, {"iri": "b", "label": "B", "faction": 2, "ties": 1},
            {"iri": "c", "label": "C", "faction": 0, "ties": 0},
        ],
        "frustrated": [{"source": "a", "target": "b", "sign": 1}],
    },
    "series": {"balance": [{"period": "2012", "balanced": 0.5}, {"period": "2013", "balanced": None}, {"period": "2014", "balanced": 1.0}]},
    "lines": {"centrality": [{"period": p, "label": n, "facts": 1} for p in ("2012", "2013") for n in "AB"]},
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_plot_is_the_same_twice(name: str, suffix: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    one, other = (plot(TABLES[name], "what it says", tmp_path / f"{i}{suffix}").read_bytes() for i in range(2))
    assert one == other and len(one) > 1000
    if suffix == ".svg":
        assert "What it says" in one.decode() and "<b>" not in one.decode()


def test_nothing_makes_no_plot(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(InputError, match="nothing to draw"):
        plot({"ranking": []}, "empty", tmp_path / "empty.svg")
    assert not list(tmp_path.iterdir())


def test_a_plot_wants_a_picture_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a picture is a file called \.svg, \.png, \.pdf"):
        plot(TABLES["bars"], "", tmp_path / "graph.html")


def test_what_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        InputError, match=r"^matplotlib is not installed; pictures need it: pip install 'dipgraph\[plot\]'\.$"
    ):
        plot(TABLES["bars"], "", tmp_path / "graph.svg")
