from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

import pytest

TODAY = date(2026, 11, 24)
PASSWORD = "a long and quiet sentence"


@contextmanager
def making():
    """The pieces a state is made of, inside the demonstration's scope."""
    # Imported late: this file is read before Django is ready.
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.demo import factories

    with acting_as_system("demonstration", today=TODAY, reason="test"):
        yield factories


@pytest.fixture(autouse=True)
def _today(monkeypatch, settings):
    # The real one is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr("shelterbelt.core.clock.today", lambda: TODAY)


@pytest.fixture
def town(db):
    """Missouri and two districts: Cedar Fork with two schools, Far Away with one; a sheriff."""
    with making() as a:
        cedar_fork, far_away = a.a_district("Cedar Fork R-II"), a.a_district("Far Away R-I")
        return SimpleNamespace(
            missouri=a.a_state(),
            region=a.a_region(counties=(a.a_county(),)),
            cedar_fork=cedar_fork,
            linden_creek=a.a_school("Linden Creek Elementary", district=cedar_fork),
            oak_hill=a.a_school("Oak Hill High", district=cedar_fork),
            far_away=far_away,
            far_school=a.a_school("Far School", district=far_away),
            sheriff=a.an_agency("law_enforcement", "Boone County Sheriff", serves=a.a_county()),
        )


def _standing(name, office, at):
    with making() as a:
        return a.standing(a.a_person(name, office=office, at=at, password=PASSWORD), TODAY)


@pytest.fixture
def ada(town):
    """At the state office."""
    return _standing("Ada Moss", "state_office", town.missouri)


@pytest.fixture
def rita(town):
    """Coordinates the region."""
    return _standing("Rita Voss", "region_coordinator", town.region)


@pytest.fixture
def sue(town):
    """Superintendent of Cedar Fork."""
    return _standing("Sue Ames", "superintendent", town.cedar_fork)


@pytest.fixture
def ben(town):
    """Coordinates safety in Cedar Fork."""
    return _standing("Ben Hollis", "district_coordinator", town.cedar_fork)


@pytest.fixture
def cora(town):
    """Principal of Linden Creek."""
    return _standing("Cora Lindt", "principal", town.linden_creek)


@pytest.fixture
def finn(town):
    """Principal in Far Away."""
    return _standing("Finn Abel", "principal", town.far_school)


@pytest.fixture
def otto(town):
    """School protection officer at Linden Creek."""
    return _standing("Otto Quill", "school_protection_officer", town.linden_creek)


@pytest.fixture
def wade(town):
    """Leads the sheriff's office."""
    return _standing("Wade Rowe", "agency_lead", town.sheriff)


@pytest.fixture
def enter(client):
    """Sign somebody in without the page, which has tests of its own."""

    def sign_in(standing):
        client.force_login(standing.person)
        return client

    return sign_in


@pytest.fixture
def enqueued(db):
    """`enqueued("people.mail")` gives what was asked of a task, in the order asked."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    # Tests with transactions of their own leave theirs.
    before = ProcrastinateJob.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def asked(name):
        jobs = ProcrastinateJob.objects.filter(task_name=f"shelterbelt:{name}", id__gt=before).order_by("id")
        return [job.args for job in jobs]

    return asked
