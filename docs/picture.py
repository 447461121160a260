"""`make picture` and `make historian`: the pictures of the README, taken of the pages of a folder in Debian's Chromium."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


def whole(_: Page) -> None:
    """The page as it opens."""


def neighbourhood(tab: Page) -> None:
    """Choose a person, and draw what is near."""
    tab.keyboard.press("/")
    tab.keyboard.type("Vladimir Putin")
    tab.wait_for_timeout(500)
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(500)
    tab.get_by_role("button", name="Only neighbourhood").click()


def factions(tab: Page) -> None:
    """The report from its factions on."""
    tab.evaluate("document.querySelector('.chart .against').closest('section').scrollIntoView()")


def halfway(tab: Page) -> None:
    """A window of time that is played until the middle of the last century."""
    tab.locator("#play").click()
    while tab.evaluate("dipgraph.state.hi") < 1963 * 12:
        tab.wait_for_timeout(50)
    tab.locator("#play").click()


DESK, SHEET, PHONE = (1440, 900), (1000, 1000), (390, 844)
PICTURES = {
    "graph.png": ("graph.html", neighbourhood, DESK, "light"),
    "graph-dark.png": ("graph.html", whole, DESK, "dark"),
    "graph-phone.png": ("graph.html", neighbourhood, PHONE, "light"),
    "report.png": ("report.html", factions, SHEET, "light"),
    "historian.png": ("historian.html", halfway, DESK, "light"),
}
"""File of each picture -> which page, what a visitor does there, the size of the screen, light or dark."""


def main(pages: Path, pictures: Path) -> None:
    """Open each page that is in the folder, and photograph what a visitor sees."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, (page, act, (width, height), scheme) in PICTURES.items():
            if not (pages / page).exists():
                continue
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
            )
            tab = context.new_page()
            tab.goto((pages / page).resolve().as_uri())
            tab.wait_for_timeout(1500)
            act(tab)
            tab.wait_for_timeout(1500)
            tab.screenshot(path=str(pictures / name))
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
