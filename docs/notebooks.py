"""`make notebooks`: run every notebook where it stands, and keep its outputs as they ran.

What differs from run to run (times, ids of kernels) is left out, and so are pages too big to keep.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
LARGEST = 200_000
"""Characters of an output that are kept at most."""
NOTE = "Run the notebook to see the page here."


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook as it runs in its own folder."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            trimmed(output)
    return notebook


def trimmed(output: nbformat.NotebookNode) -> None:
    """Replace what is too big to keep."""
    data = output.get("data", {})
    for kind in [kind for kind, content in data.items() if len(str(content)) > LARGEST]:
        del data[kind]
        data["text/plain"] = NOTE


def main(paths: list[Path]) -> None:
    """Run the notebooks given, or all."""
    for path in paths or sorted((ROOT / "notebooks").glob("*.ipynb")):
        nbformat.write(executed(path), path)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
