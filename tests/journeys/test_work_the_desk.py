"""The analyst works a tip by keyboard: it appears by itself, rings, is answered, taken, asked about and noted."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Axe, Console
from tests.journeys.entering import enter
from tests.journeys.site import Site
from tests.journeys.tipping import reporting

AT_ONCE = 2_500
"""Milliseconds: under one of them on a quiet machine (docs/benchmarks.md)."""


def test_a_tip_is_worked_by_keyboard_from_its_alarm_to_its_answer(
    desktop: Page, own_site: Site, axe: Axe, console: Console
) -> None:
    console.expect("ERR_INTERNET_DISCONNECTED")
    with reporting(own_site) as reporter:
        enter(desktop, "analyst")
        desktop.goto("/desk/")
        axe(desktop)
        tip = reporter.file("He says he brings a gun on Monday", event_types=["gun"])

        row = desktop.locator(f"#tip-{tip}")
        expect(row).to_be_visible(timeout=AT_ONCE)
        bar = desktop.get_by_role("complementary", name="Alarms of the tip desk")
        expect(bar).to_contain_text("1 alarm calls you")
        expect(desktop).to_have_title(re.compile("ALARM"))
        axe(desktop)
        _second_tab_rings_too(desktop)

        _go_down_to(desktop, row)
        desktop.keyboard.press("o")
        expect(desktop.get_by_role("heading", name="A gun at school")).to_be_visible()
        expect(bar).to_contain_text("1 alarm calls you")  # opening it has answered nothing
        axe(desktop)

        desktop.keyboard.press("r")
        desktop.keyboard.type("A sentence begun")
        desktop.keyboard.press("Escape")
        desktop.keyboard.press("a")
        desktop.keyboard.press("Enter")
        expect(bar).not_to_contain_text("calls you")
        expect(desktop).not_to_have_title(re.compile("ALARM"))
        expect(desktop.get_by_label("Say to the reporter")).to_have_value("A sentence begun")

        desktop.keyboard.press("c")
        expect(desktop.get_by_text("You have this tip already.")).to_be_visible()
        desktop.keyboard.press("r")
        desktop.keyboard.type("Did you see it yourself?")
        desktop.keyboard.press("Tab")
        desktop.keyboard.press("Space")
        desktop.keyboard.press("Tab")
        desktop.keyboard.press("Enter")
        dialogue = desktop.get_by_role("region", name="With the reporter")
        expect(dialogue).to_contain_text("Did you see it yourself?")
        expect(desktop.get_by_role("main")).to_contain_text("Waiting for the reporter")

        desktop.keyboard.press("n")
        desktop.keyboard.type("Called the school, nobody answered")
        desktop.keyboard.press("Tab")
        desktop.keyboard.press("Enter")
        expect(desktop.get_by_role("region", name="Notes of the desk")).to_contain_text("nobody answered")
        _lost_connection_is_said_loudly(desktop)


def _go_down_to(page: Page, row: Locator) -> None:
    """Others may be due before it."""
    for _ in range(page.locator("[data-row]").count()):
        page.keyboard.press("j")
        if row.evaluate("link => link === document.activeElement"):
            return
    expect(row).to_be_focused()


def _second_tab_rings_too(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/account/")
    expect(other.locator("[data-ringing]")).to_contain_text("1 alarm calls you")
    other.close()


def _lost_connection_is_said_loudly(page: Page) -> None:
    page.context.set_offline(offline=True)
    expect(page.get_by_text("Not connected since")).to_be_visible(timeout=15_000)
    expect(page).to_have_title(re.compile("NOT CONNECTED"))
    page.context.set_offline(offline=False)
    expect(page.get_by_text("Not connected since")).to_be_hidden(timeout=15_000)


def test_the_desk_works_without_javascript_and_on_a_phone(
    without_javascript: Page, phone: Page, site: Site, axe: Axe, console: Console
) -> None:
    console.expect("422")  # what isn't understood is told so
    with reporting(site) as reporter:
        tip = reporter.file("Somebody posts pictures of a girl in my class")
    page = without_javascript
    enter(page, "analyst")
    page.goto("/desk/")
    page.locator("li", has=page.locator(f"#tip-{tip}")).get_by_role("button", name="Take it").click()
    page.get_by_text("Begin with a text").click()
    page.get_by_role("link", name="Whom is it about?").click()
    page.get_by_role("button", name="Send to the reporter").click()
    expect(page.get_by_role("region", name="With the reporter")).to_contain_text("Can you tell us who this is about?")

    enter(phone, "analyst")
    for address in ("/desk/?owner=me", "/desk/?state=nonsense", f"/desk/{tip}/", f"/desk/{tip}/link/", "/desk/search/"):
        phone.goto(address)
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") == 320, address
    phone.goto(f"/desk/{tip}/kind/")
    phone.get_by_role("button", name="Keep this").click()
    axe(phone)
