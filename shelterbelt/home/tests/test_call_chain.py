"""A workspace says how its call chain stands, and what comes next."""

import pytest
from django.test import Client

from shelterbelt.contacts.tests.conftest import boone  # noqa: F401  the place where contacts are tried

pytestmark = pytest.mark.django_db


def page(boone, who, address):  # noqa: F811
    client = Client()
    client.force_login(boone.people[who])
    return client.get(address).content.decode()


def test_a_school_without_a_chain_is_asked_for_one(boone):  # noqa: F811
    shown = page(boone, "ben", f"/schools/{boone.school.pk}/")
    assert "Call chain: nobody is called yet" in shown
    assert "Say who is called" in shown


def test_a_chain_is_counted_and_what_is_stale_is_to_be_mended(boone):  # noqa: F811
    boone.confirmed(place=1)
    boone.confirmed(place=2, days_ago=181)
    boone.contact(place=3)
    shown = page(boone, "ben", f"/schools/{boone.school.pk}/")
    assert "Call chain: 3 contacts, 1 unconfirmed, 1 confirmed too long ago" in shown
    assert "Mend the call chain" in shown


def test_a_full_chain_asks_nothing(boone):  # noqa: F811
    for place in (1, 2):
        boone.confirmed(boone.police, place=place, kind="law_enforcement")
    shown = page(boone, "pat", f"/agencies/{boone.police.pk}/")
    assert "Call chain: 2 contacts" in shown
    assert "Mend the call chain" not in shown


@pytest.mark.parametrize(("who", "shown"), [("dee", True), ("tom", False)])
def test_it_is_shown_to_those_who_may_see_the_chain(who, shown, boone):  # noqa: F811
    assert ("Call chain" in page(boone, who, f"/schools/{boone.school.pk}/")) is shown
