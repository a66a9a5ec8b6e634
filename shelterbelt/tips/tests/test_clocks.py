"""Clocks of a tip: started with it, acted on once when they are missed, ended by what they wait for."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from shelterbelt.access.scope import acting_as_system
from shelterbelt.contacts.models import Break
from shelterbelt.tips import watching
from shelterbelt.tips.actions import clocks, escalating, intake, listening
from shelterbelt.tips.models import Alarm, Clock, Done, Message, Referral, StatFact, Tip
from shelterbelt.tips.rules import plans
from shelterbelt.tips.tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
GRAVE = {"event_types": ["gun"]}


def after(**length):
    return NOW + timedelta(**length)


@pytest.fixture
def desk(at_desk):
    """Everything in this test is seen by the desk's own system."""
    with at_desk():
        yield


@pytest.fixture
def refer(town):
    def make(tip, place="linden", to="school"):
        return Referral.objects.create(
            tip=tip, state_org=town.state, org=getattr(town, place), to=to, at=NOW, by=town.people["ada"]
        )  # fmt: skip

    return make


def running(tip):
    """Kind, step and minutes left of all that runs, by when it is due."""
    found = Clock.objects.filter(tip=tip, ended_at=None, breached_at=None).order_by("due_at", "kind")
    return [(each.kind, each.step, round((each.due_at - NOW) / timedelta(minutes=1), 3)) for each in found]


def misses(tip):
    found = Done.objects.filter(tip=tip, verb="miss").order_by("at", "pk")
    return [(each.told["kind"], each.told["step"]) for each in found]


@pytest.mark.parametrize(
    ("more", "expected"),
    [(GRAVE, [("claim", 1, 1), ("dispatch", 1, 3)]), ({}, [("claim", 1, 15), ("dispatch", 1, 60)])],
)
def test_what_is_due_begins_with_the_tip(a_tip, desk, more, expected):
    assert running(a_tip(**more).tip) == expected


def test_time_in_which_nothing_was_taken_in_counts(a_tip, desk):
    late = a_tip(taken_in=False, **GRAVE)
    intake.take_in(at=after(minutes=2))
    assert [(kind, left) for kind, _, left in running(late.tip)] == [("claim", 1), ("dispatch", 3)]


def test_a_clock_starts_once(a_tip, desk, refer):
    tip = a_tip().tip
    given = refer(tip)
    first = clocks.start_clock(tip, "acknowledge", at=NOW, referral=given)
    assert clocks.start_clock(tip, "acknowledge", at=after(hours=1), referral=given) == first
    assert clocks.start_clock(tip, "claim", at=NOW).step == 1
    assert Clock.objects.count() == 3


@pytest.mark.parametrize(("kind", "of_referral"), [("acknowledge", False), ("claim", True)])
def test_a_clock_belongs_to_a_tip_or_a_referral_by_its_kind(a_tip, desk, refer, kind, of_referral):
    tip = a_tip().tip
    with pytest.raises(ValueError, match="belongs to"):
        clocks.start_clock(tip, kind, at=NOW, referral=refer(tip) if of_referral else None)


def test_met_in_time_it_is_counted_with_how_long_it_took(a_tip, desk):
    tip = a_tip(**GRAVE).tip
    assert clocks.end_clocks(tip, "claim", at=after(seconds=40)) == 1
    [fact] = StatFact.objects.filter(step="met")
    assert (fact.word, fact.seconds, fact.is_life_safety) == ("claim", 40, True)
    assert Clock.objects.get(kind="claim").outcome == "met"


def test_too_late_is_missed_even_if_nobody_looked_meanwhile(a_tip, desk):
    tip = a_tip(**GRAVE).tip
    clocks.end_clocks(tip, "claim", at=after(seconds=61))
    assert Clock.objects.get(kind="claim").outcome == "breached"
    assert StatFact.objects.get(step="missed").seconds == 61


def test_no_longer_needed_it_is_neither_met_nor_missed(a_tip, desk):
    tip = a_tip().tip
    clocks.end_clocks(tip, plans.KINDS, at=after(hours=9), met=False)
    assert not running(tip)
    assert not StatFact.objects.filter(step__in=["met", "missed"]).exists()


