"""The two sides of a signed network, as a value that draws itself as SVG: each a column, or together a matrix of blocks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from markupsafe import Markup

from dipgraph.views.svg import LETTER, WIDTH, Link, element, linked, number, picture

COLUMNS = 44
"""So many are drawn as two columns with their ties; more as a matrix, where lines would hide each other."""
LINE = 20.0
"""Height of a name."""
SWEEPS = 24
"""How often the order of the columns is mended."""
NAMES = 150.0
"""Room for names beside the matrix."""
APART = 11.0
"""How far two names beside the matrix are apart at least."""


@dataclass(frozen=True)
class Node:
    """One that stands on side 1 or 2: its IRI and label, how many ties it has, the label of the figure of its facts."""

    iri: str
    label: str
    side: int
    ties: int
    figure: str


@dataclass(frozen=True)
class Tie:
    """Two (IRIs) that are friends (sign 1) or enemies (-1), and whether that goes against the sides."""

    source: str
    target: str
    sign: int
    against: bool


@dataclass(frozen=True)
class Factions:
    """Who stands on which side, and all ties between them."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]

    @property
    def blocks(self) -> bool:
        """Whether it is drawn as a matrix, since there are too many for two columns."""
        return len(self.nodes) > COLUMNS

    def draw(self, title: str, link: Link) -> Markup:
        """The SVG."""
        return (_matrix if self.blocks else _columns)(self, title, link)


def ordered(factions: Factions) -> dict[int, list[Node]]:
    """The nodes of either side from top to bottom, each near those that it is tied to.

    The barycentre method of Sugiyama, K., Tagawa, S. & Toda, M. (1981). Methods for visual understanding of hierarchical
    system structures. IEEE Transactions on Systems, Man, and Cybernetics 11, 109-125: of all sweeps the one whose ties
    are shortest together, then neighbours exchanged as long as that makes them shorter.
    """
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted((tie.source, tie.target) for tie in factions.ties):
        near[one].append(other)
        near[other].append(one)
    found = {side: [node for node in factions.nodes if node.side == side] for side in (1, 2)}
    best, least = found, _length(near, _heights(found))
    for sweep in range(SWEEPS):
        side = 1 + sweep % 2
        at = _heights(found)
        means = {node.iri: fmean(at[each] for each in near[node.iri] or [node.iri]) for node in found[side]}
        found = {**found, side: sorted(found[side], key=lambda node: (means[node.iri], node.label, node.iri))}
        length = _length(near, _heights(found))
        if length < least:
            best, least = found, length
    return _exchanged(best, near)


def _exchanged(sides: Mapping[int, Sequence[Node]], near: Mapping[str, Sequence[str]]) -> dict[int, list[Node]]:
    """The order after every exchange of two neighbours that makes the ties shorter."""
    found = {side: list(nodes) for side, nodes in sides.items()}
    at = _heights(found)
    for _ in range(SWEEPS):
        better = [_mended(nodes, near, at) for nodes in found.values()]
        if not any(better):
            break
    return found


def _mended(nodes: list[Node], near: Mapping[str, Sequence[str]], at: dict[str, float]) -> bool:
    """Whether some exchange of neighbours on one side was for the better; it is made."""
    better = False
    for i in range(len(nodes) - 1):
        one, other = nodes[i].iri, nodes[i + 1].iri
        ties = {each: near[each] for each in (one, other)}
        before = _length(ties, at)
        at[one], at[other] = at[other], at[one]
        if _length(ties, at) < before - 1e-9:
            nodes[i], nodes[i + 1] = nodes[i + 1], nodes[i]
            better = True
        else:
            at[one], at[other] = at[other], at[one]
    return better


def _heights(sides: Mapping[int, Sequence[Node]]) -> dict[str, float]:
    """Where each stands, from 0 at the top to 1."""
    return {node.iri: (i + 1) / (len(nodes) + 1) for nodes in sides.values() for i, node in enumerate(nodes)}


def _length(near: Mapping[str, Sequence[str]], at: Mapping[str, float]) -> float:
    return sum(abs(at[one] - at[other]) for one, others in near.items() for other in others)


