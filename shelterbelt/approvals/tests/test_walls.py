"""What the database refuses, should a page or verb ever forget to ask."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.tests.conftest import NOW, TODAY, making
from shelterbelt.people.models import Appointment
from shelterbelt.people.rules import TWO_PERSON_OFFICES


def refused(person, act, match):
    """SQL with somebody's eyes is refused, at the latest when their transaction ends."""
    with acting_as(person.pk, today=TODAY), pytest.raises(DatabaseError, match=match):
        to_the_end(act)


def to_the_end(act):
    with transaction.atomic(), connection.cursor() as cursor:
        act()
        cursor.execute("set constraints all immediate")


@pytest.fixture
def asked(town):
    """Ada asks for Ben to be appointed to the state office."""
    with making():
        return Approval.objects.create(
            verb="people.appoint", org=town.missouri, thing="Appoint Ben",
            given={"office": "state_office", "org": town.missouri.pk, "person": town.ben.pk, "from_on": str(TODAY),
                   "until_on": None},
            offices=["state_office"], asked_by=town.ada, asked_at=NOW, expires_at=NOW + timedelta(days=3650),
        )  # fmt: skip


def appointment(town, person, office="state_office"):
    return Appointment(person=person, org=town.missouri, office=office, from_on=TODAY)


def decide(approval, **what):
    return Approval.objects.filter(pk=approval.pk).update(decided_at=NOW, **what)


def test_one_person_alone_gives_no_statewide_office(town):
    for office in TWO_PERSON_OFFICES - {"tip_analyst"}:
        refused(town.ada, appointment(town, town.tess, office).save, "Two people are needed to give")
    refused(town.ada, appointment(town, town.bea, "tip_analyst").save, "Two people are needed to give")


def test_the_database_knows_the_same_offices_as_the_rules(town):
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(office) from unnest(%s::text[]) as office where approvals_takes_two(office)",
            [Appointment.Office.values],
        )
        assert set(cursor.fetchone()[0]) == TWO_PERSON_OFFICES


def test_with_a_second_persons_word_exactly_that_may_be_done(town, asked):
    def agreed_then(act):
        def both():
            decide(asked, decision="agreed", decided_by=town.bea)
            act()

        return both

    refused(town.bea, agreed_then(appointment(town, town.tess).save), "Two people are needed")
    refused(town.bea, agreed_then(appointment(town, town.ben, "tip_analyst").save), "Two people are needed")
    longer = appointment(town, town.ben)
    longer.from_on -= timedelta(days=1)
    refused(town.bea, agreed_then(longer.save), "Two people are needed")
    with acting_as(town.bea.pk, today=TODAY, reason=f"appoint person:{town.ben.pk}"):
        to_the_end(agreed_then(appointment(town, town.ben).save))


def test_where_somebody_new_was_meant_it_is_the_one_with_that_address(town):
    with making() as a:
        nell, mallory = a.a_person("Nell Root"), a.a_person("Mallory Root")
        asked = Approval.objects.create(
            verb="people.appoint", org=town.missouri, thing="Appoint Nell",
            given={"office": "state_office", "org": town.missouri.pk, "person": None, "name": "Nell Root",
                   "email": " Nell-Root@Example.org", "from_on": str(TODAY), "until_on": None},
            offices=["state_office"], asked_by=town.ada, asked_at=NOW, expires_at=NOW + timedelta(days=3650),
        )  # fmt: skip

    def agreed_then(person):
        decide(asked, decision="agreed", decided_by=town.bea)
        appointment(town, person).save()

    for person, is_meant in ((mallory, False), (nell, True)):
        with acting_as(town.bea.pk, today=TODAY, reason=f"appoint person:{person.pk}"):
            if is_meant:
                to_the_end(lambda: agreed_then(nell))
            else:
                with pytest.raises(DatabaseError, match="Two people are needed"):
                    to_the_end(lambda: agreed_then(mallory))


