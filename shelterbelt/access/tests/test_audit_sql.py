"""Raw SQL of every kind leaves entries: the trail can't be walked around by writing differently."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.attestations.models import Attestation
from shelterbelt.demo import factories
from shelterbelt.orgs.models import Org

TODAY = date(2026, 11, 2)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
COLUMNS = "id, org_id, output, output_version, year, answers, statement, level, made_on"


def _by_sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _told(thing: str = "attestations_attestation") -> list[tuple[str, str, int | None]]:
    found = AuditEntry.objects.filter(thing=thing).order_by("id")
    return [(entry.verb, entry.thing_id, entry.org_id) for entry in found]


@pytest.fixture
def linden(db: None):
    with acting_as_system("import", today=TODAY, reason="test"):
        school = factories.a_school("Linden")
        Attestation.objects.create(id=ONE, org=school, output="B-O2", year=2026, answers={}, made_on=TODAY)
        yield school


def test_insert_from_select(linden: Org) -> None:
    _by_sql(
        f"insert into attestations_attestation ({COLUMNS}) select %s, org_id, 'B-O3', output_version, year, answers,"
        " statement, level, made_on from attestations_attestation",
        TWO,
    )
    assert _told()[1:] == [("insert", str(TWO), linden.pk)]


def test_a_row_that_gets_another_key_is_told_of_under_both(linden: Org) -> None:
    _by_sql("update attestations_attestation set id = %s", TWO)
    assert sorted(_told()[1:]) == sorted([("update", str(ONE), linden.pk), ("update", str(TWO), linden.pk)])
    entry = AuditEntry.objects.filter(verb="update").first()
    assert (entry.before["id"], entry.after["id"]) == (str(ONE), str(TWO))
