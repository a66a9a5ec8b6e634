"""A tip goes to the school and the police: one acknowledges by link and code, one reports signed in, the desk closes."""

import re
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Axe
from tests.journeys.entering import enter
from tests.journeys.line import watching
from tests.journeys.site import Site
from tests.journeys.tipping import reporting

WORDS = "Somebody hid a strange zebra behind the bleachers"


def test_police_acknowledge_by_link_the_school_reports_and_the_desk_closes(
    desktop: Page, phone: Page, own_site: Site, axe: Axe
) -> None:
    enter(desktop, "principal")
    school = _own_school(desktop)
    with reporting(own_site) as reporter, watching(own_site):
        tip = reporter.file(WORDS, at_school=False, school_id=school, place_kind="school")
        _refer(desktop, tip, axe)
        link = _link(own_site.files / "mail", _told(desktop))
        _acknowledge_on_a_phone(phone, desktop, link, axe)
        _report(phone, axe)
        _report_signed_in(desktop, axe)
        _close(desktop, tip, axe)
    assert not [path for path in (own_site.files / "mail").iterdir() if b"zebra" in path.read_bytes()]


def _own_school(page: Page) -> int:
    page.goto("/drills/")
    address = page.locator("a[href*='/schools/']").first.get_attribute("href") or ""
    return int(re.findall(r"/schools/(\d+)/", address)[0])


def _refer(page: Page, tip: str, axe: Axe) -> None:
    enter(page, "analyst")
    page.goto(f"/desk/{tip}/")
    page.get_by_role("link", name="Refer the tip").click()
    axe(page)
    boxes = page.locator(".box")
    for number in range(boxes.count()):
        if "Law enforcement" in boxes.nth(number).inner_text():
            boxes.nth(number).get_by_role("combobox").select_option("primary")
    page.get_by_label("What you add for the recipients").fill("Look at the giraffe too")
    page.get_by_role("button", name="Refer the tip").click()
    expect(page.get_by_role("main")).to_contain_text("recipients are being notified")
    axe(page)


def _told(page: Page) -> str:
    """The address of the police to which the notice went, on the page of their referral."""
    page.get_by_role("region", name="Referrals").get_by_role("link", name=re.compile("Police|Sheriff")).first.click()
    main = page.get_by_role("main")
    for _ in range(60):
        if found := re.search(r"Mail to (\S+) · [^·]+ · Sent", main.inner_text()):
            return found[1]
        page.wait_for_timeout(300)
        page.reload()
    raise AssertionError("No mail went to the police.")


def _link(folder: Path, address: str) -> str:
    """The link in the mail to somebody without a sign-in."""
    for path in folder.glob("*.log"):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        if letter["To"] == address and (found := re.search(r"/referrals/link/[\w-]+/", letter.get_content())):
            return found[0]
    raise AssertionError(f"No mail with a link went to {address}.")


def _acknowledge_on_a_phone(phone: Page, desk: Page, link: str, axe: Axe) -> None:
    phone.goto(link)
    axe(phone)
    desk.get_by_role("button", name="Read out the code").click()
    axe(desk)
    phone.get_by_label("Code").fill(desk.locator(".code").inner_text())
    phone.get_by_role("button", name="Open the tip").click()
    expect(phone.get_by_role("main")).to_contain_text(WORDS)
    axe(phone)
    phone.get_by_label("Your name").fill("Sgt. Hale")
    phone.get_by_role("button", name="Acknowledge: I have it").click()
    expect(phone.get_by_role("main")).to_contain_text("Sgt. Hale")


def _report(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Report the outcome").click()
    axe(page)
    page.get_by_text("There was something to act on").click()
    page.get_by_text("Somebody got support").click()
    page.get_by_role("button", name="Report the outcome").click()
    expect(page.get_by_role("main")).to_contain_text("The tip desk has your outcome")
    axe(page)


def _report_signed_in(page: Page, axe: Axe) -> None:
    enter(page, "principal")
    page.goto("/referrals/")
    axe(page)
    page.get_by_role("link", name="Bullying or repeated harassment").first.click()
    axe(page)
    page.get_by_role("button", name="Acknowledge: I have it").click()
    page.get_by_role("link", name="Report the outcome").wait_for()
    _report(page, axe)


def _close(page: Page, tip: str, axe: Axe) -> None:
    enter(page, "analyst")
    page.goto(f"/desk/{tip}/")
    page.get_by_role("link", name="Close the tip").click()
    axe(page)
    page.get_by_role("button", name="Close the tip").click()
    expect(page.get_by_role("main")).to_contain_text("The tip is closed.")