@pytest.mark.django_db(transaction=True)
def test_a_later_transaction_cannot_lean_on_a_word_once_given(town, asked):
    with acting_as(town.bea.pk, today=TODAY):
        decide(asked, decision="agreed", decided_by=town.bea)
    for person in (town.ada, town.bea):
        refused(person, appointment(town, town.ben).save, "Two people are needed|row-level security")


def test_nobody_ends_another_statewide_office_alone(town):
    held = Appointment.objects.filter(person=town.bea)
    refused(town.ada, lambda: held.update(until_on=TODAY), "Two people are needed to end")
    with acting_as(town.bea.pk, today=TODAY):
        assert held.update(until_on=TODAY) == 1


def test_somebody_stays_whatever_sql_says(town):
    with acting_as_system("install", today=TODAY, reason="test"):
        Appointment.objects.filter(person__in=(town.bea, town.carl)).update(until_on=TODAY)
    own = Appointment.objects.filter(person=town.ada)
    refused(town.ada, lambda: own.update(until_on=TODAY + timedelta(days=1)), "Somebody always stays")


def test_nobody_decides_what_they_asked_for(town, asked):
    for decision in ("agreed", "declined", "failed"):
        refused(town.ada, lambda it=decision: decide(asked, decision=it, decided_by=town.ada), "row-level security")
    refused(town.ada, lambda: decide(asked, decision="agreed", decided_by=town.bea), "row-level security")
    refused(town.bea, lambda: decide(asked, decision="agreed", decided_by=town.carl), "row-level security")
    refused(town.bea, lambda: decide(asked, decision="withdrawn", decided_by=town.bea), "row-level security")


def test_what_was_asked_is_not_changed_nor_decided_twice(town, asked):
    for change in ({"given": {}}, {"offices": ["principal"]}, {"asked_by": town.carl}, {"thing": "x"}):
        refused(town.bea, lambda it=change: Approval.objects.filter(pk=asked.pk).update(**it), "permission denied")
    with acting_as(town.bea.pk, today=TODAY):
        assert decide(asked, decision="declined", decided_by=town.bea) == 1
        assert decide(asked, decision="agreed", decided_by=town.bea) == 0


def test_nobody_asks_in_anothers_name(town):
    def as_bea():
        Approval.objects.create(
            verb="people.appoint", org=town.missouri, thing="x", given={}, offices=["state_office"],
            asked_by=town.bea, asked_at=NOW, expires_at=NOW + timedelta(days=1),
        )  # fmt: skip

    refused(town.ada, as_bea, "row-level security")


def test_offices_of_ones_own_choice_decide_nothing(town):
    """Ada names an office that may decide; its holder agrees; the gift is still refused."""
    with acting_as(town.ada.pk, today=TODAY):
        own = Approval.objects.create(
            verb="people.appoint", org=town.missouri, thing="x", offices=["tip_analyst"], asked_by=town.ada,
            given={"office": "state_office", "org": town.missouri.pk, "person": town.tess.pk},
            asked_at=NOW, expires_at=NOW + timedelta(days=3650),
        )  # fmt: skip
    with acting_as(town.tess.pk, today=TODAY):
        assert decide(own, decision="agreed", decided_by=town.tess) == 1
    refused(town.ada, appointment(town, town.tess).save, "Two people are needed")


def test_others_see_nothing_of_it(town, asked):
    for other in (town.ben, town.tess):
        with acting_as(other.pk, today=TODAY):
            assert not Approval.objects.exists()
            assert decide(asked, decision="declined", decided_by=other) == 0


def test_nobody_tries_out_whose_address_is_whose(town):
    def guess():
        with connection.cursor() as cursor:
            cursor.execute("select approvals_means(%s, %s)", ['{"email": "ben-hollis@example.org"}', town.ben.pk])

    refused(town.tess, guess, "permission denied for function")
