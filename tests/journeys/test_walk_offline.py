"""A coordinator walks a school on a phone whose connection is gone; answers and photographs arrive once, later."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

DEMO = Path(__file__).resolve().parents[2] / "shelterbelt/demo"
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not (DEMO / "urls.py").exists(), reason="there is no demonstration to enter yet"),
]

WIDE = "() => document.querySelector('[data-question=transport-trained] img').naturalWidth === 1600"
"""The picture is there, as large as the phone made it."""


@pytest.fixture
def walk(phone: Page, console) -> Page:
    """A page of the walk under way at the principal's school, kept by the phone with all the others."""
    console.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|503")
    phone.goto("/demonstration/")
    phone.locator("form[action$='/principal/'] button").click()
    phone.goto("/assessments/")
    phone.locator("main .lines a").first.click()
    phone.get_by_role("link", name=re_year()).first.click()
    phone.get_by_role("link", name="School transport").click()
    expect(phone.locator("form[data-walk][data-offline=ready][data-ready]")).to_be_visible(timeout=20_000)
    return phone


def re_year() -> str:
    """What the link to this year's assessment says."""
    return "Walk-through on this site"


def said(page: Page):
    return page.locator("[data-walk-said]")


def answer(page: Page, question: str, words: str) -> None:
    page.locator(f"[data-question={question}]").get_by_text(words, exact=True).click()


def kept(page: Page, number: int) -> None:
    expect(page.locator(f"[data-walk-said][data-left='{number}']")).to_be_attached()


def photograph(page: Page, question: str, name: str) -> None:
    held = io.BytesIO()
    Image.new("RGB", (2400, 1800), "teal").save(held, "JPEG")
    page.locator(f"[data-question={question}] summary").click()
    page.locator(f"#photo-{question}").set_input_files(
        {"name": name, "mimeType": "image/jpeg", "buffer": held.getvalue()}
    )


def test_a_walk_goes_on_without_a_connection_and_arrives_once(walk, axe):
    walk.context.set_offline(True)
    answer(walk, "transport-radio", "Mostly in place")
    answer(walk, "transport-roster", "Not in place")
    walk.locator("[data-question=transport-roster] summary").click()
    walk.locator("#note-transport-roster").fill("No list on bus 7.")
    photograph(walk, "transport-trained", "bus.jpg")
    kept(walk, 3)  # the later answer of a question takes the place of the earlier one
    expect(said(walk)).to_contain_text("everything is kept on this phone")
    walk.get_by_role("button", name="Keep and go on").click()
    expect(walk.get_by_role("heading", level=1)).to_have_text("Plans and policies")
    answer(walk, "policy-plan", "Started")
    kept(walk, 4)
    walk.go_back()
    expect(walk.locator("#level-transport-radio-2")).to_be_checked()
    expect(walk.locator("#note-transport-roster")).to_have_value("No list on bus 7.")
    axe(walk)

    cut = []

    def cut_after_the_answers(route: Route) -> None:
        cut.append(route.request.method)
        if len(cut) == 1:
            route.fetch()  # it arrives, but the answer to it is lost
            route.abort()
        else:
            route.continue_()

    walk.route("**/photographs/", cut_after_the_answers)
    walk.context.set_offline(False)
    kept(walk, 1)
    walk.get_by_role("button", name="Send now").click()
    kept(walk, 0)
    walk.unroute("**/photographs/")
    walk.reload()
    expect(walk.locator("#level-transport-radio-2")).to_be_checked()
    pictures = walk.locator("[data-question=transport-trained] img")
    expect(pictures).to_have_count(1)
    pictures.first.scroll_into_view_if_needed()
    walk.wait_for_function(WIDE)
    assert cut == ["POST"], "the phone learned that the picture had arrived, and didn't send it again"


def test_without_a_script_the_same_page_is_a_form(browser, site):
    plain = browser.new_context(java_script_enabled=False, base_url=site.url, viewport={"width": 320, "height": 640})
    page = plain.new_page()
    page.goto("/demonstration/")
    page.locator("form[action$='/principal/'] button").click()
    page.goto("/assessments/")
    page.locator("main .lines a").first.click()
    page.get_by_role("link", name=re_year()).first.click()
    page.get_by_role("link", name="People and training").click()
    page.locator("[data-question=people-know]").get_by_text("Mostly in place", exact=True).click()
    page.get_by_role("button", name="Keep and finish").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Assessment of")
    page.get_by_role("link", name="People and training").click()
    expect(page.locator("#level-people-know-2")).to_be_checked()
    plain.close()
