"""Every notebook runs from top to bottom, says what it said when it was stored (`make notebooks`), and teaches."""

import base64
import os
import re
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
CAPTION = re.compile(r"\*\*Figure (\d+)\.\*\* (.+)", re.DOTALL)
LARGEST = 500_000
LINES, WIDTH = 19, 113
"""Lines of a cell of code and characters of a line at most: the story must not drown in them."""
PRELUDE = """
import socket
import matplotlib.pyplot as plt

def refused(*_):
    raise OSError("the notebooks need no network")

def told(axis):
    words = [label.get_text() for label in axis.get_ticklabels()]
    years = all(word.isdecimal() and 1900 < int(word) < 2100 for word in words if word)
    return axis.get_label_text() or years or any(character.isalpha() for word in words for character in word)

def checked():
    assert plt.rcParams["axes.titlelocation"] == "left", "it has another look than the others"
    for axes in plt.gcf().axes:
        titles = [plt.gcf().get_suptitle(), *(axes.get_title(place) for place in ("left", "center"))]
        assert any(titles), "it needs a title that says what it shows"
        assert not axes.axison or (told(axes.xaxis) and told(axes.yaxis)), "label its axes"
        assert all(text.get_fontsize() >= 9 for text in axes.texts), "that is too small to read"
    show()

socket.getaddrinfo = socket.create_connection = refused
show, plt.show = plt.show, checked
"""
"""Goes before the first cell: there is no network, and every drawing must be legible by itself."""
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@cache
def stored(path: Path) -> Any:
    """The notebook as it is in the repository."""
    return nbformat.read(path, as_version=4)


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def is_picture(output: Any) -> bool:
    return "image/png" in output.get("data", {})


def is_page(output: Any) -> bool:
    return "<iframe" in output.get("data", {}).get("text/html", "")


def shown(cell: Any) -> list[str]:
    """What a cell shows, as far as it is the same wherever it runs: texts, and where there is a picture (or a page, of which
    a photograph is stored)."""
    return [
        "picture"
        if is_picture(output) or is_page(output)
        else output.get("text") or output.data.get("text/markdown") or output.data["text/plain"]
        for output in cell.outputs
    ]


def frameless(output: Any) -> bool:
    """Whether an output is no bare frame, and no list or dictionary as Python prints it."""
    data = output.get("data", {})
    html, text = data.get("text/html", ""), output.get("text") or data.get("text/plain", "")
    told = {"text/markdown", "image/png"} & set(data)
    return ("<table" not in html) and bool(
        told or is_page(output) or not re.match(r"[\[{(]|Table\(|shape: \(|\w+\(", text)
    )


def test_there_are_five() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@each_notebook
def test_notebook_runs_and_says_what_is_stored(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = sorted(FOLDER.rglob("*"))
    notebook = nbformat.read(path, as_version=4)
    kept = code(stored(path))
    notebook.cells.insert(0, nbformat.v4.new_code_cell(PRELUDE))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the machinery of Jupyter itself
        NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
        ).execute()
    ran = code(notebook)[1:]
    assert [output.text for cell in ran for output in cell.outputs if output.get("name") == "stderr"] == []
    for now, then in zip(ran, kept, strict=True):
        assert shown(now) == shown(then), f"run make notebooks; the cell is\n{now.source}"
        assert all(map(frameless, now.outputs)), f"a frame says nothing by itself:\n{now.source}"
    assert sorted(FOLDER.rglob("*")) == before, "a notebook writes beside itself"


@each_notebook
def test_what_is_stored_is_fit_to_be_read(path: Path) -> None:
    notebook = stored(path)
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))
    assert not any("execution" in cell.metadata for cell in notebook.cells)
    text = path.read_text(encoding="utf-8")
    assert len(text) < LARGEST
    for place in (str(ROOT), str(Path.home()), os.environ.get("TMPDIR", "/tmp/"), "/tmp/", "Warning"):
        assert place not in text, f"{place} stands in an output"
    outputs = [output for cell in code(notebook) for output in cell.outputs]
    assert {output.get("name", "stdout") for output in outputs} == {"stdout"}
    assert all(map(frameless, outputs))


@each_notebook
def test_every_picture_has_its_caption_before_it(path: Path) -> None:
    cells, captions = stored(path).cells, []
    for cell in cells:
        if cell.cell_type == "markdown":
            waiting = CAPTION.search(cell.source)
            if waiting:
                captions.append(int(waiting[1]))
        elif any(map(is_picture, cell.outputs)):
            assert waiting, f"no caption before\n{cell.source}"
            words = " ".join(waiting[2].split()).replace("`", "")
            assert cell.metadata["alt"] == words and len(words) > 40
            waiting = None
    pictures = sum(is_picture(output) for cell in code(stored(path)) for output in cell.outputs)
    assert captions == list(range(1, pictures + 1)) and pictures >= 2


@each_notebook
def test_code_is_short(path: Path) -> None:
    for cell in code(stored(path)):
        lines = cell.source.splitlines()
        assert len(lines) <= LINES and max(map(len, lines)) <= WIDTH, cell.source


@each_notebook
def test_notebook_teaches_and_leads_on(path: Path) -> None:
    told = markdown(stored(path))
    assert stored(path).cells[0].source.startswith("# ") and stored(path).cells[-1] is told[-1]
    assert sum(len(cell.source) for cell in told) > 1500
    following = NOTEBOOKS[(NOTEBOOKS.index(path) + 1) :]
    assert "**Try next:**" in told[-1].source
    assert f"({following[0].name if following else 'README.md'})" in told[-1].source
    for link in re.findall(r"\]\(([^)]+)\)", "\n".join(cell.source for cell in told)):
        assert (FOLDER / link).exists(), link


@each_notebook
def test_the_list_shows_the_cover(path: Path) -> None:
    cover = FOLDER / "pictures" / f"{path.stem}.png"
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"({path.name})" in text and f"pictures/{cover.name}" in text
    (cell,) = (cell for cell in code(stored(path)) if "cover" in cell.metadata.get("tags", ()))
    (picture,) = (output.data["image/png"] for output in cell.outputs)
    assert base64.b64decode(picture) == cover.read_bytes(), "run make notebooks"
    assert stored(path).cells[0].source.splitlines()[0][2:] in text
