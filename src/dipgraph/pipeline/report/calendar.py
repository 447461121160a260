"""The years and months of a report: how time is told, and where its charts begin."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from dipgraph.views.charts import Bar

MONTHS = 36
"""Over so many months time is told by the month, over more by the year."""
EARLY = 0.05
"""A chart does not begin with its first fact where so small a share of all would take half of it."""
FEW = 12
"""So many years or months are drawn in any case."""
_UNITS = {7: "month", 4: "year"}


def unit(days: Iterable[str]) -> int:
    """How many characters of an ISO date tell its month or, where there are too many of those, its year."""
    months = [_months(day) for day in days]
    return 7 if months and max(months) - min(months) < MONTHS else 4


def name(length: int) -> str:
    """What so many characters of a date are."""
    return _UNITS[length]


def filled(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """The bars with an empty one for each year or month between them; the few that are long before the rest as one."""
    if len(bars) < 2:
        return tuple(bars)
    at = {bar.label: bar for bar in bars}
    labels = _between(min(at), max(at))
    every = [at.get(label, Bar(label, ())) for label in labels]
    early = _early([bar.height for bar in every])
    if not early:
        return tuple(every)
    parts: Counter[str] = Counter()
    for bar in every[:early]:
        parts.update(dict(bar.parts))
    return (Bar(f"to {labels[early - 1]}", tuple(parts.items())), *every[early:])


def since(years: Sequence[float]) -> float:
    """The year with which a chart of these should begin."""
    if not years:
        return 0.0
    first = int(min(years))
    count = Counter(int(year) for year in years)
    return max(min(years), float(first + _early([count[year] for year in range(first, int(max(years)) + 1)])))


def year(day: str) -> float:
    """An ISO date as a year with a fraction."""
    found = date.fromisoformat(day)
    return found.year + (found.timetuple().tm_yday - 1) / 366


def _early(counts: Sequence[int]) -> int:
    """How many at the beginning are left out of a chart: none, or at least half with at most `EARLY` of all."""
    few, early = EARLY * sum(counts), 0
    while early < len(counts) and sum(counts[: early + 1]) <= few:
        early += 1
    return early if len(counts) > FEW and 2 * early >= len(counts) else 0


def _between(first: str, last: str) -> list[str]:
    if len(first) == 4:
        return [f"{each:04}" for each in range(int(first), int(last) + 1)]
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(_months(first), _months(last) + 1)]


def _months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1
