"""Expressions of time in English text, resolved against the date of publication, never against today.

Precision is the text's: "last month" is a month, not a day in it. General date parsers answer with one day
for everything, so this grammar is our own; weekdays and bare months wait for the tense of their verb.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dipgraph.model import Time

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
}


@dataclass(frozen=True)
class TimeExpression:
    """Characters `[start, end)` of the text with the time they mean: in a past clause, in a plan; None if unresolved."""

    start: int
    end: int
    past: Time | None
    future: Time | None


@dataclass(frozen=True)
class _Context:
    published: date | None
    anchor: Time | None
    """The last time resolved before this expression in its paragraph: "two days later" counts from it."""


_Resolve = Callable[["re.Match[str]", _Context], tuple[str | None, str | None]]


def find(text: str, published: date | None) -> tuple[TimeExpression, ...]:
    """All expressions of time in a text, in order, without overlaps (the longest reading wins)."""
    found: list[TimeExpression] = []
    paragraph = 0
    for match, resolve in _matches(text):
        if "\n\n" in text[paragraph : match.start()]:
            paragraph = text.rfind("\n\n", 0, match.start())
        anchor = next((f.past for f in reversed(found) if f.past and f.start >= paragraph), None)
        past, future = resolve(match, _Context(published, anchor))
        found.append(TimeExpression(match.start(), match.end(), _time(past), _time(future)))
    return tuple(found)


def _time(value: str | None) -> Time | None:
    """The time, or None for a day that no calendar has ("31 June") and for ends in the wrong order."""
    time = Time(value) if value else None
    try:
        backwards = time and time.begin and time.end and time.begin > time.end
    except ValueError:
        return None
    return None if backwards else time


def _matches(text: str) -> Iterator[tuple["re.Match[str]", _Resolve]]:
    """Leftmost matches; at one position the earlier pattern of the list, which is the more specific one."""
    ahead = [(pattern.search(text), pattern, resolve) for pattern, resolve in _PATTERNS]
    while live := [(match, pattern, resolve) for match, pattern, resolve in ahead if match]:
        first, _, resolve = min(live, key=lambda candidate: candidate[0].start())
        yield first, resolve
        ahead = [
            (match if match.start() >= first.end() else pattern.search(text, first.end()), pattern, resolver)
            for match, pattern, resolver in live
        ]


def _month(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _shift(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _both(value: str | None) -> tuple[str | None, str | None]:
    return value, value


def _full_date(m: "re.Match[str]", _: _Context) -> tuple[str | None, str | None]:
    year, month, first, last = int(m["y"]), _month(m["m"]), int(m["d"]), m["d2"]
    if not 1 <= first <= monthrange(year, month)[1]:
        return None, None
    begin = f"{year}-{month:02}-{first:02}"
    return _both(f"{begin}/{year}-{month:02}-{int(last):02}" if last else begin)


def _iso(m: "re.Match[str]", _: _Context) -> tuple[str | None, str | None]:
    return _both(m[0])


def _month_year(m: "re.Match[str]", _: _Context) -> tuple[str | None, str | None]:
    return _both(f"{int(m['y'])}-{_month(m['m']):02}")


def _day_of_month(m: "re.Match[str]", c: _Context) -> tuple[str | None, str | None]:
    """Month and day without a year: about now for a past clause, ahead for a plan."""
    if c.published is None:
        return None, None
    month, day = _month(m["m"]), int(m["d"])
    if not 1 <= day <= 31:
        return None, None
    if c.anchor and c.anchor.end and c.anchor.end.year < c.published.year - 1:
        return _both(f"{c.anchor.end.year}-{month:02}-{day:02}")

    def place(earliest: date) -> str:
        year = earliest.year if (month, day) >= (earliest.month, earliest.day) else earliest.year + 1
        tail = f"/{year}-{month:02}-{int(m['d2']):02}" if m["d2"] else ""
        return f"{year}-{month:02}-{day:02}{tail}"

    return place(c.published - timedelta(days=320)), place(c.published - timedelta(days=1))


def _bare_month(m: "re.Match[str]", c: _Context) -> tuple[str | None, str | None]:
    """A month without a year: the last one for a past clause, the next for a plan; after a dated story, the one that follows it."""
    if c.published is None:
        return None, None
    month, published = _month(m["m"]), c.published
    before = published.year - (month > published.month)
    if c.anchor and c.anchor.begin and c.anchor.begin.year < published.year and "this" not in m[0].lower():
        begin = c.anchor.begin
        before = min(begin.year + (month < begin.month), before)
    if (m["rel"] or "").lower() == "last" and month == published.month:
        before -= 1
    after = published.year + (month < published.month)
    return f"{before}-{month:02}", f"{after}-{month:02}"


def _weekday(m: "re.Match[str]", c: _Context) -> tuple[str | None, str | None]:
    if c.published is None:
        return None, None
    wanted, today = WEEKDAYS.index(m["w"].lower()), c.published
    back = (today.weekday() - wanted) % 7
    relation = (m["rel"] or "").lower()
    past = today - timedelta(days=back or (7 if relation in ("last", "previous") else 0))
    future = today + timedelta(days=(wanted - today.weekday()) % 7 or (7 if relation == "next" else 0))
    if relation == "next":
        return _both(future.isoformat())
    if relation in ("last", "previous"):
        return _both(past.isoformat())
    return past.isoformat(), future.isoformat()


def _day_word(m: "re.Match[str]", c: _Context) -> tuple[str | None, str | None]:
    if c.published is None:
        return None, None
    shift = {"yesterday": -1, "tomorrow": 1}.get(m[0].lower().split()[0], 0)
    return _both((c.published + timedelta(days=shift)).isoformat())


def _relative_unit(m: "re.Match[str]", c: _Context) -> tuple[str | None, str | None]:
    """last/this/next week, month, year; "earlier this week" runs from Monday to publication."""
    if c.published is None:
        return None, None
    day, unit = c.published, m["unit"].lower()
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(m["rel"].lower(), 0)
    if unit == "year":
        return _both(f"{day.year + shift}")
    if unit == "month":
        year, month = _shift(day, shift)
        return _both(f"{year}-{month:02}")
    monday = day - timedelta(days=day.weekday() - 7 * shift)
    if shift == 0:
        return f"{monday}/{day}", f"{day}/{monday + timedelta(days=6)}"
    return _both(f"{monday}/{monday + timedelta(days=6)}")


def _count(m: "re.Match[str]") -> int | None:
    word = m["n"].lower()
    return int(word) if word.isdigit() else NUMBERS.get(word)


def _distance(m: "re.Match[str]", c: _Context) -> tuple[str | None, str | None]:
    """ "Two days ago" counts from publication; "later", "earlier", "after that" from the last time of the story."""
    direction, count, unit = m["dir"].lower(), _count(m), m["unit"].lower()
    from_story = direction in ("later", "earlier", "thereafter", "after that", "afterwards")
    base = c.anchor.begin if from_story and c.anchor else None if from_story else c.published
    if base is None or count is None:
        return None, None
    if from_story and c.anchor and len(c.anchor.value) < 10 and unit in ("day", "week"):
        return _both(c.anchor.value)
    back = -count if direction in ("ago", "earlier") else count
    if unit == "year":
        return _both(str(base.year + back)) if 1000 <= base.year + back <= 9999 else (None, None)
    if unit == "month":
        year, month = _shift(base, back)
        return _both(f"{year}-{month:02}")
    return _both((base + timedelta(days=back * (7 if unit == "week" else 1))).isoformat())


def _same(m: "re.Match[str]", c: _Context) -> tuple[str | None, str | None]:
    """The same day, that year, the next day, the following month: from the last time of the story."""
    if c.anchor is None or c.anchor.begin is None:
        return None, None
    base, unit = c.anchor.begin, m["unit"].lower()
    step = m["which"].lower() in ("next", "following")
    if unit == "year":
        return _both(str(base.year + step))
    if unit == "month":
        year, month = _shift(base, int(step))
        return _both(f"{year}-{month:02}")
    return _both((base + timedelta(days=int(step))).isoformat() if len(c.anchor.value) == 10 else c.anchor.value)


def _year_range(m: "re.Match[str]", _: _Context) -> tuple[str | None, str | None]:
    end = m["b"] if len(m["b"]) == 4 else m["a"][:2] + m["b"]
    return _both(f"{m['a']}/{end}" if int(end) >= int(m["a"]) else m["a"])


def _open_year(m: "re.Match[str]", _: _Context) -> tuple[str | None, str | None]:
    return _both(f"{m['y']}/" if m["p"].lower() == "since" else f"/{m['y']}")


def _season(m: "re.Match[str]", _: _Context) -> tuple[str | None, str | None]:
    first, last = SEASONS[m["s"].lower()]
    return _both(f"{m['y']}-{first:02}/{m['y']}-{last:02}")


def _decade(m: "re.Match[str]", _: _Context) -> tuple[str | None, str | None]:
    return _both(f"{m['y']}/{int(m['y']) + 9}")


def _year(m: "re.Match[str]", _: _Context) -> tuple[str | None, str | None]:
    return _both(m["y"])


_M = r"(?P<m>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
_D = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?:\s?(?:-|to|and)\s?(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?)?"
_Y = r"(?P<y>1[6-9]\d\d|20\d\d)"
_W = rf"(?P<w>{'|'.join(WEEKDAYS)})"
_N = rf"(?<![\d,.])(?P<n>\d{{1,3}}|{'|'.join(NUMBERS)}|a few|several)"
_UNIT = r"(?P<unit>day|week|month|year)"
_PATTERNS: list[tuple["re.Pattern[str]", _Resolve]] = [
    (re.compile(pattern, re.IGNORECASE if lower else 0), resolve)
    for pattern, lower, resolve in (
        (r"\b(?:1[6-9]|20)\d\d-[01]\d-[0-3]\d\b", False, _iso),
        (rf"\b{_M}\s{_D},?\s(?:of\s)?{_Y}\b", False, _full_date),
        (rf"\b{_D}\s(?:of\s)?{_M},?\s{_Y}\b", False, _full_date),
        (rf"\b{_M},?\s(?:of\s)?{_Y}\b", False, _month_year),
        (rf"\b{_M}\s{_D}\b(?!\d)", False, _day_of_month),
        (rf"\b{_D}\s(?:of\s)?{_M}(?=\W|$)", False, _day_of_month),
        (rf"\b(?:the\s)?(?P<s>spring|summer|autumn|fall)\s(?:of\s)?{_Y}\b", True, _season),
        (r"\b(?:between|from)\s(?P<a>1[6-9]\d\d|20\d\d)\s(?:and|to|until)\s(?P<b>1[6-9]\d\d|20\d\d)\b", True, _year_range),
        (r"(?<![\d-])(?P<a>1[6-9]\d\d|20\d\d)\s?-\s?(?P<b>\d\d(?:\d\d)?)(?![\d-])", False, _year_range),
        (rf"\b(?P<p>since|until|before)\s{_Y}\b", True, _open_year),
        (r"\b(?:the\s)?(?P<y>1[6-9]\d0|20\d0)s\b", True, _decade),
        (rf"\b(?:earlier\s|later\s|late\s|early\s)?(?P<rel>last|this|next|previous|coming|past)\s{_UNIT.replace('day|', '')}\b(?!-)", True, _relative_unit),
        (rf"\b{_N}\s{_UNIT}s?\s(?P<dir>ago|later|earlier|thereafter|after that|afterwards)\b", True, _distance),
        (rf"\b(?:the\s)?(?P<which>same|that|(?<=the )next|(?<=the )following)\s{_UNIT}\b", True, _same),
        (rf"\b(?:(?P<rel>last|next|this|previous)\s)?{_W}\b(?!')", True, _weekday),
        (r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening))\b", True, _day_word),
        (rf"\b(?:(?P<rel>last|this|next)\s|(?<=[Ii]n )|(?<=[Ss]ince )|(?<=by )|(?<=of )|(?<=until )|(?<=late )|(?<=early )|(?<=mid-))(?:(?:late|early|mid)[ -])?{_M}(?=\W|$)(?!\s\d)", False, _bare_month),
        (rf"\b(?P<rel>){_M}(?='s\s)", False, _bare_month),
        (rf"(?<![\d,.$€£-]){_Y}\b(?![,.]\d|%|-\w)", False, _year),
    )
]  # fmt: skip
