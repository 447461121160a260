"""Expressions of time in English text, resolved against the date of publication, never against today.

Precision is the text's: "last month" is a month, not a day in it. General date parsers answer with one day
for everything, so this grammar is our own; weekdays and bare months wait for the tense of their verb.
`time_patterns` has the patterns; here they are found, told apart and joined to ranges.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dipgraph.language.time_patterns import BARE, PATTERNS, Context, Resolve, month_before
from dipgraph.language.units import Distance
from dipgraph.model import Time

_BETWEEN = re.compile(r"\s?(?:and|to|until|till|through|-)\s(?:the\s)?|\s?-\s?", re.IGNORECASE)
_SINCE = re.compile(r"\b[Ss]ince\b(?:[^,.;\n]|(?<=\b[A-Z])\.)*\Z")
_REACH = 60
"""Characters back within which "since" governs a time."""
_DATED = re.compile(r"\d{4}\Z")
_PAIRED = re.compile(r"(?:\b(between)|\b(from)|\b(on))\s(?:the\s)?$", re.IGNORECASE)


@dataclass(frozen=True)
class TimeExpression:
    """Characters `[start, end)` of the text with the time they mean: in a past clause, in a plan; None if unresolved."""

    start: int
    end: int
    past: Time | None = None
    future: Time | None = None
    distance: Distance | None = None
    """ "Two days after" what follows: how far the one event lies from the other."""
    today: bool = False
    """Whether it means the day of the text itself."""


@dataclass(frozen=True)
class Day:
    """From a character of the text on, what "today" is."""

    start: int
    date: date


def find(text: str, published: date | None, days: Sequence[Day] = ()) -> tuple[TimeExpression, ...]:
    """All expressions of time in a text, in order, without overlaps (the longest reading wins)."""
    found: list[TimeExpression] = []
    paragraph = 0
    for match, resolve in _matches(text):
        if "\n\n" in text[paragraph : match.start()]:
            paragraph = text.rfind("\n\n", 0, match.start())
        today = next((day.date for day in reversed(days) if day.start <= match.start()), published)
        told = next((f for f in reversed(found) if f.past and not _is_background(text, f)), None)
        here = told is not None and told.start >= paragraph
        context = Context(today, told.past, told.future or told.past, here=here) if told else Context(today)
        meant = resolve(match, context)
        if isinstance(meant, Distance):
            found.append(TimeExpression(match.start(), match.end(), distance=meant))
        else:
            past, future = (_time(value) for value in meant)
            found.append(TimeExpression(match.start(), match.end(), past, future, today=match.lastgroup == "today"))
    return tuple(_ranges(text, found))


def day(text: str, published: date | None) -> date | None:
    """The day that a date by itself means, looking back from publication; None where it is no single day."""
    past = next((e.past for e in find(text, published) if e.past), None)
    return past.begin if past and past.begin == past.end else None


def _time(value: str | None) -> Time | None:
    """The time, or None for a day that no calendar has ("31 June") and for ends in the wrong order."""
    time = Time(value) if value else None
    try:
        backwards = time and time.begin and time.end and time.begin > time.end
    except ValueError:
        return None
    return None if backwards else time


def _is_background(text: str, expression: TimeExpression) -> bool:
    """Whether a time only measures another: "the first since he took office in 2011" is no step of the story."""
    if expression.past and not (expression.past.begin and expression.past.end):
        return True
    return _SINCE.search(text[max(0, expression.start - _REACH) : expression.start]) is not None


@lru_cache(maxsize=4)  # one text is looked through again when more is known of its days
def _matches(text: str) -> tuple[tuple["re.Match[str]", Resolve], ...]:
    """Leftmost matches; at one position the earlier pattern of the list, which is the more specific one."""
    found: list[tuple[re.Match[str], Resolve]] = []
    ahead = [(pattern.search(text), pattern, resolve) for pattern, resolve in PATTERNS]
    while live := [(match, pattern, resolve) for match, pattern, resolve in ahead if match]:
        first, _, resolve = min(live, key=lambda candidate: candidate[0].start())
        found.append((first, resolve))
        ahead = [
            (match if match.start() >= first.end() else pattern.search(text, first.end()), pattern, resolver)
            for match, pattern, resolver in live
        ]
    return tuple(found)


def _ranges(text: str, found: Iterable[TimeExpression]) -> Iterator[TimeExpression]:
    """ "Between March 2018 and this January", "from Monday to Wednesday", "on Friday and Saturday" are one time."""
    before: TimeExpression | None = None
    for expression in found:
        one = _range(text, before, expression) if before else None
        if before and not one:
            yield before
        before = one or expression
    if before:
        yield before


def _range(text: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    between, opening = text[first.end : last.start], _PAIRED.search(text[: first.start])
    if not _BETWEEN.fullmatch(between) or (opening is None and "-" not in between):
        return None
    days = opening is not None and bool(opening[3])
    begin = first
    bare, dated = text[first.start : first.end], _DATED.search(text[last.start : last.end])
    if dated and last.past and BARE.fullmatch(bare):
        month = month_before(bare, last.past)
        begin = replace(first, past=month, future=month)
    past, future = _span(begin.past, last.past, days=days), _span(begin.future, last.future, days=days)
    return replace(last, start=first.start, past=past, future=future) if past or future else None


def _span(first: Time | None, last: Time | None, *, days: bool) -> Time | None:
    """From the one to the other; of days that are only listed, those that follow each other."""
    if not (first and last and first.begin and last.end and first.begin < last.end):
        return None
    if days and (first.begin != first.end or last.end - first.begin != timedelta(days=1)):
        return None
    begin, end = first.value.split("/")[0], last.value.split("/")[-1]
    return Time(f"{begin}/{end}")
