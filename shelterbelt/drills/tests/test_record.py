"""Recording a drill: once, whatever the connection does."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from shelterbelt.drills import actions
from shelterbelt.drills.models import Drill
from shelterbelt.drills.tests.conftest import NOW, facts, learned


def record(by, school, drill_id=None, **more):
    given = {"facts": facts(), "at": NOW} | more
    return actions.record_drill(school=school, drill_id=drill_id or uuid.uuid4(), by=by, **given)


def test_the_principal_records_a_drill(town, acting):
    with acting("cora") as cora:
        recorded = record(cora, town.linden)
        drill = Drill.objects.get(pk=recorded.drill.pk)
    assert (recorded.outcome, drill.status, drill.held_on, drill.students) == ("kept", "held", date(2026, 10, 1), 310)
    assert drill.recorded_by_id == town.people["cora"].pk


def test_a_form_that_arrives_twice_is_one_drill(town, acting):
    drill_id = uuid.uuid4()
    with acting("cora") as cora:
        assert record(cora, town.linden, drill_id).outcome == "kept"
        assert record(cora, town.linden, drill_id, at=NOW + timedelta(minutes=5)).outcome == "same"
        drill = Drill.objects.get()
    assert drill.recorded_at == NOW


def test_a_correction_written_later_wins(town, acting):
    drill_id = uuid.uuid4()
    with acting("cora") as cora:
        record(cora, town.linden, drill_id)
        later = NOW + timedelta(hours=1)
        assert record(cora, town.linden, drill_id, facts=facts(minutes=15), at=later).outcome == "kept"
        assert Drill.objects.get().minutes == 15


def test_what_waited_on_a_phone_does_not_undo_what_was_written_since(town, acting):
    drill_id = uuid.uuid4()
    with acting("sam") as sam:
        record(sam, town.linden, drill_id, facts=facts(minutes=15))
    with acting("cora") as cora:
        waited = NOW - timedelta(hours=2)
        outcome = record(cora, town.linden, drill_id, written_at=waited, at=NOW + timedelta(hours=1)).outcome
        assert outcome == "older"
        assert Drill.objects.get().minutes == 15


def test_an_id_of_another_school_is_refused(town, acting, make_drill):
    theirs = make_drill(town.oak)
    with acting("cora") as cora, pytest.raises(ValidationError, match="Open a new form"):
        record(cora, town.linden, theirs.pk)


def test_a_planned_drill_becomes_a_held_one(town, acting):
    with acting("cora") as cora:
        planned = actions.schedule_drill(
            school=town.linden, kind="lockdown", planned_on=date(2026, 10, 15), by=cora, at=NOW, requirement="x"
        )
        recorded = record(cora, town.linden, planned.pk, facts=facts(held_on=date(2026, 10, 15), started_at=None))
    assert recorded.outcome == "kept"
    assert (recorded.drill.status, recorded.drill.planned_on, recorded.drill.requirement) == (
        "held",
        date(2026, 10, 15),
        "x",
    )


def test_a_cancelled_drill_is_not_recorded(town, acting):
    with acting("cora") as cora:
        planned = actions.schedule_drill(
            school=town.linden, kind="fire", planned_on=date(2026, 10, 20), by=cora, at=NOW
        )
        actions.cancel_drill(planned, because="Snow", by=cora)
        with pytest.raises(PermissionDenied, match="as a new drill"):
            record(cora, town.linden, planned.pk)


def test_a_drill_in_the_future_is_not_held(town, acting):
    with acting("cora") as cora, pytest.raises(ValidationError) as caught:
        record(cora, town.linden, facts=facts(held_on=date(2026, 10, 16)))
    assert "Schedule it instead" in caught.value.message_dict["held_on"][0]


def test_the_record_is_complete_the_day_nothing_is_missing_any_more(town, acting):
    with acting("cora") as cora:
        drill = record(cora, town.linden).drill
        assert drill.completed_on is None
        assert actions.write_after_action(drill, learned=learned(), by=cora, at=NOW).completed_on == date(2026, 10, 15)
        later = actions.write_after_action(drill, learned=learned(), by=cora, at=NOW + timedelta(days=3))
        assert later.completed_on == date(2026, 10, 15)
        emptied = actions.write_after_action(drill, learned=learned(strengths=""), by=cora, at=NOW)
        assert emptied.completed_on is None


def test_a_correction_that_takes_an_answer_away_makes_it_incomplete(town, acting):
    with acting("cora") as cora:
        drill = record(cora, town.linden).drill
        actions.write_after_action(drill, learned=learned(), by=cora, at=NOW)
        again = record(cora, town.linden, drill.pk, facts=facts(minutes=None), at=NOW + timedelta(hours=1)).drill
    assert again.completed_on is None


def test_a_mistake_is_taken_back_and_stays_in_the_trail(town, acting):
    with acting("cora") as cora:
        drill = record(cora, town.linden).drill
        actions.cancel_drill(drill, because="Typed for the wrong school", by=cora)
        drill.refresh_from_db()
    assert (drill.status, drill.held_on, drill.planned_on) == ("cancelled", None, date(2026, 10, 1))


def test_an_incident_has_its_class(town, acting):
    with acting("cora") as cora:
        recorded = actions.report_incident(
            school=town.linden, drill_id=uuid.uuid4(), by=cora, at=NOW, summary="A knife was found.",
            facts=facts(nature="incident", incident_class="knife", kind="hold"),
        )  # fmt: skip
        assert recorded.drill.completed_on == date(2026, 10, 15)
        with pytest.raises(ValidationError, match="Choose what it was"):
            actions.report_incident(
                school=town.linden, drill_id=uuid.uuid4(), by=cora, at=NOW, summary="?", facts=facts(nature="threat")
            )


def test_two_sendings_in_the_same_moment_are_one_drill(town, acting, monkeypatch):
    drill_id, look = uuid.uuid4(), actions._known
    answers = iter([None])
    with acting("cora") as cora:
        record(cora, town.linden, drill_id)
        monkeypatch.setattr(actions, "_known", lambda *asked: next(answers, look(*asked)))
        assert record(cora, town.linden, drill_id).outcome == "same"
        assert Drill.objects.count() == 1


def test_the_form_of_a_drill_makes_no_incident_of_it_nor_the_other_way(town, acting):
    an_incident = {"facts": facts(nature="threat", incident_class="knife"), "summary": "A call.", "at": NOW}
    with acting("cora") as cora:
        drill = record(cora, town.linden).drill
        with pytest.raises(ValidationError, match="not to both"):
            actions.report_incident(school=town.linden, drill_id=drill.pk, by=cora, **an_incident)
        threat = actions.report_incident(school=town.linden, drill_id=uuid.uuid4(), by=cora, **an_incident).drill
        with pytest.raises(ValidationError, match="not to both"):
            record(cora, town.linden, threat.pk)
        assert set(Drill.objects.values_list("pk", "nature")) == {(drill.pk, "drill"), (threat.pk, "threat")}


def test_a_plan_sent_twice_is_one_drill(town, acting, make_drill):
    planned = {"school": town.linden, "kind": "fire", "planned_on": date(2026, 10, 20), "at": NOW}
    drill_id, theirs = uuid.uuid4(), make_drill(town.oak)
    with acting("cora") as cora:
        first = actions.schedule_drill(**planned, drill_id=drill_id, by=cora)
        assert actions.schedule_drill(**planned, drill_id=drill_id, by=cora) == first
        for used, kind in ((drill_id, "tornado"), (theirs.pk, "fire")):
            with pytest.raises(ValidationError, match="Open a new form"):
                actions.schedule_drill(**(planned | {"kind": kind}), drill_id=used, by=cora)
        assert Drill.objects.get().kind == "fire"


def test_an_id_of_another_record_is_refused_with_a_sentence(town, acting, make_drill):
    theirs = make_drill(town.oak)
    with acting("cora") as cora, pytest.raises(ValidationError, match="used for another record"):
        record(cora, town.linden, theirs.pk)
    with acting("cora") as cora:
        mine = record(cora, town.linden).drill
        step = {"what": "Oil the door", "owner": "Sam", "due_on": NOW.date() + timedelta(days=9)}
        known = actions.add_corrective_action(mine, by=cora, **step)
        with pytest.raises(ValidationError, match="used for another record"):
            actions.add_corrective_action(mine, by=cora, action_id=known.pk, **step | {"what": "Paint it"})


def test_a_fault_of_ours_is_not_told_as_theirs(town, acting, monkeypatch):
    monkeypatch.setattr(actions, "_judge", lambda drill, _on: setattr(drill, "minutes", -1))
    with acting("cora") as cora, pytest.raises(IntegrityError, match="minutes"):
        record(cora, town.linden)
