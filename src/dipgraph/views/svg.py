"""SVG that stands in a page: no script, no style of its own, the same bytes for the same numbers.

Colours of what the ontology draws are attributes; all others come from the page's style sheet, which knows light and dark.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from markupsafe import Markup, escape

WIDTH = 720
"""Of every chart, in units that scale with the page."""
BASE = 22
"""Room under a chart for the labels of its axis."""
LETTER = 7
"""Width of a letter of a label, nearly."""

Link: TypeAlias = Callable[[str], str]
"""The label of a figure, or the IRI of a fact -> where the page lists it, "" where it does not."""


def element(name: str, *inside: Markup | str, **attributes: object) -> Markup:
    """An SVG element; texts are escaped, `class_` is the attribute class, `_` in names is `-`."""
    written = [
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), number(value))
        for key, value in attributes.items()
        if value is not None
    ]
    return Markup("<{0}{1}>{2}</{0}>").format(
        Markup(name), Markup("").join(written), Markup("").join(map(escape, inside))  # noqa: S704 - names are ours
    )  # fmt: skip


def picture(height: float, title: str, *inside: Markup) -> Markup:
    """The whole SVG, which scales with the page; `title` says what it shows."""
    return element(
        "svg", *inside, viewBox=f"0 0 {WIDTH} {number(height)}", role="group", class_="chart", aria_label=title
    )


def linked(href: str, *inside: Markup) -> Markup:
    """What leads to where it is listed; the table beside the chart has the same link for who goes by keys."""
    return element("a", *inside, href=href, tabindex=-1) if href else element("g", *inside)


def ticks(labels: Sequence[tuple[str, float]], height: float) -> list[Markup]:
    """Labels (text, x) under an axis, as many as fit."""
    wide = max((len(text) for text, _ in labels), default=1) * LETTER + 12
    shown: list[Markup] = []
    free = 0.0
    for text, x in labels:
        middle = min(max(x, wide / 2), WIDTH - wide / 2 + 8)
        if middle - wide / 2 >= free - 8:
            shown.append(element("text", text, x=middle, y=height + 16, text_anchor="middle"))
            free = middle + wide / 2
    return shown


def number(value: object) -> str:
    """A number with at most one digit after the point; other values as they are."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
