"""A reader of the page: a tab of Chromium without a network, and what one does there."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "axe-core/axe.min.js"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def violations(page: Page) -> list[str]:
    """What axe-core finds. It is evaluated by the debugger, which the page's policy does not bind."""
    page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')}; }}")
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{v['id']}: {n['html'][:150]} {n['failureSummary']}" for v in found for n in v["nodes"]]


class Reader:
    """An open page with what a reader does to it; `faults` gathers requests and messages of the console."""

    def __init__(self, browser: Browser, path: Path, **context: Any):
        options = {"offline": True, "accept_downloads": True, "reduced_motion": "reduce", **context}
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("request", lambda request: self.asked(request.url))
        self.page.on("console", lambda message: self.faults.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.faults.append("dialog"), dialog.dismiss()))
        self.path = path

    def asked(self, url: str) -> None:
        if not url.startswith((self.path.as_uri(), "data:", "blob:")):
            self.faults.append(f"request: {url}")

    def open(self, hash_: str = "") -> "Reader":
        self.page.goto("about:blank")
        self.page.goto(self.path.as_uri() + hash_)
        self.wait("() => document.documentElement.dataset.ready === 'true'")
        return self

    def wait(self, condition: str) -> None:
        """Poll: playwright's own `wait_for_function` needs eval, which the page's policy forbids."""
        for _ in range(100):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(40)
        raise AssertionError(f"never true: {condition}")

    def window(self, low: int | None = None, high: int | None = None) -> None:
        """Move the handles of the time to months since year 0; each stands on the bound between two steps of the axis."""
        bounds = {"#from": low, "#to": None if high is None else high + 1}
        for handle, month in bounds.items():
            if month is not None:
                self.slide(handle, self.page.evaluate(f"() => dipgraph.axis.step({month})"))

    def slide(self, slider: str, value: int) -> None:
        self.page.locator(slider).evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', {bubbles: true})); }",
            value,
        )
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def shown(self) -> tuple[set[str], set[str]]:
        """Nodes and facts that the drawing shows, by IRI."""
        found = self.page.evaluate(
            "() => { const {data, shown, network} = dipgraph; const drawn = Object.keys(network.body.nodes).length;"
            "return [[...shown.nodes].map(i => data.nodes[i].id), [...shown.facts].map(i => data.facts[i].id), drawn]; }"
        )
        assert len(found[0]) == found[2], "vis draws other nodes than the filters let through"
        return set(found[0]), set(found[1])

    def place(self, x: str) -> tuple[float, float]:
        """Where on the screen a point of the drawing is."""
        at = self.page.evaluate(
            f"() => {{ const n = dipgraph.network, p = n.canvasToDOM({x}), b = document.getElementById('canvas').getBoundingClientRect();"
            "return [p.x + b.x, p.y + b.y]; }"
        )
        return at[0], at[1]

    def click_node(self, index: int, *, double: bool = False, shift: bool = False) -> None:
        x, y = self.place(f"n.getPosition({index})")
        if shift:
            self.page.keyboard.down("Shift")
        (self.page.mouse.dblclick if double else self.page.mouse.click)(x, y)
        if shift:
            self.page.keyboard.up("Shift")
        self.page.wait_for_timeout(350)  # vis tells a click from a double click by waiting

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()
