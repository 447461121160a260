"""Datelines: the place and day at the head of an item ("NAIROBI, May 3 - ...", "Lisbon, 4th June 2021"), under which it is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dipgraph.language import times
from dipgraph.language.time_patterns import MONTHS, WEEKDAYS

_MONTH = rf"(?:{'|'.join(f'{m[:3]}(?:{m[3:]}|[.])?' if m != 'may' else m for m in MONTHS)})".replace("sep(", "sept?(")
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:(?:{'|'.join(WEEKDAYS)}),?\s)?(?:the\s)?(?:{_DAY}(?:\sof)?\s{_MONTH}|{_MONTH}\s{_DAY})(?:,?\s\d{{4}})?"
_CAPITALS = rf"(?!(?i:{'|'.join(WEEKDAYS)})\b)[A-Z][A-Z'. ]*[A-Z]\.?(?:/[A-Z][A-Z'. ]*[A-Z])*"
_NAME = rf"(?!(?i:{'|'.join(WEEKDAYS)}|on|in|by|at|since|until|from|the)\b)[A-Z][\w'.]+(?:[ -](?:de |la |al-)?[A-Z][\w'.]+){{0,3}}"
_REGION = r"(?:,\s[A-Z][A-Za-z.]+)??"
_AGENCY = r"(?:\s?\([^()\n]{2,60}\))?"
_DASH = r"\s?(?:-+|:)\s"
_LINES = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^(?P<place>{_CAPITALS}|{_NAME}){_REGION},?\s(?P<date>(?i:{_DATE})){_AGENCY}(?:{_DASH}|\.?[ ]*$)",
        rf"^(?P<place>)(?P<date>(?i:{_DATE}|{'|'.join(WEEKDAYS)})){_AGENCY}(?:{_DASH}|\.?[ ]*$)",
        rf"^(?P<place>)(?P<date>(?i:{_DATE}))\.\s(?=[A-Z])",
        rf"^(?P<place>{_CAPITALS}){_REGION}(?P<date>){_AGENCY}{_DASH}(?=\S)",
        rf"^(?P<place>{_NAME}){_REGION}(?P<date>)\s\([A-Z][^()\n]{{1,30}}\)\s-+\s",
    )
)


@dataclass(frozen=True)
class Dateline:
    """Characters `[start, end)` at the head of a line: a place or a day, or both, of all that follows up to the next one."""

    start: int
    end: int
    place: str
    """As written; empty where there is none, or more than one."""
    date: str
    alone: bool
    """Whether it stands on a line of its own, as in a diary."""


def find(text: str, known: Mapping[str, object]) -> tuple[Dateline, ...]:
    """The datelines of a text, in order. Bare capitals are one where the place is known or the text has several such heads."""
    heads = {m.start(): m for pattern in reversed(_LINES) for m in pattern.finditer(text)}
    bare = [m for m in heads.values() if not m["date"]]
    found = []
    for start, match in sorted(heads.items()):
        place = titled(match["place"])
        if match in bare and len(bare) < 3 and place not in known and "(" not in match[0]:
            continue
        alone = match.end() == len(text) or text[match.end()] == "\n"
        found.append(Dateline(start, match.end(), "" if "/" in place else place, match["date"], alone))
    return tuple(found)


def heads(text: str) -> tuple[int, ...]:
    """Where sentences begin after what may be a dateline."""
    return tuple(m.end() for pattern in _LINES for m in pattern.finditer(text))


def days(datelines: tuple[Dateline, ...], published: date | None) -> tuple[times.Day, ...]:
    """What "today" is after each dateline: its own day, else that of publication."""
    found = []
    for dateline in datelines:
        day = times.day(dateline.date, published) if dateline.date else published
        if day is not None:
            found.append(times.Day(dateline.start, day))
    return tuple(found)


def titled(name: str) -> str:
    """ "BUENOS AIRES" as it is written elsewhere."""
    return re.sub(r"[A-Za-z]+", lambda m: m[0].capitalize(), name) if name.isupper() else name
