"""A district connects its own sign-in, the state confirms its domain, and a principal comes in by it: in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Axe, Console
from tests.journeys.entering import enter
from tests.journeys.site import Site
from tests.providers.browsing import PASSWORD
from tests.providers.running import Running, key_and_certificate, running

pytestmark = pytest.mark.journey


@pytest.fixture
def people(browser: Browser, site: Site, console: Console) -> Iterator[dict[str, Page]]:
    """A browser each: the coordinator's, the state's, the principal's. They do go to another host here."""
    console.expect(r"asked another host: http://127\.0\.0\.1:")
    console.expect(r"favicon|status of (403|503)")
    contexts: list[BrowserContext] = []

    def own(role: str) -> Page:
        contexts.append(
            browser.new_context(base_url=site.url, reduced_motion="reduce", locale="en-US", viewport=DESKTOP)
        )
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        console.listen(page, site)
        if role != "stranger":
            enter(page, role)
        return page

    yield {role: own(role) for role in ("coordinator", "state", "principal", "stranger")}
    for context in contexts:
        context.close()


@pytest.fixture
def provider(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    """Open ID Connect or SAML."""
    if request.param == "open_id":
        more = {"client_id": "shelterbelt", "client_secret": "between the two of us"}
    else:
        key, certificate = key_and_certificate()
        more = {"key": key, "certificate": "".join(certificate.strip().splitlines()[1:-1])}
    with running(request.param, tmp_path, **more) as instance:
        yield instance


@pytest.mark.parametrize("provider", ["open_id", "saml"], indirect=True)
def test_a_principal_signs_in_with_the_districts_account(provider: Running, people: dict[str, Page], axe: Axe):
    if "key" in provider.settings:
        axe = _looked_at_already
    coordinator, principal = people["coordinator"], people["principal"]
    address, other = own_address(principal), own_address(people["state"])
    provider.knows("safety", email=own_address(coordinator), email_verified=True)
    provider.knows("head", email=address, email_verified=True)
    noted(coordinator, provider, axe)
    accessible(coordinator, axe)
    knows_us(coordinator, provider)

    coordinator.get_by_role("button", name="Test the connection").click()
    log_in(coordinator, "safety")
    expect(coordinator.get_by_role("heading", level=1)).to_contain_text("said about you")
    accessible(coordinator, axe)
    coordinator.get_by_role("link", name=re.compile("Back to")).click()
    coordinator.get_by_label("Domain of your addresses").fill(address.partition("@")[2])
    coordinator.get_by_role("button", name="Claim this domain").click()
    expect(coordinator.get_by_role("main")).to_contain_text("waits for the state to confirm it")

    confirmed(people["state"], axe)
    coordinator.reload()
    coordinator.get_by_role("button", name="Turn it on").click()
    expect(coordinator.get_by_role("main")).to_contain_text("people sign in with it")

    came_in(people["stranger"], address, axe)
    expect(people["stranger"].get_by_role("banner")).to_contain_text(name_of(principal))

    lied_about(provider, people["stranger"], address, other, axe)
    coordinator.reload()
    expect(coordinator.get_by_role("main")).to_contain_text("It gave another address than the one we know.")
    accessible(coordinator, axe)

    coordinator.get_by_role("button", name="Turn it off").click()
    coordinator.get_by_role("button", name=re.compile("Give .* up")).click()
    expect(coordinator.get_by_role("main")).to_contain_text("turned off")


def _looked_at_already(_page: Page) -> None:
    """The pages are the same for both protocols but one."""


def own_address(page: Page) -> str:
    """Of whoever has entered: it stands on their own page."""
    page.goto("/people/")
    page.get_by_label("Name", exact=True).fill(name_of(page))
    page.get_by_label("Name", exact=True).press("Enter")
    page.get_by_role("main").get_by_role("link", name=name_of(page)).first.click()
    return page.locator("a[href^='mailto:']").first.inner_text()


def name_of(page: Page) -> str:
    """Who has entered."""
    return page.locator(".who__name").inner_text().removeprefix("Signed in as").strip()


def noted(page: Page, provider: Running, axe: Axe) -> None:
    """The coordinator types what the provider's administrator gave them."""
    page.goto("/start/")
    district = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"/organisations/{district}/people/")
    page.get_by_role("link", name="Sign-in of your own").click()
    accessible(page, axe)
    kind = "OpenID Connect" if "client_id" in provider.settings else "SAML 2.0"
    page.get_by_role("link", name=f"Connect by {kind}").click()
    page.get_by_label("Name on the button").fill("Cedar Fork accounts")
    if kind == "OpenID Connect":
        page.get_by_label("Issuer").fill(provider.url)
        page.get_by_label("Client ID").fill(provider.settings["client_id"])
        page.get_by_label("Client secret").fill(provider.settings["client_secret"])
    else:
        page.get_by_label("Address of its metadata").fill(f"{provider.url}/metadata")
    accessible(page, axe)
    page.get_by_role("button", name="Note this provider").click()
    expect(page.get_by_role("main")).to_contain_text("not turned on yet")


def knows_us(page: Page, provider: Running) -> None:
    """The provider's administrator types what our page says."""
    facts = dict(zip(page.locator("main dt").all_inner_texts(), page.locator("main dd").all_inner_texts(), strict=True))
    provider.relied_on_by(
        come_back=facts.get("Redirect address") or facts["Assertion consumer service"],
        our_name=facts.get("Our metadata (entity ID)", ""),
    )


def log_in(page: Page, login: str) -> None:
    """On the provider's own page, which is another site's."""
    expect(page.get_by_role("heading", name="Cedar Fork sign-in")).to_be_visible()
    page.get_by_label("Account").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def confirmed(page: Page, axe: Axe) -> None:
    """The state's office agrees, with one click."""
    page.goto("/people/")
    page.get_by_role("link", name="Identity providers of districts and agencies").click()
    accessible(page, axe)
    page.get_by_role("button", name=re.compile("^Confirm ")).first.click()
    expect(page.get_by_role("main")).to_contain_text("The provider of")


def came_in(page: Page, address: str, axe: Axe) -> None:
    """From the sign-in page, through the provider's, to one's own start page."""
    page.goto("/sign-in/?next=/people/")
    page.get_by_role("link", name="Sign in with your district or agency").click()
    accessible(page, axe)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Find my organization's sign-in").click()
    accessible(page, axe)
    page.get_by_role("button", name="Sign in with Cedar Fork accounts").click()
    log_in(page, "head")
    page.wait_for_url("**/people/")


def lied_about(provider: Running, page: Page, address: str, other: str, axe: Axe) -> None:
    """The provider changes its word: for the same account it gives the address of somebody at the state."""
    page.get_by_role("button", name="Sign out").click()
    provider.knows("head", email=other, email_verified=True)
    page.goto("/sign-in/organisation/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Find my organization's sign-in").click()
    page.get_by_role("button", name="Sign in with Cedar Fork accounts").click()
    if "client_id" not in provider.settings:  # the other one remembers who they are
        log_in(page, "head")
    expect(page.get_by_role("heading", level=1)).to_contain_text("couldn't sign you in")
    accessible(page, axe)
    expect(page.get_by_role("banner")).not_to_contain_text("Sign out")


def accessible(page: Page, axe: Axe) -> None:
    """No barrier, and nothing wider than a phone."""
    axe(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
    page.set_viewport_size(DESKTOP)
