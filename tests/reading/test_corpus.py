"""Files, folders and the standard input as documents, and one clear sentence for each that cannot be read."""

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipgraph.errors import InputError
from dipgraph.model import Document
from dipgraph.reading.corpus import corpus
from dipgraph.reading.formats import first_line
from dipgraph.reading.markdown import paragraphs

GOOD = '{"text": "Fine."}\n'


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(*paths: Path | str, **options: object) -> list[Document]:
    return list(corpus(paths, **options))  # type: ignore[arg-type]


BAD: dict[str, tuple[str, str | bytes, str]] = {
    "binary": ("a.txt", b"\x89PNG\0\0", "a.txt: this is a binary file; dipgraph reads text in UTF-8: convert it to that."),
    "utf16": ("a.txt", "Hm".encode("utf-16"), "a.txt: this is UTF-16; dipgraph reads UTF-8: save the file as that."),
    "utf8": ("a.txt", b"caf\xe9 on", "a.txt: not valid UTF-8 at byte 3 (0xe9); save the file as UTF-8."),
    "utf8 after a mark": ("a.md", b"\xef\xbb\xbfa\xff", "a.md: not valid UTF-8 at byte 4 (0xff); save the file as UTF-8."),
    "empty": ("a.txt", " \n", "a.txt: the article is empty; it needs a text."),
    "empty markdown": ("a.md", "---\ntitle: x\n---\n", "a.md: the article is empty; it needs a text."),
    "empty lines": ("a.jsonl", "\n\n", "a.jsonl: the file is empty; it needs at least one article."),
    "no articles": ("a.json", "[]", "a.json: the file is empty; it needs at least one article."),
    "line 7": (
        "a.jsonl", GOOD * 6 + '{"text": "x",}\n',
        "a.jsonl, line 7: not valid JSON (Illegal trailing comma before end of object at column 13); each line must be one JSON object.",
    ),
    "utf8 on line 2": (
        "a.jsonl", GOOD.encode() + b'{"text": "\xff"}\n',
        "a.jsonl, line 2: not valid UTF-8 at byte 28 (0xff); save the file as UTF-8.",
    ),
    "json": ("a.json", '{"text":\n', "a.json, line 2: not valid JSON (Expecting value at column 1); mend the file."),
    "deep": ("a.json", "[" * 100_000, "a.json: not valid JSON (nested too deeply); mend the file."),
    "no object": ("a.jsonl", "[1]\n", 'a.jsonl, line 1: not a JSON object; an article is one, like {"text": "…"}.'),
    "no object in list": ("a.json", "[3]", 'a.json, article 1: not a JSON object; an article is one, like {"text": "…"}.'),
    "no text": ("a.json", '{"body": "x"}', 'a.json: no "text" (its fields: body); an article needs one, as a string.'),
    "text": ("a.json", '{"text": ["x"]}', 'a.json: "text" is a list; it must be a string.'),
    "id": ("a.json", '{"text": "x", "id": true}', 'a.json: "id" is true or false; it must be a string.'),
    "surrogate": ("a.json", '{"text": "\\ud800"}', 'a.json: "text" holds half a character (a lone surrogate); write the character whole.'),
    "date": ("a.json", '{"text": "x", "published": "6 May"}', "a.json: \"published\" is '6 May'; it must be a date like 2020-05-06, or absent."),
    "old": ("a.json", '{"text": "x", "published": "0999-05-06"}', "a.json: \"published\" is '0999-05-06'; it must be a date like 2020-05-06, or absent."),
    "old front matter": ("a.md", "---\npublished: 0999-05-06\n---\nx", "a.md: \"published\" is '0999-05-06'; it must be a date like 2020-05-06, or absent."),
    "long": ("a.txt", "x" * 1_000_001, "a.txt: the text is longer than a million characters; split it."),
    "front matter": (
        "a.md", "---\ntitle: [x\n---\ntext",
        "a.md, line 3: the front matter between the two lines of --- is not valid YAML (did not find expected ',' or ']'); mend it.",
    ),
    "suffix": ("a.pdf", "x", "a.pdf: dipgraph does not read .pdf files; it reads .json, .jsonl, .markdown, .md, .ndjson, .txt: convert it to one of these."),
    "same id": (
        "a.jsonl", '{"id": "x", "text": "a"}\n{"id": "x", "text": "b"}\n',
        "a.jsonl, line 2: the id 'x' is taken by a.jsonl, line 1; ids must differ: change one of them.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file, content, message = BAD[name]
    write(tmp_path, file, content)
    with pytest.raises(InputError) as error:
        read(file)
    assert str(error.value) in (
        message,
        message.replace("Illegal trailing comma before end of object at column 13", _OLD),
    )
    assert error.value.exit_code == 2


_OLD = "Expecting property name enclosed in double quotes at column 14"
"""What Python before 3.13 says of a trailing comma."""


def test_missing_file_and_empty_folder_are_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "folder/picture.png", "x")
    with pytest.raises(InputError) as error:
        read("gone.txt", "folder")
    assert str(error.value).splitlines() == [
        "gone.txt: there is no such file or folder; check the path.",
        "folder: no file to read in this folder; dipgraph reads .json, .jsonl, .markdown, .md, .ndjson, .txt.",
    ]


def test_all_faults_of_a_file_are_said_at_once_but_not_without_end(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", "{\n" * 30)
    with pytest.raises(InputError) as error:
        read(path)
    lines = str(error.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… and 10 more."


def test_nothing_given() -> None:
    with pytest.raises(InputError, match="Nothing to read"):
        read()


def test_plain_text_is_unchanged(tmp_path: Path) -> None:
    content = "A title\r\n\r\nThe “text”, naïve.\r\n"
    (document,) = read(write(tmp_path, "one.txt", content))
    assert document == Document("one", content, "A title")


@pytest.mark.parametrize(
    ("text", "title"),
    [("T\n\nx", "T"), ("A sentence.\n\nx", ""), ("T\nx\ny", ""), ("T\n\n", ""), ("x" * 121 + "\n\ny", ""), ("", "")],
)
def test_title_of_plain_text(text: str, title: str) -> None:
    assert first_line(text) == title


def test_markdown(tmp_path: Path) -> None:
    text = "---\nid: m\npublished: 2020-05-06\nurl: https://x.example\n---\n# The *head*\n\nOne\ntwo [three](u) **four**.\n\n- item\n\n```\ncode\n```\n\n> quote\n"
    (document,) = read(write(tmp_path, "a.md", text))
    expected = "The head\n\nOne two three four.\n\nitem\n\nquote"
    assert document == Document("m", expected, "The head", date(2020, 5, 6), "https://x.example")


def test_markdown_table() -> None:
    assert paragraphs("| a | b |\n|---|---|\n| c | d |\n") == "a\n\nb\n\nc\n\nd"


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {"id": 7, "title": "T", "published": "2020-05-06T10:00:00Z", "text": "One.", "url": "u", "more": [1]},
        {"text": "Two.", "title": None, "published": None},
    ]
    path = write(tmp_path, "a.jsonl", "\n\n".join(map(json.dumps, lines)))
    one, two = read(path, published=date(2021, 1, 1))
    assert one == Document("7", "One.", "T", date(2020, 5, 6), "u")
    assert two.id.startswith("text-")
    assert (two.text, two.published) == ("Two.", date(2021, 1, 1))


def test_no_date_is_no_date(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.txt", "Text."))[0].published is None


def test_a_text_twice_without_an_id_is_one_document(tmp_path: Path) -> None:
    found = corpus([write(tmp_path, "a.jsonl", GOOD * 2)])
    assert len(found) == len(list(found)) == 1


def test_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b/x.txt", "a/x.txt", "a/.hidden/y.txt", "z.pdf"):
        write(tmp_path, name, "Text.")
    monkeypatch.chdir(tmp_path)
    name = tmp_path.name
    for same in (tmp_path, ".", "a/.."):
        assert [d.id for d in read(same)] == [f"{name}/a/x", f"{name}/b/x"]
    assert [d.id for d in read(tmp_path, tmp_path / "a" / "x.txt")] == [f"{name}/a/x", f"{name}/b/x"], "once is enough"
    assert [d.id for d in [*read("a"), *read("b")]] == ["a/x", "b/x"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode")
def test_a_name_that_is_not_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a/caf\udce9.txt", "Text.")
    for name, shown in (("a", "a/caf"), ("a/caf\udce9.txt", "a/caf"), ("\udce9", "")):
        with pytest.raises(InputError) as error:
            read(name)
        tail = ".txt" if shown else ""
        assert str(error.value) == f"{shown}\\xe9{tail}: the name is not valid UTF-8; rename it."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Plain.\n", "Plain.\n"),
        (b"[1] Plain.", "[1] Plain."),
        (b'{"text": "Json."}', "Json."),
        (b' [\n{"text": "Json."}]', "Json."),
    ],
)
def test_standard_input_can_be_iterated_twice(data: bytes, text: str) -> None:
    found = corpus(["-"], stdin=io.BytesIO(data))
    assert [d.text for d in found] == [d.text for d in found] == [text]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_every_text_comes_back_from_json(text: str) -> None:
    data = json.dumps({"text": text}).encode()
    assert [d.text for d in corpus(["-"], stdin=io.BytesIO(data))] == [text]


@given(st.binary(min_size=1))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    try:
        found = list(corpus(["-"], stdin=io.BytesIO(data)))
    except InputError as error:
        assert str(error).startswith("standard input")
    else:
        assert found[0].text.strip()
