"""A site in earnest for journeys of signing in: people with addresses, letters that arrive, codes like an app's."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass

import psycopg
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from psycopg.conninfo import make_conninfo

from shelterbelt.access import scope_keys
from tests import databases
from tests.journeys.site import Site

PASSWORD = "seven quiet herons wade"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who was just appointed, and the link with which they choose a password."""

    email: str
    link: str


def appoint(site: Site, name: str, *, office: str, org: str) -> Newcomer:
    """Appoint somebody from the command line of the site itself, as its first person is."""
    email = f"{name.lower().replace(' ', '.')}@example.gov"
    done = subprocess.run(
        [sys.executable, "-m", "django", "appoint", email, name, "--office", office, "--org", org, "--password-link"],
        check=True,
        capture_output=True,
        text=True,
        cwd=databases.ROOT,
        env=os.environ
        | databases.environment(site.database)
        | {
            "SHELTERBELT_LOGIN": "app",
            "SHELTERBELT_HOME": str(site.files),
            "SHELTERBELT_SITE": site.url,
            "SHELTERBELT_SCOPE_KEY": "\n".join(scope_keys.ring()),
            "DJANGO_SETTINGS_MODULE": "shelterbelt.settings",
            "PYTHONPATH": str(databases.ROOT),
        },
    )
    [link] = re.findall(rf"{re.escape(site.url)}(\S+)", done.stdout)
    return Newcomer(email, link)


def choose_password(page: Page, newcomer: Newcomer) -> None:
    """Follow the link, and choose."""
    page.goto(newcomer.link)
    page.locator("[name=new_password1]").fill(PASSWORD)
    page.locator("[name=new_password2]").fill(PASSWORD)
    page.get_by_role("button", name="Set my password").click()
    expect(page.get_by_text("Your password is set")).to_be_visible()


def by_password(page: Page, email: str, *, onward: str = "/start/") -> None:
    """Type address and password."""
    page.goto(f"/sign-in/?next={onward}")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def next_code(secret: str, *, after: str = "") -> str:
    """What an app with this secret shows; if that is spent, what one shows whose clock is half a minute ahead."""
    counter = int(time.time()) // 30
    code = format_hotp_value(hotp_value(secret, counter))
    return format_hotp_value(hotp_value(secret, counter + 1)) if code == after else code


def as_administrator(site: Site, query: str, values: list[object] | None = None) -> None:
    """Change what the site holds behind its back."""
    whole = make_conninfo("", **(databases.administrator() | {"dbname": site.database}))
    with psycopg.connect(whole, autocommit=True) as connection:
        connection.execute(query, values)  # type: ignore[arg-type]


def sign_out(page: Page) -> None:
    """By the button at the top."""
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()


def column(site: Site, query: str) -> list[str]:
    """One column of what the site holds."""
    whole = make_conninfo("", **(databases.administrator() | {"dbname": site.database}))
    with psycopg.connect(whole) as connection:
        return [value for (value,) in connection.execute(query)]  # type: ignore[arg-type]
