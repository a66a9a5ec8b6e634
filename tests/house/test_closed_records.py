"""What the law keeps closed leaves by no export and stands on no public page."""

import ast
import inspect
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver

from shelterbelt.disclosure.rules import law
from tests.house.test_exports import exports
from tests.house.test_pages import views

CLASSES = {each.id: each for each in law("MO").records}
CLOSED_ROOMS = ("shelterbelt.plans", "shelterbelt.assessments", "shelterbelt.improvements", "shelterbelt.disclosure")
"""Rooms whose records are closed by class."""


@pytest.mark.parametrize("name", [name for name, _ in exports()])
def test_an_export_says_which_records_it_holds_and_none_is_closed(name):
    records = getattr(dict(exports())[name], "records", ())
    assert records, "say which classes of records are in it with @holds_records(...)"
    assert set(records) <= set(CLASSES), "these classes stand in no file of disclosure/data"
    closed = [each for each in records if CLASSES[each].usually == "closed"]
    assert not closed, "what the law keeps closed is shared with those who need it, never exported"


SAY_NOTHING = {"shelterbelt.plans.views.offline": "a script that is the same for everybody, beside pages that are not"}
"""Modules of such a room with an address for everybody, each with what it gives out at most."""


def public_modules() -> Iterator[str]:
    """Modules with a page that nobody has to sign in for."""
    for _address, view in views(get_resolver().url_patterns):
        if getattr(view, "audience", "") == "public":
            yield view.__module__


def imported(module: str) -> set[str]:
    """What a module names, from where it is taken."""
    found: set[str] = set()
    source: Any = inspect.getsource(sys.modules[module])
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return found


@pytest.mark.parametrize("module", sorted(set(public_modules()) - set(SAY_NOTHING)))
def test_a_page_for_everybody_knows_no_room_whose_records_are_closed(module):
    known = {each for each in imported(module) if each.startswith(CLOSED_ROOMS)}
    assert not known


def test_every_class_that_is_closed_names_the_ground():
    assert not [each.id for each in CLASSES.values() if each.usually == "closed" and not each.exemptions]


def test_no_excuse_outlives_its_page():
    assert set(SAY_NOTHING) <= set(public_modules())
