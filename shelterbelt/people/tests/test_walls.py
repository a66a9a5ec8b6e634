"""What the database refuses, should a page or verb ever forget to ask."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from shelterbelt.access.scope import acting_as
from shelterbelt.people.models import Appointment, Person

TODAY = date(2026, 11, 24)


def refused(by, act):
    with (
        acting_as(by.person.pk, today=TODAY),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        act()


def appointment(person, org, office):
    return Appointment(person=person, org=org, office=office, from_on=TODAY)


def test_nobody_writes_offices_above_their_own(town, cora):
    for org, office in ((town.missouri, "state_office"), (town.cedar_fork, "superintendent")):
        refused(cora, appointment(cora.person, org, office).save)


def test_nobody_moves_an_office_they_only_see(town, cora, ben):
    with acting_as(cora.person.pk, today=TODAY):
        assert Appointment.objects.filter(person=ben.person).exists()
        assert Appointment.objects.filter(person=ben.person).update(until_on=TODAY) == 0


def test_nobody_changes_another_person(town, cora, ben):
    with acting_as(cora.person.pk, today=TODAY):
        assert Person.objects.filter(pk=ben.person.pk).update(password="x") == 0
        assert Person.objects.filter(pk=cora.person.pk).update(phone="555") == 1


def test_nobody_adds_a_person_but_the_sign_in(town, cora):
    refused(cora, Person(name="Nell Root", email="nell@example.org").save)


def test_the_district_alone_writes_protection_officers(town, ada, ben, cora):
    for by in (ada, cora):
        refused(by, appointment(cora.person, town.linden_creek, "school_protection_officer").save)
    with acting_as(ben.person.pk, today=TODAY):
        appointment(cora.person, town.linden_creek, "school_protection_officer").save()


def test_outside_of_a_scope_there_is_nobody(town, cora):
    assert not Person.objects.exists()
    assert not Appointment.objects.exists()
