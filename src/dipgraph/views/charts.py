"""Charts as SVG that stands in a page: no script, no style of its own, the same bytes for the same numbers.

Colours of what the ontology draws are attributes; all others come from the page's style sheet, which knows light and dark.
Position, shape and line say what colour says. Each chart has a title for those who hear it, and a table beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 720
BASE = 22
"""Room under a chart for the labels of its axis."""


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its parts (CSS class and height) from the bottom, and where a click leads."""

    label: str
    parts: tuple[tuple[str, float], ...]
    href: str = ""

    @property
    def height(self) -> float:
        """Of all parts together."""
        return sum(value for _, value in self.parts)


@dataclass(frozen=True)
class Mark:
    """One event on a time line: when (a year with a fraction), its sign, what it is and the colour of that, its words."""

    at: float
    sign: int
    kind: str
    color: str
    tip: str


@dataclass(frozen=True)
class Node:
    """One that stands on one of two sides."""

    iri: str
    label: str
    side: int
    weight: int


def element(name: str, *inside: Markup | str, **attributes: object) -> Markup:
    """An SVG element; texts are escaped, `class_` is the attribute class, `_` in names is `-`."""
    written = [
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _number(value))
        for key, value in attributes.items()
        if value is not None
    ]
    return Markup("<{0}{1}>{2}</{0}>").format(
        Markup(name), Markup("").join(written), Markup("").join(map(escape, inside))  # noqa: S704 - names are ours
    )  # fmt: skip


def picture(height: float, title: str, *inside: Markup, width: float = WIDTH) -> Markup:
    """The whole SVG, which scales with the page; `title` says what it shows."""
    return element(
        "svg", element("title", title), *inside,
        viewBox=f"0 0 {_number(width)} {_number(height)}", role="img", class_="chart", aria_label=title,
    )  # fmt: skip


def histogram(bars: Sequence[Bar], title: str, height: float = 150) -> Markup:
    """Bars side by side, with as many labels as there is room for."""
    most = max((bar.height for bar in bars), default=0) or 1
    step = (WIDTH - 40) / max(len(bars), 1)
    wide = min(step * 0.82, 46)
    drawn = []
    for place, bar in enumerate(bars):
        x, y = 36 + place * step + (step - wide) / 2, height
        pieces = []
        for style, value in bar.parts:
            tall = value / most * (height - 14)
            y -= tall
            pieces.append(element("rect", x=x, y=y, width=wide, height=tall, class_=style))
        pieces.append(element("title", f"{bar.label}: {_number(bar.height)}"))
        drawn.append(element("a", *pieces, href=bar.href) if bar.href else element("g", *pieces))
    return picture(
        height + BASE,
        title,
        *_scale(most, height),
        *drawn,
        *_ticks([bar.label for bar in bars], [36 + (i + 0.5) * step for i in range(len(bars))], height),
    )


def timelines(rows: Sequence[tuple[str, Sequence[Mark]]], title: str) -> Markup:
    """A line of time for each row, one above the other, marks above, on or below it by their sign; then what is what."""
    points = [mark.at for _, marks in rows for mark in marks]
    first, last = min(points, default=0), max(points, default=1)
    span = max(last - first, 1 / 12)
    lane, top, x0, x1 = 46, 10, 8, WIDTH - 8

    def x(at: float) -> float:
        return x0 + 8 + (at - first) / span * (x1 - x0 - 16)

    drawn = []
    for i, (label, marks) in enumerate(rows):
        y = top + i * lane + 28
        drawn += [
            element("text", label, x=x0, y=y - 15, class_="row"),
            element("line", x1=x0, x2=x1, y1=y, y2=y, class_="axis"),
            *(_mark(x(mark.at), y, mark) for mark in _in_order(marks)),
        ]
    height = top + len(rows) * lane + 6
    years = _years(first, last)
    grid = [element("line", x1=x(year), x2=x(year), y1=top, y2=height, class_="grid") for year in years]
    ticks = _ticks([str(year) for year in years], [x(year) for year in years], height)
    legend, rest = _legend(sorted({(mark.kind, mark.color) for _, marks in rows for mark in marks}), height + BASE + 16)
    return picture(rest, title, *grid, *drawn, *ticks, *legend)


