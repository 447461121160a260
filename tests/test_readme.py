"""The README is run: its output is the program's, its commands exist, its Turtle file works."""

import ast
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import dipgraph
from dipgraph.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_first_screen_shows_what_make_demo_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["demo", "--into", "demo-output"])
    command, _, output = blocks("console")[0].partition("\n")
    assert command == "$ make demo"
    assert "dipgraph demo --into demo-output" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert result.stdout.rstrip() == output.rstrip()


@pytest.mark.parametrize(
    "line", re.findall(r"^\$ dipgraph (.+?)(?: +#.*)?$", "\n".join(blocks("console")), re.MULTILINE)
)
def test_commands_and_their_options_exist(line: str) -> None:
    words = line.split()
    names = words[:2] if words[0] == "ontology" else words[:1]
    shown = CliRunner().invoke(main, [*names, "--help"])
    assert shown.exit_code == 0, shown.output
    for option in (word for word in words if word.startswith("-")):
        assert re.search(rf"(^|[\s,]){re.escape(option)}\b", shown.output), f"{option} is no option of {names}"


def test_python_names_exist() -> None:
    for block in blocks("python"):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "dipgraph":
                assert hasattr(dipgraph, node.attr)


def test_the_turtle_file_is_a_new_kind_of_fact(tmp_path: Path) -> None:
    (tmp_path / "gift.ttl").write_text(blocks("turtle")[0], encoding="utf-8")
    assert dipgraph.check_ontology([tmp_path]) == []
    facts = list(
        dipgraph.extract(
            dipgraph.Document("a", "Xi Jinping presented Emmanuel Macron with a vase."), ontology=[tmp_path]
        )
    )
    assert "GiftGiven" in {fact["type"] for fact in facts}  # beside a message, which a gift between leaders is too


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
