"""Acting for somebody who is away: with dates, by who was named, and handing on nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import stand_in_of, standing_of
from shelterbelt.approvals.models import Approval
from shelterbelt.people import telling
from shelterbelt.people.actions import appoint, end_appointment, end_stand_in, name_stand_in
from shelterbelt.people.models import Appointment, StandIn
from shelterbelt.people.rules import LONGEST_STAND_IN_DAYS

TODAY = date(2026, 11, 24)
LATER = TODAY + timedelta(days=10)


def everything():
    return acting_as_system("install", today=TODAY, reason="test")


def office_of(standing):
    with everything():
        return Appointment.objects.select_related("org", "person").get(person=standing.person)


def lend(by, whose, to, from_on=TODAY, until_on=LATER, **other):
    known = {"name": to.person.name, "email": to.person.email} | other
    appointment = office_of(whose)
    with acting_as(by.person.pk, today=TODAY):
        return name_stand_in(appointment=appointment, from_on=from_on, until_on=until_on, by=by, **known)


def as_stand_in(lent, act, today=TODAY):
    with acting_as(lent.person_id, today=today, stand_in=lent.pk):
        known = stand_in_of(lent.person, lent.pk, today=today)
        return act(standing_of(lent.person, today=today, acting_for=known))


def test_who_was_named_acts_in_the_others_office_and_is_on_record_as_themselves(town, sue, finn):
    lent = lend(sue, sue, finn)

    def appoints(standing):
        assert standing.holds("superintendent", at=town.cedar_fork)
        assert not standing.holds("principal", at=town.far_school)
        return appoint(org=town.linden_creek, office="staff", name="Nell Root", from_on=TODAY, by=standing)

    given = as_stand_in(lent, appoints)
    assert given.appointed_by == finn.person
    with everything():
        entry = AuditEntry.objects.get(thing="people_appointment", thing_id=given.pk)
        assert entry.actor == f"person:{finn.person.pk}"


def test_the_one_who_appoints_may_name_somebody_too(town, sue, cora, ben, finn):
    assert lend(sue, cora, ben).person == ben.person
    with pytest.raises(PermissionDenied, match="is appointed by"):
        lend(cora, ben, finn)


def test_nobody_hands_on_what_they_hold_for_somebody_else(town, sue, finn, ben):
    lent = lend(sue, sue, finn)
    offices = office_of(sue), office_of(ben)
    for appointment in offices:
        with pytest.raises(PermissionDenied, match="can't be handed on"):
            as_stand_in(lent, lambda standing, it=appointment: name_stand_in(
                appointment=it, name="Ben Hollis", email=ben.person.email, from_on=TODAY, until_on=LATER,
                by=standing,
            ))  # fmt: skip


def test_nobody_appoints_themselves_while_acting_for_somebody(town, sue, finn):
    lent = lend(sue, sue, finn)
    with pytest.raises(PermissionDenied, match="can't appoint yourself"):
        as_stand_in(lent, lambda standing: appoint(
            org=town.cedar_fork, office="district_coordinator", person=finn.person, from_on=TODAY, by=standing
        ))  # fmt: skip

    def by_sql(_standing):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Appointment.objects.create(person=finn.person, org=town.cedar_fork, office="staff", from_on=TODAY)

    as_stand_in(lent, by_sql)


def test_nobody_stands_in_for_a_protection_officer(town, otto, sue, ben):
    for by in (otto, sue):
        with pytest.raises(PermissionDenied, match="the law names each"):
            lend(by, otto, ben)


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ((TODAY - timedelta(days=1), LATER), "in the past"),
        ((TODAY, TODAY), "ends after it begins"),
        ((TODAY, TODAY + timedelta(days=LONGEST_STAND_IN_DAYS + 1)), "At most 60 days"),
    ],
)
def test_it_has_dates_and_not_for_long(sue, ben, dates, sentence):
    with pytest.raises(ValidationError, match=sentence):
        lend(sue, sue, ben, *dates)
    assert lend(sue, sue, ben, TODAY, TODAY + timedelta(days=LONGEST_STAND_IN_DAYS))


def test_it_lies_inside_the_office_and_one_at_a_time(town, sue, cora, ben, finn):
    with everything():
        Appointment.objects.filter(person=cora.person).update(until_on=LATER)
    with pytest.raises(ValidationError, match="The office ends on December 4, 2026"):
        lend(cora, cora, ben, until_on=LATER + timedelta(days=1))
    lend(cora, cora, ben)
    with pytest.raises(ValidationError, match="Somebody acts in this office already"):
        lend(sue, cora, finn, from_on=TODAY + timedelta(days=3))


def test_who_is_meant_is_known_by_name_and_address_together(sue, cora, ben, finn):
    for wrong in ({"name": "Somebody Else"}, {"email": "nobody@example.org"}):
        with pytest.raises(ValidationError, match="We know nobody by this name and address"):
            lend(sue, sue, finn, **wrong)
    with pytest.raises(ValidationError, match="This is who holds the office"):
        lend(sue, sue, sue)
    assert lend(sue, sue, finn, name=" finn  ABEL ", email="FINN-abel@example.org")


def test_it_ends_by_itself_or_when_the_office_ends_in_the_next_request(enter, town, sue, ada, finn, monkeypatch):
    lent = lend(sue, sue, finn)
    client = enter(finn)
    client.post(reverse("people:act_for", args=[lent.pk]))
    page = reverse("people:appoint", args=[town.linden_creek.pk])
    assert client.get(page).status_code == 200
    with acting_as(ada.person.pk, today=TODAY):
        end_appointment(appointment=office_of(sue), until_on=TODAY, by=ada)
    assert client.get(page).status_code == 403
    assert client.get(reverse("people:appoint", args=[town.far_school.pk])).status_code == 200


def test_after_its_last_day_nobody_acts(town, sue, finn):
    lent = lend(sue, sue, finn)
    with acting_as(finn.person.pk, today=LATER, stand_in=lent.pk):
        assert stand_in_of(finn.person, lent.pk, today=LATER) is None
        assert not Appointment.objects.filter(org=town.linden_creek).exists()


def test_the_pages_step_in_and_out_with_a_banner_on_each(enter, town, sue, finn):
    lent = lend(sue, sue, finn)
    client = enter(finn)
    page = client.get(reverse("people:stand_ins")).content.decode()
    assert "Act for Sue Ames" in page
    begun = client.post(reverse("people:act_for", args=[lent.pk]))
    assert begun.headers["Location"] == reverse("home:start")
    for where in (reverse("people:people"), reverse("people:stand_ins"), "/directory/", "/nowhere/"):
        shown = client.get(where).content.decode()
        assert "You act for <strong>Sue Ames</strong>: Superintendent, Cedar Fork R-II" in shown
    client.post(reverse("people:stop_acting"))
    assert "You act for <strong>" not in client.get(reverse("people:people")).content.decode()


def test_others_cannot_step_in(enter, sue, finn, cora, ben):
    lent = lend(sue, sue, finn)
    assert enter(cora).post(reverse("people:act_for", args=[lent.pk])).status_code in {403, 404}
    assert enter(ben).post(reverse("people:act_for", args=[lent.pk])).status_code == 403
    later = lend(ben, ben, finn, from_on=TODAY + timedelta(days=2))
    assert enter(finn).post(reverse("people:act_for", args=[later.pk])).status_code == 403


def test_either_side_and_who_appoints_ends_it_early(enter, sue, ada, finn, cora, ben):
    for who in (sue, finn, ada):
        lent = lend(sue, sue, finn)
        with acting_as(who.person.pk, today=TODAY):
            end_stand_in(stand_in=lent, by=who)
            assert StandIn.objects.get(pk=lent.pk).until_on == TODAY
    lent = lend(sue, sue, finn)
    with acting_as(ben.person.pk, today=TODAY), pytest.raises(PermissionDenied):
        end_stand_in(stand_in=lent, by=ben)
    ended = enter(sue).post(reverse("people:end_stand_in", args=[lent.pk]), follow=True)
    assert "no longer acts for Sue Ames" in ended.content.decode()


def test_the_page_names_somebody_and_keeps_what_was_typed(enter, sue, finn):
    page = reverse("people:name_stand_in", args=[office_of(sue).pk])
    typed = {"name": "Finn Abel", "email": "nobody@example.org", "from_on": "2026-11-24", "until_on": "2026-12-04"}
    shown = enter(sue).post(page, typed).content.decode()
    assert "We know nobody by this name and address" in shown
    assert "nobody@example.org" in shown
    done = enter(sue).post(page, typed | {"email": finn.person.email}, follow=True)
    assert "Finn Abel may act for Sue Ames from November 24, 2026" in done.content.decode()
    assert "Finn Abel" in enter(sue).get(reverse("people:stand_ins")).content.decode()


def test_both_are_told_by_mail(sue, cora, ben, finn, mailoutbox):
    lent = lend(sue, cora, finn)
    for person in (finn, cora):
        telling.mail_stand_in(stand_in=lent.pk, person=person.person.pk)
    assert "you may act for Cora Lindt from November 24, 2026" in mailoutbox[0].body
    assert "Finn Abel may act for you from" in mailoutbox[1].body


def test_lending_the_state_office_takes_two(enter, town, ada, finn):
    with everything():
        from shelterbelt.demo import factories as a

        bea = a.a_person("Bea Lund", office="state_office", at=town.missouri, password="x")
    page = reverse("people:name_stand_in", args=[office_of(ada).pk])
    typed = {"name": "Finn Abel", "email": finn.person.email, "from_on": "2026-11-24", "until_on": "2026-12-04",
             "reason": "I have an operation."}  # fmt: skip
    asked = enter(ada).post(page, typed, follow=True).content.decode()
    assert "Let Finn Abel act for Ada Moss (State school safety office)" in asked
    assert "I have an operation." in asked
    with everything():
        assert not StandIn.objects.exists()
        number = Approval.objects.get().pk
    client = enter(standing_in_scope(bea))
    client.post(reverse("approvals:approval", args=[number]), {"decision": "agreed"})
    with everything():
        assert StandIn.objects.get().person == finn.person


def standing_in_scope(person):
    with acting_as(person.pk, today=TODAY):
        return standing_of(person, today=TODAY)


def test_by_sql_nobody_lends_what_is_not_theirs_or_for_longer(town, sue, ada, finn, cora, ben):
    theirs, hers = office_of(ben), office_of(ada)

    def row(appointment, by, until_on=LATER):
        return StandIn(appointment=appointment, org=appointment.org, person=finn.person, from_on=TODAY,
                       until_on=until_on, given_by=by.person)  # fmt: skip

    for by, appointment in ((cora, theirs), (finn, theirs), (sue, hers)):
        with (
            acting_as(by.person.pk, today=TODAY),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            row(appointment, by).save()
    lent = lend(sue, sue, finn)
    with (
        acting_as(sue.person.pk, today=TODAY),
        pytest.raises(ProgrammingError, match="sooner, not later"),
        transaction.atomic(),
    ):
        StandIn.objects.filter(pk=lent.pk).update(until_on=LATER + timedelta(days=400))
    with (
        acting_as(ada.person.pk, today=TODAY),
        pytest.raises(ProgrammingError, match="Two people are needed to lend"),
    ):
        to_the_end(row(hers, ada).save)


def to_the_end(act):
    """A transaction with what the database asks when it ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        act()
        cursor.execute("set constraints all immediate")
