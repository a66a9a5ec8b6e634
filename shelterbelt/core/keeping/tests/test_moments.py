"""The backup that leads to a moment is found, and a moment that can't be reached is refused with a sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from shelterbelt.core.keeping import moments
from shelterbelt.core.keeping.refusing import CannotKeep
from shelterbelt.core.keeping.tests.conftest import NOW


def goal(where, until="", *, embedded=True):
    return moments.goal(where, until, embedded=embedded, now=NOW)


def test_a_moment_is_read_in_the_time_of_the_state():
    assert moments.read_moment("2026-11-24 09:00").astimezone(UTC) == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert moments.read_moment("2026-07-01T09:00+00:00") == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["yesterday", "24.11.2026", "2026-13-01", "9:00"])
def test_what_is_no_moment_is_refused(typed):
    with pytest.raises(CannotKeep, match="is no moment"):
        moments.read_moment(typed)


def test_the_last_base_backup_before_the_moment_leads_to_it(store, a_backup):
    a_backup(5, kind="physical"), a_backup(3, kind="physical"), a_backup(2), a_backup(1, kind="physical")
    found = goal(store, (NOW - timedelta(days=1.5)).isoformat())
    assert found.backup.manifest.when == NOW - timedelta(days=3)
    assert found.until == NOW - timedelta(days=1.5)


def test_the_folder_means_the_newest_state_and_a_backup_its_own(store, a_backup):
    one, _ = a_backup(2, kind="physical"), a_backup(1, kind="physical")
    assert goal(store).is_newest
    assert not goal(one).is_newest
    assert goal(one, "newest").is_newest


def test_a_moment_before_every_backup_or_still_to_come_is_refused(store, a_backup):
    one = a_backup(2, kind="physical")
    with pytest.raises(CannotKeep, match=r"No backup .* was made before that moment"):
        goal(store, (NOW - timedelta(days=9)).isoformat())
    with pytest.raises(CannotKeep, match="still to come"):
        goal(store, (NOW + timedelta(days=1)).isoformat())
    with pytest.raises(CannotKeep, match="was made later"):
        goal(one, (NOW - timedelta(days=9)).isoformat())


def test_a_dump_holds_one_moment_and_ones_own_server_takes_dumps_only(store, a_backup):
    dump, base = a_backup(2), a_backup(1, kind="physical")
    with pytest.raises(CannotKeep, match="one moment only"):
        goal(dump, "newest")
    with pytest.raises(CannotKeep, match="can't take them"):
        goal(base, embedded=False)
    assert goal(store, embedded=False).backup.folder == dump.folder


def test_an_empty_folder_is_said(store):
    with pytest.raises(CannotKeep, match="There is no backup in"):
        goal(store)
