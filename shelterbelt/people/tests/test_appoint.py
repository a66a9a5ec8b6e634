from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.demo import factories as a
from shelterbelt.people.actions import appoint, end_appointment
from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.policy import offices_to_give

TODAY = date(2026, 11, 24)


def give(by, org, office, name="Nell Root", email="nell@example.org", from_on=TODAY, **more):
    with acting_as(by.person.pk, today=TODAY):
        return appoint(org=org, office=office, name=name, email=email, from_on=from_on, by=by, **more)


def test_a_new_person_is_there_from_the_first_day(town, ben):
    given = give(ben, town.linden_creek, "principal")
    assert (given.person.name, given.appointed_by) == ("Nell Root", ben.person)
    with acting_as(given.person.pk, today=TODAY):
        assert standing_of(given.person, today=TODAY).holds("principal", at=town.linden_creek)


def test_somebody_known_by_address_is_that_person(town, ben, finn):
    given = give(ben, town.linden_creek, "principal", name=" finn  ABEL", email="FINN-ABEL@example.org")
    assert given.person == finn.person
    assert given.person.name == "Finn Abel"


def test_whose_address_it_is_is_told_to_nobody(enter, town, ben, finn):
    answers = {"office": "principal", "name": "Nell Root", "email": finn.person.email, "language": "en",
               "from_on": "2026-11-24"}  # fmt: skip
    page = enter(ben).post(reverse("people:appoint", args=[town.oak_hill.pk]), answers).content.decode()
    assert "don&#x27;t belong together on record" in page
    assert "Abel" not in page.replace(finn.person.email, "")
    with acting_as(ben.person.pk, today=TODAY):
        assert not Person.objects.filter(pk=finn.person.pk).exists()


def test_two_presses_make_one_person(town, ben):
    for email in ("", "nell@example.org"):
        give(ben, town.linden_creek, "staff", email=email, name=f"Nell{email[:1]} Root")
        with pytest.raises(ValidationError, match="already"):
            give(ben, town.linden_creek, "staff", email=email, name=f"NELL{email[:1]}  root ")
    with acting_as_system("sign_in", today=TODAY, reason="test"):
        assert Person.objects.filter(name__istartswith="Nell").count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_new_person_four_times_at_once_is_one(town, ben):
    start = Barrier(4)

    def press(_):
        start.wait()
        try:
            give(ben, town.linden_creek, "staff")
        except ValidationError as problem:
            return problem.messages[0]
        finally:
            connection.close()
        return "given"

    with ThreadPoolExecutor(4) as presses:
        said = sorted(presses.map(press, range(4)))
    assert said == ["Nell Root already holds this office here from November 24, 2026."] * 3 + ["given"]


MAY = [
    ("ada", "missouri", {"state_office", "tip_analyst", "tip_supervisor"}),
    ("ada", "cedar_fork", {"superintendent", "district_coordinator"}),
    ("ada", "linden_creek", set()),
    ("ada", "sheriff", {"agency_lead", "responder"}),
    ("rita", "linden_creek", set()),
    (
        "sue",
        "cedar_fork",
        {"district_coordinator", "cybersecurity_coordinator", "school_resource_officer", "staff"},
    ),
    ("ben", "cedar_fork", {"cybersecurity_coordinator", "school_resource_officer", "staff"}),
    (
        "ben",
        "linden_creek",
        {"principal", "school_coordinator", "school_resource_officer", "school_protection_officer", "staff"},
    ),
    ("cora", "linden_creek", {"school_coordinator", "school_resource_officer", "staff"}),
    ("cora", "oak_hill", set()),
    ("cora", "cedar_fork", set()),
    ("finn", "linden_creek", set()),
    ("wade", "sheriff", {"agency_lead", "responder"}),
]


@pytest.mark.parametrize(("who", "where", "offices"), MAY)
def test_nobody_appoints_to_what_they_cannot(town, request, who, where, offices):
    by, org = request.getfixturevalue(who), getattr(town, where)
    assert set(offices_to_give(by, org)) == offices
    for office in set(Appointment.Office.values) - offices:
        with pytest.raises(PermissionDenied):
            give(by, org, office)
    with acting_as_system("sign_in", today=TODAY, reason="test"):
        assert not Person.objects.filter(name="Nell Root").exists()


def test_a_refusal_says_who_could(town, cora):
    with pytest.raises(PermissionDenied, match="is appointed by: Superintendent, District safety coordinator"):
        give(cora, town.linden_creek, "principal")
    with pytest.raises(PermissionDenied, match="Principal is no office at Cedar Fork"):
        give(cora, town.cedar_fork, "principal")


def test_an_office_is_held_once_at_a_time(town, ben):
    given = give(ben, town.linden_creek, "staff")
    with pytest.raises(ValidationError, match="already holds this office"):
        give(ben, town.linden_creek, "staff", from_on=TODAY + timedelta(days=5))
    with pytest.raises(ValidationError, match="ends after it begins"):
        give(ben, town.oak_hill, "staff", until_on=TODAY, person=given.person)


def finish(by, appointment, until_on=TODAY):
    with acting_as(by.person.pk, today=TODAY):
        return end_appointment(appointment=appointment, until_on=until_on, by=by)


def test_an_ended_office_is_gone_with_the_next_request(enter, town, ben, cora):
    client = enter(cora)
    page = reverse("people:person", args=[ben.person.pk])
    assert client.get(page).status_code == 200
    with acting_as(ben.person.pk, today=TODAY):
        held = Appointment.objects.get(person=cora.person)
    finish(ben, held)
    assert client.get(page).status_code == 404


