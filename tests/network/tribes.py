"""The sixteen tribes of the Eastern Central Highlands of New Guinea, friends and enemies, after Read, K. E. (1954). Cultures
of the Central Highlands, New Guinea. Southwestern Journal of Anthropology 10, 1-43: the signed network of most textbooks."""

from typing import Any

import networkx as nx

FRIENDS = (
    "Gavev Kotun, Gavev Nagad, Gavev Gama, Kotun Nagad, Kotun Gama, Ove Alika, Ove Gahuk, Ove Masil, Ove Ukudz, Alika Ukudz, "
    "Nagam Masil, Nagam Notoh, Nagam Seuve, Gahuk Masil, Gahuk Ukudz, Gahuk Geham, Gahuk Asaro, Masil Ukudz, Masil Geham, "
    "Masil Asaro, Masil Uheto, Ukudz Geham, Ukudz Asaro, Notoh Kohik, Notoh Uheto, Kohik Uheto, Geham Asaro, Uheto Seuve, "
    "Nagad Gama"
)
ENEMIES = (
    "Gavev Ove, Gavev Alika, Gavev Nagam, Gavev Gahuk, Gavev Asaro, Kotun Ove, Kotun Nagam, Kotun Gahuk, Kotun Notoh, "
    "Kotun Kohik, Nagam Nagad, Nagam Gama, Gahuk Notoh, Gahuk Uheto, Gahuk Gama, Ukudz Seuve, Notoh Geham, Notoh Nagad, "
    "Kohik Geham, Kohik Nagad, Geham Uheto, Geham Nagad, Geham Gama, Asaro Seuve, Asaro Nagad, Asaro Gama, Uheto Nagad, "
    "Uheto Gama, Seuve Gama"
)


def signed_graph(friends: str, enemies: str) -> "nx.MultiDiGraph[Any]":
    """A graph of symmetric ties, "A B, C D", each a fact of its own."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for sign, pairs in ((1, friends), (-1, enemies)):
        for pair in filter(None, pairs.split(", ")):
            a, b = pair.split()
            graph.add_edge(a, b, key=f"{sign} {pair}", fact=f"fact {pair}", sign=sign, symmetric=True, property="p")
    return graph


TRIBES = signed_graph(FRIENDS, ENEMIES)
