"""What the columns of an analysis mean: `glossary.toml`, read."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


def meanings(analysis: str, columns: Iterable[str]) -> dict[str, str]:
    """What those columns mean, where a name alone does not tell it."""
    known = {**_glossary()["all"], **_glossary().get(analysis, {})}
    return {column: known[column] for column in columns if column in known}


@cache
def _glossary() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "glossary.toml").read_text(encoding="utf-8"))
