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
    "ranking": ("label", "degree", "facts that join it to others"),
    "centrality": ("label", "facts", "facts that join it to others"),
    "brokers": ("label", "effective_size", "effective size: contacts less those that are redundant"),
    "camps": ("members", "size", "members of each camp, by the signs of their facts"),
    "links": ("first", "share", "share that was followed in time"),
    "coverage": ("publisher", "facts", "facts that it reports"),
}
"""Tables that are drawn as bars: the column that names a bar, the one that it measures, and what that is."""
SERIES = {
    "ranking": ("degree", "facts that join it to others"),
    "centrality": ("facts", "facts that join it to others"),
    "brokers": ("effective_size", "effective size"),
    "partitions": ("modularity", "modularity"),
    "balance": ("balanced", "share of balanced triads"),
    "cohesion": ("density", "share of pairs that are allied"),
    "links": ("share", "share that was followed in time"),
    "coverage": ("facts", "facts that it reports"),
    "reciprocity": ("reciprocity", "share of ordered pairs that are returned"),
}
"""Tables that are drawn as lines where they are a series: the column that is measured, and what that is."""
MATRICES = {
    "exchanges": ("source_label", "target_label", "given", "tokens from the row to the column"),
    "similarity": ("source_label", "target_label", "s", "S of the two portfolios, -1 to 1"),
}
SYMMETRIC = "similarity"
SHARES = ("balanced", "share", "density", "reciprocity")
"""Columns from 0 to 1."""
MOST, CIRCLE = 20, 40
"""How many bars, lines, or rows of a matrix are drawn at most; how many on the circles of the factions."""
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
        _series(axes, tables[lines], *SERIES[lines])
    elif "factions" in tables:
        _factions(axes, tables["factions"], tables.get("ties", ()), tables.get("frustrated", ()))
    elif matrix := next((name for name in MATRICES if name in tables), None):
        _matrix(axes, tables[matrix], *MATRICES[matrix], symmetric=matrix == SYMMETRIC)
    elif bars := next((name for name in BARS if name in tables), None):
        _bars(axes, tables[bars], *BARS[bars])
    else:
        raise InputError("there is nothing to draw: no fact fits.")


def _bars(axes: "Axes", rows: Sequence[Record], name: str, value: str, meaning: str) -> None:
    shown = [row for row in rows if row[value] is not None][:MOST]
    places = range(len(shown))
    axes.barh(places, [row[value] for row in shown], color=FRIENDS)
    axes.set_yticks(places, [_called(row, name) for row in shown])
    axes.invert_yaxis()
    _scaled(axes, value, "x")
    axes.set_xlabel(meaning)


def _called(row: Record, name: str) -> str:
    if "second" in row:
        return f"{row[name]} → {row['second']}"
    if isinstance(row[name], list):
        return ", ".join(row[name][:3]) + (" …" if len(row[name]) > 3 else "")
    return str(row[name])


def _scaled(axes: "Axes", value: str, axis: str) -> None:
    """Shares from 0 to 1, counts at whole numbers."""
    from matplotlib.ticker import MaxNLocator

    if value in SHARES:
        axes.set(**{f"{axis}lim": (0, 1.02)})
    getattr(axes, f"{axis}axis").set_major_locator(
        MaxNLocator(integer=value not in (*SHARES, "effective_size", "modularity"))
    )


