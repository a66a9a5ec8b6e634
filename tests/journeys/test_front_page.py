"""Anybody can open the front page, on a desk, on a phone and without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

HOME = Path(__file__).resolve().parents[2] / "shelterbelt/home"
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not (HOME / "urls.py").exists(), reason="there is no front page yet"),
]


def test_the_front_page_opens_without_barriers(desktop: Page, axe):
    answer = desktop.goto("/")
    assert answer is not None
    assert answer.ok
    assert desktop.locator("h1").count() == 1
    axe(desktop)


def test_the_front_page_fits_a_phone(phone: Page, axe):
    phone.goto("/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    axe(phone)


def test_the_front_page_needs_no_script(without_javascript: Page):
    without_javascript.goto("/")
    assert without_javascript.locator("h1").is_visible()


def test_an_address_nobody_knows_says_so_plainly(desktop: Page, axe, console):
    console.expect("404")
    answer = desktop.goto("/there-is-no-such-page/")
    assert answer is not None
    assert answer.status == 404
    axe(desktop)
