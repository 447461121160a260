"""docs/analysis.md says what is so: its commands and names exist, its tables are those of the program, its Python runs."""

import importlib
import inspect
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import dipgraph
from dipgraph.cli import main

TEXT = (Path(__file__).parents[1] / "docs/analysis.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (`.+?) \| (.+?) \|", TEXT, re.MULTILINE)
ANALYSES = {row[0].strip("`"): re.findall(r"`(\w+)`", row[1]) for row in ROWS if "(" not in row[0]}
SIGNATURES = [found for row in ROWS for found in re.findall(r"`(\w+)\.(\w+)\((.*?)\)`", row[0])]


def test_the_analyses_and_their_tables_are_those_of_the_program(made: Path) -> None:
    assert set(ANALYSES) == set(dipgraph.analyses())
    for name, tables in ANALYSES.items():
        assert set(dipgraph.analyze(made, name)) == set(tables)


def test_the_columns_are_those_of_the_legend() -> None:
    text = (Path(dipgraph.__file__).parent / "pipeline/glossary.toml").read_text(encoding="utf-8")
    told = [f"- `{name}`: {meaning}" for columns in tomllib.loads(text).values() for name, meaning in columns.items()]
    assert re.findall("^- `.*$", TEXT, re.MULTILINE) == told


@pytest.mark.parametrize(("module", "name", "arguments"), SIGNATURES)
def test_functions_have_these_arguments(module: str, name: str, arguments: str) -> None:
    function = getattr(importlib.import_module(f"dipgraph.network.{module}"), name)
    assert function.__doc__
    parameters = inspect.signature(function).parameters.values()
    keywords = [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]
    places = [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY]
    assert arguments == ", ".join([*places, *(["*", *keywords] if keywords else [])])


@pytest.mark.parametrize("line", re.findall(r"^\$ dipgraph (.+?) +#", TEXT, re.MULTILINE))
def test_commands_run(line: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # what is drawn is written here
    if "--plot" in line:
        pytest.importorskip("matplotlib")
    result = CliRunner().invoke(main, shlex.split(line.replace("KG", str(made))))
    assert result.exit_code == 0, result.output


def test_the_python_runs(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.parent)
    made.rename(made.parent / "KG")
    optional = re.compile(r"^.*dipgraph\.(dataframe|plot).*$", re.MULTILINE)
    for block in re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL):
        exec(
            compile(optional.sub("", block).replace("as_of=2020", "as_of=2022"), "analysis.md", "exec"),
            {"dipgraph": dipgraph},
        )
