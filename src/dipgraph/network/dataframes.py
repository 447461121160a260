"""Rows of results as plain records, and these as data frames of pandas or polars where those are installed."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from importlib import import_module
from math import isnan
from typing import Any

from dipgraph.errors import InputError

Record = dict[str, Any]
LIBRARIES = ("pandas", "polars")


def records(rows: Iterable[Any]) -> list[Record]:
    """Rows (dataclasses, or records already) as records of what JSON knows: texts, numbers, lists and null."""
    return [
        {name: _plain(value) for name, value in (_fields(row) if is_dataclass(row) else dict(row)).items()}
        for row in rows
    ]


def frame(rows: Sequence[Record], library: str = LIBRARIES[0]) -> Any:
    """Records as a data frame; InputError, in one sentence, if the library is not installed."""
    if library not in LIBRARIES:
        raise InputError(f"data frames are of {' or '.join(LIBRARIES)}, not of {library!r}.")
    try:
        return import_module(library).DataFrame(list(rows))
    except ModuleNotFoundError:
        raise InputError(
            f"{library} is not installed; data frames need it: pip install 'dipgraph[{library}]'."
        ) from None


def _fields(row: Any) -> Record:
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and isnan(value) else value
