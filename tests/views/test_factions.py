"""The drawing of two factions: nobody is lost, what belongs together stands together, and many fill blocks."""

import re
from itertools import combinations, pairwise

import pytest

from dipgraph.views.factions import COLUMNS, Factions, Node, Tie, ordered


def factions(count: int, ties: list[tuple[int, int, int]]) -> Factions:
    """Even numbers on side 1, odd ones on side 2."""
    nodes = tuple(
        Node(f"n{n}", f"Land <{n}>", 1 + n % 2, sum(n in tie[:2] for tie in ties), f"f{n}") for n in range(count)
    )
    return Factions(nodes, tuple(Tie(f"n{a}", f"n{b}", sign, (sign > 0) != ((a + b) % 2 == 0)) for a, b, sign in ties))


def crossings(drawing: Factions) -> int:
    at = {node.iri: place for side in ordered(drawing).values() for place, node in enumerate(side)}
    side = {node.iri: node.side for node in drawing.nodes}
    ends = [tuple(at[n] for n in sorted((t.source, t.target), key=lambda n: side[n])) for t in drawing.ties]
    return sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))


def test_ties_are_lines_of_their_sign() -> None:
    svg = factions(4, [(0, 1, -1), (0, 2, 1), (1, 2, 1), (1, 3, -1)]).draw("x", lambda label: f"#{label}")
    styles = re.findall(r'class="(tie [^"]*)"', svg)
    assert styles == ["tie foe", "tie friend", "tie friend against", "tie foe against"]
    assert re.findall(r'<a href="([^"]*)"', svg) == ["#f0", "#f1", "#f2", "#f3"]
    assert (
        "Land &lt;0&gt;" in svg
        and "<title>Land &lt;1&gt; – Land &lt;2&gt;: friends, against the division</title>" in svg
    )


@pytest.mark.parametrize(
    "pairs", [[(0, 9), (2, 7), (4, 5), (6, 3), (8, 1)], [(0, 3), (2, 1), (2, 5), (4, 1), (4, 7), (6, 9)]]
)
def test_the_order_crosses_no_lines_where_none_need_cross(pairs: list[tuple[int, int]]) -> None:
    assert crossings(factions(10, [(a, b, -1) for a, b in pairs])) == 0


def test_the_order_is_the_same_whatever_comes_first() -> None:
    ties = [(a, b, -1) for a, b in combinations(range(12), 2) if (a * b) % 5 == 1]
    one, other = factions(12, ties), factions(12, ties[::-1])
    assert {s: [n.iri for n in found] for s, found in ordered(one).items()} == {
        s: [n.iri for n in found] for s, found in ordered(other).items()
    }


@pytest.mark.parametrize("count", [COLUMNS, COLUMNS + 1, 190])
def test_many_are_blocks(count: int) -> None:
    drawing = factions(count, [(n, n + 1, -1) for n in range(count - 1)] + [(n, n + 2, 1) for n in range(count - 2)])
    svg = drawing.draw("x", lambda label: f"#{label}")
    assert drawing.blocks == (count > COLUMNS) == ("cell friend" in svg)
    if drawing.blocks:
        cells = {style: d.count("M") for d, style in re.findall(r'<path d="([^"]*)" class="(cell \w+)"', svg)}
        assert cells == {"cell foe": 2 * (count - 1), "cell friend": 2 * (count - 2)}
        heights = sorted(float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)"', svg))
        assert all(b - a > 10 for a, b in pairwise(heights)) and len(svg) < 100_000


@pytest.mark.parametrize("side", [1, 2])
def test_one_side_alone(side: int) -> None:
    nodes = tuple(Node(f"n{n}", "x", side, 1, "") for n in range(3))
    assert Factions(nodes, (Tie("n0", "n1", 1, False),)).draw("x", lambda _: "").count('class="tie friend"') == 1
