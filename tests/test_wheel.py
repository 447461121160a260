"""What is installed works without the checkout: ontology, data and the page's files are in the wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_ontology_data_and_page_are_in_it(unpacked: Path) -> None:
    for folder in ("ontology", "data"):
        shipped = {
            p.relative_to(unpacked / "dipgraph/shipped" / folder)
            for p in (unpacked / "dipgraph/shipped" / folder).rglob("*")
        }
        assert shipped == {p.relative_to(ROOT / folder) for p in (ROOT / folder).rglob("*")}
    for name in ("page.html.j2", "app.css", "page.schema.json", "script/app.js"):
        assert (unpacked / "dipgraph/views" / name).is_file()
    assert (unpacked / "dipgraph/py.typed").exists()


def test_it_reads_without_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r}); import dipgraph\n"
        "assert dipgraph.__file__.startswith(sys.path[0]), dipgraph.__file__\n"
        "print([f['type'] for f in dipgraph.extract(dipgraph.Document('a', 'Xi Jinping met Vladimir Putin.'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['Meeting']"