def test_one_referral_ends_its_own_clock_alone(a_tip, desk, refer):
    tip = a_tip().tip
    school, police = refer(tip), refer(tip, "police", "law_enforcement")
    for each in (school, police):
        clocks.start_clock(tip, "acknowledge", at=NOW, referral=each)
    clocks.end_clocks(tip, ("acknowledge", "chain"), at=after(minutes=1), referral=school)
    assert Clock.objects.get(kind="acknowledge", ended_at=None).referral == police
    assert StatFact.objects.get(step="met").recipient_class == "school"


def test_a_recipient_ends_a_clock_that_they_cannot_see(a_tip, at_desk, acting, refer):
    tip = a_tip().tip
    with at_desk():
        given = refer(tip)
        clocks.start_clock(tip, "acknowledge", at=NOW, referral=given)
    with acting("pia"):
        assert not Clock.objects.exists()
        assert clocks.end_clocks(Tip.objects.get(), "acknowledge", at=NOW, referral=Referral.objects.get()) == 1


def test_a_school_day_is_the_schools_own(a_tip, desk, refer, town):
    tip = a_tip().tip
    Break.objects.create(org=town.cedar, name="Founders' days", first_on="2026-11-19", last_on="2026-11-20")
    clock = clocks.start_clock(tip, "acknowledge", at=NOW, referral=refer(tip))
    assert clock.due_at - NOW == timedelta(days=5)  # Wednesday to Monday


def test_a_miss_is_acted_on_once_with_the_next_step_and_a_line_in_the_history(a_tip, desk):
    tip = a_tip(**GRAVE).tip
    assert escalating.keep_clocks(at=after(seconds=59)) == 0
    assert escalating.keep_clocks(at=after(seconds=60)) == 1
    assert escalating.keep_clocks(at=after(seconds=60)) == 0
    assert misses(tip) == [("claim", 1)]
    assert running(tip)[0] == ("claim", 2, 2)
    assert StatFact.objects.filter(step="missed", word="claim").count() == 1
    assert Tip.objects.get().changed_at == after(seconds=60)


def test_an_hour_in_which_nobody_looked_is_made_up_for_without_a_storm(a_tip, desk):
    tips = [a_tip(**GRAVE).tip for _ in range(3)]
    assert escalating.keep_clocks(at=after(hours=1)) == 6
    assert escalating.keep_clocks(at=after(hours=1, seconds=1)) == 0
    for tip in tips:
        assert misses(tip) == [("claim", 1), ("dispatch", 1)]
        assert running(tip) == [("claim", 2, 61), ("dispatch", 2, 63)]


def test_a_plan_is_walked_to_its_end_and_repeated_there(a_tip, desk):
    tip = a_tip(**GRAVE).tip
    clocks.end_clocks(tip, "dispatch", at=NOW)
    for minutes in (1, 2, 7, 12, 17):
        assert escalating.keep_clocks(at=after(minutes=minutes)) == 1
    assert misses(tip) == [("claim", step) for step in range(1, 6)]
    assert StatFact.objects.filter(step="missed").count() == 1
    assert clocks.end_clocks(tip, "claim", at=after(minutes=18)) == 6
    assert set(Clock.objects.filter(kind="claim").values_list("step", "outcome")) == {
        *((step, "breached") for step in range(1, 6)), (6, "met")
    }  # fmt: skip


def test_missed_and_then_done_it_stays_missed_and_is_counted_once(a_tip, desk):
    tip = a_tip(**GRAVE).tip
    escalating.keep_clocks(at=after(minutes=1))
    clocks.end_clocks(tip, "claim", at=after(seconds=70))
    assert [fact.step for fact in StatFact.objects.filter(word="claim")] == ["missed"]


@pytest.mark.parametrize("change", [{"state": "linked"}, {"kind": "spam"}, {"kind": "test"}])
def test_nothing_is_late_about_what_needs_no_work(a_tip, desk, change):
    tip = a_tip(**GRAVE).tip
    Tip.objects.filter(pk=tip.pk).update(**change)
    assert escalating.keep_clocks(at=after(hours=1)) == 0
    assert not running(tip)
    assert not StatFact.objects.filter(step="missed").exists()


