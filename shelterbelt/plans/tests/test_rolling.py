"""In July every plan is asked about anew."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from shelterbelt.access.scope import acting_as_system
from shelterbelt.plans import actions
from shelterbelt.plans.models import Plan, PlanContact
from shelterbelt.plans.tests.conftest import NOW

JULY = date(2027, 7, 1)
IN_JULY = datetime(2027, 7, 1, 12, tzinfo=UTC)


def _roll():
    with acting_as_system("clock", today=JULY, reason="test"):
        return actions.roll_forward(on=JULY, at=IN_JULY)


def test_the_year_opens_two_tasks_once(adopted, acting):
    adopted("linden")
    assert _roll() == 1
    assert _roll() == 0
    with acting("ben"):
        plan = Plan.objects.get()
        assert sorted(task.kind for task in plan.tasks.open()) == ["attest", "contacts"]
        assert {task.due_on for task in plan.tasks.open()} == {date(2027, 9, 30)}


def test_a_plan_is_confirmed_once_every_contact_was_looked_up(adopted, acting):
    plan = adopted("linden").plan
    with acting("ben") as ben:
        contact = actions.add_row(plan=plan, to="contacts", kind="fire", name="Station 3", phone="+15735550111", by=ben)
        PlanContact.objects.filter(pk=contact.pk).update(checked_on=date(2026, 5, 1))
        with pytest.raises(ValidationError, match="1 contact was not looked up"):
            actions.attest(plan=plan, by=ben, at=NOW)
        contact.refresh_from_db()
        actions.check_contact(contact=contact, by=ben, at=NOW)
        assert actions.attest(plan=plan, by=ben, at=NOW).attested_on == date(2026, 10, 15)


def test_a_version_comes_into_force_on_its_day_and_ends_the_one_before(adopted, write, acting):
    first = adopted("linden")
    write(first.plan, "hold", "<p>Stay in.</p>")
    with acting("sue") as sue:
        second = actions.send_to_review(version=first.plan.versions.get(number=2), by=sue, at=NOW)
        day = date(2026, 11, 1)
        actions.adopt(version=second, adopted_on=date(2026, 10, 15), from_on=day, meeting="x", by=sue, at=NOW)
        second.refresh_from_db()
        assert second.state == "adopted"
    with acting_as_system("clock", today=day, reason="test"):
        assert actions.put_due_in_force(on=day) == 1
        first.refresh_from_db()
        assert (first.state, first.until_on) == ("superseded", day)
