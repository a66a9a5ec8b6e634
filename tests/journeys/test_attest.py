"""A district coordinator reports for the schools that lack an output, and reminds those that lack another."""

import re
import time
from email import message_from_bytes
from email.message import Message

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.entering import enter
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


def line_of(page: Page, output: str):
    """What the district's page says of one output."""
    return page.locator(".by-output__row").filter(has=page.locator(".outputs__id", has_text=output))


def signs_in_column(page: Page, output: str) -> list[str]:
    """What the matrix says of each school for one output."""
    heads = page.locator(".matrix thead th").all_inner_texts()
    column = next(number for number, text in enumerate(heads) if text.startswith(output))
    return [row.locator("th, td").nth(column).inner_text().strip() for row in page.locator(".matrix tbody tr").all()]


def test_one_report_answers_for_all_schools_that_lack_it(desktop: Page, axe):
    enter(desktop, "coordinator")
    before = signs_in_column(desktop, "C-O2")
    assert "Not reported" in before
    line_of(desktop, "C-O2").get_by_role("link", name="Report for several").click()
    chosen = desktop.locator("[name=schools]:checked").count()
    assert chosen == before.count("Not reported")
    desktop.get_by_text("Positive Behavioral Interventions and Supports (PBIS)", exact=True).click()
    for yes in desktop.get_by_role("radio", name="Yes").all():
        desktop.locator(f"label[for={yes.get_attribute('id')}]").click()
    desktop.get_by_label("In your own words").fill("The board adopted it in August for all our schools.")
    desktop.get_by_role("button", name="Report for the chosen schools").click()
    expect(desktop.get_by_text(f"You reported for {chosen} school")).to_be_visible()
    assert signs_in_column(desktop, "C-O2") == ["Met" if each == "Not reported" else each for each in before]
    axe(desktop)


def letters(site: Site, many: int) -> list[Message]:
    """The mail that the site sent, once so much of it is there."""
    folder = site.files / "mail"
    for _ in range(100):
        texts = [file.read_bytes() for file in folder.glob("*.log")] if folder.exists() else []
        found = [
            message_from_bytes(part.strip()) for text in texts for part in re.split(rb"\n-{79}\n", text) if part.strip()
        ]
        found = [letter for letter in found if "Please report" in str(letter["Subject"])]
        if len(found) >= many:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{len(found)} letters instead of {many}")


def test_those_that_lack_it_are_reminded_by_mail(desktop: Page, site: Site, axe):
    enter(desktop, "coordinator")
    lacking = signs_in_column(desktop, "E-O2")
    many = len(lacking) - lacking.count("Met")
    line_of(desktop, "E-O2").get_by_role("button", name=f"Remind {many} school").click()
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Remind these")
    rows = desktop.get_by_role("table").locator("tbody tr")
    assert rows.count() == many
    axe(desktop)
    desktop.get_by_role("button", name="Send the reminders").click()
    expect(desktop.get_by_text(re.compile(rf"{many} reminders? (is|are) on (its|their) way"))).to_be_visible()
    letter = letters(site, many)[0]
    assert site.url in letter.get_payload()
