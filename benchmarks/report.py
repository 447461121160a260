"""`make bench-report`: how long a report takes and how large it is, as ratios against reading all facts from the same store.

Made-up worlds of states of two sides, one fact in ten against them. Each measurement is CPU seconds in a process of its
own, with all libraries loaded before the clock starts.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/pipeline"))
from worlds import stored, world  # noqa: E402

import dipgraph  # noqa: E402
from dipgraph import ontology  # noqa: E402
from dipgraph.knowledge import gazetteer  # noqa: E402

SIZES = {500: 40, 7_500: 120, 26_000: 190}
"""Facts, before merging, and states."""
BASELINE = "reading all facts (baseline)"


def facts(path: Path) -> str:
    """Every fact with its claims, and every document."""
    with dipgraph.open(path) as kg:
        return f"{len(list(kg.facts()))} facts, {len(list(kg.documents()))} documents"


WORK: dict[str, Callable[[Path], str]] = {
    BASELINE: facts,
    "the report as HTML": dipgraph.report,
    "the report as Markdown": lambda path: dipgraph.report(path, format="markdown"),
}


def measured(name: str, path: Path) -> str:
    """CPU seconds and megabytes of one piece of work."""
    ontology.load()
    gazetteer.load()
    with tempfile.TemporaryDirectory() as folder:
        stored(Path(folder) / "warm", world(4, 20, documents=2))
        WORK[name](Path(folder) / "warm")
    begin = time.process_time()
    made = WORK[name](path)
    return f"{time.process_time() - begin:.3f} {len(made.encode()) / 1e6:.2f}"


def main() -> None:
    """Measure and print a table; with the name of a piece of work and a graph, its figures."""
    if len(sys.argv) > 1:
        print(measured(sys.argv[1], Path(sys.argv[2])))
        return
    print(f"{'':32}{'cpu-s':>8}{'ratio':>8}{'MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for size, states in SIZES.items():
            path = Path(folder) / str(size)
            stored(path, world(states, size, documents=size // 20))
            print(f"{facts(path)}, {states} states", flush=True)
            baseline = 0.0
            for name in WORK:
                run = subprocess.run([sys.executable, __file__, name, path], capture_output=True, text=True, check=True)
                seconds, size_mb = map(float, run.stdout.split())
                baseline = baseline or seconds
                shown = "" if name == BASELINE else f"{size_mb:8.1f}"
                print(f"{name:32}{seconds:8.1f}{seconds / baseline:8.1f}{shown}", flush=True)


if __name__ == "__main__":
    main()
