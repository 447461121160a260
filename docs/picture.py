"""`make picture`: the pictures of the README, taken of the demo's page and report in Debian's Chromium."""

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


def graph(tab: Page, page: Path, picture: Path) -> None:
    """Open the page, choose a person, and photograph what a visitor sees."""
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


def report(tab: Page, page: Path, picture: Path) -> None:
    """Photograph the report from its factions on."""
    tab.goto(page.resolve().as_uri())
    tab.evaluate("document.querySelector('.chart line.against').closest('section').scrollIntoView()")
    tab.screenshot(path=str(picture))


def main(page: Path, picture: Path, report_page: Path, report_picture: Path) -> None:
    """Take both pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        graph(browser.new_page(viewport={"width": 1440, "height": 900}), page, picture)
        report(browser.new_page(viewport={"width": 1000, "height": 1000}), report_page, report_picture)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