def _series(axes: "Axes", rows: Sequence[Record], value: str, meaning: str) -> None:
    """A line for each of those with the highest sum, from the first period that has a figure to the last."""
    known = [row for row in rows if row[value] is not None]
    if not known:
        raise InputError(f"there is nothing to draw: no period has a figure ({meaning}).")
    every = list(dict.fromkeys(row["period"] for row in rows))
    periods = every[every.index(known[0]["period"]) : every.index(known[-1]["period"]) + 1]
    at = {period: i for i, period in enumerate(periods)}
    lines: dict[str, dict[int, float]] = {}
    for row in known:
        name = next((_called(row, key) for key in ("label", "publisher", "first", "by") if key in row), "")
        lines.setdefault(name, {})[at[row["period"]]] = row[value]
    most = sorted(lines, key=lambda name: (-sum(lines[name].values()), name))[: MOST // 2]
    for name in most:  # what a period does not tell breaks the line
        heights = [lines[name].get(i, float("nan")) for i in range(len(periods))]
        axes.plot(range(len(periods)), heights, marker="o", markersize=3, label=name)
    step = max(1, len(periods) // 12)
    axes.set_xticks(range(0, len(periods), step), periods[::step], rotation=45, ha="right")
    _scaled(axes, value, "y")
    axes.set_ylabel(meaning)
    if any(most):
        axes.legend(fontsize="small", frameon=False)


def _matrix(
    axes: "Axes", rows: Sequence[Record], source: str, target: str, value: str, meaning: str, *, symmetric: bool
) -> None:
    """Each figure in its cell; where nothing passed, or one meets itself, none."""
    total: dict[str, float] = {}
    for row in rows:
        for end in (source, target):
            total[row[end]] = total.get(row[end], 0) + abs(row[value])
    names = sorted(sorted(total, key=lambda name: (-total[name], name))[:MOST])
    at = {name: i for i, name in enumerate(names)}
    cells = [[float("nan")] * len(names) for _ in names]
    for row in rows:
        if row[source] in at and row[target] in at and (symmetric or row[value]):
            for a, b in [(source, target), (target, source)][: 1 + symmetric]:
                i, j = at[row[a]], at[row[b]]
                cells[i][j] = row[value]
                axes.annotate(f"{row[value]:.2g}", (j, i), ha="center", va="center", fontsize=6 if symmetric else 8)
    low, high = (-1, 1) if symmetric else (0, max(row[value] for row in rows))
    axes.imshow(cells, cmap="Blues", vmin=low, vmax=high + (high - low) / 2)  # no cell so dark that its figure is lost
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel=meaning if symmetric else f"to ({meaning})", ylabel="" if symmetric else "from")


def _factions(axes: "Axes", sides: Sequence[Record], ties: Sequence[Record], frustrated: Sequence[Record]) -> None:
    """Each faction on a half circle of its own, with all ties; heavy are those that go against the factions."""
    busiest = sorted((side for side in sides if side["faction"]), key=lambda side: -side["ties"])[:CIRCLE]
    places: dict[str, tuple[float, float]] = {}
    for faction, middle in ((1, pi), (2, 0.0)):
        found = [side for side in busiest if side["faction"] == faction]
        for i, side in enumerate(found):
            angle = middle + pi * ((i + 1) / (len(found) + 1) - 0.5) * 0.9
            x, y = places[side["iri"]] = cos(angle), sin(angle)
            axes.plot(x, y, marker="o" if faction == 1 else "s", color=INK, markersize=3 + side["ties"] ** 0.5)
            axes.annotate(
                side["label"], (1.06 * x, 1.06 * y), ha="right" if faction == 1 else "left", va="center", fontsize=8
            )
    against = {(tie["source"], tie["target"]) for tie in frustrated}
    for tie in ties:
        if tie["source"] in places and tie["target"] in places:
            heavy = (tie["source"], tie["target"]) in against
            friends = tie["sign"] > 0
            xs, ys = zip(places[tie["source"]], places[tie["target"]], strict=True)
            axes.plot(
                xs, ys, color=FRIENDS if friends else ENEMIES, linestyle="-" if friends else "--",
                linewidth=2 if heavy else 0.6, alpha=1 if heavy else 0.5, zorder=1 if heavy else 0,
            )  # fmt: skip
    axes.set(xlim=(-1.7, 1.7), ylim=(-1.2, 1.2), aspect="equal")
    axes.axis("off")
    more = f"; the {len(busiest)} with most ties" if sum(bool(side["faction"]) for side in sides) > len(busiest) else ""
    axes.annotate(
        f"full: friends; dashed: enemies; heavy: against the factions{more}",
        (0.5, 0), xycoords="axes fraction", ha="center", fontsize=7,
    )  # fmt: skip


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
