"""A session's own temporary tables never stand in front of the tables that the walls are built on."""

from datetime import date

import pytest
from django.db import connection

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.attestations.models import Attestation
from shelterbelt.demo import factories
from shelterbelt.drills.models import Drill
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person

TODAY = date(2026, 11, 2)


@pytest.fixture
def cora(db: None) -> Person:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        ash = factories.a_school("Willow", district=factories.a_district("Ash Grove R-IV"))
        Drill.objects.create(school=ash, kind="fire", status="held", held_on=TODAY, recorded_at="2026-11-02T12:00Z")
        return factories.a_person("Cora", office="principal", at=factories.a_school("Linden"))


def _by_sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_an_invented_office_opens_nothing(cora: Person) -> None:
    with acting_as(cora.pk, today=TODAY):
        _by_sql(
            "create temporary table people_appointment as select * from public.people_appointment",
            "update pg_temp.people_appointment set office = 'state_office',"
            " org_id = (select id from orgs_org where kind = 'state')",
            "grant select on pg_temp.people_appointment to public",
        )
        assert Drill.objects.count() == 0


def test_an_invented_key_seals_nobody(cora: Person) -> None:
    with acting_as(cora.pk, today=TODAY):
        _by_sql(
            "create temporary table access_scopekey (inside bytea, outside bytea)",
            "insert into pg_temp.access_scopekey values ('a', 'b')",
            "grant select on pg_temp.access_scopekey to public",
        )
        assert Drill.objects.count() == 0  # our own seal is still known: theirs was never asked


def test_an_entry_goes_to_the_trail_whatever_else_bears_its_name(cora: Person) -> None:
    with acting_as(cora.pk, today=TODAY):
        _by_sql(
            "create temporary table access_auditentry as select * from public.access_auditentry limit 0",
            "grant all on pg_temp.access_auditentry to public",
        )
        school = Org.objects.schools().get(name="Linden")
        Attestation.objects.create(org=school, output="B-O2", year=2026, answers={}, made_on=TODAY)
        _by_sql("drop table pg_temp.access_auditentry")
        assert AuditEntry.objects.filter(thing="attestations_attestation").count() == 1
