"""Whoever reads a school's drills from outside its district leaves a note; its own people don't."""

import pytest
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.drills.tests.conftest import TODAY

OUTSIDE = ["ada", "greta", "pete", "fay"]
INSIDE = ["cora", "tom", "ben", "sue"]


def notes():
    with acting_as_system("install", today=TODAY, reason="test"):
        return list(AuditEntry.objects.filter(verb="read").values_list("actor", "thing", "thing_id", "org_id"))


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_record_read_from_outside_is_noted_with_its_school(town, browser, make_drill, name):
    drill = make_drill()
    assert browser(name).get(reverse("drills:drill", args=[drill.pk])).status_code == 200
    assert browser(name).get(f"/api/v1/drills/{drill.pk}").status_code == 200
    reader = f"person:{town.people[name].pk}"
    assert notes() == [(reader, "drills_drill", str(drill.pk), town.linden.pk)] * 2


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_year_s_list_read_from_outside_is_noted(town, browser, make_drill, name):
    make_drill()
    assert browser(name).get(reverse("drills:school", args=[town.linden.pk])).status_code == 200
    assert browser(name).get(f"/api/v1/schools/{town.linden.pk}/drills").status_code == 200
    reader = f"person:{town.people[name].pk}"
    assert notes() == [(reader, "drills.school_year", "2026-27", town.linden.pk)] * 2


@pytest.mark.parametrize("name", INSIDE)
def test_a_school_s_own_people_read_without_a_note(town, browser, make_drill, name):
    drill = make_drill()
    client = browser(name)
    for address in (
        reverse("drills:drill", args=[drill.pk]),
        reverse("drills:school", args=[town.linden.pk]),
        reverse("drills:follow_up"),
        f"/api/v1/drills/{drill.pk}",
        f"/api/v1/schools/{town.linden.pk}/drills",
    ):
        assert client.get(address).status_code == 200
    assert notes() == []


def test_the_list_of_what_is_to_mend_is_noted_once(town, browser):
    browser("ada").get(reverse("drills:follow_up"))
    assert notes() == [(f"person:{town.people['ada'].pk}", "drills.follow_up", "", None)]


def test_who_is_refused_leaves_no_note(town, browser, make_drill):
    assert browser("otto").get(reverse("drills:drill", args=[make_drill().pk])).status_code == 404
    assert notes() == []


def test_a_reading_is_no_change_of_the_record(town, browser, make_drill):
    drill = make_drill()
    browser("ada").get(reverse("drills:drill", args=[drill.pk]))
    history = browser("cora").get(reverse("drills:drill", args=[drill.pk])).context["history"]
    assert [line.verb for line in history] == ["insert"]
