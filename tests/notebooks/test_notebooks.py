"""Every notebook runs from top to bottom, and shows what it says; its outputs are stored as it ran (`make notebooks`)."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PICTURES = {"image/png", "image/svg+xml"}
LARGEST = 200_000


def kinds(cell: nbformat.NotebookNode) -> set[str]:
    """What the outputs of a cell are."""
    return {kind for output in cell.outputs for kind in output.get("data", {"text/plain": ""})}


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_five() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path) -> None:
    pytest.importorskip("matplotlib")
    notebook, stored = (nbformat.read(path, as_version=4) for _ in range(2))
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    errors = [output.text for cell in code(notebook) for output in cell.outputs if output.get("name") == "stderr"]
    assert errors == []
    for ran, kept in zip(code(notebook), code(stored), strict=True):
        assert bool(ran.outputs) == bool(kept.outputs), f"run make notebooks: {ran.source[:60]}"
        assert kinds(ran) & PICTURES == kinds(kept) & PICTURES, f"run make notebooks: {ran.source[:60]}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_as_it_ran(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert any(kinds(cell) & PICTURES for cell in code(notebook)), "there is no picture"
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))
    assert path.stat().st_size < LARGEST
    assert not any("execution" in cell.metadata for cell in notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_teaches(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].source.startswith("# ") and cells[-1].cell_type == "markdown"
    prose = sum(len(cell.source) for cell in cells if cell.cell_type == "markdown")
    assert prose > 900
