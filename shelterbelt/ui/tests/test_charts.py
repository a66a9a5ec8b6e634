"""Bars and lines stay in their frame, carry their words, and hold no inline style."""

import pytest
from hypothesis import given, strategies as st

from shelterbelt.ui import charts
from shelterbelt.ui.tests.reading import kinds, part, tree

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)


def test_a_bar_shows_its_value_and_its_bounds():
    bar = charts.bar(62.4, 55, 71, label="62.4%")
    assert kinds(bar) == ["bar", "bar__track", "bar__bounds", "bar__value", "bar__end"]
    widths = {strip.get("class"): (strip.get("x"), strip.get("width")) for strip in tree(bar)}
    assert widths["bar__bounds"] == ("55", "16")
    assert widths["bar__value"] == ("0", "62.4")


def test_a_bar_without_a_value_is_an_empty_frame():
    assert kinds(charts.bar(None, label="no value")) == ["bar bar--none", "bar__track"]


def test_a_drawing_is_read_aloud_by_its_label():
    for svg in (charts.bar(5, label='5% of "ours" & <theirs>'), charts.sparkline([1], label='5% of "ours" & <theirs>')):
        assert tree(svg).get("role") == "img"
        assert tree(svg).get("aria-label") == '5% of "ours" & <theirs>'


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_bar_never_leaves_its_frame(value, low, high):
    for strip in tree(charts.bar(value, min(low, high), max(low, high), label="x")):
        start, width = float(strip.get("x", "")), float(strip.get("width", ""))
        assert start >= 0
        assert width >= 0
        assert start + width <= 100.1


def test_a_line_breaks_where_a_value_is_missing():
    assert kinds(charts.sparkline([10, 20, None, 30, 40], label="x")) == [
        "spark",
        "spark__base",
        "spark__line",
        "spark__line",
        "spark__dot",
    ]


def test_a_lone_value_between_gaps_is_a_dot():
    assert "spark__lone" in kinds(charts.sparkline([None, 10, None, 30, 40], label="x"))


@pytest.mark.parametrize("values", [[], [None], [None, None], [0], [0, 0]])
def test_a_line_of_nothing_is_drawn_all_the_same(values):
    assert tree(charts.sparkline(values, label="x")).get("aria-label") == "x"


def test_more_is_higher():
    points = part(charts.sparkline([0, 50, 100], label="x", top=100), "polyline", "points").split()
    heights = [float(point.split(",")[1]) for point in points]
    assert heights == sorted(heights, reverse=True)


@given(st.lists(st.none() | NUMBERS, max_size=20))
def test_a_line_never_leaves_its_frame(values):
    for line in tree(charts.sparkline(values, label="x", top=100)).iter("polyline"):
        for point in line.get("points", "").split():
            across, down = map(float, point.split(","))
            assert 0 <= across <= charts.SPARK_WIDTH
            assert 0 <= down <= charts.SPARK_HEIGHT


def test_nothing_is_styled_inline():
    assert "style=" not in charts.bar(5, 1, 9, label="x") + charts.sparkline([1, 2], label="x")
