"""Who acts is sealed: nobody becomes another by SQL."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from shelterbelt.access import scope_keys
from shelterbelt.access.models import ScopeKey
from shelterbelt.access.scope import Scope, acting_as, acting_as_system, introduce
from shelterbelt.access.standing import stand_in_of, standing_of
from shelterbelt.core import secrets
from shelterbelt.demo import factories
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Person, StandIn

TODAY = date(2026, 11, 2)


@pytest.fixture
def cora(db):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        cedar = factories.a_district("Cedar Fork R-II")
        return factories.a_person("Cora", office="principal", at=factories.a_school("Linden", district=cedar))


@pytest.fixture
def ada(cora):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return factories.a_person("Ada", office="state_office", at=factories.a_state())


def say(**settings: str) -> None:
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("select set_config(%s, %s, true)", [f"shelterbelt.{name}", value])


def settings() -> dict[str, str]:
    with connection.cursor() as cursor:
        names = ("actor", "today", "stand_in", "request", "reason", "seal")
        cursor.execute("select " + ", ".join(f"current_setting('shelterbelt.{name}')" for name in names))
        return dict(zip(names, cursor.fetchone(), strict=True))


@pytest.mark.parametrize(
    "pretended",
    [
        {"actor": "system:install"},
        {"actor": "person:{ada}"},
        {"today": "2019-01-01"},
        {"stand_in": "1"},
        {"reason": "another reason"},
        {"request": "another request"},
        {"seal": ""},
        {"seal": "0" * 64},
    ],
)
def test_a_changed_word_breaks_the_seal(cora, ada, pretended):
    with acting_as(cora.pk, today=TODAY, reason="looks", request="r1"):
        say(**{name: value.format(ada=ada.pk) for name, value in pretended.items()})
        with pytest.raises(ProgrammingError, match="bears no seal"), transaction.atomic():
            Person.objects.count()


def test_a_seal_opens_no_other_transaction(cora, ada):
    later = scope_keys.seal("1793000000.000000", f"person:{ada.pk}", TODAY.isoformat(), "", "", "")
    with acting_as(cora.pk, today=TODAY):
        say(actor=f"person:{ada.pk}", seal=later)
        with pytest.raises(ProgrammingError, match="bears no seal"), transaction.atomic():
            Person.objects.count()


def test_words_do_not_slip_from_one_place_into_another(cora):
    """A reason that holds separators seals nothing but itself."""
    with acting_as(cora.pk, today=TODAY, reason="\x1fsystem:install\x1f2026-11-02"):
        assert Person.objects.filter(pk=cora.pk).exists()
        sealed = settings()
        say(actor="", request=sealed["actor"])
        assert not Person.objects.exists()


def test_the_app_login_can_not_read_the_keys(cora):
    with (
        acting_as(cora.pk, today=TODAY),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        ScopeKey.objects.exists()


def test_a_rotated_key_still_opens_until_it_is_dropped(cora, as_owner, monkeypatch):
    old = scope_keys.ring()
    monkeypatch.setattr(secrets, "ring", lambda *_: ("a new key" * 10, *old))
    with as_owner():
        scope_keys.store()
    with acting_as(cora.pk, today=TODAY):
        assert Person.objects.exists()
    monkeypatch.setattr(secrets, "ring", lambda *_: ("a new key" * 10,))
    with as_owner():
        scope_keys.store()
    with (
        pytest.raises(ProgrammingError, match="bears no seal"),
        transaction.atomic(),
        acting_as(cora.pk, today=TODAY),
    ):
        Person.objects.exists()


def test_a_long_key_is_hashed_first_as_the_standard_says(cora, as_owner, monkeypatch):
    monkeypatch.setattr(secrets, "ring", lambda *_: ("long" * 40,))
    scope_keys._newest.cache_clear()
    try:
        with as_owner():
            scope_keys.store()
        with acting_as(cora.pk, today=TODAY):
            assert Person.objects.exists()
    finally:
        scope_keys._newest.cache_clear()


def test_a_connection_of_its_own_is_told_who_acts(cora):
    with transaction.atomic(), connection.cursor() as cursor:
        introduce(cursor, Scope(f"person:{cora.pk}", TODAY))
        assert Person.objects.filter(pk=cora.pk).exists()


@pytest.fixture
def ben(cora):
    """Coordinates safety at Cora's district."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        cedar = Org.objects.get(name="Cedar Fork R-II")
        return factories.a_person("Ben", office="district_coordinator", at=cedar)


