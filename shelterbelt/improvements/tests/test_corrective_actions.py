"""What is found, what is done about it, and who says that it is done."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.improvements import actions
from shelterbelt.improvements.models import CorrectiveAction, Finding
from shelterbelt.improvements.tests.conftest import NOW, TODAY, a_finding, a_step

Status = CorrectiveAction.Status


def test_a_finding_is_rated_by_likelihood_times_impact(finding):
    assert (finding.score, finding.rating) == (9, "high")


def test_one_question_of_an_evaluation_makes_one_finding_however_often_it_is_recorded(town, acting):
    source = {"source_kind": "evaluation", "source_id": uuid.uuid4(), "source_part": "basic.promulgation"}
    with acting("cora") as cora:
        first = a_finding(town.linden, cora, **source)
        again = a_finding(town.linden, cora, **source, what="In other words")
    assert again == first


def test_with_an_owner_it_is_assigned_and_without_it_is_open(acting, finding):
    with acting("cora") as cora:
        assert a_step(finding, cora).status == Status.ASSIGNED
        assert a_step(finding, cora, owner_name="").status == Status.OPEN


def test_a_form_sent_twice_plans_one_action(acting, finding):
    key = uuid.uuid4()
    with acting("cora") as cora:
        assert a_step(finding, cora, action_id=key) == a_step(finding, cora, action_id=key)
        with pytest.raises(ValidationError, match="used already"):
            a_step(finding, cora, action_id=key, what="Something else")


def test_it_waits_for_funds_is_done_and_checked_by_somebody_else(town, acting, finding):
    with acting("sam") as sam:
        step = a_step(finding, sam, owner_name="", owner=town.people["sam"])
        actions.move_action(step, to=Status.AWAITING_FUNDS, by=sam)
        actions.finish_action(step, done_on=TODAY, outcome="New latch", by=sam, at=NOW)
        step.refresh_from_db()
        with pytest.raises(PermissionDenied, match="other than its owner"):
            actions.verify_action(step, by=sam, at=NOW)
    with acting("cora") as cora:
        actions.verify_action(step, by=cora, at=NOW)
        step.refresh_from_db()
        with pytest.raises(PermissionDenied, match="new finding"):
            actions.move_action(step, to=Status.IN_PROGRESS, by=cora)
    assert (step.status, step.verified_by_id, step.done_on) == (Status.VERIFIED, town.people["cora"].pk, TODAY)


def test_a_move_that_is_not_drawn_is_refused_in_words(acting, step):
    with acting("cora") as cora, pytest.raises(PermissionDenied, match="once it is done"):
        actions.verify_action(step, by=cora, at=NOW)
    with acting("cora") as cora:
        actions.finish_action(step, done_on=TODAY, outcome="x", by=cora, at=NOW)
        with pytest.raises(ValidationError, match="can't become"):
            actions.move_action(step, to=Status.ASSIGNED, by=cora)


def test_a_risk_is_accepted_by_whoever_answers_for_the_school_up_to_a_day(acting, step):
    until = TODAY + timedelta(days=90)
    with acting("sam") as sam, pytest.raises(PermissionDenied, match="principal or the district"):
        actions.accept_risk(step, because="Rebuilt in spring", until=until, by=sam, at=NOW)
    with acting("cora") as cora:
        with pytest.raises(ValidationError, match="within a year"):
            actions.accept_risk(step, because="Rebuilt", until=TODAY + timedelta(days=800), by=cora, at=NOW)
        actions.accept_risk(step, because="The gym is rebuilt in spring", until=until, by=cora, at=NOW)
        step.refresh_from_db()
    assert (step.status, step.accepted_by, step.accepted_until) == (Status.RISK_ACCEPTED, "cora", until)
    assert not step.is_overdue(until)
    assert step.is_overdue(until + timedelta(days=1))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"what": " "}, "what"),
        ({"due_on": date(2026, 9, 1)}, "due_on"),
        ({"due_on": date(2066, 9, 1)}, "due_on"),
        ({"cost": Decimal(-1)}, "cost"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(acting, finding, more, field):
    with acting("cora") as cora, pytest.raises(ValidationError) as caught:
        a_step(finding, cora, **more)
    assert list(caught.value.message_dict) == [field]


def test_a_finding_is_not_withdrawn_while_something_is_done_about_it(acting, finding, step):
    with acting("cora") as cora:
        with pytest.raises(ValidationError, match="Finish that first"):
            actions.withdraw_finding(finding, because="A mistake", by=cora, at=NOW)
        actions.finish_action(step, done_on=TODAY, outcome="Nothing was needed", by=cora, at=NOW)
        actions.withdraw_finding(finding, because="A mistake", by=cora, at=NOW)
        finding.refresh_from_db()
    assert (finding.withdrawn_on, finding.withdrawn_because) == (TODAY, "A mistake")


@pytest.mark.parametrize("name", ["tom", "greta", "otto", "pete", "fay"])
def test_staff_the_region_other_schools_and_agencies_read_nothing(acting, step, name):
    with acting(name):
        assert not Finding.objects.exists()
        assert not CorrectiveAction.objects.exists()


@pytest.mark.parametrize("name", ["cora", "sam", "rosa", "ben", "sue", "ada"])
def test_the_school_its_district_and_the_state_read_it(acting, step, name):
    with acting(name):
        assert Finding.objects.count() == CorrectiveAction.objects.count() == 1


def test_staff_who_are_asked_to_do_something_see_that_and_may_say_that_it_is_done(town, acting, finding):
    with acting("ben") as ben:
        a_step(finding, ben)
        mine = a_step(finding, ben, what="Paint the door", owner_name="", owner=town.people["tom"])
    with acting("tom") as tom:
        assert list(CorrectiveAction.objects.all()) == [mine]
        assert list(Finding.objects.all()) == [finding]
        actions.finish_action(mine, done_on=TODAY, outcome="Painted", by=tom, at=NOW)
        with pytest.raises(PermissionDenied):
            actions.change_action(mine, what="Less", due_on=TODAY, by=tom, at=NOW)


def test_no_action_hangs_on_another_schools_finding(town, acting, finding):
    with acting("otto") as otto, pytest.raises(Exception, match="row-level security"):
        CorrectiveAction.objects.create(
            finding_id=finding.pk, org=town.oak, what="x", due_on=TODAY, planned_at=NOW, planned_by=otto.person
        )


def test_the_trail_knows_that_words_changed_and_not_which(acting, step):
    with acting_as_system("clock", today=TODAY, reason="test"):
        entries = list(AuditEntry.objects.filter(thing__startswith="improvements_"))
        assert entries
        assert "latch" not in str([entry.after for entry in entries])


def test_without_scope_there_is_nothing(step):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from improvements_finding")
        assert cursor.fetchone() == (0,)
