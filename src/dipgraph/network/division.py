"""A signed network divided in two so that few ties go against it, with the proof of how few there must be.

Good divisions are those that the weights of the proof suggest, bettered by tabu search: Glover, F. (1989). Tabu search,
part I. ORSA Journal on Computing 1, 190-206. Equal networks have equal divisions: no limit is a time.
"""

from math import ceil
from random import Random
from typing import TYPE_CHECKING, Any

from dipgraph.network.cycles import Cycle, Part, branched, relaxed, violated

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Vector = np.ndarray[Any, Any]

SEED = 1
ROUNDS, WORK = 100, 60_000
"""How often the bound is raised at most: rounds, and rounds times ties."""
BRANCHED = 3000
"""Ties up to which a gap that is left is branched on."""
STARTS, PATIENCE = 5, 1000
"""Random divisions from which the search starts; changes of side without a better one after which it ends."""
TENURE = 10
"""How many changes a node that changed sides stays there at least."""
OLD = 3
"""Rounds after which a cycle that binds nothing is dropped."""


def divided(network: "nx.Graph[str]", rounds: int = ROUNDS) -> tuple[dict[str, bool], int]:
    """Who is on the side of whom, and how many ties any division goes against at least.

    What only one node joins to the rest is divided by itself, since no cycle goes through both. Of each component the larger
    side is True; of equal ones, that of its first node.
    """
    import networkx as nx

    against: set[tuple[str, str]] = set()
    bound = 0
    for block in nx.biconnected_component_edges(network):
        edges = sorted((min(edge), max(edge)) for edge in block)
        nodes = sorted({node for edge in edges for node in edge})
        at = {node: i for i, node in enumerate(nodes)}
        part = Part(len(nodes), tuple((at[a], at[b], int(network.edges[a, b]["sign"])) for a, b in edges))
        sides, least = _solved(part, rounds)
        against.update(edge for edge, wrong in zip(edges, part.against(sides), strict=True) if wrong)
        bound += least
    found: dict[str, bool] = {}
    for node in sorted(network):
        if node not in found:
            found |= _component(network, node, against)
    return found, bound


def _component(network: "nx.Graph[str]", start: str, against: set[tuple[str, str]]) -> dict[str, bool]:
    """The sides of all that ties join to a node, as the ties tell that the division goes with."""
    found, ahead = {start: True}, [start]
    while ahead:
        node = ahead.pop()
        for other, tie in network[node].items():
            if other not in found:
                apart = (tie["sign"] < 0) != ((min(node, other), max(node, other)) in against)
                found[other] = found[node] != apart
                ahead.append(other)
    return found if 2 * sum(found.values()) >= len(found) else {node: not side for node, side in found.items()}


def _solved(part: Part, rounds: int) -> "tuple[Vector, int]":
    """The best division that is found, and the bound that is proved."""
    import numpy as np

    tree = _tree(part, np.zeros(len(part.ties)))
    if not part.against(tree).any():
        return tree, 0
    random = Random(SEED)  # noqa: S311
    starts = [np.array(random.choices((-1, 1), k=part.count)) for _ in range(STARTS)]
    patience = min(PATIENCE, 20 * part.count)
    best, index = _best(part, [_searched(part, start, patience, random) for start in (tree, *starts)])
    bound, ages, weights = 0, dict[Cycle, int](), np.zeros(len(part.ties))
    for _ in range(min(rounds, ceil(WORK / len(part.ties)))):
        new = violated(part, weights, random) - ages.keys() if bound < index else set()
        if not new:
            break
        ages |= dict.fromkeys(sorted(new), 0)
        least, weights = relaxed(part, list(ages))
        bound = max(bound, least)
        best, index = _best(part, [best, _searched(part, _tree(part, weights), part.count, random)])
        ages = {cycle: age for cycle, old in ages.items() if (age := _age(old, weights[list(cycle)].sum())) <= OLD}
    if bound < index and ages and len(part.ties) <= BRANCHED:
        least, sides = branched(part, ages)
        bound = max(bound, least)
        best, index = _best(part, [best, *([] if sides is None else [_searched(part, sides, part.count, random)])])
    return best, min(bound, index)


def _age(old: int, weight: float) -> int:
    return old + 1 if weight > 1 + 1e-6 else 0


def _best(part: Part, found: "list[Vector]") -> "tuple[Vector, int]":
    best = min(found, key=lambda sides: int(part.against(sides).sum()))
    return best, int(part.against(best).sum())


def _tree(part: Part, weights: "Vector") -> "Vector":
    """The division that goes with every tie of the lightest spanning tree."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

    first, second, _ = part.ends
    lengths = csr_array((1 + weights, (first, second)), shape=(part.count, part.count))
    order, before = breadth_first_order(minimum_spanning_tree(lengths), 0, directed=False)
    sides = np.ones(part.count, dtype=int)
    for node in order[1:]:
        parent = int(before[node])
        sides[node] = sides[parent] * part.ties[part.number[parent, int(node)]][2]
    return sides


def _searched(part: Part, start: "Vector", patience: int, random: Random) -> "Vector":
    """The best division met where the node changes sides, again and again, that betters it most or worsens it least.

    No node that alone changed sides would make it better.
    """
    import numpy as np

    first, second, signs = part.ends
    sides = start.copy()
    agreeing = signs * sides[first] * sides[second]
    change = np.bincount(first, agreeing, part.count) + np.bincount(second, agreeing, part.count)
    until = np.zeros(part.count, dtype=int)
    tenure = min(TENURE, part.count // 4)
    best, gained, most, step, last = sides.copy(), 0, 0, 0, 0
    while step - last <= patience:
        step += 1
        node = int(change.argmin())
        if gained - change[node] <= most:
            node = int(np.where(until > step, part.count, change).argmin())
        gained -= int(change[node])
        neighbours, ties = part.neighbours[node]
        change[neighbours] -= 2 * ties * sides[node] * sides[neighbours]
        change[node] = -change[node]
        sides[node] = -sides[node]
        until[node] = step + tenure + random.randrange(tenure + 1)
        if gained > most:
            best, most, last = sides.copy(), gained, step
    return best
