"""A principal records a drill on a phone whose connection is gone, and it arrives once."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

DEMO = Path(__file__).resolve().parents[2] / "shelterbelt/demo"
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not (DEMO / "urls.py").exists(), reason="there is no demonstration to enter yet"),
]
KEPT = """() => new Promise((done, fail) => {
    setTimeout(() => fail(new Error("the browser kept no form")), 10000);
    const look = async () => {
        const kept = (await (await caches.open("drill-form-1")).keys()).map(request => new URL(request.url).pathname);
        if (kept.some(path => path.endsWith("/record/")) && kept.length > 10) done();
        else setTimeout(look, 50);
    };
    look();
})"""

FORGOTTEN = """() => new Promise(done => {
    const look = async () => (await caches.has("drill-form-1")) ? setTimeout(look, 50) : done();
    look();
})"""


@pytest.fixture
def form(phone: Page, console) -> Page:
    """The quick form, open on the principal's phone and kept by its browser."""
    console.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch")
    phone.goto("/demonstration/")
    phone.locator("form[action$='/principal/'] button").click()
    phone.goto("/drills/")
    phone.get_by_role("link", name="Record a drill").click()
    phone.evaluate(KEPT)
    return phone


def said(page: Page):
    return page.locator("[data-said]")


def fill(page: Page, minutes: str) -> None:
    page.get_by_label("What kind of drill?").select_option("bus")
    page.get_by_label("Minutes until all clear").fill(minutes)
    page.get_by_text("None of them", exact=True).click()


def send(page: Page) -> None:
    page.get_by_role("button", name="Record this drill").click()


def count(page: Page) -> int:
    """How many bus drills the school's page lists."""
    page.goto(page.url.split("/record/")[0] + "/")
    return page.get_by_role("link", name="Bus evacuation", exact=True).count()


def test_a_drill_recorded_without_a_connection_is_sent_once(form, axe):
    here = form.url
    before = count(form)
    form.goto(here)
    form.context.set_offline(True)
    fill(form, "11")
    send(form)
    expect(said(form)).to_contain_text("Kept on this phone")
    axe(form)
    form.context.set_offline(False)
    expect(said(form)).to_contain_text("Sent")
    form.reload()
    assert count(form) == before + 1


def test_the_form_opens_without_a_connection_and_other_pages_do_not(form):
    form.context.set_offline(True)
    form.goto(form.url)
    expect(form.get_by_role("heading", level=1)).to_have_text("Record a drill")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        form.goto("/drills/")


def test_signing_out_forgets_the_form(form):
    here = form.url
    form.get_by_role("button", name="Sign out").click()
    form.wait_for_url("**/sign-in/**")
    form.evaluate(FORGOTTEN)
    form.context.set_offline(True)
    with pytest.raises(Exception, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        form.goto(here)


def test_an_answer_that_is_lost_on_the_way_makes_no_second_drill(form):
    here = form.url
    before = count(form)
    form.goto(here)

    def lose_the_answer(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    form.route("**/record/", lose_the_answer)
    fill(form, "12")
    send(form)
    expect(said(form)).to_contain_text("Kept on this phone")
    form.unroute("**/record/", lose_the_answer)
    form.reload()
    expect(said(form)).to_contain_text("Sent")
    assert count(form) == before + 1


def test_what_is_typed_is_still_there_after_the_page_was_closed(form):
    fill(form, "13")
    form.reload()
    expect(form.get_by_label("Minutes until all clear")).to_have_value("13")
    expect(said(form)).to_contain_text("Your last answers were still here")


def test_a_mistake_is_shown_at_its_field(form, console):
    console.expect("422")
    fill(form, "5000")
    send(form)
    expect(form.locator("[data-errors]")).to_contain_text("from 1 to 1440")
    expect(form.get_by_label("Minutes until all clear")).to_have_value("5000")


def test_the_form_works_without_script(without_javascript):
    page = without_javascript
    page.goto("/demonstration/")
    page.locator("form[action$='/principal/'] button").click()
    page.goto("/drills/")
    page.get_by_role("link", name="Record a drill").click()
    fill(page, "14")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you learn?")
