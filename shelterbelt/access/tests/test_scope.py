"""Whose eyes: what exists for whom, in the database itself."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from shelterbelt.access.scope import acting_as, acting_as_system, current_scope
from shelterbelt.attestations.models import Attestation
from shelterbelt.demo import factories
from shelterbelt.drills.models import Drill, SeenDrill
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Person

TODAY = date(2026, 11, 2)


@dataclass(frozen=True)
class Town:
    """Two districts with a school and a drill each, and people at every level."""

    ada: Person
    rosa: Person
    ben: Person
    cora: Person
    dan: Person
    officer: Person
    eli: Person
    here: Org
    there: Org


def _drill(school: Org, nature: str = "drill", incident_class: str = "") -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Drill.objects.create(
            id=uuid4(),
            school=school,
            nature=nature,
            incident_class=incident_class,
            kind="fire",
            status="held",
            held_on=TODAY,
            recorded_at="2026-11-02T12:00:00Z",
        )


@pytest.fixture
def town(db: None) -> Town:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        county = factories.a_county()
        region = factories.a_region("troop", "Troop F", counties=(county,))
        cedar, ash = factories.a_district("Cedar Fork R-II"), factories.a_district("Ash Grove R-IV")
        here, there = factories.a_school("Linden", district=cedar), factories.a_school("Willow", district=ash)
        police = factories.an_agency("law_enforcement", serves=cedar)
        town = Town(
            ada=factories.a_person("Ada", office="state_office", at=factories.a_state()),
            rosa=factories.a_person("Rosa", office="region_coordinator", at=region),
            ben=factories.a_person("Ben", office="district_coordinator", at=cedar),
            cora=factories.a_person("Cora", office="principal", at=here),
            dan=factories.a_person("Dan", office="principal", at=there),
            officer=factories.a_person("Officer Finn", office="responder", at=police),
            eli=factories.a_person("Eli", office="school_protection_officer", at=here),
            here=here,
            there=there,
        )
    _drill(here)
    _drill(there)
    return town


def _eyes(person: Person, today: date = TODAY) -> AbstractContextManager[None]:
    return acting_as(person.pk, today=today)


def test_without_a_scope_nothing_exists_and_nothing_can_be_written(town: Town) -> None:
    assert Drill.objects.count() == 0
    assert Person.objects.count() == 0
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Attestation.objects.create(org=town.here, output="B-O2", year=2026, made_on=TODAY)


@pytest.mark.parametrize(
    ("who", "seen"), [("ada", 2), ("rosa", 2), ("ben", 1), ("cora", 1), ("dan", 1), ("officer", 0)]
)
def test_everybody_sees_the_drills_that_their_office_reaches(town: Town, who: str, seen: int) -> None:
    with _eyes(getattr(town, who)):
        assert Drill.objects.count() == seen


def test_an_ended_appointment_sees_nothing_the_next_moment(town: Town) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Appointment.objects.filter(person=town.cora).update(until_on=TODAY)

    with _eyes(town.cora):
        assert Drill.objects.count() == 0


def test_tomorrows_appointment_sees_nothing_yet(town: Town) -> None:
    with _eyes(town.cora, today=date(2019, 6, 30)):
        assert Drill.objects.count() == 0


def test_a_principal_cannot_write_for_another_school_even_by_sql(town: Town) -> None:
    with _eyes(town.cora), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Attestation.objects.create(org=town.there, output="B-O2", year=2026, made_on=TODAY)
    with _eyes(town.cora), connection.cursor() as cursor:
        cursor.execute("update drills_drill set kind = 'tornado' where school_id = %s", [town.there.pk])
        assert cursor.rowcount == 0


def test_the_directory_can_be_read_by_all_and_written_by_the_state_only(town: Town) -> None:
    assert Org.objects.filter(pk=town.there.pk).exists()
    with _eyes(town.ben), connection.cursor() as cursor:
        cursor.execute("update orgs_org set name = 'Mine' where id = %s", [town.there.pk])
        assert cursor.rowcount == 0
    with _eyes(town.ada), connection.cursor() as cursor:
        cursor.execute("update orgs_org set name = 'Willow Elementary' where id = %s", [town.there.pk])
        assert cursor.rowcount == 1


def test_who_protects_a_school_is_known_to_those_who_appoint_and_lead_them(town: Town) -> None:
    def knows(person: Person) -> bool:
        with _eyes(person):
            return Person.objects.filter(pk=town.eli.pk).exists()

    with acting_as_system("demonstration", today=TODAY, reason="test"):
        nell = factories.a_person("Nell", office="staff", at=town.here)
        sro = factories.a_person("Stan", office="school_resource_officer", at=town.here)
    assert [knows(town.cora), knows(town.ben), knows(town.eli)] == [True, True, True]
    assert [knows(nell), knows(sro)] == [False, False]
    assert [knows(town.ada), knows(town.rosa), knows(town.dan), knows(town.officer)] == [False] * 4


def test_a_school_knows_its_districts_coordinator(town: Town) -> None:
    with _eyes(town.cora):
        assert Person.objects.filter(pk=town.ben.pk).exists()


def test_agencies_see_that_drills_were_held_but_not_their_records_nor_incidents(town: Town) -> None:
    _drill(town.here, nature="incident", incident_class="firearm")

    with _eyes(town.officer):
        assert [(drill.school_id, drill.nature) for drill in SeenDrill.objects.all()] == [(town.here.pk, "drill")]
        assert not Drill.objects.exists()
        assert not {"strengths", "improvements", "accommodations", "summary"} & _columns("drills_seen")
    with _eyes(town.cora):
        assert Drill.objects.count() == 2
        assert [drill.school_id for drill in SeenDrill.objects.all()] == [town.here.pk]
    assert not SeenDrill.objects.exists()


def _columns(name: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {name} limit 0")
        return {column.name for column in cursor.description}


def test_a_scope_inside_another_gives_the_outer_one_back(town: Town) -> None:
    with _eyes(town.cora):
        with acting_as_system("measures", today=TODAY, reason="test"):
            assert Drill.objects.count() == 2
        assert Drill.objects.count() == 1
        assert current_scope().actor == f"person:{town.cora.pk}"


def test_an_error_inside_a_scope_gives_the_outer_one_back(town: Town) -> None:
    with _eyes(town.cora):
        with (
            pytest.raises(ZeroDivisionError),
            acting_as_system("measures", today=TODAY, reason="test"),
        ):
            _ = 1 // 0
        assert Drill.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "alter table drills_drill disable row level security",
        "drop policy drills_drill_read on drills_drill",
        "delete from access_auditentry",
        "update access_auditentry set actor = ''",
        "insert into access_auditentry (at, actor, reason, request, verb, thing, thing_id) values (now(),'','','','','','')",
        "delete from core_change",
        "truncate drills_drill",
        "create table mine (id int)",
    ],
)
def test_the_app_login_can_not_take_a_wall_down(town: Town, statement: str) -> None:
    with (
        _eyes(town.ada),
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_app_login_can_not_become_another(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname from pg_roles"
            " where rolname <> 'shelterbelt_app' and pg_has_role('shelterbelt_app', oid, 'member')"
        )
        assert cursor.fetchall() == []


def test_who_may_only_read_a_row_can_not_take_it_over(town: Town) -> None:
    with _eyes(town.officer), connection.cursor() as cursor:
        cursor.execute(
            "update drills_drill set school_id = a.org_id from people_appointment a where a.person_id = %s",
            [town.officer.pk],
        )
        assert cursor.rowcount == 0


@pytest.mark.parametrize("office", ["state_office", "principal"])
def test_staff_can_not_give_themselves_an_office_by_sql(town: Town, office: str) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        nell = factories.a_person("Nell", office="staff", at=town.here)
    with (
        _eyes(nell),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Appointment.objects.create(person=nell, org=town.here, office=office, from_on=TODAY)


def test_the_state_s_office_counts_at_the_state_only(town: Town) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        nell = factories.a_person("Nell", office="state_office", at=town.here)
    with _eyes(nell):
        assert Drill.objects.count() == 1
