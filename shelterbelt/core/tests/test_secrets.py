"""Secrets are made once, kept for one account, read newest first, and missed loudly."""

import pytest

from shelterbelt.core import secrets
from shelterbelt.core.environment import SettingError


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SHELTERBELT_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setitem(secrets.MEANINGS, "TEST_KEY", "Is tried.")
    return tmp_path


def test_a_secret_is_made_once_and_kept_for_this_account_alone(home):
    made = secrets.ring("TEST_KEY")
    assert secrets.ring("TEST_KEY") == made
    assert (home / "secrets/test_key").stat().st_mode & 0o777 == 0o600
    assert (home / "secrets").stat().st_mode & 0o777 == 0o700


def test_the_newest_value_comes_first(home):
    old = secrets.newest("TEST_KEY")
    secrets.keep("TEST_KEY", ("new", old))
    assert secrets.ring("TEST_KEY") == ("new", old)


def test_two_that_make_a_secret_at_once_agree_on_the_first(home):
    secrets.keep("TEST_KEY", ("mine",))
    secrets.keep("TEST_KEY", ("yours",))
    assert secrets.ring("TEST_KEY") == ("mine",)


def test_a_file_named_in_the_environment_is_read(home, monkeypatch):
    (home / "key").write_text("new\nold\n")
    monkeypatch.setenv("SHELTERBELT_TEST_KEY_FILE", str(home / "key"))
    assert secrets.ring("TEST_KEY") == ("new", "old")


def test_with_a_database_of_ones_own_a_missing_secret_is_a_sentence(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///none")
    with pytest.raises(SettingError, match=r"SHELTERBELT_TEST_KEY is missing.*rotate test_key"):
        secrets.ring("TEST_KEY")


def test_an_emptied_secret_is_not_made_up_anew(home):
    secrets.ring("TEST_KEY")
    (home / "secrets/test_key").write_text("\n")
    with pytest.raises(SettingError, match="is empty"):
        secrets.ring("TEST_KEY")


def test_an_empty_file_from_the_environment_is_said(home, monkeypatch):
    (home / "key").touch()
    monkeypatch.setenv("SHELTERBELT_TEST_KEY_FILE", str(home / "key"))
    with pytest.raises(SettingError, match="SHELTERBELT_TEST_KEY_FILE names is empty"):
        secrets.ring("TEST_KEY")
