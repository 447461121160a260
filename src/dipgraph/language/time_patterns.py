"""The patterns of English expressions of time, most specific first, each with what it means in its context."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dipgraph.language.units import COUNT, UNITS, Distance, distance, shifted
from dipgraph.model import Time

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
_HOLIDAYS = {"new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25), "new year's eve": (12, 31)}
_MEASURED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|only|time|times|once|twice|visit|visits)\s(?:\w+\s)*$"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0}
_BACK, _ON = ("last", "past", "previous"), ("next", "coming", "following")


@dataclass(frozen=True)
class Context:
    """What an expression is read against: the day of the text, and the last time told before (its past and future reading)."""

    published: date | None
    told: Time | None = None
    told_ahead: Time | None = None
    here: bool = False
    """Whether that was told in the same paragraph."""

    @property
    def story(self) -> Time | None:
        """The last time told in the paragraph: "two days later" counts from it."""
        return self.told if self.here else None

    @property
    def readings(self) -> tuple[Time | None, Time | None]:
        """The last time told, for the past and for a plan."""
        return self.told, self.told_ahead


Meaning = tuple[str | None, str | None] | Distance
Resolve = Callable[["re.Match[str]", Context], Meaning]


def _month(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _both(value: str | None) -> tuple[str | None, str | None]:
    return value, value


def month_before(bare: str, last: Time) -> Time:
    """The month of that name before a dated one: "from NOVEMBER to February 2020"."""
    year, month = int(last.value[:4]), _month(bare)
    return Time(f"{year - (f'{month:02}' > last.value[5:7])}-{month:02}")


def _full_date(m: "re.Match[str]", _: Context) -> Meaning:
    year, month, first, last = int(m["y"]), _month(m["m"]), int(m["d"]), m["d2"]
    if not 1 <= first <= monthrange(year, month)[1]:
        return None, None
    begin = f"{year}-{month:02}-{first:02}"
    return _both(f"{begin}/{year}-{month:02}-{int(last):02}" if last else begin)


def _iso(m: "re.Match[str]", _: Context) -> Meaning:
    return _both(m[0])


def _month_year(m: "re.Match[str]", _: Context) -> Meaning:
    return _both(f"{int(m['y'])}-{_month(m['m']):02}")


def _across_months(m: "re.Match[str]", c: Context) -> Meaning:
    """ "From 29 April to 3 May 2021": the first date is of the year of the second, or the one before."""
    first, last = (_month(m["m"]), int(m["d"])), (_month(m["mm"]), int(m["dd"]))
    if not m["yy"] and c.published is None:
        return None, None

    def interval(year: int) -> str:
        begin = year - (first > last)
        return f"{begin}-{first[0]:02}-{first[1]:02}/{year}-{last[0]:02}-{last[1]:02}"

    if m["yy"]:
        return _both(interval(int(m["yy"])))
    today = c.published or date.min
    later = last > (today.month, today.day)
    return interval(today.year - later), interval(today.year + (not later))


def _day_of_month(m: "re.Match[str]", c: Context) -> Meaning:
    """Month and day without a year: about now for a past clause, ahead for a plan."""
    return _day_without_year(_month(m["m"]), int(m["d"]), int(m["d2"]) if m["d2"] else None, c)


def _day_without_year(month: int, day: int, last: int | None, c: Context) -> Meaning:
    if c.published is None or not 1 <= day <= 31:
        return None, None
    if c.story and c.story.end and c.story.end.year < c.published.year - 1:
        return _both(f"{c.story.end.year}-{month:02}-{day:02}")

    def place(earliest: date) -> str:
        year = earliest.year if (month, day) >= (earliest.month, earliest.day) else earliest.year + 1
        tail = f"/{year}-{month:02}-{last:02}" if last else ""
        return f"{year}-{month:02}-{day:02}{tail}"

    return place(c.published - timedelta(days=320)), place(c.published - timedelta(days=1))


def _bare_month(m: "re.Match[str]", c: Context) -> Meaning:
    """A month without a year: the last one for a past clause, the next for a plan; after a dated story, the one that follows it."""
    month, relation = _month(m["m"]), (m["rel"] or "").lower()
    if relation in ("that", "the same", "that same"):
        return _both(f"{c.told.begin.year}-{month:02}" if c.told and c.told.begin else None)
    if c.published is None:
        return None, None
    published = c.published
    before = published.year - (month > published.month)
    if c.story and c.story.begin and c.story.begin.year < published.year and not relation:
        begin = c.story.begin
        before = min(begin.year + (month < begin.month), before)
    if relation == "last" and month == published.month:
        before -= 1
    after = published.year + (month < published.month)
    return f"{before}-{month:02}", f"{after}-{month:02}"


def _weekday(m: "re.Match[str]", c: Context) -> Meaning:
    if c.published is None:
        return None, None
    wanted, today = WEEKDAYS.index(m["w"].lower()), c.published
    back = (today.weekday() - wanted) % 7
    relation = (m["rel"] or "").lower()
    past = today - timedelta(days=back or (7 if relation in _BACK else 0))
    future = today + timedelta(days=(wanted - today.weekday()) % 7 or (7 if relation == "next" else 0))
    if relation == "next":
        return _both(future.isoformat())
    if relation in _BACK:
        return _both(past.isoformat())
    return past.isoformat(), future.isoformat()


def _weekend(m: "re.Match[str]", c: Context) -> Meaning:
    if c.published is None:
        return None, None
    saturday = c.published - timedelta(days=(c.published.weekday() - 5) % 7)
    if (m["rel"] or "").lower() in _BACK and c.published.weekday() >= 5:
        saturday -= timedelta(days=7)
    past, future = saturday, saturday if c.published.weekday() >= 5 else saturday + timedelta(days=7)
    return f"{past}/{past + timedelta(days=1)}", f"{future}/{future + timedelta(days=1)}"


def _day_word(m: "re.Match[str]", c: Context) -> Meaning:
    if c.published is None:
        return None, None
    shift = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(m[0].lower().split()[0], 0)
    return _both((c.published + timedelta(days=shift)).isoformat())


def _relative_unit(m: "re.Match[str]", c: Context) -> Meaning:
    """last/this/next week, month, year; "earlier this week" runs from Monday to publication."""
    if c.published is None:
        return None, None
    day, unit, relation = c.published, m["unit"].lower(), m["rel"].lower()
    shift = -1 if relation in _BACK else 1 if relation in _ON else 0
    if unit == "day":
        return _both(day.isoformat())
    if unit == "year":
        return _both(f"{day.year + shift}")
    if unit == "month":
        year, month = shifted(day, shift)
        return _both(f"{year}-{month:02}")
    monday = day - timedelta(days=day.weekday() - 7 * shift)
    if shift == 0:
        return f"{monday}/{day}", f"{day}/{monday + timedelta(days=6)}"
    return _both(f"{monday}/{monday + timedelta(days=6)}")


def _ago(m: "re.Match[str]", c: Context) -> Meaning:
    base = Time(c.published.isoformat()) if c.published else None
    step = distance(m) if m["dir"].lower() in ("from now", "hence") else -distance(m)
    return _both(_value(step.from_(base))) if base else (None, None)


def _ahead(m: "re.Match[str]", c: Context) -> Meaning:
    """ "In a fortnight", for a plan; "the first in three years" measures a gap."""
    measures = _MEASURED.search(m.string[max(0, m.start() - 40) : m.start()]) and not m["time"]
    base = Time(c.published.isoformat()) if c.published and not measures else None
    return None, _value(distance(m).from_(base)) if base else None


def _value(time: Time | None) -> str | None:
    return time.value if time else None


def _from_story(m: "re.Match[str]", c: Context) -> Meaning:
    """ "Later", "earlier", "after that" count from the last time of the story; "earlier" without one, from the day of the text."""
    back = m["dir"].lower() in ("earlier", "before that", "previously")
    base = c.story or (Time(c.published.isoformat()) if back and c.published else None)
    step = -distance(m) if back else distance(m)
    return _both(_value(step.from_(base))) if base else (None, None)


def _apart(m: "re.Match[str]", _: Context) -> Meaning:
    """ "Two days after": what follows lies so far before, or after, what it is told with."""
    step = distance(m)
    return -step if m["dir"].lower() == "after" else step


def _same(m: "re.Match[str]", c: Context) -> Meaning:
    """The same day, that year, the next day, the following month: from the last time of the story."""
    which, unit = m["which"].lower(), m["unit"].lower()
    count = 1 if which in ("next", "following") or (m["after"] or "") == "after" else 0
    count = -1 if which in ("previous", "preceding") or (m["after"] or "") == "before" else count
    unit = unit if unit in ("week", "month", "year") else "day"
    return _stepped(c, Distance(count, unit)) if count else tuple(_widened(t, unit) for t in c.readings)  # type: ignore[return-value]


def _stepped(c: Context, step: Distance) -> tuple[str | None, str | None]:
    published = Time(c.published.isoformat()) if c.published and c.told is None and step.unit == "day" else None
    past, future = (_week(step.from_(t), step.unit) if (t := time or published) else None for time in c.readings)
    return past, future


def _week(time: Time | None, unit: str) -> str | None:
    """A day's whole week, where weeks are counted: "the previous week"."""
    if time is None or time.begin is None or time.begin != time.end or unit != "week":
        return _value(time)
    monday = time.begin - timedelta(days=time.begin.weekday())
    return f"{monday}/{monday + timedelta(days=6)}"


