"""Paths -> documents. Text stays as it is, so that the offsets of evidence are those of the file's text."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from dipgraph.errors import InputError
from dipgraph.model import Document
from dipgraph.reading import records


def _text(text: str, where: str, published: date | None) -> list[Document]:
    """A first line on its own, short and without a full stop, is the title too; it stays in the text."""
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip() if rest.startswith("\n") and len(first) < 120 and not first.rstrip().endswith(".") else ""
    return [Document(Path(where).stem, text, title, published)]


def _markdown(text: str, where: str, published: date | None) -> list[Document]:
    """YAML front matter gives title, date and address; the body loses its markup, not its paragraphs."""
    import frontmatter
    import yaml

    try:
        meta, body = frontmatter.parse(text)
        when = records.day(meta["published"]) if meta.get("published") else published
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"{where}: front matter: {' '.join(str(error).split())}") from None
    plain, heading = _plain(body)
    if not plain.strip():
        raise InputError(f"{where}: the article is empty: no text after its front matter; write some or leave the file out")
    fields = {name: str(meta.get(name) or "") for name in ("id", "title", "url")}
    return [Document(fields["id"] or Path(where).stem, plain, fields["title"] or heading, when, fields["url"])]


def _plain(body: str) -> tuple[str, str]:
    """The paragraphs of Markdown without markup, and its first heading."""
    from markdown_it import MarkdownIt

    paragraphs, heading = [], ""
    for block in MarkdownIt().parse(body):
        if block.type == "inline":
            words = "".join(
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in block.children or ()
                if child.type in ("text", "code_inline", "softbreak", "hardbreak")
            )
            if block.level == 1 and block.map and body.splitlines()[block.map[0]].lstrip().startswith("#"):
                heading = heading or words
            else:
                paragraphs.append(words)
    return "\n\n".join(p for p in paragraphs if p.strip()), heading


FORMATS: dict[str, Callable[[str, str, date | None], list[Document]]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".jsonl": records.from_lines,
    ".ndjson": records.from_lines,
    ".json": records.from_json,
}
"""The reader of each suffix."""


def read(paths: Iterable[Path | str], published: date | None = None) -> Iterator[Document]:
    """The documents of files, folders (all known suffixes in them, sorted) and `-` (standard input), in that order.

    `published` is the date of those that carry none. InputError says which file, where in it, and what to do.
    """
    seen: dict[str, str] = {}
    for path in _files(paths):
        for document in _read(path, published):
            if document.id in seen:
                raise InputError(
                    f"{path}: a second article with the id {document.id!r} (the first is in {seen[document.id]}); ids must differ"
                )
            seen[document.id] = str(path)
            yield document


def _files(paths: Iterable[Path | str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if str(path) == "-" or path.is_file():
            yield path
        elif path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in FORMATS and p.is_file())
            if not found:
                raise InputError(f"{path}: no article in this folder; files that can be read end in {', '.join(FORMATS)}")
            yield from found
        else:
            raise InputError(f"{path}: no such file or folder; check the spelling")


def _read(path: Path, published: date | None) -> list[Document]:
    if str(path) == "-":
        text = _decoded(sys.stdin.buffer.read(), "standard input")
        reader = records.from_lines if text.lstrip().startswith("{") else _text
        where = "standard input"
    else:
        reader = FORMATS.get(path.suffix.lower(), _text if not path.suffix else _unknown)
        try:
            text = _decoded(path.read_bytes(), str(path))
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None
        where = str(path)
    if not text.strip():
        raise InputError(f"{where}: the article is empty; write some text or leave the file out")
    return reader(text, where, published)


def _unknown(text: str, where: str, published: date | None) -> list[Document]:
    raise InputError(f"{where}: {Path(where).suffix} is not a known suffix; files that can be read end in {', '.join(FORMATS)}")


def _decoded(data: bytes, where: str) -> str:
    if b"\x00" in data[:4096]:
        raise InputError(f"{where}: a binary file, not text; files that can be read end in {', '.join(FORMATS)}")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
