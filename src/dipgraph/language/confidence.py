"""How far a claim is to be trusted: the share of right ones among those made in the same way on annotated articles.

`data/confidence.csv` counts them; `dipgraph evaluate GOLD --calibrate FILE` writes it. A share of few is uncertain, so it
is smoothed toward the share of the wider group: from all claims, to those that fill as much of their core roles, to those
of the same kind among these, to those that the same part of speech evokes. Each step is the mean of a Beta posterior,
(right + strength * wider share) / (of + strength), whose prior strength is fitted to the counts by maximum marginal
likelihood: empirical Bayes (Casella 1985, The American Statistician 39:83), in machine learning the m-estimate
(Cestnik 1990, ECAI). What was never counted, such as a user's own kind of fact, has the share of its wider group.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import lgamma
from pathlib import Path
from typing import NamedTuple

from dipgraph.errors import InputError
from dipgraph.language.frames import Match
from dipgraph.ontology import Kind, shipped

STRENGTHS = tuple(2.0**exponent for exponent in range(9))
"""Prior strengths to choose from, as numbers of claims: 1 hardly smooths, 256 leaves little but the wider share."""
FILE = "confidence.csv"
Group = tuple[str, ...]
"""The first fields of a construction."""
COMPLETE, PARTIAL = "all", "some"
"""Whether all core roles are filled."""


class Construction(NamedTuple):
    """The way in which a claim is made, from the widest group to the narrowest."""

    filled: str
    kind: str
    trigger: str


class Count(NamedTuple):
    """How many claims are right, of how many."""

    right: int = 0
    of: int = 0


HEADER = (*Construction._fields, *Count._fields)


def construction(match: Match, kind: Kind) -> Construction:
    """The construction of a frame that fired."""
    return Construction(COMPLETE if kind.core <= match.roles.keys() else PARTIAL, kind.name, match.frame.trigger)


@dataclass(frozen=True)
class Confidence:
    """Shares of right claims by construction, estimated from counts."""

    counts: Mapping[Construction, Count]

    def of(self, made: Construction) -> float:
        """The smoothed share of right claims made in this way: more than 0 and less than 1."""
        known = (made[:depth] for depth in range(len(made), -1, -1))
        share = next(self._shares[group] for group in known if group in self._shares)
        return min(max(round(share, 3), 0.001), 0.999)

    @cached_property
    def _shares(self) -> Mapping[Group, float]:
        """The share of every group that was counted, each smoothed toward that of the wider group before it."""
        everything = _summed(self.counts, 0).get((), Count())
        shares: dict[Group, float] = {(): (everything.right + 1) / (everything.of + 2)}  # Laplace: right even for none
        for depth in range(1, len(Construction._fields) + 1):
            groups = _summed(self.counts, depth)
            strength = _fitted([(count, shares[group[:-1]]) for group, count in groups.items()])
            for group, (right, of) in groups.items():
                shares[group] = (right + strength * shares[group[:-1]]) / (of + strength)
        return shares


@lru_cache(maxsize=1)
def load() -> Confidence:
    """The confidence by the counts that come with dipgraph."""
    return Confidence(read(shipped("data") / FILE))


def read(path: Path) -> dict[Construction, Count]:
    """The counts of a file that `written` made; InputError if it is none."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        if tuple(header) != HEADER:
            raise ValueError(f"its header is not {','.join(HEADER)}")
        return {Construction(*made): Count(int(right), int(of)) for *made, right, of in rows}
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            f"{path}: not a table of counts ({error}); make it anew: dipgraph evaluate GOLD --calibrate {path}"
        ) from None


def written(counts: Mapping[Construction, Count]) -> str:
    """Counts as CSV, sorted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((*made, *count) for made, count in sorted(counts.items()))
    return out.getvalue()


def counted(outcomes: Iterable[tuple[Construction, bool]]) -> dict[Construction, Count]:
    """The counts of claims, each given with whether it is right."""
    counts: dict[Construction, Count] = defaultdict(Count)
    for made, right in outcomes:
        counts[made] = Count(counts[made].right + right, counts[made].of + 1)
    return dict(counts)


def _summed(counts: Mapping[Construction, Count], depth: int) -> dict[Group, Count]:
    """Counts of the groups that share their first `depth` fields."""
    groups: dict[Group, Count] = defaultdict(Count)
    for made, (right, of) in counts.items():
        group = made[:depth]
        groups[group] = Count(groups[group].right + right, groups[group].of + of)
    return groups


def _fitted(groups: Iterable[tuple[Count, float]]) -> float:
    """The strength under which these counts, each with the share that its prior has, are likeliest."""
    found = list(groups)
    return max(STRENGTHS, key=lambda strength: sum(_likelihood(count, share, strength) for count, share in found))


def _likelihood(count: Count, share: float, strength: float) -> float:
    """The log-likelihood of a count whose share is drawn from a Beta of this mean and strength."""
    a, b = strength * share, strength * (1 - share)
    wrong = count.of - count.right
    return _log_beta(count.right + a, wrong + b) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
