"""Whom to call now, and who may know."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.contacts.models import Break, Contact, SchoolHours
from shelterbelt.contacts.queries import call_chain, gaps, reached, summary_of
from shelterbelt.contacts.tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 24, 2, tzinfo=ZoneInfo("America/Chicago"))


def called(boone, at=NOW):
    with boone.acting("ada"):
        return [(call.contact.name, call.state) for call in call_chain(boone.school, at)]


def test_the_chain_is_called_in_its_order_with_the_state_of_each(boone):
    boone.confirmed(name="Second", place=2, days_ago=200)
    boone.confirmed(name="First", place=1)
    boone.contact(name="Third", place=3)
    assert called(boone) == [("First", "confirmed"), ("Second", "stale"), ("Third", "unconfirmed")]


def test_nights_go_to_whoever_answers_then(boone):
    boone.confirmed(name="Front office", place=1, hours="school_hours")
    boone.confirmed(name="On duty", place=2, hours="after_hours")
    boone.confirmed(name="Ben", place=3, hours="always")
    assert [name for name, _ in called(boone)] == ["Front office", "Ben"]
    assert [name for name, _ in called(boone, NIGHT)] == ["On duty", "Ben"]


def test_a_break_of_the_district_is_one_of_its_schools(boone):
    boone.confirmed(name="Front office", hours="school_hours")
    with boone.acting("dee"):
        Break.objects.create(org=boone.district, name="Fall break", first_on=TODAY, last_on=TODAY)
    assert called(boone) == []
    assert [name for name, _ in called(boone, NOW + timedelta(days=1))] == ["Front office"]


def test_a_school_that_opens_later_says_so(boone):
    boone.confirmed(name="Front office", hours="school_hours")
    with boone.acting("ben"):
        SchoolHours.objects.create(org=boone.school, opens_at=time(12, 30), closes_at=time(17))
    assert called(boone) == []


def test_of_whom_an_address_came_back_what_else_is_known_is_tried_last(boone):
    bounced = {"status": "bounced", "bounced_at": NOW, "bounced_because": "No such mailbox"}
    boone.contact(name="Mailbox gone", place=1, email="a@example.org", dead_channels=["email"], **bounced)
    boone.contact(name="All wrong", place=2, dead_channels=["voice"], **bounced)
    boone.confirmed(name="Ben", place=3)
    assert called(boone) == [("Ben", "confirmed"), ("Mailbox gone", "bounced")]
    with boone.acting("ada"):
        assert call_chain(boone.school, NOW)[-1].channels == (("voice", "+15735550100"),)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("cora", True),
        ("ada", True),
        ("sol", True),
        ("dee", True),
        ("ben", True),
        ("kim", True),
        ("tom", False),
        ("fay", False),
        ("pat", False),
        ("rex", False),
    ],
)
def test_the_schools_chain_is_known_to_its_keepers_the_desk_and_the_state(who, sees, boone):
    boone.confirmed()
    with boone.acting(who):
        assert Contact.objects.filter(org=boone.school).exists() is sees


def test_whoever_is_in_the_chain_sees_all_of_it_and_says_yes_for_themselves_only(boone):
    boone.contact(name="Ben", place=1)
    boone.contact(name="Tom", place=2, person=boone.people["tom"])
    with boone.acting("tom"):
        assert Contact.objects.count() == 2
        assert Contact.objects.update(title="Custodian") == 1
    with boone.acting("ben"):
        assert list(Contact.objects.order_by("place").values_list("title", flat=True)) == ["", "Custodian"]


def test_whoever_left_sees_the_chain_no_more_though_they_still_stand_in_it(boone):
    boone.contact(name="Tom", person=boone.people["tom"])
    with acting_as_system("clock", today=TODAY, reason="test"):
        boone.people["tom"].appointments.update(until_on=TODAY)
    with boone.acting("tom"):
        assert not Contact.objects.exists()


@pytest.mark.parametrize("who", ["pat", "rex"])
def test_an_agencys_chain_is_its_leads(who, boone):
    boone.confirmed(boone.police, kind="law_enforcement")
    with boone.acting(who):
        assert Contact.objects.exists() is (who == "pat")


def test_nobody_without_a_scope_sees_a_contact(boone):
    boone.confirmed()
    assert not Contact.objects.exists()


def test_the_trail_says_that_an_address_changed_and_not_what_it_was(boone):
    one = boone.confirmed(email="linden@example.org")
    with boone.acting("ben"):
        Contact.objects.filter(pk=one.pk).update(voice="+15735550199")
    with acting_as_system("clock", today=TODAY, reason="look"), connection.cursor() as cursor:
        cursor.execute("select string_agg(e::text, ' ') from access_auditentry e where thing = 'contacts_contact'")
        [(told,)] = cursor.fetchall()
        changed = AuditEntry.objects.filter(thing="contacts_contact", verb="update").get()
    assert "5550199" not in told
    assert "5550100" not in told
    assert "linden@example.org" not in told
    assert changed.unsaid == "voice"


def test_a_summary_counts_states(boone):
    boone.confirmed(place=1)
    boone.confirmed(place=2, days_ago=181)
    boone.contact(place=3, asked_at=NOW - timedelta(days=30))
    with boone.acting("ben"):
        found = summary_of(boone.school, NOW)
    assert (found.contacts, found.confirmed, found.stale, found.unconfirmed, found.red) == (3, 1, 1, 1, 1)
    assert not found.is_full
    assert found.wants_care


def test_schools_without_a_confirmed_contact_are_gaps(boone):
    boone.confirmed(place=1)
    boone.confirmed(place=2)
    boone.confirmed(boone.beside, days_ago=181)
    with boone.acting("cora"):
        found = gaps(boone.state, NOW)
        measured = reached(boone.state, NOW)
    assert [(gap.school, gap.district, gap.contacts) for gap in found] == [
        ("Willow", "Ash Grove R-IV", 0),
        ("Birch", "Cedar Fork R-II", 1),
    ]
    assert (measured.contacts, measured.verified) == (3, 2)
    assert (measured.schools, measured.with_full_chain, measured.without_confirmed) == (3, 1, 2)
    assert measured.full_share == pytest.approx(100 / 3)
