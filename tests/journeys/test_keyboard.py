"""Everything is done with the keyboard alone, and one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.entering import enter

pytestmark = pytest.mark.journey
WHERE = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    const label = here.labels && here.labels[0];
    return {
        words: (here.getAttribute("aria-label") || here.innerText || (label && label.innerText) || "").trim(),
        name: here.name || "", kind: here.type || here.tagName.toLowerCase(), value: here.value || "",
        ring: style.outlineStyle + " " + style.outlineWidth, shadow: style.boxShadow,
        label: label ? getComputedStyle(label, "::before").outlineStyle : "none",
    };
}"""


def tab_to(page: Page, wanted, *, most: int = 80) -> dict:
    """Press Tab until one stands on what is wanted."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if wanted(here):
            return here
    raise AssertionError(f"{page.url}: not reached with {most} times Tab")


def choose(page: Page, name: str, letters: str) -> None:
    """In a list: type the first letters of an option."""
    tab_to(page, lambda here: here["name"] == name)
    page.keyboard.type(letters)


def test_a_principal_records_a_drill_with_the_keyboard_alone(desktop: Page):
    desktop.goto("/demonstration/")
    cards = desktop.locator("form[action$='/principal/'] button").inner_text()
    tab_to(desktop, lambda here: here["words"] == cards)
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/schools/**")
    tab_to(desktop, lambda here: here["words"] == "All drills of the year")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/drills/")
    tab_to(desktop, lambda here: here["words"] == "Record a drill")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/record/")
    choose(desktop, "kind", "Torn")
    tab_to(desktop, lambda here: here["name"] == "minutes")
    desktop.keyboard.type("9")
    tab_to(desktop, lambda here: here["name"] == "is_announced")
    desktop.keyboard.press("Space")
    tab_to(desktop, lambda here: here["name"] == "present" and here["value"] == "nobody")
    desktop.keyboard.press("Space")
    tab_to(desktop, lambda here: here["words"] == "Record this drill")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/learned/")
    expect(desktop.get_by_role("main")).to_contain_text("Tornado")


def test_the_first_stop_leads_past_the_menu(desktop: Page):
    enter(desktop, "principal")
    here = tab_to(desktop, lambda _here: True)
    assert here["words"] == "Skip to the content"
    expect(desktop.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main"
    tab_to(desktop, lambda _here: True)
    assert desktop.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("address", ["/start/", "/drills/", "/directory/", "/"])
def test_one_sees_where_one_is(address, desktop: Page):
    enter(desktop, "principal")
    desktop.goto(address)
    unseen = []
    for _ in range(10):
        here = tab_to(desktop, lambda _here: True)
        ring = here["ring"].split()[0] != "none" and here["ring"].split()[1] != "0px"
        if not (ring or here["shadow"] != "none" or here["label"] != "none"):
            unseen.append(here["words"] or here["name"])
    assert not unseen
