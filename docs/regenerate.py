"""`make golden`: put the demo's output and the measured figures of reading into the README."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

import dipgraph
from dipgraph.cli import main

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared/gold"
README = ROOT / "README.md"


def demo() -> str:
    """What `make demo` prints."""
    runner = CliRunner()
    with runner.isolated_filesystem():
        return runner.invoke(main, ["demo", "--into", "demo-output"]).stdout.rstrip()


def figures() -> dict[str, list[float] | float]:
    """The scorer's figures over the development articles."""
    lines = [json.dumps(fact) for fact in dipgraph.extract(GOLD / "dev") if fact["document"]]
    named = [json.dumps({**json.loads(line), "document": Path(json.loads(line)["document"]).stem}) for line in lines]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as file:
        file.write("\n".join(named))
    command = [sys.executable, str(GOLD / "score.py"), str(GOLD / "dev"), file.name, "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def regenerated(text: str) -> str:
    """The README with today's output and figures."""
    text = re.sub(r"(?s)(\$ make demo\n).*?(?=\n```)", lambda m: m[1] + demo(), text, count=1)
    if not GOLD.is_dir():
        return text
    found = figures()
    for label, key in (("facts ", "fact"), ("strict ", "strict")):
        row = " | ".join(f"{value:.2f}" for value in found[key])
        text = re.sub(
            rf"(\| {label}\([^|]*\|) [\d.]+ \| [\d.]+ \| [\d.]+ \|", lambda m, row=row: f"{m[1]} {row} |", text
        )
    for key in ("status", "time", "place", "attribution"):
        text = re.sub(rf"({key} (?:is right )?in) \d+%", lambda m, key=key: f"{m[1]} {found[key]:.0%}", text)
    return text


if __name__ == "__main__":
    README.write_text(regenerated(README.read_text(encoding="utf-8")), encoding="utf-8")
