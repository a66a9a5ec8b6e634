"""A world to attack, made once for each test that asks for it."""

import pytest

from shelterbelt.core import clock
from tests.attack import world as worlds


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: worlds.TODAY)
    return worlds.make()
