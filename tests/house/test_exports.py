"""Tables that leave the house: nothing in them is run by the program that opens them, and nobody copies a state unseen."""

import ast
import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.text import defused

ROOT = Path(__file__).resolve().parents[2] / "shelterbelt"
TODAY = date(2026, 11, 24)
EVIL = "=HYPERLINK(1)"
TABLES = ("csv", "xlsx", "<slug:form>")
# Modules that write tables and take their cells, made harmless, from elsewhere.
CELLS_FROM = {"home/views/export.py": "home/queries/exported.py"}
# What is reached without signing in can't be counted by person.
NOT_COUNTED: dict[str, str] = {}


def exports(resolver: URLResolver | None = None, address: str = "", room: str = "") -> Iterator[tuple[str, Any]]:
    """Every address that gives a table, by name, with its view."""
    for each in (resolver or get_resolver()).url_patterns:
        here = address + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from exports(each, here, f"{room}{each.namespace}:" if each.namespace else room)
        elif isinstance(each, URLPattern) and any(word in here for word in TABLES):
            yield f"{room}{each.name}", each.callback


@pytest.mark.parametrize("name", [name for name, _ in exports() if name not in NOT_COUNTED])
def test_a_person_takes_so_many_tables_in_an_hour(name):
    limit = getattr(dict(exports())[name], "limit", None)
    assert limit is not None, "put @an_export below @audience"
    assert limit.of == "exports"


def writing() -> list[str]:
    """Modules that write CSV or workbooks."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        if "tests" in path.parts or "demo" in path.parts:
            continue
        called = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        }
        if called & {"writer", "DictWriter", "Workbook"}:
            found.append(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize("module", writing())
def test_whoever_writes_a_table_makes_its_cells_harmless(module):
    assert "defused" in (ROOT / CELLS_FROM.get(module, module)).read_text(encoding="utf-8")


@pytest.fixture
def people(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A state in which everything that somebody can name begins like a formula."""
    from shelterbelt.demo import factories as a
    from shelterbelt.drills.models import Drill

    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        district = a.a_district(f"{EVIL} R-I")
        school = a.a_school(f"{EVIL} Elementary", district=district)
        state = a.a_person("Cora", office="state_office", at=a.a_state())
        principal = a.a_person("Ada", office="principal", at=school)
        told = {"place": EVIL, "summary": f"\n{EVIL}", "improvements": f"\u200b{EVIL}"}
        days = {"held_on": date(2026, 10, 1), "recorded_at": datetime(2026, 10, 1, 20, tzinfo=UTC)}
        Drill.objects.create(school=school, kind="fire", status="held", **days, **told)
    return {"district": district, "school": school, "state": state, "principal": principal}


def cells(answer: Any) -> list[Any]:
    """Every cell of a table, CSV or workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [cell for row in sheet.to_python() for cell in row]
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]


TAKEN = {
    "drills:csv": ("principal", lambda here: [here["school"].pk, "2026-27"], ""),
    "drills:xlsx": ("principal", lambda here: [here["school"].pk, "2026-27"], ""),
    "home:district_csv": ("state", lambda here: [here["district"].pk], ""),
    "home:state_export": ("state", lambda _: ["csv"], "?axis=district"),
    "contacts:gaps_export": ("state", lambda _: ["csv"], ""),
    "orgs:search_export": ("state", lambda _: ["csv"], "?q=Elementary"),
}
WORKBOOKS = {"home:state_export": "?axis=district", "orgs:search_export": "", "contacts:gaps_export": ""}


@pytest.mark.parametrize("name", TAKEN)
def test_no_cell_of_an_export_is_a_formula(name, people):
    who, address, query = TAKEN[name]
    client = Client()
    client.force_login(people[who])
    asked = [reverse(name, args=address(people)) + query]
    asked += [reverse(name, args=["xlsx"]) + WORKBOOKS[name]] if name in WORKBOOKS else []
    for each in asked:
        answer = client.get(each)
        assert answer.status_code == 200
        found = cells(answer)
        assert [cell for cell in found if isinstance(cell, str) and "HYPERLINK" in cell]
        assert not [cell for cell in found if defused(cell) != cell]
