"""Nobody gives what they do not have: by page, and by SQL that passes by every page; with one office or several."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.demo import factories as a
from shelterbelt.people.models import Appointment
from shelterbelt.people.policy import offices_to_give
from shelterbelt.people.rules import TWO_PERSON_OFFICES, office_fits

TODAY = date(2026, 11, 24)


def making():
    return acting_as_system("demonstration", today=TODAY, reason="test")


PLACES = ("missouri", "region", "cedar_fork", "linden_creek", "oak_hill", "far_away", "far_school", "sheriff")


@pytest.fixture
def vera(town):
    """Coordinates safety in Cedar Fork, and is superintendent in Far Away."""
    with making():
        person = a.a_person("Vera Stone", office="district_coordinator", at=town.cedar_fork, password="x")
        a.appoint(person, "superintendent", town.far_away)
        return a.standing(person, TODAY)


def given_by_sql(by, person, org, office):
    """Whether the database takes it, the end of the transaction included."""
    with acting_as(by.person.pk, today=TODAY, reason=f"appoint person:{person.pk}"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                Appointment.objects.create(person=person, org=org, office=office, from_on=date(2030, 1, 1))
                cursor.execute("set constraints all immediate")
                transaction.set_rollback(True)
        except DatabaseError:
            return False
        return True


@pytest.mark.parametrize("who", ["ada", "rita", "sue", "ben", "cora", "finn", "otto", "wade", "vera"])
def test_the_database_takes_from_nobody_what_the_policies_refuse(town, request, who, enter):
    by = request.getfixturevalue(who)
    with making():
        nell = a.a_person("Nell Root")
    client = enter(by)
    for place in PLACES:
        org = getattr(town, place)
        with acting_as(by.person.pk, today=TODAY):
            may = set(offices_to_give(by, org))
        fitting = {office for office in Appointment.Office.values if office_fits(office, kind=org.kind)}
        taken = {office for office in fitting if given_by_sql(by, nell, org, office)}
        assert taken == may - TWO_PERSON_OFFICES, place
        page = client.get(reverse("people:appoint", args=[org.pk]))
        assert page.status_code == (200 if may else 403)


def test_with_several_offices_each_counts_where_it_is_held(town, vera):
    with acting_as(vera.person.pk, today=TODAY):
        here, there = offices_to_give(vera, town.cedar_fork), offices_to_give(vera, town.far_away)
        assert "district_coordinator" in there
        assert "district_coordinator" not in here
        assert offices_to_give(vera, town.oak_hill) == offices_to_give(vera, town.far_school)
        assert "superintendent" not in {*here, *there}


def test_each_district_names_its_own_coordinators(enter, town, sue, vera):
    for by, org, status in (
        (sue, town.cedar_fork, 302),
        (sue, town.far_away, 403),
        (vera, town.far_away, 302),
    ):
        typed = {"office": "district_coordinator", "name": f"New {by.person.name}", "email": "", "language": "en",
                 "from_on": "2026-11-24"}  # fmt: skip
        assert enter(by).post(reverse("people:appoint", args=[org.pk]), typed).status_code == status
    refused = {"office": "district_coordinator", "name": "New", "email": "", "language": "en", "from_on": "2026-11-24"}
    page = enter(vera).post(reverse("people:appoint", args=[town.cedar_fork.pk]), refused).content.decode()
    assert "Select a valid choice" in page


def test_ending_one_of_several_offices_ends_what_it_gave_and_no_more(enter, town, vera):
    client = enter(vera)
    with making():
        Appointment.objects.filter(person=vera.person, org=town.far_away).update(until_on=TODAY)
    assert client.get(reverse("people:appoint", args=[town.far_school.pk])).status_code == 403
    assert client.get(reverse("people:appoint", args=[town.oak_hill.pk])).status_code == 200
    with acting_as(vera.person.pk, today=TODAY):
        assert [one.org for one in standing_of(vera.person, today=TODAY).holdings] == [town.cedar_fork]
