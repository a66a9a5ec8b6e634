"""Signing in as people do: with an app's codes and no JavaScript, with passkeys, a hundred at once."""

import http.client
import re
import threading
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.journeys.cheap_hashing import FewRounds
from tests.journeys.conftest import DESKTOP, PHONE, Console
from tests.journeys.signing_in import (
    PASSWORD,
    appoint,
    as_administrator,
    by_password,
    choose_password,
    column,
    next_code,
    sign_out,
)
from tests.journeys.site import Site, running

pytestmark = pytest.mark.journey

AT_ONCE = 100


@pytest.fixture(scope="module")
def earnest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that is no demonstration, with a state's data; its hashes cost a tenth."""
    folder = tmp_path_factory.mktemp("earnest")
    with running(folder, demonstration=False, DJANGO_SETTINGS_MODULE=FewRounds.__module__) as instance:
        yield instance


@pytest.fixture
def open_page(browser: Browser, earnest: Site, console: Console) -> Iterator[object]:
    """`open_page()` is a page in a browser of its own; `open_page(scripts=False)` one that runs no script."""
    contexts = []

    def open_one(*, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=earnest.url, reduced_motion="reduce", locale="en-US", viewport=DESKTOP, java_script_enabled=scripts
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        console.listen(page, earnest)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def looked_at(axe):
    """`looked_at(page)` fails with every barrier on a desk, and with what is wider than a phone."""

    def look(page: Page) -> None:
        axe(page)
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
        axe(page)
        page.set_viewport_size(DESKTOP)
        assert page.locator("h1").count() == 1

    return look


def authenticator(page: Page) -> CDPSession:
    """A passkey holder built into the page's browser: it says who it is, and its owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_an_app_without_javascript(earnest: Site, open_page):
    ada = appoint(earnest, "Ada Moss", office="state_office", org="MO")
    page = open_page(scripts=False)
    choose_password(page, ada)
    by_password(page, ada.email, onward="/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your office asks for a second factor")
    page.get_by_role("link", name="Add an app").click()
    secret = page.locator(".codes").inner_text().replace(" ", "")
    first = next_code(secret)
    page.locator("[name=code]").fill(first)
    page.get_by_role("button", name="Add this app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put these codes on paper")
    spare = page.locator(".codes li").first.inner_text()
    page.get_by_role("button", name="I have them on paper").click()
    expect(page).to_have_url(earnest.address("/people/"))
    sign_out(page)
    by_password(page, ada.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Now your second factor")
    page.locator("[name=code]").fill(spare)
    page.get_by_role("button", name="Go on with this code").click()
    expect(page).to_have_url(re.compile("/start/|/state/"))
    as_administrator(earnest, "update people_session set reauthenticated_at = now() - interval '1 hour'")
    page.goto("/account/recovery-codes/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    page.locator("[name=code]").fill(next_code(secret, after=first))
    page.get_by_role("button", name="Go on with this code").click()
    expect(page.get_by_text("9 codes on your paper still work")).to_be_visible()


def test_passkeys_and_every_page_of_an_account(earnest: Site, open_page, looked_at, console):
    wade = appoint(earnest, "Wade Rowe", office="tip_analyst", org="MO")
    page = open_page()
    authenticator(page)
    page.goto(wade.link)
    looked_at(page)
    choose_password(page, wade)
    by_password(page, wade.email, onward="/account/")
    looked_at(page)
    page.get_by_role("link", name="Add a passkey").click()
    looked_at(page)
    page.locator("[name=name]").fill("This computer")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put these codes on paper")
    looked_at(page)
    page.get_by_role("button", name="I have them on paper").click()
    expect(page).to_have_url(earnest.address("/account/"))
    for name in ("account", "account/second-factors", "account/second-factors/app", "account/recovery-codes"):
        page.goto(f"/{name}/")
        looked_at(page)
    page.goto("/account/second-factors/app/")
    page.get_by_role("button", name="Add this app").click()
    looked_at(page)
    page.goto("/account/sessions/")
    looked_at(page)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("banner")).to_contain_text("Wade Rowe")
    sign_out(page)
    by_password(page, wade.email)
    looked_at(page)
    page.locator("[name=code]").fill("000000")
    page.get_by_role("button", name="Go on with this code").click()
    looked_at(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("banner")).to_contain_text("Wade Rowe")
    as_administrator(earnest, "update people_session set reauthenticated_at = now() - interval '1 hour'")
    page.goto("/account/password/")
    looked_at(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which password do you want?")
    looked_at(page)
    page.goto("/account/second-factors/")
    page.get_by_role("table").get_by_text("This computer").first.wait_for()


def test_a_passkey_that_nobody_has_is_told_on_the_page(open_page, looked_at, console):
    page = open_page()
    authenticator(page)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That didn't work")).to_be_visible(timeout=70_000)
    looked_at(page)


def sign_in_by_hand(site: Site, email: str, statuses: "Counter[int | str]", start: threading.Barrier) -> None:
    """As a browser would, without one."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site.url).port, timeout=300)
    host = {"Host": urlsplit(site.url).netloc}
    try:
        start.wait()
        connection.request("GET", "/sign-in/", headers=host)
        answer = connection.getresponse()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        assert token is not None
        form = urlencode({"email": email, "password": PASSWORD, "csrfmiddlewaretoken": token[1], "next": "/account/"})
        sent = {**host, "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sign-in/", body=form, headers=sent)
        answer = connection.getresponse()
        answer.read()
        statuses[f"{answer.status} {answer.headers.get('Location', '')}"] += 1
    finally:
        connection.close()


def test_a_hundred_sign_in_at_once(earnest: Site):
    as_administrator(
        earnest,
        "update people_person set email = 'many' || id || '@example.org', password = %s where id in"
        " (select person_id from people_appointment where office = 'principal' and until_on is null"
        "  order by person_id limit %s)",
        [make_password(PASSWORD, hasher=FewRounds()), AT_ONCE],
    )
    emails = column(earnest, "select email from people_person where email like 'many%'")
    assert len(emails) >= AT_ONCE * 0.6
    people = [emails[number % len(emails)] for number in range(AT_ONCE)]
    statuses: Counter[int | str] = Counter()
    start = threading.Barrier(AT_ONCE)
    threads = [threading.Thread(target=sign_in_by_hand, args=(earnest, email, statuses, start)) for email in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == {"302 /account/": AT_ONCE}
