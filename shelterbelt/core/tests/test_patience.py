"""Nobody waits without end: a statement or a wait that takes too long is stopped, said so, and leaves nothing behind."""

from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from shelterbelt.access.audience import audience
from shelterbelt.access.scope import acting_as_system
from shelterbelt.api import errors
from shelterbelt.core import patience
from shelterbelt.core.patience import Patience, ran_out
from shelterbelt.demo import factories as a
from shelterbelt.orgs.models import Org
from shelterbelt.urls import urlpatterns as all_pages
from tests import databases

TODAY = a.FIRST_DAY


def sleeps():
    with connection.cursor() as cursor:
        cursor.execute("select pg_sleep(30)")


@audience("public")
def slow(request):
    """A page that would take half a minute."""
    with acting_as_system("measures", today=TODAY, reason="test"):
        a.a_county("Slow County", fips="29999")
        sleeps()
    return HttpResponse()


urlpatterns = [path("slow/", slow), path("api/v1/slow", slow), *all_pages]
handler500 = errors.server_error


@pytest.fixture
def hurry(settings, db):
    settings.STATEMENT_SECONDS = settings.LOCK_SECONDS = 1
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize("address", ["/slow/", "/api/v1/slow"])
def test_a_page_that_takes_too_long_is_stopped_with_a_sentence(hurry, address):
    answer = Client(raise_request_exception=False).get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "took too long" in answer.content.decode()
    with acting_as_system("install", today=TODAY, reason="test"):
        assert not Org.objects.filter(name="Slow County").exists()


def told_within(do):
    """What a request comes to that does something."""
    return Patience(lambda _request: do())(RequestFactory().get("/"))


def limit(name):
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s)", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_limits_end_with_the_transaction_and_bind_no_task(settings):
    settings.STATEMENT_SECONDS, settings.LOCK_SECONDS = 7, 3

    def looks():
        with acting_as_system("install", today=TODAY, reason="test"):
            return limit("statement_timeout"), limit("lock_timeout")

    assert told_within(looks) == ("7s", "3s")
    assert limit("statement_timeout") == "0"
    assert looks() == ("0", "0")
    assert patience.limits() is None


@pytest.mark.django_db(transaction=True)
def test_a_wait_for_somebody_elses_change_is_ended(settings):
    settings.LOCK_SECONDS = 1
    with acting_as_system("install", today=TODAY, reason="test"):
        state = a.a_state()
    with _held(state), pytest.raises(OperationalError) as raised:
        told_within(lambda: _changes(state))
    assert ran_out(raised.value)
    with acting_as_system("install", today=TODAY, reason="test"):
        assert Org.objects.get(pk=state.pk).city == ""


def _changes(org):
    with acting_as_system("install", today=TODAY, reason="test"):
        Org.objects.filter(pk=org.pk).update(city="x")


@contextmanager
def _held(org):
    """Somebody else has the row for as long as this lasts."""
    parts = databases.administrator() | {"dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**parts) as other:
        other.execute("select * from orgs_org where id = %s for update", [org.pk])
        yield
        other.rollback()


def test_other_faults_are_faults():
    assert not ran_out(None)
    assert not ran_out(ValueError())
    assert not ran_out(OperationalError("server closed the connection"))
