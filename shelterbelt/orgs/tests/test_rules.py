"""Decisions about organisations, by table."""

import pytest

from shelterbelt.orgs.rules import (
    IMPORT_NEXT,
    grade_span,
    grades_run_backwards,
    import_may_become,
    like_literally,
    safe_file_name,
    size_band,
    standing_of_status,
)  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "span"),
    [
        ("PK", "PK", "early"), ("KG", "05", "elementary"), ("PK", "08", "elementary"), ("04", "06", "elementary"),
        ("06", "08", "middle"), ("05", "09", "middle"), ("09", "12", "high"), ("KG", "12", "combined"),
        ("07", "12", "combined"), ("", "", "other"), ("UG", "UG", "other"),
    ],
)  # fmt: skip
def test_grade_spans(low, high, span):
    assert grade_span(low, high) == span


@pytest.mark.parametrize(
    ("students", "band"),
    [(None, "unknown"), (0, "unknown"), (1, "under_100"), (100, "100_to_299"), (1000, "1000_or_more")],
)
def test_unknown_enrolment_is_a_band_of_its_own(students, band):
    assert size_band(students) == band


@pytest.mark.parametrize(
    ("low", "high", "wrong"), [("09", "05", True), ("PK", "KG", False), ("UG", "PK", False), (None, "05", False)]
)
def test_grades_run_from_low_to_high(low, high, wrong):
    assert grades_run_backwards(low, high) is wrong


@pytest.mark.parametrize(
    ("text", "standing"), [("2", "closed"), ("Open", "open"), ("6", "closed"), ("8", "reopened"), ("x", None)]
)
def test_statuses_of_nces(text, standing):
    assert standing_of_status(text) == standing


def test_an_import_moves_along_its_line_only():
    assert import_may_become("checked", "loading")
    assert not import_may_become("waiting", "loading")
    assert not import_may_become("loaded", "loading")
    assert not IMPORT_NEXT["refused"]


@pytest.mark.parametrize(
    ("name", "safe"), [("../../x.csv", "x.csv"), ("C:\\a\\b.xlsx", "b.xlsx"), ("..", "file"), ("a\x00b", "a b")]
)
def test_a_file_name_is_only_its_last_part(name, safe):
    assert safe_file_name(name) == safe


def test_wildcards_are_taken_literally():
    assert like_literally("50%_\\") == "50\\%\\_\\\\"
