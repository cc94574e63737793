"""What is looked at on every page that a story meets: axe, the width of a phone, the browser's own complaints."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

HOUSE = Path(__file__).resolve().parents[2]
AXE = (HOUSE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
# WCAG 2.0, 2.1 and 2.2, levels A and AA. The size of targets is the one rule of 2.2 that axe leaves out unless asked.
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# What a page is made of, without its words and numbers: a second page of the same make needs no second look.
MAKE = """() => [location.pathname.replace(/[^/]*[0-9][^/]*/g, "#"), ...new Set(Array.from(
    document.body.querySelectorAll("*"), e => e.tagName + "." + e.className + (e.hidden ? "-" : "")))].join(" ")"""


def faults_of(page: Page) -> list[str]:
    """In words, nothing when all is well. Leaves the page at the width it had."""
    page.evaluate("document.fonts.ready")
    faults, before = [], page.viewport_size
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        faults += [f"{size['width']} px: {fault}" for fault in faults_at_this_width(page)]
    page.set_viewport_size(before)
    titles = page.evaluate("[document.title.trim(), document.querySelectorAll('h1').length]")
    return faults + ([] if titles[0] and titles[1] == 1 else [f"title and number of h1: {titles}"])


def faults_at_this_width(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):  # asked so that axe itself, a big thing, does not come as the answer
        page.evaluate(f"(() => {{ {AXE} }})()")
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", OPTIONS)
    faults = [in_words(violation) for violation in found]
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return faults + ([f"{wide} px wide: scrolls sideways"] if wide > room else [])


def in_words(violation: dict[str, Any]) -> str:
    places = "; ".join(f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:4])
    return f"{violation['id']} ({violation['help']}): {places}"


def make_of(page: Page) -> str:
    page.wait_for_selector("body", state="attached")  # one page may just be giving way to the next
    return page.evaluate(MAKE)


def complaints_of(page: Page) -> list[str]:
    """A list that fills with what the browser complains about: errors of scripts, broken rules of the content policy.

    That a page itself was refused or not found is no complaint: stories try that on purpose.
    """
    heard: list[str] = []

    def hear(said: Any) -> None:
        is_the_page = said.text.startswith("Failed to load resource") and said.location["url"] == page.url
        if said.type == "error" and not is_the_page:
            heard.append(f"{said.text} ({said.location['url']})")

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
