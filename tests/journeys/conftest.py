"""Fixtures for journeys: a running site, pages on a desktop and a phone, accessibility and quiet consoles."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.journeys import browser as chromium
from tests.journeys.site import Site, running

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "build/journeys"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 320, "height": 640}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Axe = Callable[[Page], None]


@dataclass
class Console:
    """What pages said that they should not have said."""

    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """Let complaints that match pass, in tests that ask for an error page."""
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        """Complaints nobody expected."""
        return [text for text in self.complaints if not any(re.search(pattern, text) for pattern in self.expected)]

    def listen(self, page: Page, site: Site) -> None:
        """Note errors, refused content and requests to anybody else."""

        def said(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

        def asked(request: Request) -> None:
            address = urlsplit(request.url)
            if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != urlsplit(site.url).netloc:
                self.complaints.append(f"asked another host: {request.url}")

        page.on("console", said)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", asked)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Keep a picture of the page that a failed journey ended on."""
    report: Any = yield
    if report.when == "call" and report.failed:
        for name, value in getattr(item, "funcargs", {}).items():
            if isinstance(value, Page) and not value.is_closed():
                SHOTS.mkdir(parents=True, exist_ok=True)
                value.screenshot(path=SHOTS / f"{item.name}-{name}.png", full_page=True)
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all journeys."""
    # Playwright keeps an event loop in this thread, which Django would take for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = chromium.find()
    if path is None:
        pytest.fail("No Chromium was found; make test installs one.")
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield instance
        instance.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A Shelterbelt with the demonstration state, shared by all journeys: each keeps to a school of its own."""
    with running(tmp_path_factory.mktemp("site")) as instance:
        yield instance


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A Shelterbelt for one journey alone, when it changes what others look at."""
    with running(tmp_path) as instance:
        yield instance


@pytest.fixture
def console() -> Iterator[Console]:
    """Fails the journey when a page logged an error, met the content policy, or asked another host for anything."""
    instance = Console()
    yield instance
    assert not instance.unexpected()


def _site(request: pytest.FixtureRequest) -> Site:
    instance: Site = request.getfixturevalue("own_site" if "own_site" in request.fixturenames else "site")
    return instance


def _page(browser: Browser, site: Site, console: Console, **options: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, reduced_motion="reduce", locale="en-US", **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    console.listen(page, site)
    yield page
    context.close()


@pytest.fixture
def desktop(browser: Browser, request: pytest.FixtureRequest, console: Console) -> Iterator[Page]:
    """A page at 1440 by 900. `desktop.goto("/")` is the front page."""
    yield from _page(browser, _site(request), console, viewport=DESKTOP)


@pytest.fixture
def page(desktop: Page) -> Page:
    """The desktop page, under the usual name."""
    return desktop


@pytest.fixture
def phone(browser: Browser, request: pytest.FixtureRequest, console: Console) -> Iterator[Page]:
    """A page at 320 by 640 with a finger."""
    yield from _page(browser, _site(request), console, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def without_javascript(browser: Browser, request: pytest.FixtureRequest, console: Console) -> Iterator[Page]:
    """A desktop page in a browser that runs no script."""
    yield from _page(browser, _site(request), console, viewport=DESKTOP, java_script_enabled=False)


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The text of axe-core, from npm or from its Python package."""
    own = ROOT / "node_modules/axe-core/axe.min.js"
    if own.exists():
        return own.read_text(encoding="utf-8")
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


@pytest.fixture
def axe(axe_source: str) -> Axe:
    """`axe(page)` fails with every barrier that axe-core finds on the page as it is now."""

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):  # the page may have been looked at already, in another width
            page.evaluate(axe_source)
        result = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", AXE_TAGS)
        barriers = [
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n    "
            + "\n    ".join(f"{' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in rule["nodes"][:5])
            for rule in result["violations"]
        ]
        assert not barriers, f"{page.url}\n" + "\n".join(barriers)

    return check
