"""Operators see that letters wait, before people ask where they are."""

from datetime import timedelta

from django.utils import timezone

from shelterbelt.core.metrics_page import ASKED
from shelterbelt.delivery import figures
from shelterbelt.delivery.tests.conftest import to


def test_the_page_of_figures_asks_for_them():
    assert figures.waiting in ASKED


def test_what_waits_is_counted_and_for_how_long(ask):
    ask(to("ann", "ann@boone.example"), to("bob", ("call", "+15735550101")), at=timezone.now() - timedelta(minutes=5))
    told = {name: value for name, _meaning, value in figures.waiting()}
    assert 299 < told["delivery_oldest_due_seconds"] < 400
    assert (told["delivery_due"], told["delivery_calls_to_make"], told["delivery_uncertain"]) == (1, 1, 0)
