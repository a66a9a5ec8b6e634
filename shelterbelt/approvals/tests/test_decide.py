"""One asks, another who may do it too agrees, and only then is it done, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system, because
from shelterbelt.approvals import actions, queries, tasks
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.tests.conftest import NOW, TODAY, making
from shelterbelt.people.actions import appoint, end_appointment
from shelterbelt.people.models import Appointment, Invitation, Person, StandIn


@pytest.fixture
def ask(town, standing):
    """Somebody asks for Nell to be appointed to the state office."""

    def asks(person, name="Nell Root", office="state_office", **more):
        with acting_as(person.pk, today=TODAY), because("She starts on Monday."):
            return appoint(
                org=town.missouri, office=office, name=name, email="nell@example.org", from_on=TODAY,
                by=standing(person), **more,
            )  # fmt: skip

    return asks


@pytest.fixture
def say(standing):
    """Somebody speaks to an approval: agree, decline or withdraw."""

    def speak(person, verb, approval, at=NOW, **more):
        with acting_as(person.pk, today=TODAY, request="r1"):
            return getattr(actions, verb)(approval=approval, by=standing(person), at=at, **more)

    return speak


@pytest.fixture
def ask_to_end(standing):
    """Somebody asks for another's office to end."""

    def asks(person, whose, until_on=TODAY):
        with acting_as(person.pk, today=TODAY):
            held = Appointment.objects.get(person=whose)
            return end_appointment(appointment=held, until_on=until_on, by=standing(person))

    return asks


def everything():
    return acting_as_system("install", today=TODAY, reason="test")


def nell_holds():
    with everything():
        return list(Appointment.objects.filter(person__name="Nell Root").values_list("office", flat=True))


def test_asked_for_nothing_is_done_yet(town, ask):
    asked = ask(town.ada)
    assert isinstance(asked, Approval)
    assert (asked.thing, asked.reason) == (
        "Appoint Nell Root: State school safety office at Missouri",
        "She starts on Monday.",
    )
    with everything():
        assert not Person.objects.filter(name="Nell Root").exists()
        assert not Invitation.objects.exists()


def test_a_second_person_agrees_and_it_is_done_with_both_on_record(town, ask, say):
    decided = say(town.bea, "agree", ask(town.ada), answer="I know her.")
    assert (decided.decision, decided.decided_by, decided.answer) == ("agreed", town.bea, "I know her.")
    assert nell_holds() == ["state_office"]
    with everything():
        assert Invitation.objects.get().made_by == town.bea
        trail = AuditEntry.objects.filter(thing="approvals_approval").order_by("id")
        assert [entry.actor for entry in trail] == [f"person:{town.ada.pk}", f"person:{town.bea.pk}"]
        assert trail[0].after["thing"].startswith("Appoint Nell Root")
        assert "given" not in trail[0].after


def test_what_one_person_may_do_alone_waits_for_nobody(town, ask, standing):
    with acting_as(town.ada.pk, today=TODAY):
        given = appoint(org=town.district, office="superintendent", name="Sue Ames", email="", from_on=TODAY,
                        by=standing(town.ada))  # fmt: skip
    assert isinstance(given, Appointment)


def test_asked_twice_it_waits_once(town, ask):
    assert ask(town.ada).pk == ask(town.ada).pk == ask(town.bea).pk


def test_what_cannot_be_done_is_refused_before_it_is_asked(town, ask, standing):
    with pytest.raises(ValidationError, match="ends after it begins"):
        ask(town.ada, until_on=TODAY)
    with pytest.raises(PermissionDenied, match="is appointed by"):
        ask(town.tess)
    with everything():
        assert not Approval.objects.exists()


def test_nobody_agrees_to_what_they_asked_for(town, ask, say):
    asked = ask(town.ada)
    for verb, more in (("agree", {}), ("decline", {"answer": "no"})):
        with pytest.raises(PermissionDenied, match="A second person decides"):
            say(town.ada, verb, asked, **more)
    assert nell_holds() == []


def test_neither_does_somebody_who_acts_for_them_nor_whom_they_acted_for(town, ask, standing):
    with making():
        lent = StandIn.objects.create(
            appointment=Appointment.objects.get(person=town.ada), org=town.missouri, person=town.ben,
            from_on=TODAY, until_on=TODAY + timedelta(days=9), given_by=town.bea,
        )  # fmt: skip
    from shelterbelt.access.standing import stand_in_of, standing_of

    def as_ada(act):
        with acting_as(town.ben.pk, today=TODAY, stand_in=lent.pk):
            known = stand_in_of(town.ben, lent.pk, today=TODAY)
            return act(standing_of(town.ben, today=TODAY, acting_for=known))

    asked = ask(town.ada)
    with pytest.raises(PermissionDenied, match="A second person decides"):
        as_ada(lambda ben: actions.agree(approval=asked, by=ben, at=NOW))

    def asks(ben):
        return appoint(org=town.missouri, office="tip_analyst", name="Olga Tamm", from_on=TODAY, by=ben)

    in_her_stead = as_ada(asks)
    assert (in_her_stead.asked_by, in_her_stead.asked_for) == (town.ben, town.ada)
    with acting_as(town.ada.pk, today=TODAY), pytest.raises(PermissionDenied, match="A second person decides"):
        actions.agree(approval=in_her_stead, by=standing(town.ada), at=NOW)
    with acting_as(town.bea.pk, today=TODAY):
        assert actions.agree(approval=in_her_stead, by=standing(town.bea), at=NOW).decision == "agreed"


def test_others_can_neither_see_nor_decide_it(town, ask, say):
    asked = ask(town.ada)
    for other in (town.ben, town.tess):
        with acting_as(other.pk, today=TODAY):
            assert not Approval.objects.exists()
        with pytest.raises(Approval.DoesNotExist):
            say(other, "agree", asked)


