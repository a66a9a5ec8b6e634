"""Every page that anybody is led to: no barrier, nothing wider than a phone, no fault in the console, no dead link."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Console
from tests.journeys.entering import ROLES, enter
from tests.journeys.site import Site
from tests.journeys.walking import Visited, Walk, all_names, walk

pytestmark = pytest.mark.journey

NOBODY = "nobody"
# Those with the most pages first: what they were shown needn't be looked at again.
IN_ORDER = (NOBODY, "principal", "coordinator", "state", *[role for role in ROLES if role not in "principal coordinator state"])
# Addresses that no link on these walks leads to, and why. Where there is a page, a test below opens it.
NOT_BY_LINK = {
    "set_language": "a button; see the test in Spanish",
    "people:sign_out": "a button",
    "people:set_password": "a link in a mail; see its test",
    "demo:enter": "a button",
    "attestations:remind": "a button; see the journey of reports",
    "attestations:designate": "only where nobody is designated; see its test",
    "attestations:end_designation": "from there",
    "documents:open": "a file that somebody sent",
    "drills:worker": "a script",
    "home:healthz": "for machines",
    "orgs:import_load": "a button",
    "orgs:import_progress": "a part of a page",
}


@dataclass
class Visitor:
    """Somebody's browser, what they were led to, and which of those pages have not been looked at with other eyes."""

    context: BrowserContext
    walk: Walk
    pages: list[Visited]


@pytest.fixture(scope="session")
def visitors(browser: Browser, site: Site) -> Iterator[dict[str, Visitor]]:
    """Each role's walk through the site; the state has sent a file before, so that there is one to look at."""
    known: dict[str, set[tuple[str, str]]] = {}
    found = {}
    for role in IN_ORDER:
        context = browser.new_context(base_url=site.url, reduced_motion="reduce", locale="en-US", viewport=DESKTOP)
        context.set_default_timeout(10_000)
        if role != NOBODY:
            page = context.new_page()
            enter(page, role)
            if role == "state":
                send_a_file(page)
            page.close()
        walked = walk(context, site.url, "/", "/sign-in/" if role == NOBODY else "/start/")
        found[role] = Visitor(context, walked, walked.unlike(known))
    yield found
    for visitor in found.values():
        visitor.context.close()


def send_a_file(page: Page) -> None:
    page.goto("/imports/new/")
    file = {"name": "schools.csv", "mimeType": "text/csv", "buffer": b"school_key,school_name,low_grade\nx1,,99\n"}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name=re.compile("Problems"))).to_be_visible()


@pytest.fixture
def open_as(visitors, console: Console, site: Site) -> Iterator[object]:
    """`open_as("principal")` is a new page in that person's browser."""
    opened = []

    def open_page(role: str) -> Page:
        page = visitors[role].context.new_page()
        console.listen(page, site)
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.close()


def barriers(page: Page, axe) -> list[str]:
    """What stands in somebody's way on the page as it is, on a desk and on a phone."""
    found = []
    try:
        axe(page)
    except AssertionError as error:
        found.append(str(error))
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(DESKTOP)
    if wide > PHONE["width"]:
        found.append(f"{page.url} is {wide} px wide on a phone")
    if page.locator("h1").count() != 1:
        found.append(f"{page.url} has not one main heading")
    return found


@pytest.mark.parametrize("role", IN_ORDER)
def test_no_link_leads_nowhere(role, visitors):
    assert not visitors[role].walk.faults


def test_every_address_is_reached_or_says_why_not(visitors):
    reached = set().union(*(visitor.walk.names for visitor in visitors.values()))
    assert all_names() - reached - set(NOT_BY_LINK) == set()
    assert set(NOT_BY_LINK) - all_names() == set()


@pytest.mark.parametrize("role", IN_ORDER)
def test_pages_have_no_barrier(role, visitors, open_as, axe):
    page, found = open_as(role), []
    for visited in visitors[role].pages:
        page.goto(visited.address)
        found += barriers(page, axe)
    assert not found, "\n".join(found)
