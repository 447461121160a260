"""Positions of nodes, decided in Python so that the page opens at once and looks the same every time."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Links: TypeAlias = "nx.Graph[int]"

LENGTH = 150.0
"""The wished length of an edge, in the drawing's pixels."""
EXACT = 450
"""Up to here every pair repels; above, each node is repelled by a random sample (quadratic otherwise)."""
SAMPLE = 48
ROOM, CROWDED = 88.0, 30.0
"""Room around a node; less where there are too many for every pair to repel."""
GAP = 130.0
"""Room between components."""
RATIO, STRETCH = 1.0, 1.5
"""How much wider than high the drawing is, and how far it may be stretched to be so: a screen beside its panels."""
GOLDEN_ANGLE = 2.399963229728653


def positions(count: int, links: Iterable[tuple[int, int, float]], sizes: Sequence[float]) -> list[tuple[float, float]]:
    """Centres of nodes 0..count-1 joined by weighted links; equal input gives equal output."""
    graph: Links = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((a, b, weight) for a, b, weight in links if a != b)
    components = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    radii = np.asarray(sizes, dtype=float)
    blocks = [_component(graph.subgraph(part).copy(), part, radii[part]) for part in components]
    placed = np.zeros((count, 2))
    for part, points in zip(components, _shelves(blocks), strict=True):
        placed[part] = points
    if count > 2:
        wide, high = np.maximum(np.ptp(placed, axis=0), 1)
        placed[:, 1] *= np.clip(wide / high / RATIO, 1, STRETCH)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in placed]


def _component(graph: Links, nodes: list[int], radii: Points) -> Points:
    """One connected part: communities on a spiral, then springs, then room for each node, then its long side level."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    index = {node: i for i, node in enumerate(nodes)}
    ends = np.array([(index[a], index[b]) for a, b in graph.edges], dtype=int)
    weights = np.array([min(float(data["weight"]), 4.0) ** 0.5 for _, _, data in graph.edges(data=True)])
    points = _springs(_start(graph, index), ends, weights)
    points *= LENGTH / max(float(np.median(np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1))), 1e-9)
    return _level(_spread(points, radii))


def _start(graph: Links, index: dict[int, int]) -> Points:
    """Louvain communities on a sunflower spiral, the members of each on a smaller one."""
    found = nx.community.louvain_communities(graph, seed=1)
    communities = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    points, before = np.zeros((len(index), 2)), 0.0
    for members in communities:
        centre = _sunflower(before + len(members) / 2)
        for i, node in enumerate(members):
            points[index[node]] = centre + 0.6 * _sunflower(i + 0.5)
        before += len(members)
    return points


def _sunflower(i: float) -> Points:
    angle = i * GOLDEN_ANGLE
    return np.asarray(np.array([np.cos(angle), np.sin(angle)]) * np.sqrt(i))


def _springs(points: Points, ends: NDArray[np.int_], weights: Points) -> Points:
    """Fruchterman and Reingold's forces with cooling; `points` in units of the wished edge length."""
    count, random = len(points), np.random.default_rng(1)
    mass = np.sqrt(np.bincount(ends.ravel(), minlength=count)[:, None] + 1.0)
    hubs = _hubs(ends, count)
    rounds = 260 if count <= EXACT else 140 if count <= 3000 else 70
    for step in range(rounds):
        force = _repulsion(points, mass / mass.mean(), random) * mass
        along = points[ends[:, 1]] - points[ends[:, 0]]
        pull = along * (np.linalg.norm(along, axis=1) * weights)[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends[:, 0], pull[:, axis], count) - np.bincount(
                ends[:, 1], pull[:, axis], count
            )
        force -= 0.05 * points * mass  # keeps far branches on the page
        length = np.linalg.norm(force, axis=1, keepdims=True)
        heat = 0.12 * np.sqrt(count) * (1 - step / rounds) ** 1.5 + 0.01
        points = points + force / np.maximum(length, 1e-9) * np.minimum(length, heat)
        for hub, around in hubs:
            points[hub] = points[around].mean(axis=0)
    return points


def _hubs(ends: NDArray[np.int_], count: int) -> list[tuple[int, NDArray[np.int_]]]:
    """Nodes joined to more than half of all, with their neighbours: each stands in the midst of these, as forces cannot say."""
    degrees = np.bincount(ends.ravel(), minlength=count)
    linked = [
        (int(hub), ends[(ends == hub).any(axis=1)].ravel()) for hub in np.flatnonzero(degrees * 2 > max(count, 8))
    ]
    return [(hub, around[around != hub]) for hub, around in linked]


def _repulsion(points: Points, mass: Points, random: np.random.Generator) -> Points:
    """Heavy nodes push more, as they are pushed more: else a hub would be driven out by its own neighbours."""
    count = len(points)
    if count <= EXACT:
        away = points[:, None, :] - points[None, :, :]
        return np.asarray((away / np.maximum((away**2).sum(axis=2), 1e-4)[..., None] * mass).sum(axis=1))
    others = random.integers(0, count, size=(count, SAMPLE))
    away = points[:, None, :] - points[others]
    sampled = (away / np.maximum((away**2).sum(axis=2), 0.05)[..., None] * mass[others]).sum(axis=1)
    return np.asarray(sampled * (count / SAMPLE))


def _spread(points: Points, radii: Points) -> Points:
    """Push apart nodes that touch, looking only at near ones in the order of x, then of y."""
    points, room = points.copy(), ROOM if len(points) <= EXACT else CROWDED
    for step in range(120 if len(points) <= EXACT else 60):
        order = np.argsort(points[:, step % 2], kind="stable")
        moved = False
        for offset in range(1, min(40, len(points))):
            a, b = order[:-offset], order[offset:]
            away = points[b] - points[a]
            distance = np.maximum(np.linalg.norm(away, axis=1), 1e-6)
            push = np.maximum(radii[a] + radii[b] + room - distance, 0)
            if push.any():
                moved = True
                shift = away / distance[:, None] * push[:, None]
                stays = (radii[a] ** 2 / (radii[a] ** 2 + radii[b] ** 2))[:, None]  # the bigger one moves less
                points[a] -= shift * (1 - stays)
                points[b] += shift * stays
        if not moved:
            break
    return points


def _level(points: Points) -> Points:
    """Turn so that the longest extent lies across the screen."""
    centred = points - points.mean(axis=0)
    (xx, xy), (_, yy) = centred.T @ centred
    angle = -0.5 * np.arctan2(2 * xy, xx - yy)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(centred @ turn.T)


def _shelves(blocks: list[Points]) -> list[Points]:
    """The biggest component on top, the others in rows below it, as words fill lines."""
    if not blocks:
        return []
    sizes = [block.max(axis=0) - block.min(axis=0) + GAP for block in blocks]
    area = sum(float(size[0] * size[1]) for size in sizes)
    width = max((1.6 * area) ** 0.5, *(float(size[0]) for size in sizes))
    middle = (width - float(sizes[0][0])) / 2
    alone = middle < width / 5  # a big main component has its row for itself
    placed, x, y, height = [], middle if alone else 0.0, 0.0, 0.0
    for i, (block, size) in enumerate(zip(blocks, sizes, strict=True)):
        if i and (x + size[0] > width or (alone and i == 1)):
            x, y, height = 0.0, y + height, 0.0
        placed.append(block - block.min(axis=0) + np.array([x, y]))
        x, height = x + float(size[0]), max(height, float(size[1]))
    return placed
