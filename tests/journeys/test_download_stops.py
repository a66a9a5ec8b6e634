"""A download under way when somebody's office ends stops short, so that their browser calls it failed."""

import hashlib
import socket
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from shelterbelt.access.downloads import A_PIECE
from tests.journeys.entering import enter
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

SIZE = 48 * 1024 * 1024
KEEP = """
from django.core.management import call_command
from django.utils import timezone
from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.documents.models import Document
from shelterbelt.people.models import Appointment
with acting_as_system("install", today=clock.today(), reason="test"):
    held = Appointment.objects.current(clock.today()).get(person={person}, office="principal")
    {act}
"""
ADD = """Document.objects.create(id="{id}", org=held.org, name="plan.pdf", content_type="application/pdf", size={size},
        sha256="{sha256}", added_by=held.person, added_at=timezone.now(), keep_until=clock.today())"""
END = "Appointment.objects.filter(person={person}).update(until_on=clock.today())"
ID = "5f0c1a52-7f3e-4f0e-9a37-0d3c2b1a4e5f"


def test_a_running_download_stops_when_the_office_ends(own_site: Site, desktop: Page) -> None:
    enter(desktop, "principal")
    person = _who(desktop)
    content = b"%PDF-1.7" + bytes(SIZE - 8)
    sha256 = hashlib.sha256(content).hexdigest()
    place = own_site.files / "files" / sha256[:2] / sha256[2:4]
    place.mkdir(parents=True)
    (place / sha256).write_bytes(content)
    act = ADD.format(id=ID, size=SIZE, sha256=sha256)
    own_site.manage("shell", "-v0", "-c", KEEP.format(person=person, act=act))

    with _asking(own_site, desktop) as slow:
        head = slow.recv(A_PIECE)
        assert b" 200 OK" in head
        assert f"content-length: {SIZE}".encode() in head.lower()
        end = END.format(person=person)
        own_site.manage("shell", "-v0", "-c", KEEP.format(person=person, act=end))
        came = _rest(slow)
    assert came < SIZE * 0.9, "the rest of the file came although the office had ended"


def _who(page: Page) -> int:
    """The number of whoever signed in, by a page of their own."""
    page.goto("/people/")
    name = page.locator(".who__name").inner_text().split("\n")[-1].strip()
    page.goto(f"/people/?name={name}")
    return int(page.get_by_role("link", name=name).first.get_attribute("href").strip("/").split("/")[1])  # type: ignore[union-attr]


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
