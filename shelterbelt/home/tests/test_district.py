"""A district's page: its schools against the outputs, its own answers, and what it can do for all of them."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small, report
from shelterbelt.home.tests.drills import hold
from shelterbelt.measures.rules import Answer
from shelterbelt.orgs.models import Membership


def page(org: object, query: str = "") -> str:
    return reverse("home:district", args=[org.pk]) + query  # type: ignore[attr-defined]


def cell(answer: Any, school: str, output: str) -> Answer:
    matrix = answer.context["matrix"]
    row = next(each for each in matrix.rows if each.name == school)
    place = next(number for number, column in enumerate(matrix.columns) if column.output.id == output)
    found: Answer = row.cells[place]
    return found


@pytest.fixture
def ben(signed_in: SignedIn) -> Client:
    return signed_in("ben")


def test_each_school_has_its_answer_to_each_output(small: Small, ben: Client) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)
    report(small.maple_hill, "B-O2", trained_staff=0)
    hold(small.maple_hill, on=date(2026, 9, 1))
    hold(small.maple_hill, on=date(2026, 10, 1))

    answer = ben.get(page(small.cedar_fork))

    assert cell(answer, "Linden Creek Elementary", "B-O2") == Answer.MET
    assert cell(answer, "Maple Hill High", "B-O2") == Answer.NOT_MET
    assert cell(answer, "Maple Hill High", "F-O5") == Answer.MET
    assert cell(answer, "Linden Creek Elementary", "F-O5") == Answer.NOT_REPORTED
    assert [row.name for row in answer.context["matrix"].rows] == ["Linden Creek Elementary", "Maple Hill High"]


def test_a_cell_says_its_answer_in_words_and_leads_to_the_reason(small: Small, ben: Client) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    html = ben.get(page(small.cedar_fork)).content.decode()

    address = reverse("home:why", args=[small.linden_creek.pk, "B-O2"])
    there = html[html.index(f'<a href="{address}') :]
    assert '<span class="sr-only">Met</span>' in there[: there.index("</td>")]


def test_a_school_that_moved_stands_in_the_district_of_the_day(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Membership.objects.filter(member=small.maple_hill, axis="district").update(until_on=date(2026, 10, 1))
        factories.a_membership(small.maple_hill, small.far_district, axis="district", from_on=date(2026, 10, 1))
    ada = signed_in("ada")

    def names(district: object, query: str = "") -> list[str]:
        return [row.name for row in ada.get(page(district, query)).context["matrix"].rows]

    assert names(small.cedar_fork) == ["Linden Creek Elementary"]
    assert names(small.far_district) == ["Far Away School", "Maple Hill High"]
    assert names(small.cedar_fork, "?as_of=2026-09-15") == ["Linden Creek Elementary", "Maple Hill High"]
    assert names(small.far_district, "?as_of=2026-09-15") == ["Far Away School"]


def test_those_that_lack_an_output_are_reminded_by_name(small: Small, ben: Client) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    html = ben.get(page(small.cedar_fork)).content.decode()

    remind = reverse("attestations:remind", args=[small.cedar_fork.pk, "B-O2", "2026-27"])
    form = html[html.index(f'action="{remind}"') :]
    form = form[: form.index("</form>")]
    assert f'name="org" value="{small.maple_hill.pk}"' in form
    assert f'name="org" value="{small.linden_creek.pk}"' not in form


def test_the_district_reports_for_several_schools_where_schools_report(small: Small, ben: Client) -> None:
    html = ben.get(page(small.cedar_fork)).content.decode()

    assert reverse("attestations:attest_for_schools", args=[small.cedar_fork.pk, "B-O2", "2026-27"]) in html
    assert reverse("attestations:attest_for_schools", args=[small.cedar_fork.pk, "F-O5", "2026-27"]) not in html


def test_the_districts_own_outputs_stand_above(small: Small, ben: Client) -> None:
    own = {each.output.id: each for each in ben.get(page(small.cedar_fork)).context["own"]}

    assert {"E-O1", "F-O2", "G-O1", "G-O2", "J-O1", "J-O4", "I-O3"} <= set(own)
    assert own["E-O1"].answer == Answer.NOT_REPORTED
    assert own["E-O1"].doing is not None


def test_what_only_the_district_may_know_is_not_shown_to_the_state(small: Small, signed_in: SignedIn) -> None:
    own = {each.output.id for each in signed_in("ada").get(page(small.cedar_fork)).context["own"]}

    assert "G-O1" not in own


def test_the_matrix_comes_as_a_file_in_which_no_name_is_a_formula(small: Small, ben: Client) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        factories.a_school("=1+1 School", district=small.cedar_fork)
    report(small.linden_creek, "B-O2", trained_staff=2)

    answer = ben.get(reverse("home:district_csv", args=[small.cedar_fork.pk]))
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))

    assert [row[0] for row in rows] == ["School", "'=1+1 School", "Linden Creek Elementary", "Maple Hill High"]
    assert rows[2][rows[0].index("B-O2 Staff trained in Youth Mental Health First Aid")] == "Met"


def test_reading_the_page_is_noted(small: Small, ben: Client) -> None:
    ben.get(page(small.cedar_fork))

    with acting_as_system("demonstration", today=TODAY, reason="test"):
        assert AuditEntry.objects.filter(thing="home.district", org_id=small.cedar_fork.pk).count() == 1


@pytest.mark.parametrize(("name", "status"), [("ada", 200), ("rhea", 200), ("ben", 200), ("cora", 403)])
def test_a_district_is_for_its_own_people_and_those_above(
    small: Small, signed_in: SignedIn, name: str, status: int
) -> None:
    client = signed_in(name)

    assert client.get(page(small.cedar_fork)).status_code == status
    assert client.get(reverse("home:district_csv", args=[small.cedar_fork.pk])).status_code == status


def test_a_neighbour_district_is_closed(small: Small, ben: Client) -> None:
    assert ben.get(page(small.far_district)).status_code == 403


def test_a_district_without_schools_says_what_to_do(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        empty = factories.a_district("Empty R-I", county=small.county)

    assert "No school belonged to this district" in signed_in("ada").get(page(empty)).content.decode()


def test_ninety_schools_need_no_more_queries_than_two(small: Small, ben: Client) -> None:
    ben.get(page(small.cedar_fork))
    with CaptureQueriesContext(connection) as few:
        ben.get(page(small.cedar_fork))
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        for number in range(88):
            factories.a_school(f"School {number}", district=small.cedar_fork)
    ben.get(page(small.cedar_fork))

    with CaptureQueriesContext(connection) as many:
        answer = ben.get(page(small.cedar_fork))

    assert len(answer.context["page_obj"]) == 90
    assert len(many) == len(few)
