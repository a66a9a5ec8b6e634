"""Whoever acts for another goes on keeping the stricter rules of their own office."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from shelterbelt.access.scope import acting_as
from shelterbelt.access.standing import Standing, stand_in_of, standing_of
from shelterbelt.core import clock
from shelterbelt.people.models import Appointment, StandIn
from shelterbelt.people.policy import may_remove_factor
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.sign_in_rules import WATCHED, session_limits
from shelterbelt.people.tests.conftest import TODAY, making

pytestmark = pytest.mark.django_db


@pytest.fixture
def lent(sue, rita):
    """Rita, who coordinates the region, acts for the superintendent of Cedar Fork."""
    with making():
        held = Appointment.objects.get(person=sue.person)
        return StandIn.objects.create(
            appointment=held, org=held.org, person=rita.person, from_on=TODAY, until_on=date(2026, 12, 1),
            given_by=sue.person,
        )  # fmt: skip


@pytest.fixture
def acting(lent, rita):
    with acting_as(rita.person.pk, today=TODAY, stand_in=lent.pk):
        known = stand_in_of(rita.person, lent.pk, today=TODAY)
        yield standing_of(rita.person, today=TODAY, acting_for=known)


def test_the_last_second_factor_stays_while_acting(acting, rita):
    with signing_in("test"):
        app = Authenticator.objects.create(user=rita.person, type="totp", data={"secret": "x"})
    assert "asks for a second factor" in str(may_remove_factor(acting, app))
    just_ended = Standing(rita.person, TODAY, ())
    assert "asks for a second factor" in str(may_remove_factor(just_ended, app))


def test_what_they_hold_stays_the_one_office_lent(acting):
    assert acting.offices == {"superintendent"}
    assert acting.offices_that_ask == {"superintendent", "region_coordinator"}
    assert session_limits(acting.offices_that_ask) == WATCHED


def test_without_acting_nothing_more_is_asked(rita, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rita.offices_that_ask == {"region_coordinator"}


@pytest.fixture
def browser(enter, rita, lent):
    client = enter(rita)
    session = client.session
    session["acting_for"] = lent.pk
    session["second_factor"] = "totp"
    session.save()
    return client


def test_a_session_lasts_as_long_as_their_own_office_lets_it(browser):
    assert browser.get("/people/").status_code == 200
    session = browser.session
    assert session["acting_for"]
    session.begun_at = clock.now() - WATCHED.longest - timedelta(minutes=5)
    session.save()
    assert browser.get("/people/")["Location"].startswith("/people/")
    assert "_auth_user_id" not in browser.session


def test_the_second_factor_is_asked_for_while_acting(browser):
    session = browser.session
    session["second_factor"] = ""
    session.save()
    assert browser.get("/people/")["Location"].startswith(reverse("people:second_factors"))
