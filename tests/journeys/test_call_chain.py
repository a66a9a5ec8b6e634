"""A principal puts somebody into the call chain; the letter comes, its page asks, one button answers."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from shelterbelt.access import scope_keys
from tests import databases
from tests.journeys.conftest import DESKTOP, PHONE, Axe, Console
from tests.journeys.entering import enter
from tests.journeys.site import Site
from tests.journeys.test_invite_and_agree import letter_to, looked_at

pytestmark = pytest.mark.journey

DELIVER = """
import pathlib, time
from shelterbelt.delivery.working import deliver
until = time.monotonic() + 25
while time.monotonic() < until:
    deliver()
    if any("{address}" in each.read_text() for each in pathlib.Path("{mail}").glob("*")):
        break
    time.sleep(0.3)
"""


def deliver_to(site: Site, address: str) -> str:
    """Do what the watch does until a letter to this address has left; the letter's words."""
    environment = {
        **os.environ,
        **databases.environment(site.database),
        "SHELTERBELT_LOGIN": "app",
        "SHELTERBELT_HOME": str(site.files),
        "SHELTERBELT_EMBEDDED_AT": "none",
        "SHELTERBELT_SCOPE_KEY": "\n".join(scope_keys.ring()),
        "SHELTERBELT_SITE": site.url,
    }
    code = DELIVER.format(address=address, mail=site.files / "mail")
    command = [sys.executable, "-m", "shelterbelt", "shell", "-c", code]
    subprocess.run(command, cwd=databases.ROOT, env=environment, check=True, capture_output=True)
    return letter_to(site, address)


def add_contact(page: Page, name: str, address: str) -> None:
    page.goto("/start/")
    page.get_by_role("link", name=re.compile("Call chain")).click()
    page.get_by_role("link", name=re.compile("^Add ")).click()
    page.locator("main [name=name]").fill(name)
    page.locator("main [name=email]").fill(address)
    page.get_by_role("button", name="Add to the call chain").click()
    expect(page.get_by_text(f"{name} gets a message now")).to_be_visible()


def test_somebody_new_in_the_chain_says_yes_by_one_button(
    site: Site, browser: Browser, desktop: Page, console: Console, axe: Axe
) -> None:
    enter(desktop, "principal")
    add_contact(desktop, "Kim Halewood", "kim.halewood@example.org")
    found = re.search(re.escape(site.url) + r"(/contacts/confirm/\S+/)", deliver_to(site, "kim.halewood@example.org"))
    assert found
    looking = browser.new_context(base_url=site.url, viewport=DESKTOP, locale="en-US")
    page = looking.new_page()
    console.listen(page, site)
    page.goto(found[1])
    assert found[1] not in page.url
    looked_at(page, axe)
    without_script = browser.new_context(base_url=site.url, java_script_enabled=False, viewport=PHONE, locale="en-US")
    phone = without_script.new_page()
    phone.goto(found[1])
    phone.get_by_role("button", name="Yes, call me").click()
    expect(phone.locator("h1")).to_have_text("Thank you. You are called.")
    without_script.close()
    page.get_by_role("button", name="Español").click()
    looked_at(page, axe)
    console.expect("status of 410")
    page.goto("/contacts/confirm/never-given/")
    looked_at(page, axe)
    looking.close()
    desktop.reload()
    row = desktop.locator("main li", has_text="Kim Halewood")
    expect(row.get_by_text("Confirmed", exact=True)).to_be_visible()
