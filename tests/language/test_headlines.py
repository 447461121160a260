"""Headlines in title case: common words in lower case, names and everything else as they stand."""

import pytest

from dipgraph.language import headlines
from dipgraph.language.reader import Reader


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Minister Visits Peru, Signs Treaty", "Minister visits Peru, signs treaty"),
        ("Relations With Chad Severed by Israel", "Relations With Chad severed by Israel"),
        ("The Minister visits Peru", "The Minister visits Peru"),
        ("Organization of American States Meets", "Organization of American States meets"),
    ],
)
def test_only_common_words_of_title_case_are_lowered(reader: Reader, line: str, expected: str) -> None:
    text = f"{line}\n\nHe said so."
    assert headlines.recased(text, reader.names, reader.screen.knows) == f"{expected}\n\nHe said so."
