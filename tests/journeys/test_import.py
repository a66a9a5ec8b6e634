"""The state office brings a list of schools: first one with mistakes, then a right one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.entering import enter

pytestmark = pytest.mark.journey
HEADER = "school_key,school_name,district_code,sector,low_grade,high_grade,zip,opened_on\n"
WRONG = HEADER + "j1,Maple Hollow School,,private,KG,99,65101,2026-07-01\nj2,,,private,PK,08,651,soon\n"


def right(key: str, name: str) -> str:
    return HEADER + f"{key},{name},,private,KG,08,65101,2026-07-01\n"


def send(page: Page, text: str) -> None:
    page.goto("/imports/")
    page.get_by_role("link", name="Bring in a file").click()
    page.get_by_label("File", exact=False).first.set_input_files(
        {"name": "our-schools.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Check the file").click()


def told(page: Page) -> set[tuple[str, str]]:
    """Row and column of every problem."""
    rows = page.get_by_role("table").locator("tbody tr")
    return {(row.locator("th").inner_text(), row.locator("td").first.inner_text()) for row in rows.all()}


def found_in_directory(page: Page, name: str) -> int:
    page.goto(f"/directory/?q={name}")
    return page.get_by_role("main").get_by_role("link", name=name).count()


def test_every_mistake_is_told_by_row_and_column_and_nothing_is_loaded(desktop: Page, axe):
    enter(desktop, "state")
    send(desktop, WRONG)
    expect(desktop.get_by_role("heading", name=re.compile("Problems: "))).to_be_visible()
    assert told(desktop) >= {("2", "high_grade"), ("3", "school_name"), ("3", "opened_on")}
    axe(desktop)
    assert found_in_directory(desktop, "Maple Hollow School") == 0


def test_a_right_file_is_checked_then_loaded_and_found(desktop: Page, axe):
    enter(desktop, "state")
    send(desktop, right("j3", "Juniper Bend School"))
    load = desktop.get_by_role("button", name=re.compile("^Load th"))
    expect(load).to_be_visible()
    assert found_in_directory(desktop, "Juniper Bend School") == 0
    desktop.go_back()
    load.click()
    expect(desktop.get_by_text("The file is loaded.")).to_be_visible()
    axe(desktop)
    assert found_in_directory(desktop, "Juniper Bend School") == 1


def look_again_until(page: Page, wanted) -> None:
    for _ in range(40):
        if wanted.count():
            return
        page.wait_for_timeout(250)
        page.reload()
    expect(wanted).to_be_visible()


def test_a_file_is_loaded_without_javascript_too(without_javascript: Page):
    page = without_javascript
    enter(page, "state")
    send(page, right("j4", "Silver Maple School"))
    load = page.get_by_role("button", name=re.compile("^Load th"))
    look_again_until(page, load)
    load.click()
    look_again_until(page, page.get_by_text("The file is loaded."))
    assert found_in_directory(page, "Silver Maple School") == 1
