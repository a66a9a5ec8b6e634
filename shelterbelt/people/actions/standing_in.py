"""Let somebody act for an office holder who is away, and end it."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.approvals.actions import needs_second
from shelterbelt.approvals.verbs import Asked
from shelterbelt.core.jobs import enqueue
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.people.models import Appointment, Person, StandIn
from shelterbelt.people.policy import may_end_stand_in, may_name_stand_in
from shelterbelt.people.rules import LONGEST_STAND_IN_DAYS, OFFICES, TWO_PERSON_OFFICES, plain_name
from shelterbelt.people.sign_in import signing_in


def _two_to_lend(*, appointment: Appointment, name: str, from_on: date, until_on: date, **_more: Any) -> Asked | None:
    if appointment.office not in TWO_PERSON_OFFICES:
        return None
    said = {
        "name": name.strip(),
        "person": appointment.person,
        "office": appointment.get_office_display(),
        "first": date_format(from_on),
        "end": date_format(until_on),
    }
    return Asked(appointment.org, _("Let %(name)s act for %(person)s (%(office)s) from %(first)s to %(end)s") % said)


@needs_second("people.name_stand_in", decided_by=OFFICES["state_office"].appointed_by, when=_two_to_lend)
@transaction.atomic
def name_stand_in(
    *, appointment: Appointment, name: str, email: str, from_on: date, until_on: date, by: Standing
) -> StandIn:
    """Let somebody we know act in this office from one day up to another. Whose address it is, is told to nobody."""
    one_at_a_time([f"stand in {appointment.pk}"])
    appointment = _as_it_is_now(appointment)
    require(may_name_stand_in(by, appointment))
    _require_short(from_on, until_on, today=by.today)
    _require_held(appointment, from_on, until_on)
    _require_free(appointment, from_on, until_on)
    stand_in = StandIn.objects.create(
        appointment=appointment,
        org=appointment.org,
        person=_deputy(appointment, name, email),
        from_on=from_on,
        until_on=until_on,
        given_by=by.person,
    )
    for reader in {stand_in.person_id, appointment.person_id} - {by.person.pk}:
        enqueue("people.mail_stand_in", stand_in=stand_in.pk, person=reader)
    return stand_in


def _as_it_is_now(appointment: Appointment) -> Appointment:
    found = Appointment.objects.select_related("person", "org").filter(pk=appointment.pk).first()
    if found is None:
        raise PermissionDenied(_("This appointment is no longer there. Look at the person's page again."))
    return found


def _require_short(from_on: date, until_on: date, *, today: date) -> None:
    if from_on < today:
        raise ValidationError({"from_on": _("Nobody acts for another in the past. Choose today or a later day.")})
    if until_on <= from_on:
        raise ValidationError({"until_on": _("It ends after it begins. Choose a later day.")})
    if until_on - from_on > timedelta(days=LONGEST_STAND_IN_DAYS):
        raise ValidationError(
            {
                "until_on": ngettext(
                    "At most %(days)s day at a time. Whoever is away longer needs a successor.",
                    "At most %(days)s days at a time. Whoever is away longer needs a successor.",
                    LONGEST_STAND_IN_DAYS,
                )
                % {"days": LONGEST_STAND_IN_DAYS}
            }
        )


def _require_held(appointment: Appointment, from_on: date, until_on: date) -> None:
    if from_on < appointment.from_on:
        begins = _("The office begins on %(day)s. Choose that day or a later one.")
        raise ValidationError({"from_on": begins % {"day": date_format(appointment.from_on)}})
    if appointment.until_on is not None and until_on > appointment.until_on:
        ends = _("The office ends on %(day)s. Choose that day or an earlier one.")
        raise ValidationError({"until_on": ends % {"day": date_format(appointment.until_on)}})


def _require_free(appointment: Appointment, from_on: date, until_on: date) -> None:
    taken = StandIn.objects.filter(appointment=appointment, from_on__lt=until_on, until_on__gt=from_on)
    other = taken.filter(until_on__gt=F("from_on")).order_by("from_on").first()
    if other is not None:
        taken_by = _("Somebody acts in this office already, from %(first)s to %(end)s. End that first.")
        raise ValidationError(taken_by % {"first": date_format(other.from_on), "end": date_format(other.until_on)})


def _deputy(appointment: Appointment, name: str, email: str) -> Person:
    """Who has this address, and this name, and can sign in."""
    with signing_in("who is to stand in"):
        known = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if known is None or plain_name(known.name) != plain_name(name) or not known.has_sign_in:
        raise ValidationError(
            {
                "email": _(
                    "We know nobody by this name and address who can sign in. Ask the person for the address they use."
                )
            }
        )
    if known.pk == appointment.person_id:
        raise ValidationError({"email": _("This is who holds the office.")})
    return known


@transaction.atomic
def end_stand_in(*, stand_in: StandIn, by: Standing) -> StandIn:
    """End it today, with the next request of whoever acts. One that hasn't begun never begins."""
    one_at_a_time([f"stand in {stand_in.appointment_id}"])
    stand_in = StandIn.objects.select_related("appointment__org", "appointment__person", "person").get(pk=stand_in.pk)
    require(may_end_stand_in(by, stand_in))
    stand_in.until_on = max(by.today, stand_in.from_on)
    stand_in.save(update_fields=["until_on"])
    return stand_in
