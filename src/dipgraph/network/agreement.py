"""How far rows of values agree, each with each: similarity, and agreement beyond what chance would give."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, Any]


def s_scores(rows: "Matrix", largest: float) -> "Matrix":
    """S = 1 - 2 sum |x - y| / (n largest) of each two rows, whose values differ by `largest` at most: from -1 to 1."""
    import numpy as np

    scores: Matrix = 1 - 2 * np.array([abs(rows - row).sum(axis=1) for row in rows]) / (rows.shape[1] * largest)
    return scores


def kappas(rows: "Matrix") -> "Matrix":
    """Cohen's kappa of each two rows for squared distances: 1 less the disagreement, as a share of what chance would give.

    Chance leaves each row its own mean. nan where both rows are the same constant.
    """
    import numpy as np

    means = rows.mean(axis=1)
    return _corrected(rows, np.outer(means, means))


def pis(rows: "Matrix") -> "Matrix":
    """Scott's pi of each two rows for squared distances: as `kappas`, but chance gives both the mean of all their values."""
    import numpy as np

    means = rows.mean(axis=1)
    return _corrected(rows, (np.add.outer(means, means) / 2) ** 2)


def _corrected(rows: "Matrix", products: "Matrix") -> "Matrix":
    """1 - observed/expected mean of (x - y)^2, where the mean of x y is expected to be the product of the means by chance."""
    import numpy as np

    squares = np.add.outer((rows**2).mean(axis=1), (rows**2).mean(axis=1))
    expected = squares - 2 * products
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 1e-12, 1 - (squares - 2 * rows @ rows.T / rows.shape[1]) / expected, np.nan)
