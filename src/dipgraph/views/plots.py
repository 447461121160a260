"""Pictures of what an analysis found, by matplotlib: bars, a matrix, the factions, or a series over time.

The same tables give the same file, byte for byte. Shape and position say what colour says, for those who see none.
"""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from math import cos, pi, sin
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dipgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

Record = Mapping[str, Any]
Tables = Mapping[str, Any]
SUFFIXES = (".svg", ".png", ".pdf")
BARS = {
    "ranking": ("label", "degree"),
    "centrality": ("label", "facts"),
    "brokers": ("label", "effective_size"),
    "links": ("first", "share"),
    "coverage": ("publisher", "facts"),
}
"""Tables that are drawn as bars: the column that names a bar, the one that it measures."""
SERIES = {
    "ranking": "degree",
    "centrality": "facts",
    "brokers": "effective_size",
    "balance": "balanced",
    "cohesion": "density",
    "links": "share",
    "coverage": "facts",
    "reciprocity": "reciprocity",
}
"""Tables that are drawn as lines where they are a series, by the column that is measured."""
MATRICES = {"exchanges": ("source_label", "target_label", "given"), "similarity": ("source_label", "target_label", "s")}
SYMMETRIC = "similarity"
MOST = 20
"""How many bars, lines, or rows of a matrix are drawn at most."""
FRIENDS, ENEMIES, INK = "C0", "C1", "0.2"


def plot(found: Tables, title: str, path: Path) -> Path:
    """Draw the tables of an analysis into a file; InputError if matplotlib is missing or there is nothing to draw."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: a picture is a file called {', '.join(SUFFIXES)}.")
    tables = {name: rows for name, rows in found.items() if isinstance(rows, list) and rows}
    with _axes(title, path) as axes:
        _draw(axes, tables)
    return path


def _draw(axes: "Axes", tables: Mapping[str, Sequence[Record]]) -> None:
    lines = next((name for name in tables if name in SERIES and "period" in tables[name][0]), None)
    if lines:
        _series(axes, tables[lines], SERIES[lines])
    elif "factions" in tables:
        _factions(axes, tables["factions"], tables.get("frustrated", ()))
    elif matrix := next((name for name in MATRICES if name in tables), None):
        _matrix(axes, tables[matrix], *MATRICES[matrix], symmetric=matrix == SYMMETRIC)
    elif bars := next((name for name in BARS if name in tables), None):
        _bars(axes, tables[bars], *BARS[bars])
    else:
        raise InputError("there is nothing to draw: no fact fits.")


def _bars(axes: "Axes", rows: Sequence[Record], name: str, value: str) -> None:
    shown = [row for row in rows if row[value] is not None][:MOST]
    labels = [f"{row[name]} → {row['second']}" if "second" in row else str(row[name]) for row in shown]
    places = range(len(shown))
    axes.barh(places, [row[value] for row in shown], color=FRIENDS)
    axes.set_yticks(places, labels)
    axes.invert_yaxis()
    axes.set_xlabel(value.replace("_", " "))


def _series(axes: "Axes", rows: Sequence[Record], value: str) -> None:
    periods = list(dict.fromkeys(row["period"] for row in rows))
    at = {period: i for i, period in enumerate(periods)}
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        if row[value] is not None:
            lines.setdefault(str(row.get("label") or row.get("publisher") or row.get("first") or ""), []).append(
                (at[row["period"]], row[value])
            )
    most = sorted(lines, key=lambda name: (-sum(y for _, y in lines[name]), name))[: MOST // 2]
    for name in most:
        axes.plot(*zip(*lines[name], strict=True), marker="o", markersize=3, label=name)
    step = max(1, len(periods) // 12)
    axes.set_xticks(range(0, len(periods), step), periods[::step], rotation=45, ha="right")
    axes.set_ylabel(value.replace("_", " "))
    if any(most):
        axes.legend(fontsize="small", frameon=False)


def _matrix(axes: "Axes", rows: Sequence[Record], source: str, target: str, value: str, *, symmetric: bool) -> None:
    total: dict[str, float] = {}
    for row in rows:
        for end in (source, target):
            total[row[end]] = total.get(row[end], 0) + abs(row[value])
    names = sorted(sorted(total, key=lambda name: (-total[name], name))[:MOST])
    at = {name: i for i, name in enumerate(names)}
    cells = [[float("nan")] * len(names) for _ in names]
    for row in rows:
        if row[source] in at and row[target] in at:
            cells[at[row[source]]][at[row[target]]] = row[value]
            if symmetric:
                cells[at[row[target]]][at[row[source]]] = row[value]
    image = axes.imshow(cells, cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.figure.colorbar(image, ax=axes, label=value)


def _factions(axes: "Axes", sides: Sequence[Record], frustrated: Sequence[Record]) -> None:
    """Each faction on a half circle of its own; the ties that go against them between and within."""
    places: dict[str, tuple[float, float]] = {}
    for faction, middle in ((1, pi), (2, 0.0)):
        found = [side for side in sides if side["faction"] == faction]
        for i, side in enumerate(found):
            angle = middle + pi * ((i + 1) / (len(found) + 1) - 0.5) * 0.9
            x, y = places[side["iri"]] = cos(angle), sin(angle)
            axes.plot(x, y, marker="o" if faction == 1 else "s", color=INK, markersize=3 + side["ties"] ** 0.5)
            axes.annotate(
                side["label"], (1.06 * x, 1.06 * y), ha="right" if faction == 1 else "left", va="center", fontsize=8
            )
    for tie in frustrated:
        if tie["source"] in places and tie["target"] in places:
            friends = tie["sign"] > 0
            xs, ys = zip(places[tie["source"]], places[tie["target"]], strict=True)
            axes.plot(
                xs, ys, color=FRIENDS if friends else ENEMIES, linestyle="-" if friends else "--", linewidth=1, zorder=0
            )
    axes.set(xlim=(-1.7, 1.7), ylim=(-1.2, 1.2), aspect="equal")
    axes.axis("off")
    axes.annotate(
        "full: friends on different sides; dashed: enemies on one side",
        (0.5, 0),
        xycoords="axes fraction",
        ha="center",
        fontsize=7,
    )


@contextmanager
def _axes(title: str, path: Path) -> "Iterator[Axes]":
    """A figure of its own, without a window or a global state; written when it is drawn."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        raise InputError("matplotlib is not installed; pictures need it: pip install 'dipgraph[plot]'.") from None
    with matplotlib.rc_context({"svg.hashsalt": "dipgraph", "svg.fonttype": "none", "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(8, 6), layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(title[:1].upper() + title[1:], fontsize="medium")
        yield axes
        try:
            figure.savefig(path, metadata=_undated(path), dpi=150)
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror}); name another file.") from error


def _undated(path: Path) -> dict[str, None]:
    return (
        {"Date": None}
        if path.suffix.lower() == ".svg"
        else {"CreationDate": None}
        if path.suffix.lower() == ".pdf"
        else {}
    )