def test_clocks_stand_still_while_the_reporter_is_asked_and_go_on_with_what_was_left(a_tip, desk):
    tip = a_tip().tip
    Tip.objects.filter(pk=tip.pk).update(state="needs_info")
    assert clocks.pause_clocks(tip, at=after(minutes=5)) == 2
    assert escalating.keep_clocks(at=after(hours=3)) == 0
    clocks.resume_clocks(tip, at=after(hours=3))
    assert running(tip) == [("claim", 1, 190), ("dispatch", 1, 235)]


def test_what_stands_still_for_a_tip_that_waits_no_more_goes_on(a_tip, desk):
    tip = a_tip().tip
    clocks.pause_clocks(tip, at=NOW)
    escalating.keep_clocks(at=after(hours=1))
    assert ("claim", 1, 75) in running(tip)


def test_life_safety_never_stands_still(a_tip, desk):
    tip = a_tip(**GRAVE).tip
    assert clocks.pause_clocks(tip, at=NOW) == 0
    assert escalating.keep_clocks(at=after(minutes=1)) == 1


def test_found_to_be_about_life_safety_what_runs_begins_anew(a_tip, desk):
    tip = a_tip().tip
    clocks.end_clocks(tip, "claim", at=NOW)
    tip.is_life_safety, tip.life_safety_because = True, "analyst"
    tip.save()
    clocks.restart_clocks(tip, at=NOW)
    assert running(tip) == [("dispatch", 1, 3)]


def test_deeds_of_other_files_are_done_and_people_are_called_where_one_fails(a_tip, desk, refer, monkeypatch):
    tip = a_tip(**GRAVE).tip
    clocks.end_clocks(tip, ("claim", "dispatch"), at=NOW)
    tried = []

    def next_contact(clock, *, at):
        tried.append((clock.kind, clock.referral.org.name, at))
        raise LookupError("nobody left")

    monkeypatch.setitem(escalating.DEEDS, "next_contact", next_contact)
    clocks.start_clock(tip, "acknowledge", at=NOW, referral=refer(tip))
    assert escalating.keep_clocks(at=after(minutes=5)) == 1
    assert tried == [("acknowledge", "Linden Creek Elementary", after(minutes=5))]
    assert Done.objects.get(verb="deed_failed").told == {"deed": "next_contact"}
    assert set(Alarm.objects.filter(because="late_acknowledge").values_list("person__name", flat=True)) == {
        "sol",
        "sia",
    }


def test_a_clock_that_the_database_refuses_keeps_no_other_waiting(a_tip, desk, monkeypatch):
    first, second = a_tip(**GRAVE).tip, a_tip(**GRAVE).tip
    real = escalating.DEEDS["alarm_supervisors"]

    def refuse(clock, *, at):
        if clock.tip == first:
            raise OperationalError("deadlock detected")
        real(clock, at=at)

    monkeypatch.setitem(escalating.DEEDS, "alarm_supervisors", refuse)
    with pytest.raises(OperationalError):
        escalating.keep_clocks(at=after(minutes=1))
    assert (misses(first), misses(second)) == ([], [("claim", 1)])
    monkeypatch.setitem(escalating.DEEDS, "alarm_supervisors", real)
    assert escalating.keep_clocks(at=after(minutes=1)) == 1


def test_a_clock_from_a_time_that_never_came_runs_anew_and_none_is_lost(a_tip, desk):
    """The host's time was a day ahead when the tip came in, and was set back."""
    tip = a_tip(at=after(days=1), **GRAVE).tip
    assert escalating.keep_clocks(at=NOW) == 0
    assert running(tip) == [("claim", 1, 1), ("dispatch", 1, 3)]
    assert escalating.keep_clocks(at=after(minutes=1)) == 1


def test_time_that_goes_back_breaks_no_clock_twice(a_tip, desk):
    tip = a_tip(**GRAVE).tip
    for minutes in (1, 0.5, 1):
        escalating.keep_clocks(at=after(minutes=minutes))
    assert misses(tip) == [("claim", 1)]


def test_right_after_a_jump_of_the_time_nothing_is_judged_late(monkeypatch):
    ticks = iter([0.0, 1.0, 2.0, 3.0, 12.9, 13.1])
    steady = watching.Steady(stopwatch=lambda: next(ticks))
    times = [0, 1, 3602, 3603, 3612.9, 3613.1]
    assert [steady.is_steady(after(seconds=each)) for each in times] == [True, True, False, False, True, True]


