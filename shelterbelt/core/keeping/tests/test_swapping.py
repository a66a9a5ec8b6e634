"""The restored database takes its place in one step, and what was there before is never lost."""

from datetime import UTC, datetime

import pytest

from shelterbelt.core.keeping import swapping

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    for name in ("new", "postgres"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "is").write_text(name)
    return tmp_path


def swap(home):
    return swapping.put_in_place(home / "new", home / "postgres", home / "postgres-restored", now=NOW)


def contents(home):
    return {path.name: (path / "is").read_text() for path in home.iterdir()}


def test_on_an_empty_place_it_is_a_rename(home):
    (home / "postgres/is").unlink()
    (home / "postgres").rmdir()
    assert swap(home) is None
    assert contents(home) == {"postgres": "new"}


@pytest.mark.parametrize("exchanges", [True, False])
def test_the_former_one_is_kept_beside(home, monkeypatch, exchanges):
    if not exchanges:
        monkeypatch.setattr(swapping, "_exchange", lambda one, other: False)
    former = swap(home)
    assert former == home / "postgres-before-2026-11-24T090000"
    assert contents(home) == {"postgres": "new", former.name: "postgres"}


def test_what_a_stopped_restore_left_under_way_is_kept_too(home):
    (home / "postgres-restored").mkdir()
    (home / "postgres-restored/is").write_text("older")
    swap(home)
    assert contents(home) == {
        "postgres": "new",
        "postgres-before-2026-11-24T090000": "older",
        "postgres-before-2026-11-24T090000-2": "postgres",
    }