def _widened(time: Time | None, unit: str) -> str | None:
    """The unit that a time lies in: "that year" of a day is its year."""
    if time is None or time.begin is None or unit in ("day", "week"):
        return _value(time)
    return time.value[: 4 if unit == "year" else 7]


def _same_day_of(m: "re.Match[str]", c: Context) -> Meaning:
    """ "On the same day in 1963": day and month of the last time told."""
    past, future = (f"{m['y']}{t.value[4:]}" if t and len(t.value) == 10 else m["y"] for t in c.readings)
    return past, future


def _month_of_told_year(m: "re.Match[str]", c: Context) -> Meaning:
    """ "In December of that year", "on 8 April of the same year"."""
    year = c.told.begin.year if c.told and c.told.begin else None
    day = f"-{int(m['d'] or m['dd']):02}" if m["d"] or m["dd"] else ""
    return _both(f"{year}-{_month(m['m']):02}{day}" if year else None)


def _year_range(m: "re.Match[str]", _: Context) -> Meaning:
    end = m["b"] if len(m["b"]) == 4 else m["a"][:2] + m["b"]
    return _both(f"{m['a']}/{end}" if int(end) >= int(m["a"]) else m["a"])


def _open_year(m: "re.Match[str]", _: Context) -> Meaning:
    return _both(f"{m['y']}/" if m["p"].lower() == "since" else f"/{m['y']}")


