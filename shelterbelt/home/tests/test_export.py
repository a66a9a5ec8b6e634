"""Exported numbers are the page's numbers; classes hold; cells are harmless."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small, report


def address(form: str, query: str = "") -> str:
    return reverse("home:state_export", args=[form]) + query


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(address("csv", query))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_export_says_what_the_page_says(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2, level=3)
    report(small.maple_hill, "B-O2", trained_staff=0)
    ada = signed_in("ada")

    figure = ada.get(reverse("home:output", args=["B-O2"])).context["row"].figure
    [row] = [row for row in rows(ada) if row["output"] == "B-O2"]

    assert (row["met"], row["not_met"], row["not_reported"]) == ("1", "1", "1")
    assert float(row["value"]) == pytest.approx(figure.value, abs=1e-4)
    assert float(row["high_bound"]) == pytest.approx(figure.high, abs=1e-4)
    assert (row["verified_share"], row["year"], row["as_of"], row["definition_version"]) == (
        "100.0", "2026-27", "2026-11-24", "1",
    )  # fmt: skip


def test_the_state_has_a_row_for_each_of_the_35_outputs(signed_in: SignedIn) -> None:
    found = rows(signed_in("ada"))

    assert len(found) == len({row["output"] for row in found}) == 35


def test_what_only_the_state_and_its_regions_may_see_is_not_exported_for_districts(signed_in: SignedIn) -> None:
    ada = signed_in("ada")
    exported = {axis: {row["output"] for row in rows(ada, f"?axis={axis}")} for axis in ("rpdc", "county", "district")}

    assert "G-O1" in exported["rpdc"]
    assert not {"G-O1", "I-O1", "A-O2", "A-O3"} & (exported["county"] | exported["district"])
    assert "D-O5" in exported["district"]


def test_districts_bear_their_codes_and_counties_their_fips_numbers(small: Small, signed_in: SignedIn) -> None:
    ada = signed_in("ada")

    assert {row["group_code"] for row in rows(ada, "?axis=district")} == {"010091", "001090"}
    assert {row["group_code"] for row in rows(ada, "?axis=county")} == {"29019", "29001"}


def test_a_name_that_begins_like_a_formula_is_made_harmless(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        district = factories.a_district("=1+1", county=small.county)
        factories.a_school("Ash Grove School", district=district)

    assert "'=1+1" in {row["group"] for row in rows(signed_in("ada"), "?axis=district")}


def test_the_workbook_holds_the_same_rows(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)
    ada = signed_in("ada")

    answer = ada.get(address("xlsx", "?axis=district"))
    book = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    sheet = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    header, *lines = sheet
    found = [dict(zip(header, line, strict=True)) for line in lines]

    [ours] = [row for row in found if (row["output"], row["group"]) == ("B-O2", "Cedar Fork R-II")]
    assert (ours["met"], ours["not_reported"], ours["value"]) == (1, 1, 50)
    assert len(found) == len(rows(ada, "?axis=district"))


@pytest.mark.parametrize("query", ["?as_of=someday", "?axis=planets", "?year=1066-67"])
def test_a_choice_that_makes_no_sense_gets_a_sentence(signed_in: SignedIn, query: str) -> None:
    answer = signed_in("ada").get(address("csv", query))

    assert answer.status_code == 400
    assert answer.content.decode().endswith((".", "offers."))


def test_an_unknown_format_is_not_found(signed_in: SignedIn) -> None:
    assert signed_in("ada").get(address("pdf")).status_code == 404


@pytest.mark.parametrize("name", ["rhea", "ben", "cora"])
def test_others_are_refused(signed_in: SignedIn, name: str) -> None:
    assert signed_in(name).get(address("csv")).status_code == 403


def test_that_the_state_took_its_figures_along_is_on_record(small: Small, signed_in: SignedIn) -> None:
    rows(signed_in("ada"), "?axis=district")

    with acting_as_system("install", today=TODAY, reason="test"):
        [entry] = AuditEntry.objects.filter(verb="read")
    assert (entry.thing, entry.thing_id, entry.reason) == (
        "home.state_export",
        "2026-27 district",
        f"csv as of {TODAY}",
    )
