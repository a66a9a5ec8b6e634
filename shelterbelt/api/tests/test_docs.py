"""docs/reference/api.md is what the operations are now."""

import os
from pathlib import Path

from shelterbelt.api.operations import operations
from shelterbelt.api.reading import page

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/api.md"


def test_the_page_about_the_api_is_current():
    if os.environ.get("SHELTERBELT_WRITE_DOCS"):
        PAGE.write_text(page(), encoding="utf-8")
    assert page() == PAGE.read_text(encoding="utf-8"), (
        'write it anew: SHELTERBELT_WRITE_DOCS=true make test ARGS="-k api"'
    )


def test_every_operation_says_in_a_sentence_what_it_does():
    assert not [each.address for each in operations() if not (each.operation.summary and each.operation.description)]
