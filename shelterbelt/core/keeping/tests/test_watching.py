"""Operators see how old the newest backup is, and its absence where there is none."""

from dataclasses import replace

import pytest

from shelterbelt.core import clock
from shelterbelt.core.keeping import archive, watching, writing_key
from shelterbelt.core.keeping.tests.conftest import NOW, SERVER


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("SHELTERBELT_HOME", str(place))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return place


@pytest.fixture
def set_up(home, store):
    writing_key.keep(replace(SERVER, folder=str(store.folder)), writing_key.kept_at(home))
    return store


def told() -> dict[str, float]:
    return {name: value for name, _, value in watching.figures()}


def test_where_no_backups_are_set_up_there_is_no_age():
    assert told() == {}


def test_where_none_was_made_yet_there_is_none_either(set_up):
    assert told() == {"backup_log_waiting": 0}


def test_the_age_is_the_newest_ones(set_up, a_backup):
    a_backup(9), a_backup(1)
    assert told()["backup_age_seconds"] == 86400


def test_while_the_disk_for_backups_is_away_the_age_is_missing(set_up, a_backup):
    a_backup(1)
    set_up.folder.rename(set_up.folder.with_name("away"))
    assert "backup_age_seconds" not in told()


def test_what_waits_to_be_archived_is_counted(home, set_up):
    folder = archive.waiting(home)
    folder.mkdir()
    (folder / ("0" * 24)).touch()
    (folder / ".half").touch()
    assert told()["backup_log_waiting"] == 1
