"""The pages: what waits, one approval, and the count in the menu."""

import pytest
from django.urls import reverse

from shelterbelt.access.scope import acting_as, acting_as_system, because
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.tests.conftest import TODAY
from shelterbelt.people.actions import appoint
from shelterbelt.people.models import Appointment, Person

WAITING = "/approvals/"


@pytest.fixture
def asked(town, standing):
    with acting_as(town.ada.pk, today=TODAY), because("She starts on Monday."):
        return appoint(org=town.missouri, office="tip_analyst", name="Nell Root", email="", from_on=TODAY,
                       by=standing(town.ada))  # fmt: skip


def test_an_empty_page_teaches(enter, town):
    page = enter(town.ada).get(WAITING).content.decode()
    assert "Nothing waits for you." in page
    assert "nav__waiting" not in page


def test_what_waits_stands_on_the_page_and_is_counted_in_the_menu(enter, town, asked):
    page = enter(town.bea).get(WAITING).content.decode()
    assert "Appoint Nell Root: Tip analyst at Missouri" in page
    assert 'class="nav__waiting">1<' in page
    own = enter(town.ada).get(WAITING).content.decode()
    assert "You asked for" in own
    assert "nav__waiting" not in own
    assert "Second person" not in enter(town.pat).get("/people/").content.decode()


def test_the_second_person_reads_why_and_agrees(enter, town, asked):
    address = reverse("approvals:approval", args=[asked.pk])
    page = enter(town.bea).get(address).content.decode()
    assert "She starts on Monday." in page
    assert "Bea Lund, Carl Dorn" in page
    done = enter(town.bea).post(address, {"decision": "agreed", "answer": "Good."}, follow=True).content.decode()
    assert "You agreed, and it is done." in done
    with acting_as_system("install", today=TODAY, reason="test"):
        assert Appointment.objects.filter(person__name="Nell Root", office="tip_analyst").exists()
    assert "This was decided" in enter(town.carl).post(address, {"decision": "agreed"}).content.decode()
    assert "Decided lately" in enter(town.carl).get(WAITING).content.decode()


def test_declining_needs_a_reason_and_keeps_the_choice(enter, town, asked):
    address = reverse("approvals:approval", args=[asked.pk])
    page = enter(town.bea).post(address, {"decision": "declined"}).content.decode()
    assert "Say why, for the one who asked." in page
    done = enter(town.bea).post(address, {"decision": "declined", "answer": "No money."}, follow=True)
    assert "You declined" in done.content.decode()
    assert "No money." in enter(town.ada).get(address).content.decode()


def test_who_asked_may_take_it_back_but_not_agree(enter, town, asked):
    address = reverse("approvals:approval", args=[asked.pk])
    page = enter(town.ada).get(address).content.decode()
    assert "Take it back" in page
    assert "have it done now" not in page
    assert enter(town.ada).post(address, {"decision": "agreed"}).status_code == 403
    assert enter(town.ada).post(reverse("approvals:withdraw", args=[asked.pk])).headers["Location"] == WAITING
    with acting_as_system("install", today=TODAY, reason="test"):
        assert Approval.objects.get(pk=asked.pk).decision == "withdrawn"
        assert not Person.objects.filter(name="Nell Root").exists()


def test_it_is_not_there_for_others(enter, town, asked):
    for other in (town.ben, town.tess):
        assert enter(other).get(reverse("approvals:approval", args=[asked.pk])).status_code == 404
        assert enter(other).post(reverse("approvals:withdraw", args=[asked.pk])).status_code == 404
    assert enter(town.ada).get(reverse("approvals:approval", args=[999999])).status_code == 404


def test_who_serves_alone_reads_what_the_operator_types(enter, town, asked):
    with acting_as_system("install", today=TODAY, reason="test"):
        Appointment.objects.filter(person__in=(town.bea, town.carl)).update(until_on=TODAY)
    page = enter(town.ada).get(reverse("approvals:approval", args=[asked.pk])).content.decode()
    assert f"python -m shelterbelt approve {asked.pk}" in page


def test_the_form_that_ends_an_office_says_that_two_are_needed(enter, town):
    with acting_as_system("install", today=TODAY, reason="test"):
        held = Appointment.objects.get(person=town.bea)
        own = Appointment.objects.get(person=town.ada)
    address = reverse("people:end", args=[held.pk])
    assert "Ask a second person to agree" in enter(town.ada).get(address).content.decode()
    asked = enter(town.ada).post(address, {"until_on": "2026-12-01", "reason": "She moves."}, follow=True)
    assert "It waits for a second person" in asked.content.decode()
    assert "She moves." in asked.content.decode()
    assert "Ask a second person" not in enter(town.ada).get(reverse("people:end", args=[own.pk])).content.decode()
