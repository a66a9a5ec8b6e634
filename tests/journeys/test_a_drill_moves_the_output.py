"""What a principal writes down on a phone is in the state's figure with the next page view."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.entering import enter

pytestmark = pytest.mark.journey


@pytest.fixture
def state_office(browser: Browser, site) -> Page:
    context = browser.new_context(base_url=site.url, locale="en-US")
    page = context.new_page()
    enter(page, "state")
    yield page
    context.close()


@pytest.fixture
def phone_without_javascript(browser: Browser, site) -> Page:
    context = browser.new_context(
        base_url=site.url, locale="en-US", viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def schools_that_meet_it(page: Page) -> tuple[int, int]:
    """How many schools meet F-O5, of how many, as the state office reads it."""
    page.goto("/outputs/F-O5/")
    found = re.search(r"(\d+) of (\d+) schools", page.get_by_role("main").inner_text())
    assert found
    return int(found[1]), int(found[2])


def answer_of(page: Page, school: str) -> str:
    page.goto(f"/organisations/{school}/outputs/F-O5/")
    return page.locator(".why__answer").inner_text()


def open_own_school(page: Page) -> str:
    enter(page, "principal")
    page.get_by_role("main").get_by_role("link", name="All drills of the year").click()
    page.wait_for_url("**/drills/")
    return page.url.split("/")[-3]


def record_and_learn(page: Page, kind: str) -> None:
    """From the school's list of drills to a record that lacks nothing."""
    page.get_by_role("link", name="Record a drill", exact=True).click()
    page.get_by_label("What kind of drill?").select_option(label=kind)
    page.get_by_label("Began at").fill("00:00")  # has passed whenever this runs
    page.get_by_label("Minutes until all clear").fill("7")
    page.get_by_text("Yes", exact=True).click()
    page.get_by_label("Which part of your emergency plan did it test?").select_option(label="Lockdown")
    page.get_by_label("Students").fill("52")
    page.get_by_label("Staff").fill("6")
    page.get_by_text("None of them", exact=True).click()
    page.get_by_role("button", name="Record this drill").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you learn?")
    page.get_by_label("What went well?").fill("Everybody was out of the hallway in two minutes.")
    page.get_by_label("What could be better?").fill("The speaker in the gym is too quiet.")
    page.get_by_label("What was done for those who need help or were worried?").fill("Two aides for wheelchairs.")
    page.get_by_role("button", name="Keep what we learned", exact=True).click()
    expect(page.get_by_text("What you learned is kept.")).to_be_visible()
    expect(page.get_by_text("Still missing by the standard form")).to_have_count(0)


def test_two_drills_written_down_on_a_phone_move_the_state(phone: Page, phone_without_javascript: Page, state_office):
    met, schools = schools_that_meet_it(state_office)
    school = open_own_school(phone)
    assert "Met" not in answer_of(phone, school).splitlines()
    phone.go_back()
    record_and_learn(phone, "Lockdown")
    assert answer_of(phone, school).startswith("Not met")
    assert schools_that_meet_it(state_office) == (met, schools)

    plain = phone_without_javascript
    open_own_school(plain)
    record_and_learn(plain, "Evacuation")
    assert answer_of(phone, school).startswith("Met")
    expect(phone.locator("[aria-labelledby=records] li").filter(has_text="Lockdown").first).to_be_visible()
    assert schools_that_meet_it(state_office) == (met + 1, schools)
