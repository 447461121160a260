"""`make golden`: put the demo's output into the README."""

import re
from pathlib import Path

from click.testing import CliRunner

from dipgraph.cli import main

README = Path(__file__).parents[1] / "README.md"


def demo() -> str:
    """What `make demo` prints."""
    runner = CliRunner()
    with runner.isolated_filesystem():
        return runner.invoke(main, ["demo", "--into", "demo-output"]).stdout.rstrip()


def regenerated(text: str) -> str:
    """The README with today's output."""
    return re.sub(r"(?s)(\$ make demo\n).*?(?=\n```)", lambda m: m[1] + demo(), text, count=1)


if __name__ == "__main__":
    README.write_text(regenerated(README.read_text(encoding="utf-8")), encoding="utf-8")