def test_declined_or_withdrawn_it_is_not_done(town, ask, say):
    first = ask(town.ada)
    with pytest.raises(ValidationError, match="Say why"):
        say(town.bea, "decline", first, answer=" ")
    assert say(town.bea, "decline", first, answer="She is leaving.").decision == "declined"
    with pytest.raises(PermissionDenied, match="This was decided on"):
        say(town.carl, "agree", first)
    second = ask(town.ada)
    assert second.pk != first.pk
    with pytest.raises(PermissionDenied, match="Only who asked"):
        say(town.bea, "withdraw", second)
    assert say(town.ada, "withdraw", second).decision == "withdrawn"
    assert nell_holds() == []


def test_after_fourteen_days_nobody_can_decide_it(town, ask, say, clock):
    asked = ask(town.ada)
    later = NOW + timedelta(days=14)
    for person, verb in ((town.bea, "agree"), (town.ada, "withdraw")):
        with pytest.raises(PermissionDenied, match="Nobody decided until December 8, 2026"):
            say(person, verb, asked, at=later)
    with acting_as(town.bea.pk, today=TODAY):
        assert list(queries.decided(later)) == [asked]


def test_where_the_clocks_differ_the_stricter_one_counts(town, ask, say):
    asked = ask(town.ada)
    asked.pk, asked.expires_at = None, datetime(2020, 1, 1, tzinfo=UTC)
    with everything():
        asked.save()
    for person, verb in ((town.ada, "withdraw"), (town.bea, "agree")):
        with pytest.raises(PermissionDenied, match="no longer open"):
            say(person, verb, asked, at=datetime(2019, 12, 31, tzinfo=UTC))


def test_who_lost_the_office_meanwhile_has_asked_for_nothing(town, ask, say):
    asked = ask(town.ada)
    with everything():
        Appointment.objects.filter(person=town.ada).update(until_on=TODAY)
    decided = say(town.bea, "agree", asked)
    assert decided.decision == "failed"
    assert "is appointed by" in decided.outcome
    assert nell_holds() == []


def test_if_the_world_changed_it_says_so_and_nothing_happens(town, ask_to_end, say):
    asked = ask_to_end(town.ada, town.tess)
    with everything():
        Appointment.objects.filter(person=town.tess).update(until_on=TODAY)
    decided = say(town.bea, "agree", asked)
    assert (decided.decision, decided.outcome) == ("failed", "This appointment ended on November 24, 2026.")


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_do_it_once(town, ask, say):
    asked, start = ask(town.ada), Barrier(2)

    def press(person):
        start.wait()
        try:
            return say(person, "agree", asked).decision
        except PermissionDenied as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as presses:
        said = sorted(presses.map(press, (town.bea, town.carl)))
    assert said == ["This was decided on November 24, 2026: Agreed, and done.", "agreed"]
    assert nell_holds() == ["state_office"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_leave_one(town, ask_to_end, say):
    with everything():
        Appointment.objects.filter(person=town.carl).update(until_on=TODAY)
    without_bea, without_ada, start = ask_to_end(town.ada, town.bea), ask_to_end(town.bea, town.ada), Barrier(2)

    def press(pair):
        person, asked = pair
        start.wait()
        try:
            return say(person, "agree", asked).decision
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as presses:
        said = sorted(presses.map(press, ((town.bea, without_bea), (town.ada, without_ada))))
    assert said == ["agreed", "failed"]
    with everything():
        assert Appointment.objects.current(TODAY).filter(office="state_office").count() == 1


def test_who_serves_alone_gets_the_operator_as_second_person(town, ask, capsys):
    with everything():
        Appointment.objects.filter(person__in=(town.bea, town.carl)).update(until_on=TODAY)
    asked = ask(town.ada)
    assert queries.second_people(asked, TODAY) == []
    call_command("approve")
    assert f"{asked.pk}  Appoint Nell Root" in capsys.readouterr().out
    call_command("approve", str(asked.pk))
    assert capsys.readouterr().out == "Done: Appoint Nell Root: State school safety office at Missouri.\n"
    assert nell_holds() == ["state_office"]
    with pytest.raises(CommandError, match="no longer open"):
        call_command("approve", str(asked.pk))
    with pytest.raises(CommandError, match="There is no approval 99999"):
        call_command("approve", "99999")
    call_command("approve")
    assert "Nothing waits" in capsys.readouterr().out


def test_the_operator_cannot_do_what_the_asker_may_no_longer(town, ask):
    asked = ask(town.ada)
    with everything():
        Appointment.objects.filter(person=town.ada).update(until_on=TODAY)
    with pytest.raises(CommandError, match="Nothing was done"):
        call_command("approve", str(asked.pk))


def test_those_who_may_decide_get_a_letter_and_the_asker_hears_of_it(town, ask, say, mailoutbox):
    asked = ask(town.ada)
    with everything():
        assert queries.second_people(asked, TODAY) == [town.bea, town.carl]
    tasks.mail_asked(approval=asked.pk)
    for person in (town.bea, town.carl):
        tasks.mail_one(approval=asked.pk, person=person.pk)
    say(town.bea, "agree", asked)
    tasks.mail_one(approval=asked.pk, person=town.carl.pk)
    tasks.mail_decided(approval=asked.pk)
    assert [mail.to for mail in mailoutbox] == [[person.email] for person in (town.bea, town.carl, town.ada)]
    assert f"/approvals/{asked.pk}/" in mailoutbox[0].body
    assert "Nell" not in "".join(mail.body for mail in mailoutbox)
