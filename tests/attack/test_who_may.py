"""The docs' table of who may do what is what the policies answer today."""

import logging
import os
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from shelterbelt.access.policy import VERBS
from tests.attack import samples, who_may
from tests.attack.walking import ask, somebody
from tests.attack.world import PLACE_OF_OFFICE

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/who-may.md"


@pytest.fixture
def shown(world):
    """Which addresses answer whom."""
    logging.disable(logging.CRITICAL)
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    ours = samples.ours(world)
    pages = [page for page in samples.pages() if page.audience]
    told = {page.name: {} for page in pages}
    for who in ("nobody", *PLACE_OF_OFFICE):
        client = somebody(world.people.get(who))
        for page in pages:
            answer = ask(client, page, "GET", ours)
            if answer.status != 405:
                told[page.name][who] = answer.is_shown
    yield {name: by_who for name, by_who in told.items() if by_who}
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)
    logging.disable(logging.NOTSET)


def test_every_verb_is_asked():
    asked = {verb.split(":")[0] for verb in who_may.cases()}
    assert set(VERBS) - asked - set(who_may.ABOUT_THINGS) == set(), "add them to tests/attack/who_may.py"
    assert asked <= set(VERBS)


def test_the_page_says_what_the_policies_say(world, shown):
    page = who_may.page(world, shown)
    if os.environ.get("SHELTERBELT_WRITE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8"), (
        "somebody may now do more or less: make who-may, and read the difference"
    )
