"""How a journey begins: somebody enters the demonstration."""

from playwright.sync_api import Page

ROLES = ("state", "analyst", "coordinator", "principal", "officer", "police", "fire")


def enter(page: Page, role: str) -> None:
    """Be the person of a role, by the one click that it takes."""
    page.goto("/demonstration/")
    page.locator(f"form[action$='/{role}/'] button").click()
    page.wait_for_load_state()
