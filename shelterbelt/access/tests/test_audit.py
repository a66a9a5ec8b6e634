"""Who did what: every change leaves an entry, bulk and raw SQL included."""

from datetime import date

import pytest
from django.db import connection

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.attestations.models import Attestation
from shelterbelt.demo import factories
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person

TODAY = date(2026, 11, 2)


@pytest.fixture
def cora(db: None) -> Person:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return factories.a_person("Cora", office="principal", at=factories.a_school(), password="linden creek 1846")


def _attest(org: Org) -> Attestation:
    return Attestation.objects.create(org=org, output="B-O2", year=2026, answers={"trained_staff": 1}, made_on=TODAY)


def test_an_entry_says_who_did_what_in_which_request_and_how_it_was_before(cora: Person) -> None:
    school = Org.objects.schools().get()
    with acting_as(cora.pk, today=TODAY, reason="yearly report", request="r1"):
        made = _attest(school)
        made.statement = "Two of us."
        made.save()
        entries = list(AuditEntry.objects.filter(thing="attestations_attestation").order_by("id"))

    assert [(one.verb, one.actor, one.request, one.reason) for one in entries] == [
        ("insert", f"person:{cora.pk}", "r1", "yearly report"),
        ("update", f"person:{cora.pk}", "r1", "yearly report"),
    ]
    assert entries[1].before is not None
    assert (entries[1].before["statement"], entries[1].after["statement"]) == ("", "Two of us.")  # type: ignore[index]
    assert entries[1].thing_id == str(made.pk)
    assert entries[1].org_id == school.pk


def test_bulk_and_raw_sql_leave_an_entry_for_every_row(cora: Person) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        schools = [factories.a_school(f"School {n}") for n in range(3)]
        before = AuditEntry.objects.count()
        Attestation.objects.bulk_create(
            [Attestation(org=each, output="B-O3", year=2026, made_on=TODAY) for each in schools]
        )
        with connection.cursor() as cursor:
            cursor.execute("update attestations_attestation set statement = 'x' where output = 'B-O3'")
        assert AuditEntry.objects.count() == before + 6


def test_an_update_that_changes_nothing_leaves_none(cora: Person) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        made = _attest(Org.objects.schools().get())
        before = AuditEntry.objects.count()
        made.save()
        assert AuditEntry.objects.count() == before


def test_a_password_never_stands_in_the_trail(cora: Person) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        for entry in AuditEntry.objects.filter(thing="people_person"):
            assert entry.after is not None
            assert "password" not in entry.after
            assert "pbkdf2" not in str(entry.became)


def test_a_principal_reads_the_trail_of_their_school_only(cora: Person) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        school = Org.objects.schools().get()
        other = factories.a_school("Willow", district=factories.a_district("Ash Grove R-IV"))
        _attest(school)
        _attest(other)

    with acting_as(cora.pk, today=TODAY):
        orgs = set(AuditEntry.objects.filter(thing="attestations_attestation").values_list("org_id", flat=True))
    assert orgs == {school.pk}


def test_the_trail_keeps_closed_who_protects_a_school(cora: Person) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        ada = factories.a_person("Ada", office="state_office", at=factories.a_state())
        eli = factories.a_person("Eli", office="school_protection_officer", at=Org.objects.schools().get())
        Attestation.objects.create(
            org=Org.objects.schools().get(), output="I-O3", year=2026, about=eli, made_on=TODAY, answers={}
        )

    named = {"people_person": "id", "people_appointment": "person_id", "attestations_attestation": "about_id"}

    def entries(person: Person) -> set[str]:
        with acting_as(person.pk, today=TODAY):
            told = AuditEntry.objects.filter(thing__in=named)
            return {entry.thing for entry in told if entry.after[named[entry.thing]] == eli.pk}

    assert entries(ada) == set()
    assert entries(cora) == {"people_person", "people_appointment", "attestations_attestation"}


def _by_sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _told(thing: str = "attestations_attestation") -> list[tuple[str, str, int | None]]:
    found = AuditEntry.objects.filter(thing=thing).order_by("id")
    return [(entry.verb, entry.thing_id, entry.org_id) for entry in found]