def test_the_last_person_at_the_state_office_stays(town, ada):
    with acting_as(ada.person.pk, today=TODAY):
        own = Appointment.objects.get(person=ada.person)
    with pytest.raises(PermissionDenied, match="Appoint somebody first"):
        finish(ada, own)
    with acting_as_system("install", today=TODAY, reason="test"):
        for_a_week = a.a_person("Bea Lund", office="state_office", at=town.missouri, until_on=TODAY + timedelta(days=7))
    with pytest.raises(PermissionDenied, match="Appoint somebody first"):
        finish(ada, own)
    with acting_as_system("install", today=TODAY, reason="test"):
        Appointment.objects.filter(person=for_a_week).update(until_on=None)
    finish(ada, own)


def test_an_office_given_by_mistake_ends_on_the_same_day(town, ben):
    given = give(ben, town.linden_creek, "staff")
    finish(ben, given, until_on=TODAY)
    with acting_as(given.person.pk, today=TODAY):
        assert not standing_of(given.person, today=TODAY).holdings
    give(ben, town.linden_creek, "staff", person=given.person)


def test_an_office_ends_after_it_began_and_once(town, ben, cora):
    given = give(ben, town.linden_creek, "staff")
    with pytest.raises(ValidationError, match="Choose that day or a later one"):
        finish(ben, given, until_on=TODAY - timedelta(days=1))
    with acting_as(ben.person.pk, today=TODAY):
        principal = Appointment.objects.get(person=cora.person)
    finish(ben, principal)
    with pytest.raises(PermissionDenied, match="ended on"):
        finish(ben, principal)


def test_others_do_not_end_it(town, ben, ada, cora, rita):
    given = give(ben, town.linden_creek, "staff")
    for who in (ada, rita):
        with pytest.raises(PermissionDenied, match="is appointed by"):
            finish(who, given, until_on=TODAY + timedelta(days=1))


def test_an_office_ends_sooner_and_never_later(enter, town, ben):
    first = give(ben, town.linden_creek, "staff", until_on=TODAY + timedelta(days=10))
    with pytest.raises(ValidationError, match="It ends on December 4, 2026"):
        finish(ben, first, until_on=TODAY + timedelta(days=21))
    page = enter(ben).post(reverse("people:end", args=[first.pk]), {"until_on": "2026-12-24"})
    assert "Choose that day or an earlier one" in page.content.decode()
    with (
        acting_as(ben.person.pk, today=TODAY),
        pytest.raises(ProgrammingError, match="sooner, not later"),
        transaction.atomic(),
    ):
        Appointment.objects.filter(pk=first.pk).update(until_on=None)
    finish(ben, first, until_on=TODAY + timedelta(days=5))


@pytest.mark.parametrize("person", ["²", "9" * 30])
def test_what_is_no_key_is_no_person(enter, town, ben, person):
    page = reverse("people:appoint", args=[town.oak_hill.pk])
    assert enter(ben).get(page, {"person": person}).status_code == 200


def appoint_page(client, org, **answers):
    return client.post(reverse("people:appoint", args=[org.pk]), answers)


def test_the_page_appoints_and_says_so(enter, town, ben):
    answers = {"office": "principal", "name": "Nell Root", "email": "", "language": "en", "from_on": "2026-11-24"}
    answer = enter(ben).post(reverse("people:appoint", args=[town.oak_hill.pk]), answers, follow=True)
    assert "Nell Root is now Principal at Oak Hill High." in answer.content.decode()


def test_the_page_keeps_what_was_typed(enter, town, ben):
    answers = {"office": "principal", "name": "Nell Root", "email": "nell", "language": "en", "from_on": "2026-11-24"}
    page = appoint_page(enter(ben), town.oak_hill, **answers).content.decode()
    assert "Nell Root" in page
    assert "Enter a valid email address" in page


def test_the_page_offers_what_may_be_given_and_nothing_else(enter, town, cora):
    page = enter(cora).get(reverse("people:appoint", args=[town.linden_creek.pk])).content.decode()
    assert "School safety coordinator" in page
    assert 'value="principal"' not in page
    assert enter(cora).get(reverse("people:appoint", args=[town.oak_hill.pk])).status_code == 403


def test_the_page_ends_an_office(enter, town, ben, cora):
    with acting_as(ben.person.pk, today=TODAY):
        held = Appointment.objects.get(person=cora.person)
    address = reverse("people:end", args=[held.pk])
    assert enter(ben).get(address).status_code == 200
    assert "Choose that day or a later one" in enter(ben).post(address, {"until_on": "2019-06-30"}).content.decode()
    assert enter(ben).post(address, {"until_on": "2026-11-24"}).status_code == 302
    assert enter(ben).get(address).status_code == 403


def test_somebody_already_known_gets_another_office_from_their_page(enter, town, ben, cora):
    address = reverse("people:appoint", args=[town.oak_hill.pk]) + f"?person={cora.person.pk}"
    page = enter(ben).get(address).content.decode()
    assert "Which office does Cora Lindt get" in page
    assert enter(ben).post(address, {"office": "staff", "from_on": "2026-11-24"}).status_code == 302


def test_an_appointment_that_vanished_while_its_form_was_open_is_told_of(enter, town, ben, cora):
    with acting_as(ben.person.pk, today=TODAY):
        gone = Appointment.objects.select_related("org", "person").get(person=cora.person)
    gone.pk = 10**9
    with pytest.raises(PermissionDenied, match="no longer there"):
        finish(ben, gone)
    answer = enter(ben).post(reverse("people:end", args=[gone.pk]), {"until_on": "2026-12-01"})
    assert answer.status_code == 404
    assert "2026-12-01" in answer.content.decode()
