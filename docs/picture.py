"""`make picture`: the picture of the README, taken of the demo's page in Debian's Chromium."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


def main(page: Path, picture: Path) -> None:
    """Open the page, choose a person, and photograph what a visitor sees."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(page.resolve().as_uri())
        tab.wait_for_timeout(1500)
        tab.keyboard.press("/")
        tab.keyboard.type("Vladimir Putin")
        tab.wait_for_timeout(500)
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(500)
        tab.get_by_role("button", name="Only neighbourhood").click()
        tab.wait_for_timeout(1500)
        tab.screenshot(path=str(picture))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
