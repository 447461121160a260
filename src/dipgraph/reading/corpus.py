"""Paths -> a corpus: the documents of files, folders and the standard input, all checked before the first is used."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from dipgraph.errors import InputError
from dipgraph.model import Document
from dipgraph.reading.fields import Read, anonymous
from dipgraph.reading.formats import FORMATS, Format, json_file, json_lines, plain

SHOWN = 20
"""How many faults are listed before the rest is only counted."""

STDIN = "-"


@dataclass(frozen=True)
class Source:
    """One file or the standard input: what messages call it, how to read it, and the id of its text if it has none."""

    where: str
    format: Format
    name: str = ""
    path: Path | None = None
    data: bytes = b""

    def read(self, published: date | None) -> Iterator[Read]:
        """Its articles, each with its document or its faults."""
        try:
            with self._open() as file:
                yield from self.format(self.where, file, self.name, published)
        except OSError as error:
            yield Read(self.where, faults=(f"{self.where}: cannot be read ({error.strerror}).",))

    def _open(self) -> AbstractContextManager[BinaryIO]:
        return self.path.open("rb") if self.path else BytesIO(self.data)


@dataclass(frozen=True)
class Corpus:
    """Documents that can be iterated over again and again, read from their files each time: they need not fit in memory."""

    sources: tuple[Source, ...]
    published: date | None
    size: int

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Document]:
        seen: set[str] = set()
        for source in self.sources:
            for read in source.read(self.published):
                if read.document is None:
                    raise InputError("\n".join(read.faults))
                if read.document.id not in seen:
                    seen.add(read.document.id)
                    yield read.document


def corpus(paths: Iterable[Path | str], *, published: date | None = None, stdin: BinaryIO | None = None) -> Corpus:
    """The documents of files, folders (searched for files of a known suffix) and `-`, the standard input.

    `published` is the date of those that have none. InputError lists what is wrong with all of them at once.
    The id of a plain text or Markdown file without one is its name, after that of the folder given (`jan/01`).
    """
    faults: list[str] = []
    sources = tuple(_sources(paths, faults, stdin))
    if not sources and not faults:
        faults.append("Nothing to read: name a file, a folder, or - for the standard input.")
    size = _check(sources, published, faults)
    if faults:
        more = [f"… and {len(faults) - SHOWN} more."] if len(faults) > SHOWN else []
        raise InputError("\n".join([*faults[:SHOWN], *more]))
    return Corpus(sources, published, size)


def _check(sources: Sequence[Source], published: date | None, faults: list[str]) -> int:
    """The number of documents; every fault of every file is added to `faults`."""
    seen: dict[str, str] = {}
    for source in sources:
        empty = True
        for read in source.read(published):
            empty = False
            faults += read.faults
            if read.document is None:
                continue
            first = seen.setdefault(read.document.id, read.where)
            if first != read.where and not _is_anonymous(read.document):
                faults.append(
                    f"{read.where}: the id {read.document.id!r} is taken by {first}; ids must differ: change one of them."
                )
        if empty:
            faults.append(f"{source.where}: the file is empty; it needs at least one article.")
    return len(seen)


def _is_anonymous(document: Document) -> bool:
    return document.id == anonymous(document.text, document.title, document.published, document.url)


def _sources(paths: Iterable[Path | str], faults: list[str], stdin: BinaryIO | None) -> Iterator[Source]:
    seen: set[Path | str] = set()
    for given in paths:
        path = Path(given)
        if str(given) == STDIN:
            found: Iterable[Source] = [] if STDIN in seen else [_standard_input(stdin)]
            seen.add(STDIN)
        elif not _is_utf8(path):
            faults.append(_misnamed(path))
            found = []
        elif path.is_dir():
            found = _folder(path, faults)
        else:
            found = _file(path, faults)
        for source in found:
            real = source.path.resolve() if source.path else None
            if real is None or real not in seen:
                seen.add(real or STDIN)
                yield source


def _file(path: Path, faults: list[str]) -> Iterator[Source]:
    suffix = path.suffix.lower()
    if not path.exists():
        faults.append(f"{path}: there is no such file or folder; check the path.")
    elif suffix and suffix not in FORMATS:
        faults.append(f"{path}: dipgraph does not read {suffix} files; it reads {known()}: convert it to one of these.")
    elif path.is_file():
        yield Source(str(path), FORMATS.get(suffix, plain), path.stem, path)
    else:  # a pipe can be read only once
        yield Source(str(path), FORMATS.get(suffix, plain), data=path.read_bytes())


def _folder(folder: Path, faults: list[str]) -> Iterator[Source]:
    """Ids begin with the folder's own name, so that files of the same name in two folders are two documents."""
    name = folder.name if folder.name not in ("", "..") else folder.resolve().name
    empty = True
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.suffix.lower() in FORMATS and not hidden and path.is_file():
            empty = False
            if _is_utf8(inside):
                yield Source(
                    str(path), FORMATS[path.suffix.lower()], (Path(name) / inside.with_suffix("")).as_posix(), path
                )
            else:
                faults.append(_misnamed(path))
    if empty:
        faults.append(f"{folder}: no file to read in this folder; dipgraph reads {known()}.")


def _is_utf8(path: Path) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in str(path))


def _misnamed(path: Path) -> str:
    return f"{os.fsencode(path).decode(errors='backslashreplace')}: the name is not valid UTF-8; rename it."


def _standard_input(stdin: BinaryIO | None) -> Source:
    """JSON Lines if it starts like an object, JSON if like a list of objects, otherwise one plain text."""
    data = (stdin or sys.stdin.buffer).read()
    start = re.match(rb"\s*(\[\s*[{\]]|\{)?", data)
    format = {b"{": json_lines, b"": plain}.get(start[1] or b"", json_file) if start else plain
    return Source("standard input", format, data=data)


def known() -> str:
    """The suffixes that can be read, as a message says them."""
    return ", ".join(sorted(FORMATS))
