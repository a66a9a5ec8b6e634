"""The pages about security name code and tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["SECURITY.md", "docs/reference/logs.md", "docs/reference/metrics.md", "docs/reference/headers.md"]
PATH = re.compile(r"`((?:[a-z_]+/)+[a-z_.-]*(?:\.(?:py|md|js))?)`")
BUILT = ("css/",)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_about_security_names_is_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {path for path in PATH.findall(text) if not path.startswith(BUILT)}
    assert named
    assert not [path for path in named if not ((ROOT / path).exists() or (ROOT / "shelterbelt" / path).exists())]


def test_every_figure_that_is_counted_is_told():
    from shelterbelt.core import metrics

    told = (ROOT / "docs/reference/metrics.md").read_text(encoding="utf-8")
    counted = [each for each in vars(metrics).values() if hasattr(each, "_name")]
    assert len(counted) > 5
    assert not [each._name for each in counted if each._name not in told]
