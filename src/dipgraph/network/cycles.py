"""How few ties of a signed network any division into two sides can go against: the bound that unbalanced cycles prove.

A cycle with an odd number of negative ties has a frustrated one (Cartwright & Harary 1956). The least weight of the ties that
gives each such cycle 1 is therefore a bound, and a linear program: cycles that it violates are added until none is left.
They are shortest ways in a network that is doubled by sides: Barahona, F. & Mahjoub, A. R. (1986). On the cut polytope.
Mathematical Programming 36, 157-173. What gap is left is branched on. All limits are numbers of steps, none is a time.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[Any, Any]

SOURCES, AT_ONCE = 2_000_000, 100
"""Nodes from which cycles are looked for, at most: in a round, times all nodes; and in the memory at one time."""
SHAKEN = (0.0, 0.02, 0.02)
"""How far weights are shaken in the searches of a round, so that several cycles of equal weight are found."""
BRANCHES = 30_000
"""Nodes of the tree of branches, times ties, at most."""
SLACK = 1e-6

Tie = tuple[int, int, int]
"""Two nodes and the sign between them."""
Cycle = tuple[int, ...]
"""Numbers of ties, sorted."""


@dataclass(frozen=True)
class Part:
    """A signed network as numbers."""

    count: int
    ties: tuple[Tie, ...]

    @cached_property
    def ends(self) -> "tuple[Vector, Vector, Vector]":
        """First nodes, second nodes and signs of the ties."""
        import numpy as np

        first, second, signs = np.array(self.ties).T
        return first, second, signs

    @cached_property
    def neighbours(self) -> "list[tuple[Vector, Vector]]":
        """Of each node its neighbours and the signs of the ties to them."""
        import numpy as np

        found: list[list[tuple[int, int]]] = [[] for _ in range(self.count)]
        for a, b, sign in self.ties:
            found[a].append((b, sign))
            found[b].append((a, sign))
        return [(pairs[:, 0], pairs[:, 1]) for pairs in map(np.array, found)]

    @cached_property
    def number(self) -> dict[tuple[int, int], int]:
        """The number of the tie of two nodes, either way."""
        return {pair: k for k, (a, b, _) in enumerate(self.ties) for pair in ((a, b), (b, a))}

    def against(self, sides: "Vector") -> "Vector":
        """Which ties a division goes against; a side is 1 or -1."""
        first, second, signs = self.ends
        found: Vector = sides[first] * sides[second] != signs
        return found


def relaxed(part: Part, cycles: Sequence[Cycle]) -> "tuple[int, Vector]":
    """How many ties these cycles prove to be frustrated at least, and the weights of all ties that prove it."""
    import numpy as np
    from scipy.optimize import linprog

    matrix = _matrix(part, [dict.fromkeys(cycle, -1) for cycle in cycles], len(part.ties))
    solved = linprog(np.ones(len(part.ties)), A_ub=matrix, b_ub=-np.ones(len(cycles)), bounds=(0, 1), method="highs-ds")
    return ceil(solved.fun - SLACK), solved.x


def violated(part: Part, weights: "Vector", random: Random) -> set[Cycle]:
    """Unbalanced cycles that weigh less than 1, the lightest through each node, if it is: none where the bound is as good as cycles prove."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    n = part.count
    first, second, signs = part.ends
    crossing = n * (signs < 0)
    tails = np.concatenate([first, first + n])
    heads = np.concatenate([second + crossing, second + n - crossing])
    sources = sorted(random.sample(range(n), min(n, max(SOURCES // n, 1))))
    found = set()
    for most in SHAKEN:
        shaken = weights + SLACK + [most * random.random() for _ in part.ties]
        doubled = csr_array((np.tile(shaken, 2), (tails, heads)), shape=(2 * n, 2 * n))
        for start in range(0, len(sources), AT_ONCE):
            some = sources[start : start + AT_ONCE]
            far, before = dijkstra(doubled, directed=False, indices=some, return_predecessors=True, limit=1 + 5 * most)
            found |= {_cycle(part, before[i], node) for i, node in enumerate(some) if np.isfinite(far[i, node + n])}
    return {cycle for cycle in found if weights[list(cycle)].sum() < 1 - 100 * SLACK}


def branched(part: Part, cycles: Collection[Cycle]) -> "tuple[int, Vector | None]":
    """A bound that is as good as some branches prove, and the best division met on the way.

    The XOR model, with the cycles as cuts, of Aref, S., Mason, A. J. & Wilson, M. C. (2020). A modeling and
    computational study of the frustration index in signed networks. Networks 75, 95-110.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    n, m = part.count, len(part.ties)
    rows = [row for k, tie in enumerate(part.ties, n) for row in _frustrated(k, tie)]
    least = [value for *_, sign in part.ties for value in ((0, 0) if sign > 0 else (-1, 1))]
    rows += [dict.fromkeys((n + k for k in cycle), 1) for cycle in cycles]
    lower = np.zeros(n + m)
    lower[max(range(n), key=lambda node: len(part.neighbours[node][0]))] = 1  # sides can be exchanged: one is given
    solved = milp(
        np.concatenate([np.zeros(n), np.ones(m)]),
        integrality=np.concatenate([np.ones(n), np.zeros(m)]),
        bounds=Bounds(lower, np.ones(n + m)),
        constraints=LinearConstraint(_matrix(part, rows, n + m), lb=[*least, *(1 for _ in cycles)]),
        options={"node_limit": max(1, BRANCHES // m)},
    )
    bound = 0 if solved.mip_dual_bound is None else ceil(solved.mip_dual_bound - SLACK)
    return bound, None if solved.x is None else np.where(solved.x[:n] > 0.5, 1, -1)


def _frustrated(k: int, tie: Tie) -> Iterator[dict[int, int]]:
    """The two rows that make the variable `k` 1 where its tie is frustrated."""
    a, b, sign = tie
    yield {k: 1, a: -1, b: sign}
    yield {k: 1, a: 1, b: -sign}


def _matrix(part: Part, rows: Sequence[dict[int, int]], columns: int) -> Any:
    from scipy.sparse import csr_array

    cells = [(i, j, value) for i, row in enumerate(rows) for j, value in row.items()]
    i, j, values = zip(*cells, strict=True)
    return csr_array((values, (i, j)), shape=(len(rows), columns))


def _cycle(part: Part, before: "Vector", node: int) -> Cycle:
    """The ties of the first cycle on the way back from a node's other side to itself: no place is met twice, so each is unbalanced."""
    way: list[int] = []
    place = node + part.count
    while place % part.count not in way:
        way.append(place % part.count)
        place = int(before[place])
    nodes = way[way.index(place % part.count) :]
    return tuple(sorted(part.number[pair] for pair in zip(nodes, [*nodes[1:], nodes[0]], strict=True)))
