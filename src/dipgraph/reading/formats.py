"""One file's bytes -> its articles, by the file's suffix: the table `FORMATS` is the list of what can be read."""

import codecs
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import BinaryIO

from dipgraph.reading.fields import Read, article

TITLE_LENGTH = 120
"""A first line up to this long, with a blank line after it and no full stop, is the title of a plain text."""


class Undecodable(Exception):
    """Bytes that are no text; the message says why."""


def plain(where: str, file: BinaryIO, name: str, published: date | None) -> Iterator[Read]:
    """A plain text, unchanged: offsets count from the start of the file. Its title stays in the text."""
    try:
        text = decoded(file.read())
    except Undecodable as fault:
        yield Read(where, faults=(f"{where}: {fault}",))
        return
    yield article(where, {"text": text, "title": first_line(text)}, name=name, published=published)


def first_line(text: str) -> str:
    """The title that a plain text shows by its layout, or nothing."""
    lines = text.splitlines()
    short = len(lines) > 2 and 0 < len(lines[0].strip()) <= TITLE_LENGTH and not lines[0].rstrip().endswith(".")
    return lines[0].strip() if short and not lines[1].strip() and any(lines[2:]) else ""


def markdown(where: str, file: BinaryIO, name: str, published: date | None) -> Iterator[Read]:
    """Markdown with optional YAML front matter (`id`, `title`, `published` or `date`, `url`): its paragraphs as plain text."""
    import frontmatter
    import yaml  # type: ignore[import-untyped]

    from dipgraph.reading.markdown import heading, paragraphs

    try:
        front, body = frontmatter.parse(decoded(file.read()))
    except Undecodable as fault:
        yield Read(where, faults=(f"{where}: {fault}",))
        return
    except (yaml.YAMLError, ValueError) as error:
        why = " ".join(str(getattr(error, "problem", None) or error).split())
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        yield Read(
            where,
            faults=(
                f"{where}{line}: the front matter between the two lines of --- is not valid YAML ({why}); mend it.",
            ),
        )
        return
    fields = {"published": front.get("date"), "title": heading(body), **front, "text": paragraphs(body)}
    yield article(where, fields, name=name, published=published)


def json_lines(where: str, file: BinaryIO, name: str, published: date | None) -> Iterator[Read]:
    """One JSON object a line with the fields of an article; blank lines are skipped."""
    offset = 0
    for number, line in enumerate(file, start=1):
        place = f"{where}, line {number}"
        try:
            text = decoded(line, offset=offset, first=number == 1)
            if text.strip():
                yield _record(place, json.loads(text), published)
        except Undecodable as fault:
            yield Read(place, faults=(f"{place}: {fault}",))
            if b"\0" in line:
                return
        except (ValueError, RecursionError) as error:
            yield Read(
                place, faults=(f"{place}: not valid JSON ({_reason(error)}); each line must be one JSON object.",)
            )
        offset += len(line)


def json_file(where: str, file: BinaryIO, name: str, published: date | None) -> Iterator[Read]:
    """One JSON object with the fields of an article, or a list of them."""
    try:
        content = json.loads(decoded(file.read()))
    except Undecodable as fault:
        yield Read(where, faults=(f"{where}: {fault}",))
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        yield Read(where, faults=(f"{where}{line}: not valid JSON ({_reason(error)}); mend the file.",))
    else:
        if isinstance(content, list):
            yield from (_record(f"{where}, article {n}", each, published) for n, each in enumerate(content, start=1))
        else:
            yield _record(where, content, published)


Format = Callable[[str, BinaryIO, str, date | None], Iterable[Read]]

FORMATS: Mapping[str, Format] = {
    ".json": json_file,
    ".jsonl": json_lines,
    ".markdown": markdown,
    ".md": markdown,
    ".ndjson": json_lines,
    ".txt": plain,
}


def decoded(data: bytes, *, offset: int = 0, first: bool = True) -> str:
    """The bytes as text without a byte order mark; `Undecodable` with the byte offset in the file if they are not UTF-8."""
    if first and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Undecodable("this is UTF-16; dipgraph reads UTF-8: save the file as that.")
    if b"\0" in data:
        raise Undecodable("this is a binary file; dipgraph reads text in UTF-8: convert it to that.")
    mark = codecs.BOM_UTF8 if first else b""
    try:
        return data.removeprefix(mark).decode()
    except UnicodeDecodeError as error:
        at = offset + error.start + (len(mark) if mark and data.startswith(mark) else 0)
        byte = f"0x{error.object[error.start]:02x}"
        raise Undecodable(f"not valid UTF-8 at byte {at} ({byte}); save the file as UTF-8.") from None


def _record(where: str, value: object, published: date | None) -> Read:
    if not isinstance(value, dict):
        return Read(where, faults=(f'{where}: not a JSON object; an article is one, like {{"text": "…"}}.',))
    return article(where, value, published=published)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())
