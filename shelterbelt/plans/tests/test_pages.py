"""The pages of a plan, in a browser."""

import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.plans.models import Plan
from shelterbelt.plans.tests.conftest import TODAY


def _plan_of(town):
    with acting_as_system("install", today=TODAY, reason="test"):
        return Plan.objects.get(org=town.linden).pk


def test_a_principal_begins_the_plan_and_finds_its_sections(town, browser):
    ben = browser("ben")
    page = ben.get(f"/schools/{town.linden.pk}/plan/").content.decode()
    assert "Begin the plan" in page
    answer = ben.post(f"/orgs/{town.linden.pk}/plan/begin/", follow=True)
    assert "Learning and practice" in answer.content.decode()
    listed = ben.get(f"/plans/{_plan_of(town)}/steps/writing/").content.decode()
    assert "Lockdown" in listed


@pytest.mark.parametrize("who", ["otto", "ruth", "bea"])
def test_whoever_may_not_read_a_plan_learns_nothing_of_it(adopted, town, browser, who):
    adopted("linden")
    page = browser(who).get(f"/schools/{town.linden.pk}/plan/").content.decode()
    assert "Regular meeting" not in page
    assert "none was begun, or it isn" in page
