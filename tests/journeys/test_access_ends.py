"""When an office ends, so do the download under way, which stops short, and the page that stands open."""

import hashlib
import socket
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from shelterbelt.access.downloads import A_PIECE
from tests.journeys.conftest import Axe
from tests.journeys.entering import enter
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

SIZE = 48 * 1024 * 1024
WORK = """
from datetime import timedelta
from django.utils import timezone
from shelterbelt.access.scope import acting_as_system
from shelterbelt.documents.models import Document
from shelterbelt.people.models import Appointment, Session
now, today = timezone.now(), timezone.localdate()
def work(): return acting_as_system("sign_in", today=today, reason="test")
"""
ADD = """
with work():
    held = Appointment.objects.current(today).get(person={person}, office="principal")
    Document.objects.create(id="{id}", org=held.org, name="plan.pdf", content_type="application/pdf", size={size},
        sha256="{sha256}", added_by=held.person, added_at=now, keep_until=today)
"""
END = """
with work():
    Appointment.objects.filter(person={person}).update(until_on=today)
"""
NEARLY_IDLE = """
with work():
    Session.objects.update(seen_at=now - timedelta(minutes=119))
"""
ID = "5f0c1a52-7f3e-4f0e-9a37-0d3c2b1a4e5f"


def test_when_an_office_ends_downloads_stop_and_open_pages_are_covered(own_site: Site, desktop: Page, axe: Axe) -> None:
    desktop.clock.install()
    enter(desktop, "principal")
    person = _who(desktop)
    covered = desktop.locator("dialog[data-session]")

    _keep_file(own_site, person)
    with _asking(own_site, desktop) as slow:
        head = slow.recv(A_PIECE)
        assert b" 200 OK" in head
        assert f"content-length: {SIZE}".encode() in head.lower()
        _shell(own_site, END.format(person=person))
        came = _rest(slow)
    assert came < SIZE * 0.9, "the rest of the file came although the office had ended"

    expect(covered).to_be_hidden()
    desktop.clock.fast_forward("01:01")
    expect(covered.get_by_role("heading", name="Your offices have changed")).to_be_visible()
    axe(desktop)
    desktop.keyboard.press("Escape")
    expect(covered).to_be_visible()
    covered.get_by_role("link", name="Open the page again").click()
    expect(covered).to_be_hidden()

    _shell(own_site, NEARLY_IDLE)
    desktop.clock.fast_forward("01:01")
    expect(covered.get_by_role("heading", name="Are you still there?")).to_be_visible()
    axe(desktop)
    covered.get_by_role("button", name="Stay signed in").click()
    expect(covered).to_be_hidden()

    desktop.context.clear_cookies()
    desktop.clock.fast_forward("01:01")
    expect(covered.get_by_role("heading", name="You are signed out")).to_be_visible()
    axe(desktop)


def _shell(site: Site, act: str) -> None:
    site.manage("shell", "-v0", "-c", WORK + act)


def _keep_file(site: Site, person: int) -> None:
    content = b"%PDF-1.7" + bytes(SIZE - 8)
    sha256 = hashlib.sha256(content).hexdigest()
    place = site.files / "files" / sha256[:2] / sha256[2:4]
    place.mkdir(parents=True)
    (place / sha256).write_bytes(content)
    _shell(site, ADD.format(person=person, id=ID, size=SIZE, sha256=sha256))


def _who(page: Page) -> int:
    """The number of whoever signed in, by the page of people."""
    page.goto("/people/")
    name = page.locator(".who__name").inner_text().split("\n")[-1].strip()
    page.goto(f"/people/?name={name}")
    address = page.get_by_role("main").get_by_role("link", name=name).first.get_attribute("href") or ""
    return int(address.strip("/").split("/")[1])


def _asking(site: Site, page: Page) -> socket.socket:
    """Ask for the file as this browser, over a line that takes little at a time."""
    address = urlsplit(site.url)
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    slow.settimeout(30)
    slow.connect(("127.0.0.1", address.port))
    slow.sendall(
        f"GET /documents/{ID}/ HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n".encode()
    )
    return slow


def _rest(slow: socket.socket) -> int:
    came = 0
    while True:
        try:
            piece = slow.recv(1024 * 1024)
        except ConnectionResetError:
            return came
        if not piece:
            return came
        came += len(piece)
