"""The fields of an article as data gives them -> Document, or the faults that keep it from being one."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dipgraph.model import Document

LONGEST = 1_000_000
"""How many characters a text may have: the parser takes no more at once."""

FIELDS = ("id", "title", "published", "text", "url")


@dataclass(frozen=True)
class Read:
    """One article as it was read: where it stands, and its document or what is wrong with it."""

    where: str
    document: Document | None = None
    faults: tuple[str, ...] = ()


def article(where: str, fields: Mapping[str, object], *, name: str = "", published: date | None = None) -> Read:
    """The document of an article's fields. `name` is its id where it has none; without either, a digest is.

    `published` is its date where it has none. Fields that mean nothing here are ignored.
    """
    faults: list[str] = []
    values = {field: _string(where, field, fields, faults) for field in ("id", "title", "text", "url")}
    day = _date(where, fields.get("published"), faults) or published
    if not faults and not values["text"].strip():
        faults.append(f"{where}: the article is empty; it needs a text.")
    if len(values["text"]) > LONGEST:
        faults.append(f"{where}: the text is longer than a million characters; split it.")
    if faults:
        return Read(where, faults=tuple(faults))
    text, title, url = values["text"], values["title"].strip(), values["url"].strip()
    identifier = values["id"].strip() or name or anonymous(text, title, day, url)
    return Read(where, Document(identifier, text, title, day, url))


def anonymous(text: str, title: str, published: date | None, url: str) -> str:
    """The id of an article that has none: the same content gets the same id."""
    content = "\x00".join((text, title, str(published), url))
    return f"text-{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def day_of(text: str) -> date:
    """The day of an ISO 8601 date or time of day; ValueError if it is neither, or before the year 1000."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = datetime.fromisoformat(text).date()
    if day.year < 1000:
        raise ValueError(f"{text} is before the year 1000")
    return day


def _string(where: str, field: str, fields: Mapping[str, object], faults: list[str]) -> str:
    value = fields.get(field)
    if value is None:
        if field == "text":
            known = ", ".join(sorted(str(name) for name in fields)[:8]) or "none"
            faults.append(f'{where}: no "text" (its fields: {known}); an article needs one, as a string.')
        return ""
    if field == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        faults.append(f'{where}: "{field}" is {_kind(value)}; it must be a string.')
        return ""
    if any("\ud800" <= character <= "\udfff" for character in value):
        faults.append(f'{where}: "{field}" holds half a character (a lone surrogate); write the character whole.')
        return ""
    return value


def _date(where: str, value: object, faults: list[str]) -> date | None:
    if value is None or value == "":
        return None
    try:
        return day_of(str(value).strip())
    except ValueError:
        faults.append(f'{where}: "published" is {str(value)!r}; it must be a date like 2020-05-06, or absent.')
        return None


def _kind(value: object) -> str:
    names: Iterator[str] = (
        name for types, name in ((bool, "true or false"), ((int, float), "a number"), (list, "a list"), (dict, "an object"))
        if isinstance(value, types)
    )  # fmt: skip
    return next(names, type(value).__name__)
