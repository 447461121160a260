"""`make bench-page`: how soon the page can be used, against pyvis as it comes, in the same run.

Made-up graphs of 200, 2,000 and 10,000 nodes with 2.6 facts a node. Time to interactive is from the start of loading to
the first frame after the drawing stands still: the page says that it is ready; pyvis has drawn, or, with the physics that
it comes with, its stabilisation is over. The wait for that is bounded. pyvis gets the same positions where physics is off.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/views"))
from sample import ontology, small  # noqa: E402

from dipgraph.views.payload import contract  # noqa: E402
from dipgraph.views.pyvis_page import html  # noqa: E402

SIZES = {200: (520, 3), 2_000: (5_200, 33), 10_000: (26_000, 166)}
"""Nodes, about: facts and copies of the sample's 60 entities."""
BOUND = 60.0
"""Seconds that the physics of pyvis may take."""
RUNS = 3
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
READY = "() => document.documentElement.dataset.ready === 'true'"
DRAWN = "() => typeof network !== 'undefined' && network.body.nodeIndices.length > 0 && network.canvas.frame.canvas.width > 0"
STILL = f"{DRAWN} && network.physics.ready === true"
FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def of_pyvis(document: dict[str, Any], *, physics: bool) -> str:
    """The same graph as pyvis writes it: filled directly, since its own `add_edge` is quadratic."""
    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [
        {
            **{key: node[key] for key in ("id", "label", "shape", "size")},
            **({} if physics else {"x": node["x"], "y": node["y"]}),
        }
        for node in document["nodes"]
    ]
    names = [node["id"] for node in document["nodes"]]
    network.edges = [
        {"from": names[edge["from"]], "to": names[edge["to"]], "arrows": "to"}
        for edge in document["edges"]
        for _ in edge["facts"]
    ]
    network.toggle_physics(physics)
    return str(network.generate_html())


def seconds(browser: Browser, page: str, ready: str, bound: float) -> float | None:
    """From the start of loading until it is ready and a frame is drawn; None if that takes longer than the bound."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        context = browser.new_context(offline=True, viewport={"width": 1300, "height": 850})
        tab = context.new_page()
        tab.set_default_timeout(bound * 2000)
        begin = time.perf_counter()
        tab.goto(path.as_uri(), wait_until="commit")
        while not tab.evaluate(ready):
            if time.perf_counter() - begin > bound:
                context.close()
                return None
            time.sleep(0.02)
        tab.evaluate(FRAME)
        took = time.perf_counter() - begin
        context.close()
        return took


def median(measure: Callable[[], float | None], runs: int) -> float | None:
    """The median, or None as soon as one run is over the bound."""
    found: list[float] = []
    for _ in range(runs):
        took = measure()
        if took is None:
            return None
        found.append(took)
    return statistics.median(found)


def main() -> None:
    """Measure and print a table."""
    contestants = ("the page, as it opens", "the page, every node", "pyvis, no physics", "pyvis as it comes")
    print(f"{'seconds (ratio to the page)':30}" + "".join(f"{name:>26}" for name in contestants))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for size, (facts, copies) in SIZES.items():
            document = contract(small(facts, copies=copies), ontology(), title=str(size))
            everything = {**document, "limit": len(document["nodes"])}
            pages = (
                (html(document), READY, RUNS), (html(everything), READY, RUNS),
                (of_pyvis(document, physics=False), DRAWN, RUNS), (of_pyvis(document, physics=True), STILL, 1),
            )  # fmt: skip
            took = [median(lambda p=page, r=ready: seconds(browser, p, r, BOUND), runs) for page, ready, runs in pages]
            print(
                f"{len(document['nodes']):>7,} nodes, {facts:>6,} facts   " + "".join(_cell(t, took[0]) for t in took),
                flush=True,
            )
        browser.close()


def _cell(took: float | None, base: float | None) -> str:
    if took is None:
        ratio = f" (> {BOUND / base:.0f})" if base else ""
        return f"{f'> {BOUND:.0f}{ratio}':>26}"
    return f"{f'{took:.2f} ({took / base:.1f})' if base else f'{took:.2f}':>26}"


if __name__ == "__main__":
    main()
