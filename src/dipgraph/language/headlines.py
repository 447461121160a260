"""Headlines In Title Case in the lower case that parsers have learnt, character for character, so that offsets stay."""

import re
from collections.abc import Callable

from dipgraph.language.names import Names, longest
from dipgraph.language.parse import fold
from dipgraph.language.time_patterns import MONTHS, WEEKDAYS

_LINE = re.compile(r"[^\n]+").finditer
_WORD = re.compile(r"[^\W\d_]+").finditer
_LONGEST = 25
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "its",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "s",
        "than",
        "the",
        "to",
        "up",
        "via",
        "with",
    ]
)


def recased(text: str, names: Names, is_common: Callable[[str], bool]) -> str:
    """The text, where the lines in title case have common words in lower case, save the first and those of known names."""
    characters = list(text)
    for line in _LINE(text):
        words = list(_WORD(text, line.start(), line.end()))
        common = [word for word in words[1:] if is_common(word[0].lower()) and word[0].lower() not in _CALENDAR]
        if len(words) > _LONGEST or not common or not all(_is_capital(word[0]) for word in words):
            continue
        named = [range(line.start() + begin, line.start() + begin + n) for begin, n, _ in longest(fold(line[0]), names)]
        for word in common:
            if not any(word.start() in span for span in named):
                characters[word.start()] = text[word.start()].lower()
    return "".join(characters)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word in _SMALL
