from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


@contextmanager
def making():
    """The pieces a state is made of, inside the system's scope."""
    # Imported late: this file is read before Django is ready.
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.demo import factories

    with acting_as_system("install", today=TODAY, reason="test"):
        yield factories


class Clock(SimpleNamespace):
    """What day and moment it is; a test may put it forward."""


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    told = Clock(today=TODAY, now=NOW)
    monkeypatch.setattr("shelterbelt.core.clock.today", lambda: told.today)
    monkeypatch.setattr("shelterbelt.core.clock.now", lambda: told.now)
    return told


@pytest.fixture
def town(db):
    """Missouri's office, where Ada, Bea and Carl serve; Tess takes tips; Ben coordinates a district, Pat its computers."""
    with making() as a:
        missouri, district = a.a_state(), a.a_district("Cedar Fork R-II")
        people = {
            name.split()[0].lower(): a.a_person(name, office=office, at=at, password="a long and quiet sentence")
            for name, office, at in (
                ("Ada Moss", "state_office", missouri),
                ("Bea Lund", "state_office", missouri),
                ("Carl Dorn", "state_office", missouri),
                ("Tess Ivers", "tip_analyst", missouri),
                ("Ben Hollis", "district_coordinator", district),
                ("Pat Quill", "cybersecurity_coordinator", district),
            )
        }
        return SimpleNamespace(missouri=missouri, district=district, **people)


@pytest.fixture
def standing(town):
    """What somebody's appointments add up to now."""
    from shelterbelt.access.scope import acting_as
    from shelterbelt.access.standing import standing_of

    def of(person, today=TODAY):
        with acting_as(person.pk, today=today):
            return standing_of(person, today=today)

    return of


@pytest.fixture
def enter(client):
    """Sign somebody in without the page, which has tests of its own."""

    def sign_in(person):
        client.force_login(person)
        session = client.session
        session.keys()  # read it first: reading says when they proved that it is they
        session.reauthenticated_at = NOW
        session.save()
        return client

    return sign_in