def _season(m: "re.Match[str]", c: Context) -> Meaning:
    first, last = _SEASONS[m["s"].lower()]
    if m["y"]:
        return _both(_months(int(m["y"]), first, last))
    if m["rel"].lower() in ("the next", "the following"):
        told = c.told.begin if c.told else None
        return _both(_months(told.year + (told.month >= first), first, last) if told else None)
    if m["rel"].lower() == "that":
        return _both(_months(c.told.begin.year, first, last) if c.told and c.told.begin else None)
    if c.published is None:
        return None, None
    over = c.published.month > last or m["rel"].lower() == "this"
    year = c.published.year + (1 if m["rel"].lower() == "next" else 0 if over else -1)
    return _both(_months(year, first, last))


def _months(year: int, first: int, last: int) -> str:
    return f"{year}-{first:02}/{year + (last > 12)}-{(last - 1) % 12 + 1:02}"


def _part_of_year(m: "re.Match[str]", _: Context) -> Meaning:
    """ "The second quarter of 2020", "the first half of 2019"."""
    size = 3 if m["part"].lower() == "quarter" else 6
    which = _ORDINALS[m["o"].lower()] or 12 // size
    return _both(_months(int(m["y"]), (which - 1) * size + 1, which * size) if which * size <= 12 else m["y"])


