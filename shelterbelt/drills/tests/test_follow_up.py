"""Agencies at a drill, steps that follow from it, files that belong to it."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from shelterbelt.drills import actions, queries
from shelterbelt.drills.models import CorrectiveAction, Drill, Invitation
from shelterbelt.drills.tests.conftest import NOW, TODAY, facts


@pytest.fixture
def drill(town, acting):
    with acting("cora") as cora:
        given = facts(law_enforcement_present=None, fire_present=None)
        return actions.record_drill(school=town.linden, drill_id=uuid.uuid4(), facts=given, by=cora, at=NOW).drill


def a_step(drill, by, **more):
    given: dict[str, Any] = {
        "what": "Mend the door of room 4",
        "owner": "Facilities",
        "due_on": date(2026, 11, 1),
    } | more
    return actions.add_corrective_action(drill, by=by, **given)


def test_a_step_has_an_owner_and_a_day(acting, drill):
    with acting("cora") as cora:
        step = a_step(drill, cora)
        actions.change_corrective_action(step, what="Mend the door", owner="Ann", due_on=date(2026, 11, 5), by=cora)
        actions.close_corrective_action(step, done_on=TODAY, outcome="New lock", by=cora, at=NOW)
        step.refresh_from_db()
    assert (step.owner, step.due_on, step.done_on, step.outcome) == ("Ann", date(2026, 11, 5), TODAY, "New lock")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"what": " "}, "what"),
        ({"owner": ""}, "owner"),
        ({"due_on": date(2026, 9, 30)}, "due_on"),
        ({"due_on": date(2086, 9, 30)}, "due_on"),
    ],
)
def test_a_step_that_cannot_be_is_refused_at_its_field(acting, drill, more, field):
    with acting("cora") as cora, pytest.raises(ValidationError) as caught:
        a_step(drill, cora, **more)
    assert list(caught.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("done_on", "outcome", "field"),
    [
        (TODAY + timedelta(days=1), "x", "done_on"),
        (date(2026, 9, 1), "x", "done_on"),
        (TODAY, " ", "outcome"),
    ],
)
def test_a_step_is_closed_with_what_was_done(acting, drill, done_on, outcome, field):
    with acting("cora") as cora:
        step = a_step(drill, cora)
        with pytest.raises(ValidationError) as caught:
            actions.close_corrective_action(step, done_on=done_on, outcome=outcome, by=cora, at=NOW)
    assert list(caught.value.message_dict) == [field]


def test_open_steps_stand_in_the_order_they_are_due(acting, drill):
    with acting("cora") as cora:
        late, soon = a_step(drill, cora, due_on=date(2026, 12, 1)), a_step(drill, cora)
        assert list(queries.actions_to_follow_up()) == [soon, late]
    with acting("otto"):
        assert not CorrectiveAction.objects.exists()


def test_who_came_answers_the_form(town, acting, drill):
    with acting("cora") as cora:
        actions.invite_agencies(drill, agencies=[town.police, town.fire], by=cora)
        actions.mark_who_came(drill, came=[town.police], by=cora, at=NOW)
        drill.refresh_from_db()
        came = dict(Invitation.objects.values_list("agency_id", "came"))
    assert (drill.law_enforcement_present, drill.fire_present) == (True, None)
    assert came == {town.police.pk: True, town.fire.pk: False}


def test_an_agency_is_uninvited_until_it_came(town, acting, drill):
    with acting("cora") as cora:
        actions.invite_agencies(drill, agencies=[town.police, town.fire], by=cora)
        actions.invite_agencies(drill, agencies=[town.fire], by=cora)
        assert [invitation.agency for invitation in drill.invitations.all()] == [town.fire]


def test_nobody_came_to_a_drill_that_is_still_ahead(town, acting):
    with acting("cora") as cora:
        ahead = actions.schedule_drill(school=town.linden, kind="fire", planned_on=TODAY, by=cora, at=NOW)
        with pytest.raises(ValidationError, match="Record the drill first"):
            actions.mark_who_came(ahead, came=[], by=cora, at=NOW)
        with pytest.raises(PermissionDenied, match="once the drill was held"):
            a_step(ahead, cora)


def test_a_file_is_kept_five_years(acting, drill):
    with acting("cora") as cora:
        upload = SimpleUploadedFile("../report.pdf", b"%PDF-1.7 report")
        document = actions.attach_document(drill, upload=upload, by=cora, at=NOW).document
    assert (document.name, document.keep_until) == ("report.pdf", date(2031, 10, 15))


def test_a_planned_drill_moves_to_another_day(town, acting):
    with acting("cora") as cora:
        ahead = actions.schedule_drill(school=town.linden, kind="fire", planned_on=TODAY, by=cora, at=NOW)
        actions.reschedule_drill(ahead, planned_on=date(2026, 11, 3), by=cora, at=NOW)
        assert Drill.objects.get(pk=ahead.pk).planned_on == date(2026, 11, 3)
        with pytest.raises(ValidationError, match="has passed"):
            actions.reschedule_drill(ahead, planned_on=date(2026, 10, 3), by=cora, at=NOW)


def test_a_drill_is_cancelled_with_its_reason(acting, drill):
    with acting("cora") as cora, pytest.raises(ValidationError, match="Say why"):
        actions.cancel_drill(drill, because=" ", by=cora)


def test_a_tick_taken_back_takes_the_answer_back(town, acting, drill):
    with acting("cora") as cora:
        actions.invite_agencies(drill, agencies=[town.police, town.fire], by=cora)
        actions.mark_who_came(drill, came=[town.police, town.fire], by=cora, at=NOW)
        actions.mark_who_came(drill, came=[town.fire], by=cora, at=NOW)
        drill.refresh_from_db()
    assert (drill.law_enforcement_present, drill.fire_present) == (False, True)


def test_marking_leaves_what_the_form_said_of_others(town, acting):
    with acting("cora") as cora:
        drill = actions.record_drill(school=town.linden, drill_id=uuid.uuid4(), facts=facts(), by=cora, at=NOW).drill
        actions.invite_agencies(drill, agencies=[town.fire], by=cora)
        actions.mark_who_came(drill, came=[town.fire], by=cora, at=NOW)
        actions.mark_who_came(drill, came=[], by=cora, at=NOW)
        drill.refresh_from_db()
    assert (drill.law_enforcement_present, drill.fire_present) == (True, False)


def test_steps_of_a_record_that_was_taken_back_are_not_followed_up(acting, drill):
    with acting("cora") as cora:
        a_step(drill, cora)
        actions.cancel_drill(drill, because="Typed for the wrong school", by=cora)
        assert not queries.actions_to_follow_up().exists()


def test_a_step_sent_twice_is_one_step(acting, drill):
    action_id = uuid.uuid4()
    with acting("cora") as cora:
        assert a_step(drill, cora, action_id=action_id) == a_step(drill, cora, action_id=action_id)
        with pytest.raises(ValidationError, match="Open a new form"):
            a_step(drill, cora, action_id=action_id, what="Buy radios")
        assert [step.what for step in CorrectiveAction.objects.all()] == ["Mend the door of room 4"]
