"""Counted units of time, and what lies so far from a known time: "two days", "a fortnight", "half a century"."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dipgraph.model import Time

NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
    )
    for word in words.split()
}  # fmt: skip
UNITS = r"(?P<unit>hour|night|day|weekend|week|fortnight|month|year|decade|century|centurie)"
COUNT = rf"(?<![\d,.])(?P<n>\d{{1,3}}|{'|'.join(NUMBERS)}|a few|some|several|a couple of|half an?)"
_DAYS = {"night": 1, "day": 1, "weekend": 7, "week": 7, "fortnight": 14}
_YEARS = {"year": 1, "decade": 10, "century": 100, "centurie": 100}


@dataclass(frozen=True)
class Distance:
    """So many units later (or earlier, if negative); `count` None where the text leaves it vague ("a few days")."""

    count: float | None
    unit: str
    exact: bool = False
    """To the day, where the text says so."""

    def __neg__(self) -> "Distance":
        return replace(self, count=-self.count if self.count is not None else None)

    def from_(self, time: Time) -> Time | None:
        """What lies so far from a time, no more precise than either."""
        begin = time.begin
        if begin is None:
            return None
        if self.unit == "hour":
            return self._by_hours(time)
        if self.unit in _DAYS:
            return self._by_days(time, begin)
        if self.count is None:
            return None
        months = int(self.count * 12 * _YEARS[self.unit]) if self.unit in _YEARS else int(self.count)
        year, month = shifted(begin, months)
        if not 1000 <= year <= 9999:
            return None
        if self.exact and len(time.value) == 10:
            return Time(f"{year}-{month:02}-{begin.day:02}")
        coarse = self.unit in _YEARS and months % 12 == 0
        return Time(f"{year}") if coarse or len(time.value) == 4 else Time(f"{year}-{month:02}")

    def _by_hours(self, time: Time) -> Time | None:
        """A few hours are still the same day; "72 hours" are three."""
        days = int((self.count or 0) / 24)
        return Distance(days, "day").from_(time) if days else time

    def _by_days(self, time: Time, begin: date) -> Time | None:
        if len(time.value) != 10:
            return time if "/" not in time.value else None
        if self.count is None:
            return Time(time.value[:7]) if _DAYS[self.unit] == 1 else None
        return Time((begin + timedelta(days=int(self.count * _DAYS[self.unit]))).isoformat())


def distance(match: "re.Match[str]") -> Distance:
    """The distance that COUNT and UNITS match, forwards."""
    word = re.sub(r"\s+", " ", match["n"].lower())
    count = float(word) if word.isdigit() else 2.0 if "couple" in word else 0.5 if "half" in word else None
    return Distance(count if count is not None else NUMBERS.get(word), match["unit"].lower(), "to the day" in match[0])


def shifted(day: date, months: int) -> tuple[int, int]:
    """Year and month, so many months from a day."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1