def _decade(m: "re.Match[str]", _: Context) -> Meaning:
    return _both(f"{m['y']}/{int(m['y']) + 9}")


def _year(m: "re.Match[str]", _: Context) -> Meaning:
    return _both(m["y"])


def _holiday(m: "re.Match[str]", c: Context) -> Meaning:
    """A feast that has its day, in the year told or as any day of a month."""
    month, day = _HOLIDAYS[" ".join(m["h"].lower().replace("’", "'").split())]
    if m["y"]:
        return _both(f"{m['y']}-{month:02}-{day:02}")
    return _day_without_year(month, day, None, c)


_MONTH = r"January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
_M = rf"(?P<m>{_MONTH})"
_TH = r"(?:st|nd|rd|th)?"
_D = rf"(?P<d>[0-3]?\d){_TH}(?:\s?(?:-|to|and)\s?(?P<d2>[0-3]?\d){_TH})?"
_Y = r"(?P<y>1[6-9]\d\d|20\d\d)"
_W = rf"(?P<w>{'|'.join(WEEKDAYS)})"
_ON_WEEKDAY = rf"(?:(?:{'|'.join(w.title() for w in WEEKDAYS)}),?\s(?:the\s)?)?"
_FIRST, _SECOND = rf"(?P<d>[0-3]?\d){_TH}", rf"(?P<dd>[0-3]?\d){_TH}"
_UNTIL = r"\s?(?:-|to|until|and)\s?"
_PART = r"(?P<unit>day|night|morning|afternoon|evening|occasion|week|month|year)"
BARE = re.compile(_M)
PATTERNS: list[tuple["re.Pattern[str]", Resolve]] = [
    (re.compile(pattern, re.IGNORECASE if lower else 0), resolve)
    for pattern, lower, resolve in (
        (r"\b(?:1[6-9]|20)\d\d-[01]\d-[0-3]\d\b", False, _iso),
        (rf"\b{_FIRST}\s(?:of\s)?{_M}{_UNTIL}{_SECOND}\s(?:of\s)?(?P<mm>{_MONTH})(?:,?\s(?P<yy>1[6-9]\d\d|20\d\d))?(?=\W|$)", False, _across_months),
        (rf"\b{_M}\s{_FIRST}{_UNTIL}(?P<mm>{_MONTH})\s{_SECOND}(?:,?\s(?P<yy>1[6-9]\d\d|20\d\d))?\b", False, _across_months),
        (rf"\b{_ON_WEEKDAY}{_M}\s{_D},?\s(?:of\s)?{_Y}\b", False, _full_date),
        (rf"\b{_ON_WEEKDAY}{_D}\s(?:of\s)?{_M},?\s{_Y}\b", False, _full_date),
        (rf"\b{_M},?\s(?:of\s)?{_Y}\b", False, _month_year),
        (rf"\b(?:{_FIRST}\s(?:of\s)?)?{_M}(?:\s{_SECOND})?,?\s(?:of\s)?(?:that|the\ssame)\syear\b", False, _month_of_told_year),
        (rf"\b{_ON_WEEKDAY}{_M}\s{_D}\b(?!\d)", False, _day_of_month),
        (rf"\b{_ON_WEEKDAY}{_D}\s(?:of\s)?{_M}(?=\W|$)", False, _day_of_month),
        (rf"\b(?:the\s)?(?P<rel>)(?P<s>spring|summer|autumn|fall|winter)\s(?:of\s)?{_Y}\b", True, _season),
        (r"\b(?P<rel>the\snext|the\sfollowing|last|this|next|that)\s(?P<s>spring|summer|autumn|winter)(?P<y>)\b", True, _season),
        (rf"\b(?:the\s)?(?P<o>first|second|third|fourth|last)\s(?P<part>quarter|half)\s(?:of\s)?{_Y}\b", True, _part_of_year),
        (rf"\bthe\ssame\s(?:day|date)\s(?:in|of)\s{_Y}\b", True, _same_day_of),
        (r"\b(?:between|from)\s(?P<a>1[6-9]\d\d|20\d\d)\s(?:and|to|until)\s(?P<b>1[6-9]\d\d|20\d\d)\b", True, _year_range),
        (r"(?<![\d-])(?P<a>1[6-9]\d\d|20\d\d)\s?-\s?(?P<b>\d\d(?:\d\d)?)(?![\d-])", False, _year_range),
        (rf"\b(?P<p>since|until|before)\s{_Y}\b", True, _open_year),
        (rf"\b(?P<h>{'|'.join(_HOLIDAYS)})(?:,?\s(?:of\s)?(?P<y>1[6-9]\d\d|20\d\d))?\b", True, _holiday),
        (r"\b(?:the\s)?(?P<y>1[6-9]\d0|20\d0)s\b", True, _decade),
        (r"\b(?:(?P<rel>last|this|next|past|coming)|over\sthe|at\sthe)\sweekend\b", True, _weekend),
        (r"\b(?:earlier\s|later\s|late\s|early\s)?(?P<rel>last|this|next|previous|coming|past)\s(?P<unit>week|month|year)\b(?!-)", True, _relative_unit),
        (rf"\b{COUNT}\s{UNITS}s?\s(?P<dir>ago|from\snow|hence)\b", True, _ago),
        (rf"(?<=\bin ){COUNT}\s{UNITS}s?(?P<time>'s?\stime)?(?=[\s.,;])", True, _ahead),
        (r"\b(?:earlier|later|late|early)\sin\sthe\s(?P<rel>)(?P<unit>day|week|month|year)\b", True, _relative_unit),
        (r"\bat\sthe\s(?:beginning|start|end)\sof\s(?P<rel>the|this|last|next)\s(?P<unit>week|month|year)\b", True, _relative_unit),
        (rf"\b{COUNT}\s{UNITS}s?\s(?P<dir>later|earlier|thereafter|afterwards?|after\sthat|before\sthat|previously)\b", True, _from_story),
        (rf"\b{COUNT}\s{UNITS}s?\s(?:to\sthe\sday\s)?(?P<dir>after|before)\b", True, _apart),
        (rf"\b(?:the\s)?(?P<which>same|that|(?<=the )next|(?<=the )following|(?<=the )previous|(?<=the )preceding)\s(?P<after>){_PART}\b", True, _same),
        (rf"\bthe\s(?P<which>){_PART}\s(?P<after>before|after)(?=[.,;]|$)", True, _same),
        (rf"\b(?:(?P<rel>last|next|this|previous)\s)?{_W}\b", True, _weekday),
        (r"\b(?P<today>today|tonight|this\s(?:morning|afternoon|evening))\b", True, _day_word),
        (r"\b(?:yesterday|tomorrow|last\snight)\b", True, _day_word),
        (rf"\b(?:(?P<rel>(?i:last|this|next|that|the same|that same))\s|(?<=[Ii]n )|(?<=[Ss]ince )|(?<=by )|(?<=of )|(?<=until )|(?<=late )|(?<=early )|(?<=mid-)|(?<=between )|(?<=from ))(?:(?:late|early|mid)[ -])?{_M}(?=\W|$)(?!\s\d)", False, _bare_month),
        (rf"\b(?P<rel>){_M}(?='s\s)", False, _bare_month),
        (rf"\bmid-{_Y}\b", True, _year),
        (rf"(?<![\d,.$€£-]){_Y}\b(?![,.]\d|%|-\w)", False, _year),
    )
]  # fmt: skip
