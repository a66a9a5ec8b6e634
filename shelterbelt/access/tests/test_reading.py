"""Reading leaves a note that its reader cannot make, change or remove by other means."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.reading import note_reading
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.demo import factories

TODAY = date(2026, 11, 24)


@pytest.fixture
def ben(db: None) -> object:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return factories.a_person("Ben", office="district_coordinator", at=factories.a_district())


def test_a_reading_says_who_read_what_of_whom_and_why(ben) -> None:
    with acting_as(ben.pk, today=TODAY, request="abc"):
        [appointment] = ben.appointments.all()
        district = appointment.org_id
        note_reading("home.units", "D-O5 2026-27 not_met", org=district, reason="list of units")

    with acting_as_system("install", today=TODAY, reason="test"):
        [entry] = AuditEntry.objects.filter(verb="read")
    assert (entry.actor, entry.thing, entry.thing_id) == (f"person:{ben.pk}", "home.units", "D-O5 2026-27 not_met")
    assert (entry.org_id, entry.reason, entry.request) == (district, "list of units", "abc")


def test_without_a_reason_of_its_own_it_has_the_scopes(ben) -> None:
    with acting_as_system("delivery", today=TODAY, reason="mail the reminders"):
        note_reading("people.person", str(ben.pk), org=None, reason="")
        [entry] = AuditEntry.objects.filter(verb="read")

    assert (entry.actor, entry.reason) == ("system:delivery", "mail the reminders")


def test_nobody_reads_unnamed(db) -> None:
    with pytest.raises(DatabaseError, match="nobody does"), transaction.atomic():
        note_reading("home.units", "D-O5", org=None, reason="")


def test_the_app_login_cannot_write_a_note_by_itself(ben) -> None:
    with (
        acting_as(ben.pk, today=TODAY),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into access_auditentry (at, actor, reason, request, verb, thing, thing_id)"
            " values (now(), 'person:1', '', '', 'read', 'home.units', 'D-O5')"
        )
