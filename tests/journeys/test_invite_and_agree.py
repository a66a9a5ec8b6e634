"""Somebody is appointed, a second person agrees, and an invitation brings them in: the whole errand in a browser."""

import email
import email.policy
import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Axe, Console
from tests.journeys.entering import enter
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


def looked_at(page: Page, axe: Axe) -> None:
    """No barrier on the page as it is, and nothing wider than a phone."""
    axe(page)
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
    if before:
        page.set_viewport_size(before)


def letter_to(site: Site, address: str) -> str:
    """The words of the letter that the worker has sent to somebody."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for file in (site.files / "mail").glob("*"):
            letter = email.message_from_string(file.read_text(encoding="utf-8"), policy=email.policy.default)
            if letter["to"] == address:
                return str(letter.get_content())  # type: ignore[attr-defined]
        time.sleep(0.2)
    raise AssertionError(f"no letter to {address} was sent")


def appoint(page: Page, address: str, office: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("main").get_by_text(office, exact=True).click()
    page.locator("main [name=name]").fill(name)
    page.locator("main [name=email]").fill(f"{name.split(maxsplit=1)[0].lower()}@example.org")
    if page.locator("main [name=reason]").count():
        page.locator("main [name=reason]").fill("She starts on Monday.")
    page.get_by_role("button", name="Appoint", exact=True).click()


def test_two_people_appoint_and_the_operator_may_be_one(site: Site, desktop: Page, axe: Axe) -> None:
    enter(desktop, "state")
    desktop.goto("/people/?office=state_office")
    state = desktop.locator("main table a[href*=organisations]").first.get_attribute("href") or ""
    appoint(desktop, f"{state}appoint/", "Tip analyst", "Nell Rootwell")
    expect(desktop.locator("h1")).to_have_text("Appoint Nell Rootwell: Tip analyst at Missouri")
    expect(desktop.get_by_text("She starts on Monday.")).to_be_visible()
    looked_at(desktop, axe)
    number = desktop.url.strip("/").rsplit("/", 1)[-1]
    desktop.goto("/approvals/")
    expect(desktop.get_by_role("heading", name="You asked for")).to_be_visible()
    looked_at(desktop, axe)
    site.manage("approve", number)
    desktop.reload()
    expect(desktop.get_by_text("Agreed, and done")).to_be_visible()
    desktop.get_by_role("link", name="Appoint Nell Rootwell").click()
    expect(desktop.get_by_text("Whoever runs this installation")).to_be_visible()
    looked_at(desktop, axe)
    assert "Missouri has appointed you: Tip analyst, Missouri" in letter_to(site, "nell@example.org")


def test_an_invitation_brings_somebody_in_once(
    site: Site, desktop: Page, without_javascript: Page, axe: Axe, console: Console
) -> None:
    console.expect("status of 410")
    enter(desktop, "principal")
    school = desktop.url.strip("/").rsplit("/", 1)[-1]
    appoint(desktop, f"/organisations/{school}/people/appoint/", "Staff member", "Olga Rootwell")
    desktop.goto(f"/organisations/{school}/invitations/")
    expect(desktop.get_by_role("button", name="Invite Olga Rootwell again")).to_be_visible()
    looked_at(desktop, axe)

    link = re.search(r"http\S+/sign-in/invitation/\S+/", letter_to(site, "olga@example.org"))
    assert link is not None
    invited = without_javascript
    invited.goto(link[0])
    assert invited.url.endswith("/sign-in/invitation/")
    expect(invited.get_by_text("has appointed you, Olga Rootwell: Staff member")).to_be_visible()
    invited.get_by_label("New password", exact=False).first.fill("short")
    invited.get_by_role("button", name="Set my password").click()
    expect(invited.locator("[data-errors]")).to_be_visible()
    for name in ("new_password1", "new_password2"):
        invited.locator(f"[name={name}]").fill("a river, two lamps and an old map")
    invited.get_by_role("button", name="Set my password").click()
    expect(invited.get_by_text("Your password is set")).to_be_visible()

    desktop.context.clear_cookies()
    for address, heading in (
        (link[0], "This invitation was used"),
        ("/sign-in/invitation/invented/", "This invitation does not work"),
    ):
        desktop.goto(address)
        expect(desktop.locator("h1")).to_have_text(heading)
        looked_at(desktop, axe)