def test_the_watch_keeps_clocks_by_the_databases_time(a_tip, at_desk, monkeypatch):
    from shelterbelt.tips import tasks

    a_tip(**GRAVE)
    monkeypatch.setattr(watching, "STEADY", watching.Steady())
    monkeypatch.setattr(watching, "database_now", lambda: after(minutes=1))
    tasks.keep_clocks()
    with at_desk():
        assert Clock.objects.filter(kind="claim", step=1).exclude(breached_at=None).exists()
        assert Alarm.objects.exclude(passed_on_at=None).exists()


def test_the_databases_time_is_a_moment(db):
    assert watching.database_now().tzinfo is not None


# What reporters write later


def wrote(tip, *, at=NOW):
    return Message.objects.create(tip=tip, org_id=tip.org_id, way="from_reporter", words=b"sealed", at=at)


def test_what_a_reporter_writes_calls_the_owner_and_starts_the_clock_of_the_answer_once(a_tip, desk, town):
    tip = a_tip().tip
    Tip.objects.filter(pk=tip.pk).update(owner=town.people["ada"], state="in_triage", expires_on=TODAY)
    wrote(tip), wrote(tip)
    assert listening.take_in_messages(at=after(minutes=1)) == 1
    assert listening.take_in_messages(at=after(minutes=2)) == 0
    tip.refresh_from_db()
    assert tip.changed_at == after(minutes=1)
    assert tip.reporter_wrote_at == NOW
    assert tip.expires_on == TODAY + timedelta(days=30)
    assert "reply" in {kind for kind, *_ in running(tip)}
    assert "ada" in set(Alarm.objects.filter(because="reporter_wrote").values_list("person__name", flat=True))
    assert Done.objects.get(verb="reporter_wrote").told == {"messages": 2}


def test_a_message_before_its_tip_is_at_the_desk_waits_for_it(a_tip, desk):
    tip = a_tip(taken_in=False).tip
    wrote(tip)
    assert listening.take_in_messages(at=NOW) == 0
    intake.take_in(at=NOW)
    assert listening.take_in_messages(at=NOW) == 1


def test_a_closed_tip_reopens_with_fresh_clocks(a_tip, desk):
    tip = a_tip().tip
    clocks.end_clocks(tip, plans.KINDS, at=NOW, met=False)
    Tip.objects.filter(pk=tip.pk).update(state="closed", closed_at=NOW, expires_on=TODAY)
    wrote(tip, at=after(days=3))
    listening.take_in_messages(at=after(days=3))
    tip.refresh_from_db()
    assert (tip.state, tip.closed_at) == ("reopened", None)
    assert {kind for kind, *_ in running(tip)} == {"claim", "dispatch", "reply"}
    assert StatFact.objects.filter(step="reopened").count() == 1


def test_one_that_somebody_has_needs_nobody_to_take_it_on(a_tip, desk, town):
    tip = a_tip().tip
    clocks.end_clocks(tip, plans.KINDS, at=NOW, met=False)
    Tip.objects.filter(pk=tip.pk).update(state="closed", closed_at=NOW, owner=town.people["ada"])
    wrote(tip, at=after(days=3))
    listening.take_in_messages(at=after(days=3))
    assert {kind for kind, *_ in running(tip)} == {"dispatch", "reply"}


def test_one_that_waited_for_its_reporter_waits_no_more(a_tip, desk):
    tip = a_tip().tip
    Tip.objects.filter(pk=tip.pk).update(state="needs_info")
    clocks.pause_clocks(tip, at=NOW)
    wrote(tip)
    listening.take_in_messages(at=after(hours=1))
    tip.refresh_from_db()
    assert tip.state == "in_triage"
    assert ("claim", 1, 75) in running(tip)


# Several at once


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_act_on_each_clock_once(a_tip, at_desk):
    tips = [a_tip(**GRAVE).tip for _ in range(6)]
    counts, start = [], threading.Barrier(2)

    def look():
        start.wait()
        try:
            counts.append(escalating.keep_clocks(at=after(minutes=1)))
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting_as_system("tip_desk", today=TODAY, reason="test"):
        escalating.keep_clocks(at=after(minutes=1))  # one that was held by both for a moment
        assert [misses(tip) for tip in tips] == [[("claim", 1)]] * 6
        assert Alarm.objects.filter(person__name="sol").count() == 6
        assert StatFact.objects.filter(step="missed").count() == 6
