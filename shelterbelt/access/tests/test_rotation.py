"""Rotating the key that seals scopes locks nobody out, and an old key opens nothing once it is dropped."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection

from shelterbelt.access import rotation, scope_keys
from shelterbelt.access.scope import acting_as_system

pytestmark = pytest.mark.django_db


def look():
    """Have the database look at the seal."""
    scope = acting_as_system("measures", today=date(2026, 11, 24), reason="test")
    with scope, connection.cursor() as cursor:
        cursor.execute("select access_is_system()")


@pytest.fixture(autouse=True)
def reads_keys_anew():
    scope_keys._newest.cache_clear()
    yield
    scope_keys._newest.cache_clear()


def test_a_process_with_the_old_key_works_until_it_is_dropped(as_owner, monkeypatch):
    monkeypatch.setenv("SHELTERBELT_SCOPE_KEY", "old")
    with as_owner():
        rotation.store()
    look()  # this process keeps the old key in mind
    monkeypatch.setenv("SHELTERBELT_SCOPE_KEY", "new\nold")
    with as_owner():
        assert rotation.store() == "Scope keys whose seals the database takes: 2."
    look()
    scope_keys._newest.cache_clear()
    look()  # as a process that was started again
    monkeypatch.setenv("SHELTERBELT_SCOPE_KEY", "old")
    scope_keys._newest.cache_clear()
    look()
    monkeypatch.setenv("SHELTERBELT_SCOPE_KEY", "new")
    with as_owner():
        rotation.store()
    with pytest.raises(ProgrammingError):
        look()
