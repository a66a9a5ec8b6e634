"""Whoever is shown who protects a school is on record; only those who may know it find the note."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.reading import note_closed_reading
from shelterbelt.access.scope import acting_as, acting_as_system

TODAY = date(2026, 11, 24)
THING = "people.protection_officers"


def notes():
    with acting_as_system("install", today=TODAY, reason="test"):
        found = AuditEntry.objects.filter(verb="read", thing=THING)
        return list(found.values_list("actor", "thing_id", "org_id", "closed"))


def found_by(standing):
    with acting_as(standing.person.pk, today=TODAY):
        return AuditEntry.objects.filter(Q(thing=THING)).count()


@pytest.mark.parametrize("page", ["people", "at_org", "person"])
def test_who_reads_the_name_is_on_record_once(enter, town, otto, ben, page):
    args = {"people": [], "at_org": [town.linden_creek.pk], "person": [otto.person.pk]}[page]
    shown = enter(ben).get(reverse(f"people:{page}", args=args))
    assert "Otto Quill" in shown.text
    whose = str(otto.person.pk) if page == "person" else ""
    assert notes() == [(f"person:{ben.person.pk}", whose, town.linden_creek.pk, True)]


def test_a_page_that_shows_no_such_name_leaves_no_note(enter, town, otto, ben, ada):
    enter(ada).get(reverse("people:at_org", args=[town.linden_creek.pk]))
    enter(ben).get(reverse("people:people"), {"office": "principal"})
    assert notes() == []


def test_one_s_own_name_is_no_secret_from_oneself(enter, town, otto):
    assert "Otto Quill" in enter(otto).get(reverse("people:at_org", args=[town.linden_creek.pk])).text
    assert notes() == []


def test_the_note_is_as_closed_as_the_name(enter, town, otto, ada, ben, cora, rita):
    enter(ben).get(reverse("people:at_org", args=[town.linden_creek.pk]))
    assert [found_by(who) for who in (ben, cora)] == [1, 1]
    assert [found_by(who) for who in (ada, rita, otto)] == [0, 0, 0]


def test_nobody_notes_what_they_may_not_know(town, otto, ada):
    with (
        acting_as(ada.person.pk, today=TODAY),
        pytest.raises(DatabaseError, match="out of their reach"),
        transaction.atomic(),
    ):
        note_closed_reading(THING, "", orgs=[town.linden_creek.pk], reason="")
