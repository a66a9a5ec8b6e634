"""Cells that could be formulas are disarmed; others aren't touched."""

from datetime import date

import pytest

from shelterbelt.core.text import defused, key_in


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\n=1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b@A",
        "＝1",
        "＋1",
        "\x00=1",
        "\tx",
    ],
)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert defused(text) == "'" + text


@pytest.mark.parametrize("value", ["", "Fire", "a=b", 12, -3, None, date(2026, 9, 1)])
def test_everything_else_stays(value):
    assert defused(value) == value


@pytest.mark.parametrize("word", ["", "-1", "1.0", "٣", "½", " 7", "9" * 19, "9" * 5000, "1\x00", "x"])
def test_what_is_no_key_of_a_row_is_none(word):
    assert key_in(word) is None


def test_a_key_is_a_number():
    assert key_in("412") == 412
