"""A region's page: its own units, its own districts, for its own people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small, report


def page(org: object, query: str = "") -> str:
    return reverse("home:region", args=[org.pk]) + query  # type: ignore[attr-defined]


def test_a_region_counts_its_own_schools(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)
    report(small.far_school, "B-O2", trained_staff=2)

    html = signed_in("rhea").get(page(small.region)).content.decode()

    row = html[html.index('<span class="outputs__id">B-O2</span>') :]
    assert "<span>50%</span>" in row[: row.index("</tr>")]
    assert "Cedar Fork R-II" in html
    assert "Far Away" not in html


def test_a_county_is_open_to_the_coordinator_of_its_region(small: Small, signed_in: SignedIn) -> None:
    rhea = signed_in("rhea")

    assert rhea.get(page(small.county)).status_code == 200
    assert rhea.get(page(small.far_county)).status_code == 403


def test_the_state_class_output_is_shown_for_a_region_and_not_for_a_county(small: Small, signed_in: SignedIn) -> None:
    rhea = signed_in("rhea")

    assert ">G-O1</span>" in rhea.get(page(small.region)).content.decode()
    assert ">G-O1</span>" not in rhea.get(page(small.county)).content.decode()


@pytest.mark.parametrize("name", ["ben", "cora"])
def test_a_district_sees_no_region(small: Small, signed_in: SignedIn, name: str) -> None:
    assert signed_in(name).get(page(small.region)).status_code == 403


def test_a_district_is_no_region(small: Small, signed_in: SignedIn) -> None:
    assert signed_in("ada").get(page(small.cedar_fork)).status_code == 404


def test_districts_sort_by_what_they_reported(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        factories.a_school("Ash Grove School", district=factories.a_district("Ash Grove R-IV", county=small.county))
    report(small.linden_creek, "B-O2", trained_staff=2)

    answer = signed_in("rhea").get(page(small.region, "?sort=-reporting"))

    assert [district.name for district in answer.context["page_obj"]] == ["Cedar Fork R-II", "Ash Grove R-IV"]


def test_more_districts_need_no_more_queries(small: Small, signed_in: SignedIn) -> None:
    rhea = signed_in("rhea")
    rhea.get(page(small.region))
    with CaptureQueriesContext(connection) as few:
        rhea.get(page(small.region))
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        for number in range(9):
            factories.a_district(f"District {number}", county=small.county)
    rhea.get(page(small.region))
    with CaptureQueriesContext(connection) as many:
        rhea.get(page(small.region))

    assert len(many) == len(few) <= 20
