"""A world to attack, made once for each test that asks for it."""

import logging

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from shelterbelt.core import clock
from tests.attack import world as worlds


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: worlds.TODAY)
    monkeypatch.setattr(clock, "now", lambda: worlds.NOW)
    return worlds.make()


@pytest.fixture
def quiet():
    """A fault is told with its request; thousands of refusals needn't be logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def one_transaction():
    """Every request runs inside the test's transaction, so none may give the connection back, as Django does."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)
