"""Camps: the communities of a signed network, whose members are tied to one another by more that is cooperative and less that
is conflictual than chance would have it. Unlike factions (`frustration`) they are as many as the ties make them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

SEED, STARTS = 1, 5
"""How often it is tried, each time with the nodes in another order."""
LEAST = 1e-9
Links = list[dict[int, float]]
"""Of each node: the weight of its tie to each other, negative where the tie is; to itself twice what is within."""


def camps(network: "nx.Graph[str]") -> tuple[tuple[str, ...], ...]:
    """The camps (IRIs, sorted) of all that have a signed tie, the largest first; `network`: see `balance.signed`.

    They are what Louvain's method (Blondel et al. 2008) finds of most signed modularity (see `modularity`), of several orders
    of the nodes; ties weigh by how many facts their sign leads.
    """
    nodes = [node for node in sorted(network) if network.degree[node]]
    at = {node: i for i, node in enumerate(nodes)}
    links: Links = [
        {at[other]: float(tie["sign"] * tie["weight"]) for other, tie in sorted(network[node].items())}
        for node in nodes
    ]
    random = Random(SEED)  # noqa: S311
    tries = [_joined(links, random) for _ in range(STARTS if nodes else 0)]
    best = max(tries, key=lambda groups: round(_gain(links, groups), 9), default=[])
    members: dict[int, list[str]] = defaultdict(list)
    for node, group in zip(nodes, best, strict=True):
        members[group].append(node)
    return tuple(sorted(map(tuple, members.values()), key=lambda camp: (-len(camp), camp)))


def modularity(network: "nx.Graph[str]", found: Collection[Collection[str]]) -> float | None:
    """How far ties go with these camps, beyond chance: at most 1, 0 for a single camp; None where there are no ties.

    The share of the weight that falls within camps less what chance would put there, negative ties subtracted from positive
    ones: Gómez, S., Jensen, P. & Arenas, A. (2009). Analysis of community structure in networks of correlated data. Physical
    Review E 80, 016114, equation 18.
    """
    group = {node: i for i, camp in enumerate(found) for node in camp}
    nodes = sorted(group)
    at = {node: i for i, node in enumerate(nodes)}
    links: Links = [{at[o]: float(t["sign"] * t["weight"]) for o, t in network[node].items()} for node in nodes]
    weight = sum(abs(value) for row in links for value in row.values())
    return _gain(links, [group[node] for node in nodes]) / weight if weight else None


def _gain(links: Links, groups: Sequence[int]) -> float:
    """Signed modularity times the weight of all ties, each counted from both ends."""
    inside = sum(
        value for node, row in enumerate(links) for other, value in row.items() if groups[node] == groups[other]
    )
    chance = 0.0
    for sign, strength in _strengths(links).items():
        sums: Counter[int] = Counter()
        for node, value in enumerate(strength):
            sums[groups[node]] += value  # type: ignore[assignment]
        total = sum(strength)
        chance += sign * sum(value**2 for value in sums.values()) / total if total else 0.0
    return inside - chance


def _strengths(links: Links) -> Mapping[int, list[float]]:
    """By sign, the weight of each node's ties of that sign."""
    return {sign: [sum(max(sign * value, 0.0) for value in row.values()) for row in links] for sign in (1, -1)}


def _joined(links: Links, random: Random) -> list[int]:
    """The group of each node, by Louvain: nodes move while that gains, then groups are nodes, and so on."""
    groups = list(range(len(links)))
    level, strengths = links, _strengths(links)
    totals = {sign: sum(values) for sign, values in strengths.items()}
    while True:
        moved = _moved(level, strengths, totals, random)
        names = {group: i for i, group in enumerate(dict.fromkeys(moved))}
        if len(names) == len(level):
            return groups
        groups = [names[moved[group]] for group in groups]
        merged: Links = [defaultdict(float) for _ in names]
        sums = {sign: [0.0] * len(names) for sign in strengths}
        for node, row in enumerate(level):
            for other, value in row.items():
                merged[names[moved[node]]][names[moved[other]]] += value
            for sign, values in strengths.items():
                sums[sign][names[moved[node]]] += values[node]
        level, strengths = merged, sums


def _moved(
    links: Links, strengths: Mapping[int, list[float]], totals: Mapping[int, float], random: Random
) -> list[int]:
    """The group of each node when no node gains by joining that of another to which it is tied."""
    groups = list(range(len(links)))
    held = {sign: list(values) for sign, values in strengths.items()}
    order = random.sample(groups, len(groups))
    restless = True
    while restless:
        restless = False
        for node in order:
            near: dict[int, float] = {groups[node]: 0.0}
            for other, value in links[node].items():
                if other != node:
                    near[groups[other]] = near.get(groups[other], 0.0) + value
            for sign, values in strengths.items():
                held[sign][groups[node]] -= values[node]
            gains = {
                group: tied - sum(s * strengths[s][node] * held[s][group] / totals[s] for s in totals if totals[s])
                for group, tied in near.items()
            }
            best = max(gains, key=lambda group: (gains[group], -group))
            if gains[best] > gains[groups[node]] + LEAST:
                groups[node], restless = best, True
            for sign, values in strengths.items():
                held[sign][groups[node]] += values[node]
    return groups
