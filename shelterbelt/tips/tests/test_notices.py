"""Handle With Care: police tell a school of a child before the next bell; the school says that it knows."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from shelterbelt.delivery.models import Message
from shelterbelt.tips.actions import noticing
from shelterbelt.tips.models import AgencyNotice, StatFact
from shelterbelt.tips.queries.bells import next_bell
from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(town, acting):
    with acting("reed") as by:
        return noticing.give_notice(
            agency=town.police, school=town.linden, child="Nell Root", grade="4", reference="CFS 17", by=by, at=NOW
        )


def test_the_school_reads_the_name_and_says_that_it_knows(given, client_of, acting):
    pia = client_of("pia")
    assert b"Handle Nell Root with care" in pia.get(f"/notices/{given.pk}/").content
    with acting("pia"):
        assert AgencyNotice.objects.get().acknowledged_at is None, "opening acknowledges nothing"
    pia.post(f"/notices/{given.pk}/acknowledge/")
    with acting("reed"):
        assert AgencyNotice.objects.get().acknowledged_at == NOW
    assert b"The school knows" in client_of("reed").get("/notices/").content


@pytest.mark.parametrize(("name", "status"), [
    ("pia", 200), ("sam", 200), ("ben", 200), ("reed", 200), ("pete", 200), ("ada", 200),
    ("otto", 404), ("tom", 404), ("cora", 404), ("fay", 404), ("greta", 404),
])  # fmt: skip
def test_who_reads_a_notice(given, client_of, name, status):
    assert client_of(name).get(f"/notices/{given.pk}/").status_code == status


def test_the_name_stands_nowhere_in_clear(given, at_desk, as_owner):
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("""
            select n::text from tips_agencynotice n union all select m::text from delivery_message m
            union all select before::text || after::text from access_auditentry
        """)
        assert "Nell" not in " ".join(str(row[0]) for row in cursor.fetchall())


def test_the_school_is_told_without_the_name(given, at_desk):
    with at_desk():
        message = Message.objects.get(purpose="tips.notice")
        assert "Linden Creek" in str(message.words)


def test_notices_are_counted_apart_from_tips(given, at_desk):
    with at_desk():
        assert StatFact.objects.get().kind == "notice"
        assert not StatFact.objects.filter(step="received").exists()


def test_an_agency_tells_only_schools_that_it_serves(town, acting):
    with acting("reed") as by, pytest.raises(PermissionDenied, match="doesn't serve"):
        noticing.give_notice(agency=town.police, school=town.oak, child="x", grade="", reference="", by=by, at=NOW)


def test_a_school_gives_none(client_of):
    assert client_of("pia").get("/notices/give/").status_code == 403


def test_taken_back_it_is_no_longer_counted(given, acting, at_desk):
    with acting("reed") as by:
        noticing.withdraw_notice(notice=given, by=by, at=NOW)
    with at_desk():
        assert sum(StatFact.objects.values_list("amount", flat=True)) == 0


@pytest.mark.parametrize(
    ("at", "bell"),
    [
        (datetime(2026, 11, 18, 3, 0, tzinfo=UTC), "2026-11-18"),  # Tuesday night: Wednesday's bell
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), "2026-11-23"),  # Friday evening: Monday's
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "2026-11-02"),  # the night the clocks go back
    ],
)
def test_the_next_bell(town, at_desk, at, bell):
    with at_desk():
        assert next_bell(town.linden, at).date().isoformat() == bell


def test_while_school_is_held_it_is_half_an_hour(town, at_desk):
    with at_desk():
        assert (next_bell(town.linden, NOW) - NOW).total_seconds() == 1800
