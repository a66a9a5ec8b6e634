"""One click, and one is somebody: only where the site says that everything in it is invented."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.entering import ROLES, enter
from tests.journeys.site import running

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("role", ROLES)
def test_one_click_leads_each_to_the_page_of_their_office(role, desktop: Page):
    desktop.goto("/demonstration/")
    place = desktop.locator("li, div, section").filter(has=desktop.locator(f"form[action$='/{role}/']")).last
    name, where = re.findall(r"(.+)", place.locator("p").first.inner_text())
    enter(desktop, role)
    expect(desktop.get_by_role("heading", level=1)).to_have_count(1)
    expect(desktop.get_by_role("main")).to_contain_text("Needs work" if role in {"analyst", "supervisor"} else where)
    expect(desktop.get_by_role("banner")).to_contain_text(name)


def test_a_site_in_earnest_has_no_entrance(browser, tmp_path, console):
    console.expect("404")
    with running(tmp_path, demonstration=False) as earnest:
        context = browser.new_context(base_url=earnest.url)
        page = context.new_page()
        console.listen(page, earnest)
        answer = page.goto("/demonstration/")
        assert answer is not None
        assert answer.status == 404
        page.goto("/sign-in/")
        token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
        sent = {"csrfmiddlewaretoken": token or ""}
        assert context.request.post("/demonstration/state/", form=sent, max_redirects=0).status == 404
        assert page.goto("/").ok
        expect(page.get_by_text(re.compile("invented|demonstration", re.IGNORECASE))).to_have_count(0)
        context.close()
