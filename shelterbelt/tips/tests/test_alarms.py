"""Who is called about a tip, until they answer, and who is spared."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction

from shelterbelt.delivery.models import Attempt, Message as Sent, Recipient
from shelterbelt.people.models import Appointment
from shelterbelt.tips.actions import alarms, clocks, closing, escalating, judging, linking, paging, shifts
from shelterbelt.tips.models import Alarm, Browser, Done, Shift, Tip
from shelterbelt.tips.queries.duty import Duty
from shelterbelt.tips.tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
GRAVE = {"event_types": ["gun"]}
WORDS = "Somebody hid a strange zebra behind the bleachers"
DESK = {"ada", "ray", "sol", "sia"}


def after(**length):
    return NOW + timedelta(**length)


@pytest.fixture
def on_shift(town, acting):
    def begin(*names, at=NOW):
        for name in names:
            with acting(name) as standing:
                shifts.begin_shift(town.state, by=standing, at=at)

    return begin


@pytest.fixture
def own(town, at_desk):
    """Give a tip an owner, as claiming does."""

    def give(tip, name):
        with at_desk():
            Tip.objects.filter(pk=tip.pk).update(owner=town.people[name], state="in_triage", claimed_at=NOW)

    return give


@pytest.fixture
def called(at_desk):
    def names(**which):
        with at_desk():
            ringing = Alarm.objects.ringing().filter(**which).order_by("person__name")
            return list(ringing.values_list("person__name", flat=True))

    return names


def sent_to(at_desk, **which):
    """Whom words left for, with the channels."""
    with at_desk():
        tried = Attempt.objects.filter(message__purpose="tips.alarm", **which).order_by("recipient__name", "channel")
        return [(each.recipient.name, each.channel) for each in tried.select_related("recipient")]


def answer(acting, name, *, at=NOW, **which):
    with acting(name) as standing:
        for alarm in Alarm.objects.ringing().filter(person=standing.person, **which):
            alarms.acknowledge_alarm(alarm, by=standing, at=at)


def test_life_safety_calls_those_on_duty_in_the_transaction_that_takes_it_in(a_tip, on_shift, called):
    on_shift("ada")
    a_tip(**GRAVE)
    assert called(because="life_safety") == ["ada"]


def test_where_nobody_is_on_duty_everybody_is_called_by_every_way(a_tip, called, at_desk, town):
    with at_desk():
        town.people["ada"].phone = "+15735550100"
        town.people["ada"].save()
    a_tip(**GRAVE)
    assert set(called()) == DESK
    assert ("ada", "sms") in sent_to(at_desk)
    assert {name for name, _ in sent_to(at_desk)} == DESK


def test_a_tip_about_something_else_waits_in_the_queue(a_tip, called, at_desk):
    a_tip()
    assert called() == sent_to(at_desk) == []


def test_who_works_on_the_site_is_notified_there_and_who_was_not_seen_for_long_by_mail_too(
    a_tip, on_shift, at_desk, town, client_of
):
    on_shift("ada", "ray")
    client_of("ada").get("/")
    ada, ray = town.people["ada"].pk, town.people["ray"].pk
    with at_desk():
        assert Duty(town.state.pk, NOW).seen == {ada}
    since = Duty(town.state.pk, NOW)
    since.__dict__["seen"] = frozenset({ada})
    with at_desk():
        assert paging._to(town.people["ada"], since).addresses == (("email", "ada@example.org"),)
        Browser.objects.create(
            org=town.state, person=town.people["ada"], address={"endpoint": "x"}, endpoint_digest="0", added_at=NOW
        )
        assert paging._to(town.people["ada"], since).addresses == (("push", '{"endpoint": "x"}'),)
        assert paging._to(town.people["ray"], since).addresses == (("email", "ray@example.org"),)
    assert ray not in since.seen


def test_only_the_system_learns_who_was_seen(acting, town):
    with acting("sol"):
        assert Duty(town.state.pk, NOW).seen == frozenset()


def test_no_word_of_a_tip_leaves_with_an_alarm(a_tip, at_desk):
    filed = a_tip(WORDS, **GRAVE)
    with at_desk():
        [message] = Sent.objects.all()
    everything = f"{message.words} {message.link} {message.key}"
    assert "zebra" not in everything
    assert filed.code not in everything
    assert message.words["en"]["subject"] == f"Life safety: tip {filed.tip.number}. Life safety"
    assert "Linden Creek Elementary" in message.words["en"]["text"]
    assert set(message.words) == {"en", "es"}
    assert message.link.endswith(f"/desk/{filed.tip.pk}/")


def test_many_at_once_ring_each_but_send_one_word(a_tip, at_desk, called, on_shift):
    on_shift("ada")
    for _ in range(5):
        a_tip(taken_in=False, **GRAVE)
    with at_desk():
        alarms_before = Alarm.objects.count()
        from shelterbelt.tips.actions import intake

        intake.take_in(at=NOW)
        assert Sent.objects.count() == 1
        assert Sent.objects.get().words["en"]["subject"] == "Life safety: 5 tips at once"
    assert (alarms_before, called()) == (0, ["ada"] * 5)


def test_one_alarm_of_a_kind_rings_at_a_time(a_tip, at_desk, on_shift):
    on_shift("ada")
    tip = a_tip(**GRAVE).tip
    with at_desk():
        assert alarms.raise_alarms(tip, "life_safety", at=NOW) == []
        [one] = alarms.raise_alarms(tip, "reporter_wrote", at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Alarm.objects.create(tip=tip, org=one.org, person=one.person, because=one.because, raised_at=NOW)
        with pytest.raises(ValueError, match="because of boredom"):
            alarms.raise_alarms(tip, "boredom", at=NOW)


def test_the_owner_is_called_and_those_on_duty_where_the_owner_is_not(a_tip, at_desk, on_shift, called, own):
    on_shift("ada")
    tip = a_tip().tip
    own(tip, "ray")
    with at_desk():
        alarms.raise_alarms(tip, "reporter_wrote", at=NOW)
    assert called() == ["ada", "ray"]
    own(tip, "ada")
    with at_desk():
        alarms.raise_alarms(tip, "returned", at=NOW)
    assert called(because="returned") == ["ada"]


def test_a_person_answers_their_own_alarm_and_nobody_elses(a_tip, acting, town):
    tip = a_tip(**GRAVE).tip
    with acting("ray") as standing:
        adas = Alarm.objects.get(person=town.people["ada"])
        with pytest.raises(PermissionDenied, match="calls somebody else"):
            alarms.acknowledge_alarm(adas, by=standing, at=NOW)
    answer(acting, "ada", at=after(seconds=20))
    with acting("ada") as standing:
        adas = Alarm.objects.get(person=town.people["ada"])
        assert adas.acknowledged_at == after(seconds=20)
        assert alarms.acknowledge_alarm(adas, by=standing, at=NOW).acknowledged_at == after(seconds=20)
        assert Done.objects.filter(tip=tip, verb="acknowledge_alarm").count() == 1


def test_once_answered_nothing_more_is_sent_to_them(a_tip, acting, at_desk, town):
    a_tip(**GRAVE)
    answer(acting, "ada")
    with at_desk():
        assert Recipient.objects.get(ref=str(town.people["ada"].pk)).status == "acknowledged"
        assert Recipient.objects.get(ref=str(town.people["ray"].pk)).status == "sending"


def test_answering_spares_nobody_until_somebody_has_the_tip(a_tip, acting, called, on_shift, own):
    on_shift("ada", "ray")
    tip = a_tip(**GRAVE).tip
    answer(acting, "ada")
    assert called() == ["ray"]
    own(tip, "ada")
    assert alarms.call_off_alarms(tip, at=NOW) == 1
    assert called() == []


def test_taking_a_tip_spares_nobody_until_its_owner_has_answered_and_then_they_see_who_took_it(
    a_tip, acting, called, on_shift, own, at_desk, town
):
    on_shift("ada", "ray")
    tip = a_tip(**GRAVE).tip
    own(tip, "ada")
    assert alarms.call_off_alarms(tip, at=NOW) == 0
    assert called() == ["ada", "ray"]
    answer(acting, "ada")
    with at_desk():
        rays = Alarm.objects.get(person=town.people["ray"])
        assert (rays.called_off_by, rays.called_off_at, rays.acknowledged_at) == (town.people["ada"], NOW, None)
        assert Sent.objects.get().cancelled_at == NOW


def test_opening_never_answers(a_tip, called, on_shift, client_of):
    on_shift("ada")
    tip = a_tip(**GRAVE).tip
    browser = client_of("ada")
    for address in ("/desk/", f"/desk/{tip.pk}/", "/desk/alarms/", "/desk/duty/", "/"):
        assert browser.get(address).status_code == 200
        assert browser.head(address).status_code == 200
    assert called() == ["ada"]


def test_what_nobody_answers_goes_to_the_supervisors_once(a_tip, at_desk, called, on_shift):
    on_shift("ada")
    a_tip(**GRAVE)
    with at_desk():
        assert escalating.pass_on_alarms(at=after(seconds=59)) == 0
        assert escalating.pass_on_alarms(at=after(seconds=60)) == 1
        assert escalating.pass_on_alarms(at=after(seconds=61)) == 0
        assert Done.objects.filter(verb="pass_on_alarm").count() == 1
    assert called() == ["ada", "sia", "sol"]
    assert set(sent_to(at_desk)) == {("sia", "email"), ("sol", "email"), ("ada", "email")}


def test_the_missed_claim_of_a_grave_tip_goes_up_step_by_step(a_tip, at_desk, called, on_shift, acting):
    on_shift("ada")
    tip = a_tip(**GRAVE).tip
    answer(acting, "ada")
    for minutes, expected in ((1, ["sia", "sol"]), (2, ["ada", "ray", "sia", "sol"])):
        with at_desk():
            escalating.keep_clocks(at=after(minutes=minutes))
        assert called(because="life_safety") == expected
    with at_desk():
        before = Attempt.objects.count()
        clocks.end_clocks(tip, "dispatch", at=NOW)
        escalating.keep_clocks(at=after(minutes=7))
        assert Attempt.objects.count() == before + 4  # told again by mail, though their alarms still ring


def silence(how, tip, standing):
    """What somebody at the desk says of a tip, by the action that says it."""
    told = {"by": standing, "at": NOW}
    if how == "close":
        closing.close(tip, because="The school says that it was a drill", **told)
    elif how == "not about life safety":
        judging.mark_life_safety(tip, yes=False, reason="A toy", **told)
    elif how == "duplicate":
        linking.link(tip, to=Tip.objects.exclude(pk=tip.pk).get(), kind="duplicate", **told)
    else:
        judging.judge(tip, kind=how, reason="Says so", **told)


@pytest.mark.parametrize("how", ["close", "not about life safety", "duplicate", "spam", "prank", "false", "test"])
def test_what_the_desk_has_settled_calls_nobody_any_more(a_tip, acting, called, how):
    other = a_tip(**GRAVE).tip
    tip = a_tip(**GRAVE).tip
    assert called(tip=tip) == ["ada", "ray", "sia", "sol"]
    with acting("sol") as sol:
        silence(how, tip, sol)
    assert called(tip=tip) == []
    assert called(tip=other) == ["ada", "ray", "sia", "sol"]


def test_what_is_a_tip_about_life_safety_after_all_calls_again(a_tip, acting, called):
    tip = a_tip(**GRAVE).tip
    with acting("ada") as ada:
        judging.judge(tip, kind="prank", reason="It reads like one", by=ada, at=NOW)
        judging.judge(tip, kind="real", reason="Their teacher called", by=ada, at=NOW)
    assert called(because="life_safety") == ["ada", "ray", "sia", "sol"]


def test_what_was_late_and_is_done_calls_nobody_any_more(a_tip, at_desk, called, own, on_shift):
    on_shift("ada")
    tip = a_tip(**GRAVE).tip
    own(tip, "ada")
    with at_desk():
        clocks.end_clocks(tip, "claim", at=NOW)
        alarms.raise_alarms(tip, "reporter_wrote", at=NOW)
        escalating.keep_clocks(at=after(minutes=3))
    assert called(because="late_dispatch") == ["ada", "sia", "sol"]
    with at_desk():
        clocks.end_clocks(tip, "dispatch", at=after(minutes=4))
    assert called(because="late_dispatch") == []
    assert "ada" in called(because="reporter_wrote")


def test_a_page_that_cannot_be_sent_keeps_no_tip_from_the_desk(a_tip, called, monkeypatch, at_desk):
    def broken(*_, **__):
        raise LookupError("no such template")

    monkeypatch.setattr(paging, "page", broken)
    tip = a_tip(**GRAVE).tip
    assert set(called()) == DESK
    with at_desk():
        assert Done.objects.filter(tip=tip, verb="page_failed").exists()


def test_a_database_that_is_away_undoes_the_whole(a_tip, monkeypatch, at_desk):
    def away(*_, **__):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(paging, "page", away)
    with pytest.raises(OperationalError):
        a_tip(**GRAVE)
    with at_desk():
        assert not Alarm.objects.exists()


# Shifts


def test_a_shift_begins_ends_and_is_over_by_itself(on_shift, acting, town, at_desk):
    on_shift("ada")
    duty = Duty(town.state.pk, after(hours=11, minutes=59))
    with at_desk():
        assert [person.name for person in duty.on_shift] == ["ada"]
        assert Duty(town.state.pk, after(hours=12)).is_unattended
    with acting("ada") as standing:
        shifts.end_shift(Shift.objects.get(), by=standing, at=after(hours=8))
    with at_desk():
        assert Duty(town.state.pk, after(hours=8)).is_unattended
        assert Shift.objects.get().ended_at == after(hours=8)


def test_who_says_so_again_stays_for_as_long_again_and_after_the_end_begins_anew(on_shift, at_desk):
    on_shift("ada")
    on_shift("ada", at=after(hours=10))
    with at_desk():
        assert Shift.objects.get().ends_at == after(hours=22)
    on_shift("ada", at=after(hours=30))
    with at_desk():
        assert [(each.from_at, each.ended_at) for each in Shift.objects.order_by("from_at")] == [
            (NOW, after(hours=22)),
            (after(hours=30), None),
        ]


def test_a_supervisor_ends_the_shift_of_somebody_who_forgot_and_nobody_else_does(on_shift, acting):
    on_shift("ada")
    with acting("ray") as standing, pytest.raises(PermissionDenied, match="supervisor"):
        shifts.end_shift(Shift.objects.get(), by=standing, at=after(hours=1))
    with acting("sol") as standing:
        shifts.end_shift(Shift.objects.get(), by=standing, at=after(hours=1))
        assert Shift.objects.get().ended_by == standing.person


@pytest.mark.parametrize("name", ["cora", "pia", "pete"])
def test_shifts_and_alarms_are_the_desks(a_tip, on_shift, acting, town, name):
    on_shift("ada")
    a_tip(**GRAVE)
    with acting(name) as standing:
        assert not Shift.objects.exists()
        assert not Alarm.objects.exists()
        with pytest.raises(PermissionDenied):
            shifts.begin_shift(town.state, by=standing, at=NOW)


def test_whose_office_ended_is_called_no_more(on_shift, town, at_desk, a_tip, called):
    on_shift("ada", "ray")
    with at_desk():
        Appointment.objects.filter(person=town.people["ada"]).update(until_on=TODAY)
    a_tip(**GRAVE)
    assert called() == ["ray"]
