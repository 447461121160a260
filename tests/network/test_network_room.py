"""What may not stand in the room's code."""

import ast
import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

import dipgraph.ontology as ontologies
from dipgraph.ontology import Shortcut

ROOM = Path(__file__).parents[2] / "src/dipgraph/network"
FILES = sorted(ROOM.glob("*.py"))
MAY_IMPORT = ("dipgraph.network", "dipgraph.knowledge", "dipgraph.ontology", "dipgraph.model", "dipgraph.errors")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_python_names_no_kind_of_fact_and_no_role(path: Path) -> None:
    shipped = ontologies.load()
    own = {field.name for field in dataclasses.fields(Shortcut)}  # "target" is a word of every shortcut
    kinds = set(shipped.kinds)
    roles = {role for kind in shipped.kinds.values() for role in kind.roles}
    properties = {shortcut.predicate for kind in shipped.kinds.values() for shortcut in kind.shortcuts}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    names = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(tree)}
    assert not texts & (kinds | properties | set(shipped.statuses) | roles - own)
    assert not names & kinds
    assert not [name for name in kinds if name in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports_go_downwards_and_files_stay_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    names = [
        name
        for node in ast.walk(ast.parse(source))
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        )
    ]  # fmt: skip
    assert all(name.startswith(MAY_IMPORT) for name in names if name.startswith("dipgraph"))
    assert source.count("\n") < 300


def test_importing_the_room_does_not_import_networkx() -> None:
    code = "import sys, dipgraph.network.projection, dipgraph.network.measures, dipgraph.network.export; sys.exit('networkx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
