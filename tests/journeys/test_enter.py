"""One click, and one is somebody: only where the site says that everything in it is invented."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.entering import ROLES, enter
from tests.journeys.site import running

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("role", ROLES)
def test_one_click_leads_each_to_the_page_of_their_office(role: str, desktop: Page):
    desktop.goto("/demonstration/")
    card = desktop.locator(".box, .usa-card, li, section").filter(has=desktop.locator(f"form[action$='/{role}/']")).last
    words = card.inner_text()
    enter(desktop, role)
    heading = desktop.get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    print(role, desktop.url, heading.inner_text(), "|", words.replace("\n", " / "))


def test_a_site_in_earnest_has_no_entrance(browser, tmp_path, console):
    console.expect("404")
    with running(tmp_path, demonstration=False) as earnest:
        context = browser.new_context(base_url=earnest.url)
        page = context.new_page()
        console.listen(page, earnest)
        answer = page.goto("/demonstration/")
        assert answer is not None
        assert answer.status == 404
        assert context.request.post("/demonstration/state/", max_redirects=0).status in {403, 404}
        page.goto("/")
        expect(page.get_by_text(re.compile("invented|demonstration", re.IGNORECASE))).to_have_count(0)
        context.close()
