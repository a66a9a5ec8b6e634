from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shelterbelt.access.scope import acting_as
from shelterbelt.attestations.actions import report_progress
from shelterbelt.attestations.queries import progress_of

TODAY = date(2026, 11, 24)


def report(by, org, recommendation, status="under_way", on=TODAY, **more):
    with acting_as(by.person.pk, today=TODAY):
        return report_progress(org=org, recommendation=recommendation, status=status, by=by, on=on, **more)


def test_a_school_says_how_far_it_is_and_what_comes_next(town, cora, plan):
    report(cora, town.linden_creek, plan.recommendation("G-L1"), "not_started", on=TODAY - timedelta(days=9))
    report(cora, town.linden_creek, plan.recommendation("G-L1"), next_action="Name one", due_on=TODAY)
    with acting_as(cora.person.pk, today=TODAY):
        assert progress_of(town.linden_creek, TODAY)["G-L1"].next_action == "Name one"
        assert progress_of(town.linden_creek, TODAY - timedelta(days=1))["G-L1"].status == "not_started"


def test_in_place_has_to_be_shown(town, cora, plan):
    with pytest.raises(ValidationError, match="what shows"):
        report(cora, town.linden_creek, plan.recommendation("G-L1"), "in_place")
    report(cora, town.linden_creek, plan.recommendation("G-L1"), "in_place", evidence="Minutes of May")


def test_a_next_step_is_not_due_in_the_past(town, cora, plan):
    with pytest.raises(ValidationError, match="has passed"):
        report(cora, town.linden_creek, plan.recommendation("G-L1"), due_on=TODAY - timedelta(days=1))


def test_what_an_output_measures_is_not_reported_here(town, cora, plan):
    with pytest.raises(PermissionDenied, match="shows in D-O5"):
        report(cora, town.linden_creek, plan.recommendation("D-L5"))


def test_the_state_answers_for_its_own_recommendations(town, ada, cora, plan):
    report(ada, town.missouri, plan.recommendation("D-S3"))
    with pytest.raises(PermissionDenied, match="not addressed to Linden Creek"):
        report(cora, town.linden_creek, plan.recommendation("D-S3"))
    with pytest.raises(PermissionDenied, match="Only the principal"):
        report(ada, town.linden_creek, plan.recommendation("G-L1"))
