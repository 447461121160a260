"""Markdown -> plain paragraphs, separated by a blank line."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def paragraphs(source: str) -> str:
    """The words of headings, paragraphs, list items, quotations and table cells; code, HTML and images are left out."""
    return "\n\n".join(text for _, text in _blocks(source) if text)


def heading(source: str) -> str:
    """The first heading, or nothing."""
    return next((text for before, text in _blocks(source) if before == "heading_open"), "")


def _blocks(source: str) -> Iterator[tuple[str, str]]:
    """Each block's opening token's type and its text."""
    before = ""
    for token in _parser().parse(source):
        if token.type == "inline":
            yield before, "".join(_words(token)).strip()
        before = token.type


def _words(inline: "Token") -> Iterator[str]:
    for child in inline.children or ():
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak":
            yield "\n"


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")
