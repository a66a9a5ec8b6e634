"""Every address, by every method, as every office and as nobody.

No fault, nothing foreign told or changed, and what is not yours answers as what is not there.
"""

import logging

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.attack import samples
from tests.attack.fuzzing.guards import ForeignRows
from tests.attack.walking import METHODS, ask, somebody
from tests.attack.world import PLACE_OF_OFFICE, SECRET

NOBODY = "nobody"
ROLES = [*PLACE_OF_OFFICE, NOBODY]
SEES_ALL = {"state_office"}
CALLED_BY_THE_DESK = {"tip_analyst", "tip_supervisor"}
"""They see whom every school of the state has called, and nothing else of it."""
AT_THE_STATE = {office for office, at in PLACE_OF_OFFICE.items() if at == "state"}
PAGES = [page for page in samples.pages() if page.name != "set_language"]
"""All but Django's own switch of language, which reads and writes nothing."""


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def one_transaction():
    """Requests run inside the test's transaction and don't give its connection back."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


def person(world, role):
    return None if role == NOBODY else world.people[role]


def test_every_word_of_an_address_has_samples():
    assert not samples.unknown(PAGES), "add them to tests/attack/samples.py"


@pytest.mark.parametrize("role", ROLES)
def test_no_address_fails_tells_or_changes_anything_foreign(world, as_owner, role):
    rows = ForeignRows(world, as_owner)
    before = rows.digest()
    client, faults = somebody(person(world, role)), []
    ours, theirs = samples.ours(world), samples.theirs(world)
    for page in PAGES:
        for method in METHODS:
            for values in (ours, theirs) if method in {"GET", "POST"} else (theirs,):
                answer = ask(client, page, method, values)
                where = f"{role}: {method} {page.filled(values)} answers {answer.status}"
                if answer.status >= 500 and page.name != "home:readyz":  # no worker is running here, and it says so
                    faults.append(where)
                by_right = role in CALLED_BY_THE_DESK and (
                    page.name.startswith("contacts:") or page.name == "tips:notice"
                )
                if SECRET in answer.text and role not in SEES_ALL and not by_right:
                    faults.append(f"{where} and tells of the foreign district")
                if role == NOBODY and page.audience != "public" and answer.is_shown:
                    faults.append(f"{where} to nobody")
                if not page.converters:
                    break
    assert not faults, "\n".join(faults[:30])
    assert rows.digest() == before


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_yours_answers_as_what_is_not_there(world, role):
    """The same page by the same questions to the database, so in the same time."""
    if role in AT_THE_STATE:
        pytest.skip("the state's imports are theirs, and its office sees every district by right")
    client, faults = somebody(person(world, role)), []
    foreign, absent = samples.theirs(world), samples.nobodys(world)
    for page in [page for page in PAGES if page.names_a_record]:
        for method in ("GET", "POST"):
            there = ask(client, page, method, foreign, questions=True).without(foreign)
            nowhere = ask(client, page, method, absent, questions=True).without(absent)
            if there.status < 400 and role != NOBODY:
                faults.append(f"{role}: {method} {page.name} answers {there.status} for a foreign record")
            if (there.status, there.text) != (nowhere.status, nowhere.text):
                faults.append(f"{role}: {method} {page.name}: {there.status} there, {nowhere.status} nowhere")
            if there.asked != nowhere.asked:
                faults.append(f"{role}: {method} {page.name} asks the database otherwise for what is not there")
    assert not faults, "\n".join(faults[:30])
