"""What organisations reported, for programs."""

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as
from shelterbelt.attestations.actions import attest
from shelterbelt.attestations.tests.conftest import TODAY
from shelterbelt.attestations.tests.test_review import report  # noqa: F401  the fixture
from shelterbelt.core.school_year import SchoolYear


@pytest.fixture
def ask(monkeypatch):
    monkeypatch.setattr("shelterbelt.core.clock.today", lambda: TODAY)

    def of(who, address):
        client = Client()
        client.force_login(who.person)
        answer = client.get(f"/api/v1{address}")
        return answer.status_code, answer.json()

    return of


def test_a_school_reads_what_it_reported(ask, town, cora, report):  # noqa: F811
    status, told = ask(cora, f"/organisations/{town.linden_creek.pk}/reports")
    assert (status, told["count"]) == (200, 1)
    assert told["reports"][0]["answers"] == {"trained_staff": 2}
    assert told["reports"][0]["level_name"] == "Self-attested"
    assert ask(cora, f"/reports/{report.pk}") == (200, told["reports"][0])


def test_reports_are_picked_by_output_and_year(ask, town, cora, report):  # noqa: F811
    address = f"/organisations/{town.linden_creek.pk}/reports"
    assert ask(cora, f"{address}?output=b-o2&year=2026-27")[1]["count"] == 1
    assert ask(cora, f"{address}?output=B-O3")[1]["count"] == 0
    assert ask(cora, f"{address}?year=2025-26")[1]["count"] == 0
    assert ask(cora, f"{address}?year=2025-27")[0] == 422


def test_another_districts_reports_are_as_little_there_as_none(ask, town, report, finn):  # noqa: F811
    assert ask(finn, f"/organisations/{town.linden_creek.pk}/reports")[1] == {"count": 0, "reports": []}
    there, none = ask(finn, f"/reports/{report.pk}"), ask(finn, "/reports/00000000-0000-4000-8000-000000000000")
    assert there == none
    assert there[0] == 404


def test_what_stays_with_the_district_is_not_listed_for_the_state(ask, town, ben, ada, plan):
    closed = next(each for each in plan.outputs if each.visibility == "state" and each.unit == "district" and each.asks)
    answers = {ask.key: True if ask.kind == "yes_no" else 1 for ask in closed.asked({})}
    with acting_as(ben.person.pk, today=TODAY):
        made = attest(
            org=town.cedar_fork, output=closed, year=SchoolYear(2026), answers=answers, by=ben, on=TODAY
        )  # fmt: skip
    address = f"/organisations/{town.cedar_fork.pk}/reports"
    assert ask(ben, address)[1]["count"] == 1
    assert ask(ada, address)[1]["count"] == 0
    status, told = ask(ada, f"/reports/{made.pk}")
    assert (status, told["detail"]) == (
        403, f"Reports on {closed.id} stay with the district that made them. Others see counts only."
    )  # fmt: skip
