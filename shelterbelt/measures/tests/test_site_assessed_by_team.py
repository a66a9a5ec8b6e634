"""E-O2: a team walked the site."""

from datetime import date, timedelta
from typing import Any

import pytest

from shelterbelt.assessments.models import Assessment, Team
from shelterbelt.demo import factories
from shelterbelt.measures.definitions.site_assessed_by_team import evidence
from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, Judge, answer_of, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current

CASES = [
    ({"method": "cisa_ssat", "by_team": True, "assessed_on": "2026-08-15"}, Answer.MET, "by a team"),
    ({"method": "cisa_ssat", "by_team": False, "assessed_on": "2026-08-15"}, Answer.NOT_MET, "alone"),
    ({"method": "none", "by_team": True, "assessed_on": "2026-08-15"}, Answer.NOT_MET, "no method"),
    ({"method": "cisa_ssat", "by_team": True, "assessed_on": "2026-05-15"}, Answer.NOT_MET, "last year"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_a_team_must_have_assessed_it_this_year_by_a_recognised_method(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("E-O2", **answers) == expected, because


def assess(school: Org, *, on: date = date(2026, 10, 1), **more: Any) -> Assessment:
    """An assessment on record, submitted the day after its walk unless said otherwise."""
    team = Team.objects.create(org=school, name="Safety team", formed_on=date(2026, 7, 1))
    told = {"method": "cisa_ssat", "is_recognised": True, "roles": 3, "submitted_on": on + timedelta(days=1)} | more
    return Assessment.objects.create(
        org=school, team=team, planned_on=on, assessed_on=on, status="submitted", every_facility=True, **told
    )  # fmt: skip


HAND_JUDGED = [
    ({}, Answer.MET, "three roles, recognized, in the year"),
    ({"roles": 2}, Answer.NOT_MET, "two roles"),
    ({"is_recognised": False, "method": "own"}, Answer.NOT_MET, "our own list"),
    ({"on": date(2026, 6, 30)}, Answer.NOT_REPORTED, "the year before"),
    ({"on": date(2026, 7, 1)}, Answer.MET, "its first day"),
    ({"submitted_on": date(2027, 3, 2)}, Answer.NOT_REPORTED, "not known yet on March 1"),
]


@pytest.mark.parametrize(("told", "expected", "because"), HAND_JUDGED)
def test_a_school_with_an_assessment_on_record_is_judged_by_it(
    state: Org, school: Org, told: dict[str, Any], expected: Answer, because: str
) -> None:
    assess(school, **told)
    assert answer_of(state, "E-O2", school.pk) == expected, because


def test_a_record_outweighs_what_was_attested_both_ways(state: Org, school: Org) -> None:
    attest(school, "E-O2", method="cisa_ssat", by_team=True, assessed_on="2026-08-15")
    assess(school, roles=2)
    assert answer_of(state, "E-O2", school.pk) == Answer.NOT_MET
    assess(school, on=date(2026, 11, 3))
    assert answer_of(state, "E-O2", school.pk) == Answer.MET, "one good assessment is enough"


def test_one_that_is_only_planned_or_under_way_is_no_record(state: Org, school: Org) -> None:
    attest(school, "E-O2", method="cisa_ssat", by_team=True, assessed_on="2026-08-15")
    team = Team.objects.create(org=school, name="Safety team", formed_on=date(2026, 7, 1))
    Assessment.objects.create(org=school, team=team, method="pass_guidelines", planned_on=date(2026, 12, 1))
    assert answer_of(state, "E-O2", school.pk) == Answer.MET


def test_every_facility_is_a_line_of_its_own(state: Org, school: Org, district: Org) -> None:
    assess(school)
    other = factories.a_school("Oak", district=district)
    assess(other)
    Assessment.objects.filter(org=other).update(every_facility=False)
    third = factories.a_school("Elm", district=district)
    attest(third, "E-O2", method="cisa_ssat", by_team=True, assessed_on="2026-08-15", every_facility=True)
    [line] = second_lines(Measured(state, TODAY), current().output("E-O2"), YEAR)
    assert line.figure is not None
    assert line.figure.met == 2


def test_the_page_that_says_why_names_the_records(state: Org, school: Org) -> None:
    assess(school, roles=2)
    asked = Measured(state, TODAY).asked(current().output("E-O2"), YEAR)
    assert [(row.counts, row.facts) for row in evidence(asked, school.pk)] == [(False, (("Roles in the team", "2"),))]
