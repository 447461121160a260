"""Charts of a report that show time, as values that draw themselves as SVG.

Position and shape say what colour says, and a table beside each chart says all of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from dipgraph.views.svg import BASE, LETTER, WIDTH, Link, element, linked, number, picture, ticks

STEPS = (1 / 12, 1 / 4, 1 / 2, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
"""How many years may stand in one place of a time line, or between two labels of its axis."""
PLACE, NARROW = 12.0, 5.0
"""How wide a place of a time line is at least: where marks stand, and where bars do."""
STACK = 4
"""So many marks are drawn one above the other; where there are more, bars stand for all."""
TALL = 10.0
"""Height of a mark in a stack."""
EDGE = 16.0
"""Where a time line begins and, from the other side, ends."""


@dataclass(frozen=True)
class Bar:
    """One bar: its label, which is also that of the figure it shows, and its parts (CSS class, height) from below."""

    label: str
    parts: tuple[tuple[str, int], ...]

    @property
    def height(self) -> int:
        """Of all parts together."""
        return sum(value for _, value in self.parts)


@dataclass(frozen=True)
class Histogram:
    """Bars side by side, each labelled with a year or a month."""

    bars: tuple[Bar, ...]
    height: float = 150

    def draw(self, title: str, link: Link) -> Markup:
        """The SVG."""
        most = max((bar.height for bar in self.bars), default=0) or 1
        step = (WIDTH - 40) / max(len(self.bars), 1)
        wide, unit = min(step * 0.82, 46), (self.height - 14) / most
        drawn, labels = [], []
        for place, bar in enumerate(self.bars):
            x, y = 36 + place * step + (step - wide) / 2, self.height
            pieces = [element("title", f"{bar.label}: {bar.height:,}")]
            for style, value in bar.parts:
                y -= value * unit
                pieces.append(element("rect", x=x, y=y, width=wide, height=value * unit, class_=style))
            drawn.append(linked(link(bar.label), *pieces))
            labels.append((bar.label, 36 + (place + 0.5) * step))
        return picture(
            self.height + BASE, title, *_scale(most, self.height), *drawn, *ticks(_round(labels), self.height)
        )


@dataclass(frozen=True)
class Mark:
    """One fact on a time line: when (a year with a fraction), its sign, its kind with the colour of that, its IRI and words."""

    at: float
    sign: int
    kind: str
    color: str
    fact: str
    tip: str


@dataclass(frozen=True)
class Lane:
    """One time line: what is written over it, the label of the figure that counts its marks, these."""

    label: str
    figure: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Timelines:
    """Lines of time one above the other; what is before `since` (a year with a fraction) stands together at their left."""

    lanes: tuple[Lane, ...]
    since: float

    def draw(self, title: str, link: Link) -> Markup:
        """The SVG: cooperative facts are triangles above the line, conflictual ones below, others circles; or bars."""
        axis, stacks, above, below = self._placed(PLACE)
        if bars := max(above, below) > STACK:
            axis, stacks, above, below = self._placed(NARROW)
        unit = TALL * STACK / max(above, below) if bars else TALL
        lane = 24 + unit * (above + below) + 6
        drawn = []
        for i, (row, found) in enumerate(zip(self.lanes, stacks, strict=True)):
            y = 8 + i * lane + 24 + unit * above
            drawn += [
                linked(link(row.figure), element("text", row.label, x=EDGE - 8, y=8 + i * lane + 14, class_="row")),
                element("line", x1=EDGE - 8, x2=WIDTH - EDGE + 8, y1=y, y2=y, class_="axis"),
            ]
            draw = _bars if bars else _marks
            drawn += [piece for at in sorted(found) for piece in draw(found[at], axis, at, y, unit, link, row)]
        height = 8 + len(self.lanes) * lane + 4
        grid = [element("line", x1=x, x2=x, y1=8, y2=height, class_="grid") for _, x in axis.labels]
        legend, rest = _legend({(m.kind, m.color) for row in self.lanes for m in row.marks}, height + BASE + 16)
        if bars:
            highest = f"highest bar: {max(above, below):,} facts in {axis.span}"
            legend.append(element("text", highest, x=WIDTH - EDGE + 8, y=22, text_anchor="end"))
        return picture(rest, title, *grid, *drawn, *ticks(axis.labels, height), *legend)

    def _placed(self, wide: float) -> "tuple[Axis, list[Stacks], int, int]":
        """The axis with places so wide at least, the marks of each lane on it, the most above a line and below one."""
        axis = Axis.of([mark.at for lane in self.lanes for mark in lane.marks], self.since, wide)
        stacks = [_stacks(lane.marks, axis) for lane in self.lanes]
        above, below = (
            max((len(found) for each in stacks for (_, down), found in each.items() if down == side), default=0)
            for side in (False, True)
        )
        return axis, stacks, above, below


@dataclass(frozen=True)
class Axis:
    """Years to x: an axis of places, each `step` years wide, from `first` on; place -1 is all that was before."""

    first: float
    step: float
    places: int
    early: bool

    @classmethod
    def of(cls, points: Sequence[float], since: float, wide: float) -> "Axis":
        """The axis for these years, with places so wide at least."""
        start, last = max(since, min(points, default=0.0)), max(points, default=1.0)
        most = (WIDTH - 2 * EDGE) / wide
        step = next((step for step in STEPS if (last - start) / step < most - 2), STEPS[-1])
        first = start // step * step
        return cls(first, step, int((last - first) / step) + 1, any(point < first for point in points))

    def place(self, at: float) -> int:
        """The place of a year."""
        return max(-1, int((at - self.first) // self.step))

    def x(self, place: float) -> float:
        """The middle of a place."""
        return EDGE + (place + 0.5 + self.early) * (WIDTH - 2 * EDGE) / (self.places + self.early)

    @property
    def wide(self) -> float:
        """The width of a place."""
        return self.x(1) - self.x(0)

    @property
    def span(self) -> str:
        """How long a place is, in words."""
        count, noun = (round(self.step), "year") if self.step >= 1 else (round(self.step * 12), "month")
        return f"{count} {noun}s" if count > 1 else f"one {noun}"

    @property
    def labels(self) -> list[tuple[str, float]]:
        """What to write under the axis and where: round years, or months where there are few years."""
        years = self.places * self.step
        unit = next((unit for unit in STEPS if years / unit <= 9), STEPS[-1])
        ats = [k * unit for k in range(int(self.first / unit), int((self.first + years) / unit) + 1)]
        found = [
            (_written(at, unit), self.x((at - self.first) / self.step - 0.5)) for at in ats if at >= self.first - 1e-9
        ]
        return [(f"to {_written(self.first - 1 / 12, 1)}", self.x(-1))] * self.early + found

    def words(self, place: int) -> str:
        """What a place stands for."""
        if place < 0:
            return f"to {_written(self.first - 1 / 12, 1)}"
        begin, end = (self.first + (place + more) * self.step for more in (0, 1))
        last = end - min(1.0, self.step)
        return (
            _written(begin, self.step)
            if last <= begin + 1e-9
            else f"{_written(begin, self.step)} to {_written(last, self.step)}"
        )


Stacks = Mapping[tuple[int, bool], Sequence[Mark]]


def _stacks(marks: Iterable[Mark], axis: Axis) -> Stacks:
    """Place and whether below the line -> the marks that stand there, kind by kind."""
    found: dict[tuple[int, bool], list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: (-mark.sign, mark.kind, mark.at, mark.fact)):
        found[axis.place(mark.at), mark.sign < 0].append(mark)
    return found


def _marks(
    found: Sequence[Mark], axis: Axis, at: tuple[int, bool], y: float, unit: float, link: Link, _: Lane
) -> list[Markup]:
    """Each fact of a place as a shape that leads to it."""
    x, down = axis.x(at[0]), -1 if at[1] else 1
    return [
        linked(link(mark.fact), element("title", mark.tip), _shape(x, y - down * (unit * (i + 0.5) + 1), mark))
        for i, mark in enumerate(found)
    ]


def _bars(
    found: Sequence[Mark], axis: Axis, at: tuple[int, bool], y: float, unit: float, link: Link, lane: Lane
) -> list[Markup]:
    """The facts of a place as one bar, a part for each kind, that leads to those of the whole line."""
    bars, done = [], 0
    for (kind, color, sign), marks in groupby(found, key=lambda mark: (mark.kind, mark.color, mark.sign)):
        count = len(list(marks))
        top = y + done * unit if at[1] else y - (done + count) * unit
        words = element("title", f"{lane.label}, {axis.words(at[0])}: {count:,} {kind}")
        bar = element(
            "rect", x=axis.x(at[0]) - axis.wide * 0.4, y=top, width=axis.wide * 0.8, height=count * unit, fill=color,
            class_=None if sign else "neither",
        )  # fmt: skip
        bars.append(linked(link(lane.figure), words, bar))
        done += count
    return bars


def _shape(x: float, y: float, mark: Mark) -> Markup:
    if not mark.sign:
        return element("circle", cx=x, cy=y, r=4.0, fill=mark.color)
    tip, base = y - 4.5 * mark.sign, 9 * mark.sign
    return element("path", d=f"M{number(x)} {number(tip)}l5 {base}h-10z", fill=mark.color)


def _legend(names: Iterable[tuple[str, str]], y: float) -> tuple[list[Markup], float]:
    """Names with their colours in as many lines as they need, and where these end."""
    found: list[Markup] = []
    x = 8.0
    for name, color in sorted(names):
        wide = 26 + len(name) * LETTER
        if x + wide > WIDTH:
            x, y = 8.0, y + 20
        found.append(element("rect", x=x, y=y - 9, width=10, height=10, fill=color))
        found.append(element("text", name, x=x + 15, y=y))
        x += wide
    return found, y + 8


def _scale(most: float, height: float) -> list[Markup]:
    """The line under the bars, and how many the highest stands for."""
    top = 14.0
    return [
        element("line", x1=36, x2=WIDTH, y1=height, y2=height, class_="axis"),
        element("line", x1=36, x2=WIDTH, y1=top, y2=top, class_="grid"),
        element("text", f"{most:,}", x=30, y=top + 4, text_anchor="end"),
        element("text", "0", x=30, y=height + 1, text_anchor="end"),
    ]


def _round(labels: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Of labels (years, months, or whatever stands before the first) those at round numbers, few enough to be read."""
    wide = max((len(text) for text, _ in labels), default=1) * LETTER + 14
    unit = next(
        (unit for unit in (1, 2, 3, 5, 6, 10, 12, 20, 24, 50, 60, 100) if len(labels) * wide <= WIDTH * unit), 200
    )
    return [(text, x) for text, x in labels if not text[:1].isdigit() or not _count(text) % unit]


def _count(label: str) -> int:
    """A year as it is, a month as so many months."""
    return int(label) if len(label) == 4 else int(label[:4]) * 12 + int(label[5:]) - 1


def _written(at: float, unit: float) -> str:
    """A year; or its month, where parts of a year are told apart."""
    months = round(at * 12)
    return f"{months // 12:04}" if unit >= 1 else f"{months // 12:04}-{months % 12 + 1:02}"
