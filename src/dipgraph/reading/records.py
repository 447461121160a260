"""JSON and JSON Lines -> documents: one object an article, every fault of a file told at once."""

import hashlib
import json
from datetime import date
from typing import Any

from dipgraph.errors import InputError
from dipgraph.model import Document

FIELDS = "an object with `text` and, where known, `id`, `title`, `published` (YYYY-MM-DD) and `url`"


def from_lines(text: str, where: str, published: date | None) -> list[Document]:
    """One document a line; InputError lists every line that is none."""
    faults, documents = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            documents.append(_document(_parsed(line, number, whole=False), published))
        except ValueError as error:
            faults.append(f"{where}, line {number}: {error}")
    _raise(faults)
    return documents


def from_json(text: str, where: str, published: date | None) -> list[Document]:
    """One object, or a list of them; InputError lists every one that is no document."""
    try:
        value = _parsed(text, 1, whole=True)
    except ValueError as error:
        raise InputError(f"{where}: {error}") from None
    faults, documents = [], []
    for number, record in enumerate(value if isinstance(value, list) else [value], 1):
        try:
            documents.append(_document(record, published))
        except ValueError as error:
            faults.append(f"{where}, article {number}: {error}" if isinstance(value, list) else f"{where}: {error}")
    _raise(faults)
    return documents


def day(value: object) -> date:
    """An ISO date, or the date of an ISO date and time; ValueError otherwise."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise ValueError(f"{str(value)[:40]!r} is not a date; write YYYY-MM-DD") from None


def identity(text: str) -> str:
    """An id for a text without one: the same text always gets the same."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _parsed(text: str, line: int, *, whole: bool) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        position = f"line {error.lineno}, column {error.colno}" if whole else f"column {error.colno}"
        raise ValueError(f"not valid JSON at {position} ({error.msg}); each article is {FIELDS}") from None
    except RecursionError:
        raise ValueError(f"JSON nested too deeply; each article is {FIELDS}") from None


def _document(record: Any, published: date | None) -> Document:
    if not isinstance(record, dict):
        raise ValueError(f"a JSON {type(record).__name__}, not an article; each article is {FIELDS}")
    for name in ("text", "id", "title", "url"):
        if record.get(name) is not None and not isinstance(record[name], str) and not (name == "id" and isinstance(record[name], int)):
            raise ValueError(f"`{name}` is not a string; each article is {FIELDS}")
    text = record.get("text") or ""
    if not text.strip():
        raise ValueError("the article is empty: `text` is missing or blank")
    when = day(record["published"]) if record.get("published") else published
    return Document(str(record.get("id") or identity(text)), text, record.get("title") or "", when, record.get("url") or "")


def _raise(faults: list[str]) -> None:
    if faults:
        raise InputError("\n".join(faults))
