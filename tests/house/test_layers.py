"""Imports run downwards only: .importlinter says how, import-linter checks it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_every_import_contract_holds():
    result = subprocess.run(
        [sys.executable, "-c", RUN, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
