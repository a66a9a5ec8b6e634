"""The sealing key is rotated while people are signed in and their apps go on."""

import pytest
from django.test import Client

from shelterbelt.people.sign_in import factors, signing_in
from shelterbelt.people.sign_in.sealed_again import reseal_all

from .test_second_factor import SECOND, app, by_password, code_of  # noqa: F401  a fixture

OLD, NEW = "an old key " + "a" * 32, "a new key " + "b" * 32


@pytest.fixture
def ring(monkeypatch):
    def choose(*values):
        monkeypatch.setenv("SHELTERBELT_SEALING_KEY", "\n".join(values))

    choose(OLD)
    return choose


def test_what_is_sealed_is_sealed_anew_and_the_old_key_can_go(ring, cora, ben, app):  # noqa: F811
    secret = app(cora)
    with signing_in("test"):
        codes = factors.unused_codes(cora.person)
    client, _ = by_password(ben.person)
    ring(NEW, OLD)
    assert reseal_all() == 3
    assert reseal_all() == 0
    ring(NEW)
    assert client.get("/people/").status_code == 200
    with signing_in("test"):
        assert factors.unused_codes(cora.person) == codes
    hers, _ = by_password(cora.person)
    assert hers.post(SECOND, {"code": code_of(secret)}).status_code == 302


def test_a_key_that_was_lost_signs_people_out_and_breaks_nothing(ring, cora):
    client, _ = by_password(cora.person)
    ring(NEW)
    assert client.get("/people/").status_code == 302
    assert client.get("/").status_code == 200
    again, _ = by_password(cora.person, Client())
    assert again.get("/people/").status_code == 200
