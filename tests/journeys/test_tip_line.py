"""Somebody on a phone tells the desk something, with JavaScript and without, in English and Spanish, and gets away."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE, Axe, Console
from tests.journeys.line import Line, running_line
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

FIRST_VISIT = 60_000
"""Bytes on the wire at most: a phone at the edge of a town."""
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def line(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    # The site's page of health plays the everyday page.
    with running_line(site, tmp_path_factory.mktemp("line"), SHELTERBELT_TIP_EXIT_TO=f"{site.url}/healthz") as running:
        yield running


@pytest.fixture
def opens(browser: Browser, line: Line, site: Site, console: Console) -> Iterator[Opens]:
    """Open a page of the line in a browser of its own."""
    contexts = []
    console.expect("asked another host: .*/healthz")
    console.expect("status of (422|404)")
    console.expect("ERR_(INTERNET_DISCONNECTED|FAILED)")  # journeys that cut the line

    def start(path: str = "/tip/", **options: Any) -> Page:
        context = browser.new_context(**{"base_url": line.url, "viewport": PHONE, "reduced_motion": "reduce"} | options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        console.listen(page, Site(line.url, site.database, site.files))
        page.goto(path)
        return page

    yield start
    for context in contexts:
        # The everyday page is the site's, whose page for what is missing there (its icon) has a form of its own.
        assert not [each for each in context.cookies() if each["name"] != "csrftoken"]
        context.close()


def looks_right(page: Page, axe: Axe) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def tell(page: Page, words: str = "Somebody hid a strange zebra behind the bleachers") -> None:
    page.locator("[name=narrative]").fill(words)


def send(page: Page) -> None:
    page.locator("form[data-send] button[type=submit]:not([name])").click()


def code_on(page: Page) -> str:
    code = page.locator("[data-code]").get_attribute("data-code")
    assert code
    return code


def test_a_tip_is_told_on_a_phone_answered_later_and_leaves_one_step_behind(opens, axe):
    page = opens(has_touch=True, is_mobile=True)
    before = page.evaluate("history.length")
    looks_right(page, axe)
    send(page)
    expect(page.locator("[data-errors]")).to_be_focused()
    looks_right(page, axe)
    tell(page)
    page.get_by_label("Name of the school").fill("elementry")
    page.locator("[data-found] label").first.click()
    looks_right(page, axe)
    send(page)
    expect(page.get_by_role("heading", name="The desk has your tip")).to_be_visible()
    looks_right(page, axe)
    code = code_on(page)
    page.get_by_label("Did you write it down?").fill(code.upper())
    page.get_by_label("Did you write it down?").blur()
    expect(page.get_by_text("That is your code")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_role("link", name="Come back with your code").click()
    looks_right(page, axe)
    page.get_by_label("Your code").fill("wrong words that open no tip")
    send(page)
    expect(page.get_by_role("heading", name="This code opens no tip")).to_be_visible()
    looks_right(page, axe)
    page.get_by_label("Your code").fill(code)
    send(page)
    expect(page.get_by_role("heading", name="Your tip has arrived")).to_be_visible()
    page.get_by_label("Write to the desk").fill("It was striped")
    page.locator("[name=files]").set_input_files({"name": "zebra.txt", "mimeType": "text/plain", "buffer": b"stripes"})
    send(page)
    expect(page.get_by_text("It was striped")).to_be_visible()
    expect(page.get_by_text("One file")).to_be_visible()
    looks_right(page, axe)
    assert code not in page.content()
    assert page.evaluate("history.length") == before


def test_the_first_visit_is_light_on_the_wire(opens):
    page = opens("about:blank")
    wire: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda told: wire.append(told["encodedDataLength"]))
    page.goto("/tip/")
    tell(page)
    expect(page.locator("[name=proof]")).not_to_have_value("")
    page.wait_for_load_state("networkidle")
    assert 10_000 < sum(wire) < FIRST_VISIT
    proof = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert any("line-worker" in name for name in proof)


@pytest.mark.parametrize("way", ["button", "escape"])
def test_the_way_out_cannot_be_walked_back(opens, site, way):
    page = opens("about:blank")
    page.goto(f"{site.url}/healthz?before")
    page.goto("/tip/")
    tell(page)
    send(page)
    page.wait_for_selector("[data-sent]")
    if way == "button":
        page.get_by_role("link", name="Exit this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("**/healthz")
    page.go_back()
    assert page.url.endswith("?before")
    page.go_forward()
    assert page.url.endswith("/healthz")


def test_exit_forgets_what_was_typed(opens):
    page = opens()
    tell(page)
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url("**/healthz")
    page.goto("/tip/")
    assert page.locator("[name=narrative]").input_value() == ""


def test_everything_works_without_javascript(opens, axe):
    page = opens(java_script_enabled=False)
    tell(page)
    page.get_by_label("Name of the school").fill("elementry")
    page.get_by_role("button", name="Find").click()
    assert page.locator("[name=narrative]").input_value().startswith("Somebody hid")
    page.locator("[data-found] label").first.click()
    page.get_by_text("Suicide or self-harm").click()
    page.get_by_text("Deep sadness").click()
    send(page)
    code = code_on(page)
    page.get_by_role("link", name="Come back with your code").click()
    page.get_by_label("Your code").fill(code)
    send(page)
    page.get_by_label("Write to the desk").fill("It was striped")
    send(page)
    expect(page.get_by_text("The desk has what you wrote")).to_be_visible()
    assert code not in page.content()
    assert code.split()[0] not in page.url


def test_spanish_all_the_way(opens, axe):
    page = opens(locale="es-MX")  # on a phone: its words are longer
    assert page.locator("html").get_attribute("lang") == "es"
    looks_right(page, axe)
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/tip/en/")
    page.get_by_role("link", name="Español").click()
    page.wait_for_url("**/tip/es/")
    expect(page.get_by_text("Suicidio o autolesión")).to_be_visible()
    send(page)
    looks_right(page, axe)
    tell(page, "Alguien escondió una cebra")
    send(page)
    page.wait_for_selector("[data-sent]")
    looks_right(page, axe)
    code = code_on(page)
    page.goto("/tip/es/return/")
    looks_right(page, axe)
    page.locator("[name=code]").fill(code)
    send(page)
    page.wait_for_selector("[name=visit]", state="attached")
    looks_right(page, axe)


def test_a_lost_connection_loses_nothing(opens, axe):
    page = opens()
    tell(page)
    page.locator("[name=files]").set_input_files({"name": "zebra.txt", "mimeType": "text/plain", "buffer": b"stripes"})
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text("nothing you wrote is lost")).to_be_visible()
    looks_right(page, axe)
    assert page.locator("[name=narrative]").input_value().startswith("Somebody hid")
    page.context.set_offline(False)
    page.goto("/tip/return/")
    page.goto("/tip/")
    expect(page.get_by_text("What you wrote before is back")).to_be_visible()
    looks_right(page, axe)
    send(page)
    expect(page.get_by_role("heading", name="The desk has your tip")).to_be_visible()


def test_an_answer_lost_on_the_way_tells_the_same_code_again(opens):
    page = opens()
    tell(page)
    codes = []

    def lose(route):
        answer = route.fetch()
        codes.append(answer.text().split('data-code="')[1].split('"')[0])
        route.abort()

    page.route("**/tip/", lose, times=1)
    send(page)
    expect(page.get_by_text("nothing you wrote is lost")).to_be_visible()
    page.reload()
    send(page)
    page.wait_for_selector("[data-sent]")
    assert codes == [code_on(page)]


def test_what_is_missing_is_told_in_the_lines_own_look(opens, axe):
    page = opens("/tip/nothing")
    looks_right(page, axe)
    page.get_by_role("link", name="To the tip line").click()
    expect(page.get_by_role("heading", name="Tell us what worries you")).to_be_visible()
