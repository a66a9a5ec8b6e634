"""The state office takes the trail's signed head along, and `audit verify` reads what it took."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shelterbelt.access.audit import heads, keeping, sealing
from shelterbelt.access.audit.verifying import verify
from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.core import clock
from shelterbelt.demo import factories

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def kept_here(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "folder", lambda: tmp_path / "audit")
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def signed(transactional_db):
    """A sealed and signed trail, with Ada at the state office and Ben in a district; the head that was signed."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        people = {
            "ada": factories.a_person("Ada", office="state_office", at=factories.a_state()),
            "ben": factories.a_person("Ben", office="superintendent", at=factories.a_district()),
        }
    sealing.seal()
    with acting_as_system("clock", today=TODAY, reason="test"):
        head = heads.sign_now(at=clock.now())
    assert head is not None
    monday = head.day + timedelta(days=1)
    return people | {"head": head, "monday": monday}


def browser(person):
    client = Client()
    client.force_login(person)
    session = client.session
    assert session["_auth_user_id"]
    session.reauthenticated_at = clock.now()
    session.save()
    return client


@pytest.fixture
def on_monday(signed, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: signed["monday"])


def test_the_file_is_the_head_that_was_signed_and_proves_the_trail(signed, on_monday):
    answer = browser(signed["ada"]).get(reverse("trail:head_file"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="trail-head-{signed["head"].day}.json"'
    [taken] = heads.read(answer.content.decode())
    assert (taken, taken.is_signed()) == (signed["head"], True)
    report = verify(today=signed["monday"], against=[taken])
    assert report.wrong == []


def test_the_page_says_what_it_proves_and_the_trail_that_it_was_taken(signed, on_monday):
    ada = browser(signed["ada"])
    page = ada.get(reverse("trail:head")).text
    assert signed["head"].link.hex() in page
    assert reverse("trail:head_file") in page
    assert reverse("trail:head") in ada.get(reverse("trail:search")).text
    ada.get(reverse("trail:head_file"))
    with acting_as(signed["ada"].pk, today=TODAY):
        [entry] = AuditEntry.objects.filter(verb="read", thing="trail.head")
    assert (entry.actor, entry.thing_id) == (f"person:{signed['ada'].pk}", str(signed["head"].day))


def test_nobody_else_takes_it(signed, on_monday):
    ben = browser(signed["ben"])
    for page in ("trail:head", "trail:head_file"):
        assert ben.get(reverse(page)).status_code == 403
    assert reverse("trail:head") not in ben.get(reverse("trail:search")).text


def test_before_the_first_there_is_none_and_the_page_says_when(db):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        ada = factories.a_person("Ada", office="state_office", at=factories.a_state())
    client = browser(ada)
    assert "No day of the trail is signed yet" in client.get(reverse("trail:head")).text
    assert client.get(reverse("trail:head_file")).status_code == 404


def test_the_file_holds_no_secret(signed, on_monday):
    taken = json.loads(browser(signed["ada"]).get(reverse("trail:head_file")).content)
    assert set(taken) == {
        "what", "site", "day", "seal", "link", "entries", "signed_at", "key", "public_key", "signature",
    }  # fmt: skip
