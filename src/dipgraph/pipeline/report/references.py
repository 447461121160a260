"""The works on which the measures of a report rest, as a list of references has them."""

from collections.abc import Iterable

WORKS = {
    "Bakeman and Gottman 1997": "Bakeman, R. & Gottman, J. M. (1997). Observing Interaction: An Introduction to Sequential Analysis. 2nd ed. Cambridge: Cambridge University Press.",
    "Barahona and Mahjoub 1986": "Barahona, F. & Mahjoub, A. R. (1986). On the cut polytope. Mathematical Programming 36, 157–173.",
    "Blondel et al. 2008": "Blondel, V. D., Guillaume, J.-L., Lambiotte, R. & Lefebvre, E. (2008). Fast unfolding of communities in large networks. Journal of Statistical Mechanics P10008.",
    "Cartwright and Harary 1956": "Cartwright, D. & Harary, F. (1956). Structural balance: a generalization of Heider’s theory. Psychological Review 63, 277–293.",
    "Casella 1985": "Casella, G. (1985). An introduction to empirical Bayes data analysis. The American Statistician 39, 83–87.",
    "Freeman 1977": "Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40, 35–41.",
    "Freeman 1978": "Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1, 215–239.",
    "Galtung and Ruge 1965": "Galtung, J. & Ruge, M. H. (1965). The structure of foreign news. Journal of Peace Research 2, 64–91.",
    "Glover 1989": "Glover, F. (1989). Tabu search, part I. ORSA Journal on Computing 1, 190–206.",
    "Harary 1959": "Harary, F. (1959). On the measurement of structural balance. Behavioral Science 4, 316–323.",
    "Page et al. 1999": "Page, L., Brin, S., Motwani, R. & Winograd, T. (1999). The PageRank citation ranking: bringing order to the web. Technical report 1999-66, Stanford InfoLab.",
}  # fmt: skip
"""How a work is cited -> the work."""


def cited(texts: Iterable[str]) -> tuple[str, ...]:
    """The works that these texts cite, in order."""
    everything = "\n".join(texts)
    return tuple(work for name, work in WORKS.items() if name in everything)