def factions(nodes: Sequence[Node], ties: Iterable[tuple[str, str, int, bool]], title: str) -> Markup:
    """Two sides, each on a half circle; ties (two IRIs, sign, whether it goes against the sides): full friend, dashed foe."""
    lanes = max((sum(node.side == side for node in nodes) for side in (1, 2)), default=0)
    size, radius, middle = max(160.0, 21.0 * (lanes + 1)), 170.0, WIDTH / 2
    places: dict[str, tuple[float, float]] = {}
    names = []
    for side, outward in ((1, -1), (2, 1)):
        found = [node for node in nodes if node.side == side]
        for i, node in enumerate(found):
            down = 2 * (i + 1) / (len(found) + 1) - 1  # labels are a line apart wherever they stand
            x, y = middle + outward * (30 + radius * (1 - down**2) ** 0.5), size / 2 * (1 + 0.98 * down)
            places[node.iri] = x, y
            far = 8 + min(node.weight, 12) ** 0.5 * 2
            shape = _dot(x, y, 3 + min(node.weight, 12) ** 0.5 * 1.6, square=side == 2)
            text = element(
                "text", node.label, x=x + (far if side == 2 else -far), y=y + 4, class_="row",
                text_anchor="start" if side == 2 else "end",
            )  # fmt: skip
            names += [shape, text]
    lines = [
        element(
            "line", x1=places[a][0], y1=places[a][1], x2=places[b][0], y2=places[b][1],
            class_=f"{'friend' if sign > 0 else 'foe'}{' against' if against else ''}",
        )
        for a, b, sign, against in ties
        if a in places and b in places
    ]  # fmt: skip
    return picture(size, title, *lines, *names)


def _dot(x: float, y: float, size: float, *, square: bool) -> Markup:
    if square:
        return element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, class_="node two")
    return element("circle", cx=x, cy=y, r=size, class_="node one")


def _mark(x: float, y: float, mark: Mark) -> Markup:
    """Up: cooperative; a ring on the line: neither; down: conflictual."""
    shapes: Mapping[int, Markup] = {
        1: element("path", d=f"M{_number(x)} {_number(y - 13)}l6 11h-12z", fill=mark.color),
        0: element("circle", cx=x, cy=y, r=4.5, fill=mark.color),
        -1: element("path", d=f"M{_number(x)} {_number(y + 13)}l6 -11h-12z", fill=mark.color),
    }
    return element("g", element("title", mark.tip), shapes[mark.sign])


def _legend(names: Iterable[tuple[str, str]], y: float) -> tuple[list[Markup], float]:
    """Names with their colours in as many lines as they need, and where these end."""
    found: list[Markup] = []
    x = 8.0
    for name, color in names:
        wide = 26 + len(name) * 7
        if x + wide > WIDTH:
            x, y = 8.0, y + 20
        found.append(element("rect", x=x, y=y - 9, width=10, height=10, fill=color))
        found.append(element("text", name, x=x + 15, y=y))
        x += wide
    return found, y + 8


def _in_order(marks: Sequence[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (mark.at, mark.tip))


def _scale(most: float, height: float) -> list[Markup]:
    """The line under the bars, and how many the highest stands for."""
    top = 14.0
    return [
        element("line", x1=36, x2=WIDTH, y1=height, y2=height, class_="axis"),
        element("line", x1=36, x2=WIDTH, y1=top, y2=top, class_="grid"),
        element("text", _number(most), x=30, y=top + 4, text_anchor="end"),
        element("text", "0", x=30, y=height + 1, text_anchor="end"),
    ]


def _ticks(labels: Sequence[str], places: Sequence[float], height: float) -> list[Markup]:
    """Labels under an axis, as many as fit."""
    wide = max((len(label) for label in labels), default=1) * 7 + 14
    shown: list[Markup] = []
    free = 0.0
    for label, x in zip(labels, places, strict=True):
        if x - wide / 2 >= free - 8:
            shown.append(
                element(
                    "text", label, x=min(max(x, wide / 2), WIDTH - wide / 2 + 8), y=height + 16, text_anchor="middle"
                )
            )
            free = x + wide / 2
    return shown


def _years(first: float, last: float) -> list[int]:
    whole = range(int(first) + (first > int(first)), int(last) + 1)
    step = max(1, len(whole) // 10)
    return list(whole)[::step]


def _number(value: object) -> str:
    """A number with at most one digit after the point; other values as they are."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
