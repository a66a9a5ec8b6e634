"""A school's page: what it has to do this year, how far it is, what comes next."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.attestations.models import Progress
from shelterbelt.demo import factories
from shelterbelt.home.checklist_rules import Step
from shelterbelt.home.due_days import EARLIER
from shelterbelt.home.queries.checklist import Line
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small, report
from shelterbelt.home.tests.drills import hold, plan
from shelterbelt.orgs.models import Membership
from shelterbelt.strategy import current


def page(org: object, query: str = "") -> str:
    return reverse("home:school", args=[org.pk]) + query  # type: ignore[attr-defined]


def line(answer: Any, number: str) -> Line:
    found: list[Line] = answer.context["found"].lines
    return next(each for each in found if each.recommendation.id == number)


@pytest.fixture
def cora(signed_in: SignedIn) -> Client:
    return signed_in("cora")


def test_every_local_recommendation_has_its_line(small: Small, cora: Client) -> None:
    answer = cora.get(page(small.linden_creek))

    assert len(answer.context["found"].lines) == len(current().local_recommendations) == 31
    assert sum(answer.context["found"].steps.values()) == 31


def test_a_drill_recorded_moves_the_output_in_the_next_page_view(small: Small, cora: Client) -> None:
    hold(small.linden_creek, on=date(2026, 9, 10))
    before = line(cora.get(page(small.linden_creek)), "D-L5")

    hold(small.linden_creek, on=date(2026, 10, 10), kind="lockdown")
    after = line(cora.get(page(small.linden_creek)), "D-L5")

    assert (before.step, after.step) == (Step.NOT_MET, Step.DONE)
    assert before.doing is not None
    assert before.doing.verb == "Record your second drill"
    assert before.doing.address == reverse("drills:record", args=[small.linden_creek.pk])


def test_a_past_day_shows_what_was_true_then(small: Small, cora: Client) -> None:
    hold(small.linden_creek, on=date(2026, 9, 10))
    hold(small.linden_creek, on=date(2026, 10, 10))

    then = line(cora.get(page(small.linden_creek, "?year=2026-27&as_of=2026-09-30")), "D-L5")

    assert then.step == Step.NOT_MET


def test_a_record_that_is_not_complete_is_what_comes_next(small: Small, cora: Client) -> None:
    drill = hold(small.linden_creek, on=date(2026, 9, 10), complete=False)

    found = line(cora.get(page(small.linden_creek)), "D-L5")

    assert found.doing is not None
    assert found.doing.verb == "Complete the record of September 10"
    assert found.doing.address == reverse("drills:drill", args=[drill.pk])


def test_a_planned_drill_whose_day_has_passed_is_due_first(small: Small, cora: Client) -> None:
    drill = plan(small.linden_creek, on=date(2026, 8, 20), kind="tornado")

    first = cora.get(page(small.linden_creek)).context["next"][0]

    assert first.is_late
    assert first.due_on == date(2026, 8, 20)
    assert str(drill.pk) in first.doing.address


def test_what_is_due_next_is_never_more_than_five_and_late_things_first(small: Small, cora: Client) -> None:
    found = cora.get(page(small.linden_creek)).context["next"]

    assert len(found) == 5
    assert [each.is_late for each in found] == sorted((each.is_late for each in found), reverse=True)


def test_the_emergency_plan_is_due_by_the_end_of_september(small: Small, cora: Client) -> None:
    found = line(cora.get(page(small.linden_creek)), "D-L1")

    assert found.due_on == date(2026, 9, 30)
    assert found.is_late


def test_days_are_set_only_for_recommendations_that_exist() -> None:
    assert set(EARLIER) <= {each.id for each in current().local_recommendations}


def test_the_districts_answer_is_shown_as_the_districts(small: Small, cora: Client) -> None:
    report(small.cedar_fork, "J-O2", plan_in_force=True, linked_to_emergency_plan=True)

    found = line(cora.get(page(small.linden_creek)), "J-L3")

    assert found.is_districts
    assert found.doing is None


def test_a_school_says_itself_how_far_it_is_where_nothing_is_measured(small: Small, cora: Client) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Progress.objects.create(
            id=uuid4(), org=small.linden_creek, recommendation="A-L2", status="under_way", made_on=date(2026, 9, 1),
            due_on=date(2027, 1, 15),
        )  # fmt: skip

    found = line(cora.get(page(small.linden_creek)), "A-L2")

    assert (found.step, found.due_on) == (Step.UNDER_WAY, date(2027, 1, 15))
    assert found.doing is not None
    assert found.doing.address == reverse("attestations:progress", args=[small.linden_creek.pk, "A-L2"])


def test_the_state_office_reads_and_is_offered_no_buttons(small: Small, signed_in: SignedIn) -> None:
    found = signed_in("ada").get(page(small.linden_creek)).context["found"]

    assert [each.doing for each in found.lines if each.doing] == []


def test_a_school_that_moved_counts_for_the_district_of_the_day(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Membership.objects.filter(member=small.linden_creek, axis="district").update(until_on=date(2026, 10, 1))
        factories.a_membership(small.linden_creek, small.far_district, axis="district", from_on=date(2026, 10, 1))
    ada = signed_in("ada")

    assert ada.get(page(small.linden_creek)).context["found"].district == "Far Away R-I"
    then = ada.get(page(small.linden_creek, "?as_of=2026-09-15"))
    assert then.context["found"].district == "Cedar Fork R-II"


@pytest.mark.parametrize(("name", "status"), [("cora", 403), ("ben", 403), ("rhea", 403), ("ada", 200)])
def test_a_school_elsewhere_is_closed_to_all_but_the_state(
    small: Small, signed_in: SignedIn, name: str, status: int
) -> None:
    answer = signed_in(name).get(page(small.far_school))

    assert answer.status_code == status
    if status == 403:
        assert "This page is for the people of this organization" in answer.content.decode()


def test_a_district_is_no_school(small: Small, signed_in: SignedIn) -> None:
    assert signed_in("ada").get(page(small.cedar_fork)).status_code == 404


def test_a_day_before_the_school_opened_is_answered_with_a_sentence(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        new = factories.a_school("New School", district=small.cedar_fork, opened_on=date(2026, 10, 1))

    html = signed_in("ben").get(page(new, "?as_of=2026-09-01")).content.decode()

    assert "This school was not open on September 1, 2026." in html


def test_a_year_that_is_none_is_answered_with_a_sentence(small: Small, cora: Client) -> None:
    assert "Choose one of the years offered." in cora.get(page(small.linden_creek, "?year=next")).content.decode()


def test_the_page_asks_few_questions_of_the_database(small: Small, cora: Client) -> None:
    hold(small.linden_creek, on=date(2026, 9, 10))
    cora.get(page(small.linden_creek))

    with CaptureQueriesContext(connection) as asked:
        cora.get(page(small.linden_creek))

    assert len(asked) <= 16, [each["sql"][:120] for each in asked.captured_queries]
