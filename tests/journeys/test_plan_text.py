"""A principal brings the plan there is, writes in it by editor and without JavaScript, and pastes what Word and worse hold."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from shelterbelt.plans.tests import files
from shelterbelt.plans.tests.files import paragraph
from tests.journeys.conftest import SHOTS

pytestmark = pytest.mark.journey
PLAN = (
    paragraph("Our school"),
    paragraph("Annex C: Evacuation", "Heading1"),
    paragraph("Leave by the nearest door."),
    paragraph("Goats", "Heading1"),
    paragraph("Count them."),
)
PASTED = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color: red}</style></head><body>
<!--[if gte mso 9]><xml><o:x>gone</o:x></xml><![endif]--><h1>Radios<o:p></o:p></h1>
<p class=MsoNormal style="mso-list:none" onclick="window.hurt = 1"><b>Take</b> the radio<script>window.hurt = 1</script></p>
<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.</span>Close doors</p>
<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">2.</span>Count</p>
<a href="javascript:window.hurt = 1">bad</a><img src="https://elsewhere.example/x.png" onerror="window.hurt = 1">
<svg><style><img src=x onerror="window.hurt = 1"></style></svg><iframe srcdoc="<script>parent.hurt = 1</script>"></iframe></body></html>"""
PASTE = """html => {
    const board = new DataTransfer();
    board.setData("text/html", html);
    document.querySelector("[role=textbox]").dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: board, bubbles: true, cancelable: true}));
}"""


def shot(page: Page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"plan-text-{name}.png", full_page=True)


def begin_or_open(page: Page) -> str:
    """The address of the school's plan, which the demonstration's principal may write."""
    page.goto("/demonstration/")
    page.locator("form[action$='/principal/'] button").click()
    page.goto("/plans/")
    page.locator("main a[href*='/plan/']").first.click()
    button = page.get_by_role("button", name="Begin the plan")
    if button.count():
        button.click()
    off = page.get_by_role("button", name="Call the review off")
    if off.count():
        off.click()
    return page.url.split("/plan/")[0] + "/plan/"


def test_a_plan_is_brought_and_written(desktop: Page, browser: Browser, console, axe):
    console.expect("409")
    plan = begin_or_open(desktop)
    desktop.goto(plan + "bring/")
    axe(desktop)
    shot(desktop, "bring")
    upload = {"name": "Our plan.docx", "mimeType": "application/octet-stream", "buffer": files.word(*PLAN)}
    desktop.locator("input[type=file]").set_input_files(upload)
    desktop.get_by_role("button", name="Read the file").click()
    axe(desktop)
    shot(desktop, "brought")
    chosen = desktop.get_by_label("Where it goes").nth(1)
    expect(chosen.locator("option:checked")).to_have_text(re.compile("Evacuat"))
    desktop.get_by_role("button", name="Take these parts").click()
    expect(desktop.get_by_text("1 part was taken")).to_be_visible()
    shot(desktop, "taken")
    desktop.get_by_role("link", name=re.compile("Taken into")).click()
    written(desktop, axe)
    without(desktop, browser)


def written(page: Page, axe) -> None:
    """By keyboard and by pasting; what the server keeps is clean."""
    text = page.get_by_role("textbox").first
    expect(text).to_contain_text("Leave by the nearest door.")
    axe(page)
    shot(page, "editor")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Everybody out")
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    page.evaluate(PASTE, PASTED)
    expect(page.locator("[data-status]")).to_have_text(re.compile("Saved"), timeout=8000)
    page.locator("[data-act=heading]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Subheading")).to_be_focused()
    page.reload()
    expect(text.locator("strong").first).to_have_text("Everybody out")
    expect(text.locator("ol li")).to_have_text(["Close doors", "Count"])
    expect(text.get_by_text("bad")).to_be_visible()
    assert text.locator("script, svg, iframe, img, [style], [onclick], a").count() == 0
    assert page.evaluate("window.hurt === undefined")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    shot(page, "editor-phone")


def without(page: Page, browser: Browser) -> None:
    """The same text where no script runs: Markdown."""
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(page.url)
    box = plain.locator("textarea")
    assert "**Everybody out**" in box.input_value()
    box.fill(
        box.input_value()
        + "\n\n#### Typed\n\n| Who | Phone |\n|---|---|\n| Office | 911 |\n\n<script>window.hurt = 1</script>"
    )
    shot(plain, "without-javascript")
    plain.get_by_role("button", name="Keep the text").click()
    assert "#### Typed\n\n| Who | Phone |\n| --- | --- |\n| Office | 911 |" in plain.locator("textarea").input_value()
    assert "hurt" not in plain.content()
    context.close()
