"""What is missing or dangerous is told in one sentence when a process starts, not when somebody needs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT

KEPT = {name: value for name, value in os.environ.items() if not name.startswith(("SHELTERBELT_", "DATABASE_"))}
PRODUCTION = {
    "SHELTERBELT_HTTPS": "true",
    "SHELTERBELT_ALLOWED_HOSTS": "safety.example.org",
    "SHELTERBELT_SITE": "https://safety.example.org",
    "SHELTERBELT_EMBEDDED_AT": "postgresql:///none",
}


def shelterbelt(*words: str, home: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "shelterbelt", *words],
        cwd=ROOT,
        env=KEPT | {"SHELTERBELT_HOME": str(home)} | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("process", ["web", "worker"])
@pytest.mark.parametrize("missing", ["SECRET_KEY", "SCOPE_KEY", "SEALING_KEY"])
def test_a_missing_secret_is_told_at_the_start(tmp_path, process, missing):
    given = {f"SHELTERBELT_{name}": "a" * 50 for name in ("SECRET_KEY", "SCOPE_KEY", "SEALING_KEY") if name != missing}
    answer = shelterbelt(process, home=tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:9/none", **given)
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"SHELTERBELT_{missing} is missing.")
    assert answer.stderr.count("\n") == 1
    assert not (tmp_path / "secrets").exists()


@pytest.mark.parametrize("process", ["web", "worker"])
def test_a_file_of_a_secret_that_is_not_there_is_told_at_the_start(tmp_path, process):
    given = {"SHELTERBELT_SECRET_KEY_FILE": str(tmp_path / "gone")}
    answer = shelterbelt(process, home=tmp_path, DATABASE_URL="postgresql:///none", **given)
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "SHELTERBELT_SECRET_KEY_FILE names" in answer.stderr


def test_the_settings_of_a_public_site_pass_djangos_check(tmp_path):
    answer = shelterbelt("check", "--deploy", "--fail-level", "WARNING", home=tmp_path, **PRODUCTION)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


@pytest.mark.parametrize(
    "settings",
    [{"SHELTERBELT_HTTPS": "true"}, {"SHELTERBELT_ALLOWED_HOSTS": "localhost,safety.example.org"}],
    ids=["https", "a name of its own"],
)
def test_errors_are_not_shown_in_full_to_the_public(tmp_path, settings):
    answer = shelterbelt("check", home=tmp_path, SHELTERBELT_DEBUG="true", **PRODUCTION | settings)
    assert answer.returncode == 1
    assert answer.stderr.startswith("SHELTERBELT_DEBUG shows settings and records")


def test_nor_to_the_office_next_door(tmp_path):
    answer = shelterbelt("run", "--host", "192.0.2.7", home=tmp_path, SHELTERBELT_DEBUG="true")
    assert answer.returncode == 1
    assert "refused at 192.0.2.7" in answer.stderr


def test_a_command_that_fails_says_nothing_of_records_where_nobody_looks(tmp_path):
    code = "import sys; sys.argv = ['shelterbelt', 'check', '--settings', 'marked_note']; from shelterbelt import __main__ as m; m.main()"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=KEPT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert '"error": "ModuleNotFoundError"' in answer.stderr
    assert "marked_note" not in answer.stderr


def test_figures_without_a_port_are_told(tmp_path):
    answer = shelterbelt("metrics", home=tmp_path)
    assert answer.stderr == "Say where the figures are to be served: set SHELTERBELT_METRICS_PORT, such as 9464.\n"
