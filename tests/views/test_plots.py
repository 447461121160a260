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
            {"iri": "a", "label": "Aland", "faction": 1, "ties": 2}, {"iri": "b", "label": "Beland", "faction": 2, "ties": 2},
            {"iri": "c", "label": "Celand", "faction": 1, "ties": 2}, {"iri": "z", "label": "Zeland", "faction": 0, "ties": 0},
        ],
        "frustrated": [{"source": "a", "target": "b", "sign": 1}],
        "ties": [
            {"source": "a", "target": "b", "sign": 1}, {"source": "b", "target": "c", "sign": -1},
            {"source": "a", "target": "c", "sign": 1},
        ],
    },
    "camps": {"partitions": [{"by": "signs"}], "camps": [{"members": ["A", "B", "C", "D"], "size": 4}, {"members": ["E"], "size": 1}]},
    "series": {"balance": [{"period": "2011", "balanced": None}, {"period": "2012", "balanced": 0.5}, {"period": "2013", "balanced": None}, {"period": "2014", "balanced": 1.0}]},
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


def drawn(name: str, tmp_path: Path) -> str:
    pytest.importorskip("matplotlib")
    return plot(TABLES[name], "title", tmp_path / "drawn.svg").read_text()


def test_factions_show_all_ties_and_which_go_against_them(tmp_path: Path) -> None:
    svg = drawn("factions", tmp_path)
    assert all(f">{label}</text>" in svg for label in ("Aland", "Beland", "Celand")) and "Zeland" not in svg
    assert (
        svg.count("stroke-width: 0.6") == 2
        and svg.count("#1f77b4; stroke-width: 2;") == svg.count("stroke-dasharray") == 1
    )
    assert "heavy: against the factions" in svg


def test_a_matrix_says_from_whom_to_whom_and_how_many(tmp_path: Path) -> None:
    svg = drawn("matrix", tmp_path)
    assert ">from</text>" in svg and ">to (tokens from the row to the column)</text>" in svg
    assert svg.count(">2</text>") == 1 and ">0</text>" not in svg  # nothing passed from B to A
    assert drawn("similarity", tmp_path).count(">0.5</text>") == 2


def test_a_series_begins_and_ends_with_its_figures_and_shares_go_from_nought_to_one(tmp_path: Path) -> None:
    svg = drawn("series", tmp_path)
    assert (
        all(f">{text}</text>" in svg for text in ("2012", "2014", "share of balanced triads"))
        and ">2011</text>" not in svg
    )
    assert ">0.00</text>" in svg or ">0.0</text>" in svg
    rows = [{"period": "2012", "balanced": None}]
    with pytest.raises(InputError, match="no period has a figure"):
        plot({"balance": rows}, "", tmp_path / "none.svg")


def test_many_names_are_shortened(tmp_path: Path) -> None:
    assert ">A, B, C …</text>" in drawn("camps", tmp_path)


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