def lend(holder: Person, to: Person, *, from_on: date = TODAY, days: int = 7) -> StandIn:
    held = Appointment.objects.get(person=holder)
    until_on = from_on + timedelta(days=days)
    return StandIn.objects.create(
        appointment=held, org=held.org, person=to, from_on=from_on, until_on=until_on, given_by=holder
    )


@pytest.fixture
def lent(ada, ben, cora):
    with acting_as(ben.pk, today=TODAY):
        return lend(ben, cora)


def test_a_stand_in_holds_that_office_and_none_of_their_own(cora, ben, lent):
    with acting_as(cora.pk, today=TODAY, stand_in=lent.pk), connection.cursor() as cursor:
        cursor.execute("select office from access_holdings()")
        assert cursor.fetchall() == [("district_coordinator",)]
        standing = standing_of(cora, today=TODAY, acting_for=stand_in_of(cora, lent.pk, today=TODAY))
        assert standing.offices == {"district_coordinator"}


def test_what_a_stand_in_does_is_on_record_for_both(cora, ben, lent):
    with acting_as(cora.pk, today=TODAY, stand_in=lent.pk), connection.cursor() as cursor:
        cursor.execute("select access_person(), access_acting_for()")
        assert cursor.fetchone() == (cora.pk, ben.pk)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=7)])
def test_before_and_after_its_dates_a_stand_in_holds_nothing(cora, lent, day):
    with acting_as(cora.pk, today=day, stand_in=lent.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from access_holdings()")
        assert cursor.fetchone() == (0,)
        assert stand_in_of(cora, lent.pk, today=day) is None


def test_it_ends_with_the_office_it_is_for(cora, ben, lent):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Appointment.objects.filter(person=ben).update(until_on=TODAY)
    with acting_as(cora.pk, today=TODAY, stand_in=lent.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from access_holdings()")
        assert cursor.fetchone() == (0,)


def test_nobody_else_can_use_it(ada, ben, lent):
    with acting_as(ada.pk, today=TODAY, stand_in=lent.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from access_holdings()")
        assert cursor.fetchone() == (0,)


def refused(act):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        act()


def test_nobody_lends_what_is_not_theirs_to_give(ada, ben, cora):
    with acting_as(cora.pk, today=TODAY):
        refused(lambda: lend(ben, cora))


def test_nobody_hands_on_what_they_hold_in_anothers_stead(ada, ben, cora, lent):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        eli = factories.a_person("Eli", office="staff", at=lent.org)
    with acting_as(cora.pk, today=TODAY, stand_in=lent.pk):
        refused(lambda: lend(ben, eli, from_on=TODAY + timedelta(days=30)))


def test_a_stand_in_can_not_make_it_last_longer(cora, lent):
    with (
        acting_as(cora.pk, today=TODAY),
        pytest.raises(ProgrammingError, match="sooner, not later"),
        transaction.atomic(),
    ):
        StandIn.objects.filter(pk=lent.pk).update(until_on=TODAY + timedelta(days=60))


def test_protection_officers_lend_nothing(ada, ben):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        factories.appoint(ben, "school_protection_officer", Appointment.objects.get(person=ben).org)
        held = Appointment.objects.get(person=ben, office="school_protection_officer")
    with acting_as(ben.pk, today=TODAY):
        loan = StandIn(
            appointment=held, org=held.org, person=ada, from_on=TODAY, until_on=TODAY + timedelta(days=2), given_by=ben
        )
        refused(loan.save)
