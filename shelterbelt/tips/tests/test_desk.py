"""The desk: ada and ray work tips, and nobody else finds the way in."""

import pytest
from django.urls import reverse

from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"


def test_the_queue_lists_what_waits_without_its_words(a_tip, client_of):
    tip = a_tip(WORDS).tip
    page = client_of("ada").get(reverse("tips:queue")).content.decode()
    assert tip.number in page
    assert "zebra" not in page


def test_the_tip_page_shows_what_was_said(a_tip, client_of):
    tip = a_tip(WORDS).tip
    assert WORDS in client_of("ada").get(reverse("tips:tip", args=[tip.pk])).content.decode()


def test_who_claims_has_it(a_tip, client_of, town):
    tip = a_tip(WORDS).tip
    client_of("ada").post(reverse("tips:claim", args=[tip.pk]))
    page = client_of("ray").get(reverse("tips:tip", args=[tip.pk]))
    assert page.context["tip"].owner == town.people["ada"]
    assert page.context["tip"].claimed_at == NOW
