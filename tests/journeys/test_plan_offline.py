"""A principal keeps the plan in force on a phone, reads it where there is no network, and it leaves with them."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Axe, Console
from tests.journeys.entering import enter
from tests.journeys.plans_in_force import plan_in_force
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

KEPT = """async () => {
    if (!(await caches.has("plan-offline-1"))) return [];
    return (await (await caches.open("plan-offline-1")).keys()).map(request => new URL(request.url).pathname);
}"""

DRAWN = """async () => {
    const picture = new Image();
    picture.src = document.querySelector("svg.drawing image").href.baseVal;
    await picture.decode();
    return picture.naturalWidth;
}"""


@pytest.fixture
def plan(phone: Page, site: Site, console: Console) -> str:
    """The address of the plan in force, open on the principal's phone."""
    console.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|status of 403|status of 404")
    enter(phone, "principal")
    address = f"/plans/offline/{plan_in_force(site, phone)}/"
    phone.goto(address)
    return address


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep on this phone").click()
    expect(page.locator("[data-keep] [data-said]")).to_contain_text("Kept on this phone.", timeout=20_000)


def test_the_plan_opens_without_a_network_tells_its_age_and_leaves_on_sign_out(
    phone: Page, plan: str, axe: Axe
) -> None:
    expect(phone.get_by_text("Fetched within the hour.")).to_be_visible()
    axe(phone)
    keep(phone)
    phone.context.set_offline(True)
    phone.goto(plan)
    expect(phone.get_by_text("No connection: this is the copy kept on this phone.")).to_be_visible()
    expect(phone.locator("h2#contents")).to_be_visible()
    assert phone.evaluate(DRAWN) > 0
    axe(phone)
    phone.clock.install(time=phone.evaluate("Date.now() / 1000") + 9 * 86_400)
    phone.goto(plan)
    expect(phone.get_by_text("Fetched 9 days ago. Older than a week")).to_be_visible()
    phone.context.set_offline(False)
    phone.goto("/drills/")
    kept = phone.evaluate(KEPT)
    assert plan in kept
    others = [path for path in kept if path.startswith(("/plans/", "/schools/", "/drills/")) and path != plan]
    assert all("/drawings/" in path for path in others), others  # no other page, of this plan or of anything else
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_load_state()
    assert phone.evaluate(KEPT) == []


def test_a_plan_that_may_no_longer_be_read_leaves_the_phone_at_the_next_contact(phone: Page, plan: str) -> None:
    keep(phone)
    phone.route(f"**{plan}", lambda route: route.fulfill(status=403, body="no longer"))
    phone.goto("/drills/")
    phone.evaluate("sessionStorage.clear()")
    phone.goto("/drills/")
    phone.wait_for_function(f"async () => !(await ({KEPT})()).length")


def test_a_phone_on_which_nobody_is_signed_in_keeps_no_plan(phone: Page, plan: str) -> None:
    keep(phone)
    phone.context.clear_cookies()
    phone.goto("/sign-in/")
    phone.wait_for_function(f"async () => !(await ({KEPT})()).length")
