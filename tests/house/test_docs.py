"""Pages that are printed from the code are the code's present state."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_settings_is_current():
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("SHELTERBELT_", "DATABASE_"))}
    printed = subprocess.run(
        [sys.executable, "-m", "shelterbelt", "settings_page"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout == (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8"), (
        "write it anew: python -m shelterbelt settings_page > docs/reference/settings.md"
    )
