"""Numbers as words: nearly all is not all, and no value is not nought."""

from decimal import Decimal

import pytest
from django.utils import translation

from shelterbelt.ui import figures


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0%"),
        (100, "100%"),
        (62.45, "62.5%"),
        (62.0, "62%"),
        (Decimal("62.449"), "62.4%"),
        (99.97, "99.9%"),
        (0.001, "0.1%"),
        (100 / 3, "33.3%"),
    ],
)
def test_a_share_is_told_to_a_tenth(value, words):
    assert figures.percent(value) == words


def test_bounds_are_told_where_they_differ():
    assert figures.percent_with_bounds(50, 40, 70) == "50%; between 40% and 70% once all have reported"
    assert figures.percent_with_bounds(50, 50, 50) == "50%"
    assert figures.percent_with_bounds(None, 0, 100) == "no value"


def test_a_trend_names_each_year_or_its_ends():
    assert figures.trend([("2024-25", 40.0), ("2025-26", None)], shares=True) == "2024-25 40%, 2025-26 no value"
    assert figures.trend([("", 1200.0), ("", 3), ("", 1500)], shares=False) == "from 1,200 to 1,500"
    assert figures.trend([], shares=True) == "no value"


def test_spanish_of_the_united_states_keeps_the_decimal_point():
    with translation.override("es"):
        assert figures.percent(62.45).startswith("62.5")
