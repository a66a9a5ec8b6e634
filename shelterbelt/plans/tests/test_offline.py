"""The plan in force for reading without a connection: whose it is, what is on it, and that taking it along is noted."""

import pytest
from django.test import Client

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.plans.tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_the_plan_in_force_is_on_one_page_and_tells_when_it_was_fetched(adopted, browser):
    version = adopted("linden")
    page = browser("tom").get(f"/plans/offline/{version.plan_id}/")
    text = page.content.decode()
    for words in ("How lockdown works here.", "Keep on this phone", "data-age", "CLOSED RECORD", "Lockdown: lock up"):
        assert words in text
    assert page["Cache-Control"] == "private, no-store"


def test_a_draft_is_never_on_it(adopted, write, browser):
    version = adopted("linden")
    write(version.plan, "lockdown", "<p>Not adopted yet.</p>", "ben")
    assert "Not adopted yet" not in browser("ben").get(f"/plans/offline/{version.plan_id}/").content.decode()


def test_without_a_version_in_force_there_is_no_such_page(begun, browser):
    plan = begun("linden")
    assert browser("ben").get(f"/plans/offline/{plan.pk}/").status_code == 404


def test_that_a_plan_is_taken_along_is_noted(adopted, browser, town):
    version = adopted("linden")
    assert browser("tom").post(f"/plans/offline/{version.plan_id}/keep/").status_code == 204
    with acting_as_system("clock", today=TODAY, reason="test"):
        noted = AuditEntry.objects.filter(thing="plans_version", thing_id=str(version.pk), verb="read").latest("id")
    assert (noted.reason, noted.org_id) == ("kept on a phone", town.linden.pk)


@pytest.mark.parametrize("who", ["bea", "otto", "ruth", "pete", "greta"])
def test_nobody_of_another_place_takes_it_along(who, adopted, browser):
    version = adopted("linden")
    assert browser(who).get(f"/plans/offline/{version.plan_id}/").status_code in {403, 404}
    assert browser(who).post(f"/plans/offline/{version.plan_id}/keep/").status_code in {403, 404}


def test_the_worker_acts_on_plans_alone():
    answer = Client().get("/plans/offline/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert b"plan-offline-1" in answer.content