def _columns(factions: Factions, title: str, link: Link) -> Markup:
    """Names outside, ties between the sides straight, those within a side bent inwards."""
    sides = ordered(factions)
    size = LINE * (max(map(len, sides.values())) + 1)
    heights = {iri: at * size for iri, at in _heights(sides).items()}
    x = {1: WIDTH * 0.3, 2: WIDTH * 0.7}
    side = {node.iri: node.side for node in factions.nodes}
    labels = {node.iri: node.label for node in factions.nodes}
    lines = [
        element("path", element("title", _words(tie, labels)), d=_line(tie, side, x, heights), class_=_style(tie))
        for tie in sorted(factions.ties, key=lambda tie: tie.against)
    ]
    names = []
    for node in factions.nodes:
        outward = 1 if node.side == 2 else -1
        far = 8 + min(node.ties, 12) ** 0.5 * 2
        text = element(
            "text", node.label, x=x[node.side] + outward * far, y=heights[node.iri] + 4, class_="row",
            text_anchor="start" if node.side == 2 else "end",
        )  # fmt: skip
        names.append(linked(link(node.figure), _dot(x[node.side], heights[node.iri], node), text))
    return picture(size, title, *lines, *names)


def _line(tie: Tie, side: Mapping[str, int], x: Mapping[int, float], y: Mapping[str, float]) -> str:
    (x1, y1), (x2, y2) = ((x[side[end]], y[end]) for end in (tie.source, tie.target))
    start = f"M{number(x1)} {number(y1)}"
    if side[tie.source] != side[tie.target]:
        return f"{start}L{number(x2)} {number(y2)}"
    inward = (1 if side[tie.source] == 1 else -1) * min(110.0, 14 + 0.42 * abs(y1 - y2))
    return f"{start}Q{number(x1 + inward)} {number((y1 + y2) / 2)} {number(x2)} {number(y2)}"


def _style(tie: Tie) -> str:
    return f"tie {'friend' if tie.sign > 0 else 'foe'}{' against' if tie.against else ''}"


def _words(tie: Tie, labels: Mapping[str, str]) -> str:
    against = ", against the division" if tie.against else ""
    return f"{labels[tie.source]} – {labels[tie.target]}: {'friends' if tie.sign > 0 else 'enemies'}{against}"


def _dot(x: float, y: float, node: Node) -> Markup:
    size = 3 + min(node.ties, 12) ** 0.5 * 1.5
    if node.side == 2:
        return element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, class_="node")
    return element("circle", cx=x, cy=y, r=size, class_="node")


def _matrix(factions: Factions, title: str, link: Link) -> Markup:
    """Everyone in rows and again in columns, side by side: friends fill two blocks, enemies the other two.

    A blockmodel, as in Doreian, P. & Mrvar, A. (1996). A partitioning approach to structural balance. Social Networks 18.
    """
    nodes = [node for side in ordered(factions).values() for node in side]
    cell = (WIDTH - NAMES - 8) / len(nodes)
    at = {node.iri: i for i, node in enumerate(nodes)}
    cells: dict[str, list[str]] = defaultdict(list)
    for tie in factions.ties:
        for row, column in ((at[tie.source], at[tie.target]), (at[tie.target], at[tie.source])):
            cells[_style(tie)].append(_cell(NAMES + column * cell, row * cell, cell, friend=tie.sign > 0))
    size, first = cell * len(nodes), cell * sum(node.side == 1 for node in nodes)
    frame = [element("rect", x=NAMES, y=0, width=size, height=size, class_="frame")]
    if 0 < first < size:
        frame.append(
            element(
                "path",
                d=f"M{number(NAMES)} {number(first)}h{number(size)}M{number(NAMES + first)} 0v{number(size)}",
                class_="frame",
            )
        )
    filled = [
        element("path", d="".join(sorted(cells[style])), class_=style.replace("tie", "cell")) for style in sorted(cells)
    ]
    names = []
    taken: list[float] = []
    for node in sorted(nodes, key=lambda node: (-node.ties, at[node.iri])):
        y = (at[node.iri] + 0.5) * cell
        if all(abs(y - other) >= APART for other in taken):
            taken.append(y)
            text = node.label if len(node.label) * LETTER <= NAMES else f"{node.label[: int(NAMES / LETTER) - 1]}…"
            names.append(linked(link(node.figure), element("text", text, x=NAMES - 6, y=y + 4, text_anchor="end")))
    return picture(size + 4, title, *filled, *frame, *names)


def _cell(x: float, y: float, size: float, *, friend: bool) -> str:
    """Friends fill the square, enemies half of it."""
    tall = size * (0.9 if friend else 0.5)
    return f"M{x:.1f} {y + (size - tall) / 2:.1f}h{size * 0.9:.1f}v{tall:.1f}h-{size * 0.9:.1f}z"
