"""A real state starts empty: the first command on a machine where nothing has run yet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="Looks at the database that Shelterbelt brings along.")
def test_the_first_command_makes_the_tables_it_needs(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHELTERBELT_", "DATABASE_"))}

    answer = subprocess.run(
        [sys.executable, "-m", "shelterbelt", "install_state", "MO"],
        cwd=ROOT,
        env=kept | {"SHELTERBELT_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert "115 counties" in answer.stdout
