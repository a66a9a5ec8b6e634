"""Appoint a person to an office, and end it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.scope import acting_as_system, because
from shelterbelt.access.standing import Standing
from shelterbelt.approvals.actions import needs_second
from shelterbelt.approvals.verbs import Asked
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.orgs.models import Org
from shelterbelt.people.actions.inviting import invite_if_new
from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.policy import may_appoint, may_appoint_person, may_end, may_leave_state_office
from shelterbelt.people.rules import OFFICES, TWO_PERSON_OFFICES, office_fits, plain_name

TWO_DECIDE = OFFICES["state_office"].appointed_by


def _two_to_appoint(
    *, org: Org, office: str, name: str = "", person: Person | None = None, **_more: Any
) -> Asked | None:
    if office not in TWO_PERSON_OFFICES:
        return None
    said = {"person": person or name.strip(), "office": Appointment.Office(office).label, "org": org}
    return Asked(org, _("Appoint %(person)s: %(office)s at %(org)s") % said)


@needs_second("people.appoint", decided_by=TWO_DECIDE, when=_two_to_appoint)
@transaction.atomic
def appoint(
    *,
    org: Org,
    office: str,
    from_on: date,
    by: Standing,
    until_on: date | None = None,
    person: Person | None = None,
    name: str = "",
    email: str = "",
    phone: str = "",
    language: str = "en",
) -> Appointment:
    """Give an office to a person we know, or to somebody new by name; a new person is invited to sign in.

    Somebody whose address is known already is that person, wherever they served before, if the name is theirs too.
    """
    require(may_appoint(by, org, office))
    if until_on is not None and until_on <= from_on:
        raise ValidationError({"until_on": _("An appointment ends after it begins. Choose a later day.")})
    # Held until the end: the same words sent twice find each other's row, and say that it is there.
    one_at_a_time({f"appoint {org.pk} {office}", f"person {email.casefold() or name.casefold()}"})
    if person is None and not email:
        _require_new_name(name, org, office, from_on)
    holder = person or _known_or_new(name, email, phone, language, by=by)
    require(may_appoint_person(by, holder))
    _require_not_held(holder, org, office, from_on, until_on)
    # They may be a stranger to whoever appoints them; row security lets them in for this reason only.
    with because(f"appoint person:{holder.pk}"):
        appointment = Appointment.objects.create(
            person=holder, org=org, office=office, from_on=from_on, until_on=until_on, appointed_by=by.person
        )
    invite_if_new(appointment, by=by)
    return appointment


def _known_or_new(name: str, email: str, phone: str, language: str, *, by: Standing) -> Person:
    if not name.strip():
        raise ValidationError({"name": _("Write the person's name.")})
    # The policy has agreed. A person without an office is seen by nobody but the sign-in, which therefore adds them.
    with acting_as_system("sign_in", today=by.today, reason=f"appointed by person:{by.person.pk}"):
        known = Person.objects.filter(email__iexact=email).first() if email else None
        if known is not None:
            return _same(known, name)
        person = Person(name=name.strip(), email=email or None, phone=phone.strip(), language=language)
        person.set_unusable_password()
        person.save()
    return person


def _same(known: Person, name: str) -> Person:
    """The person with this address, unless another name was typed: whose address it is, is told to nobody."""
    if plain_name(known.name) == plain_name(name):
        return known
    raise ValidationError(
        {
            "email": _(
                "The name and the address don't belong together on record. Ask the person for the address they use."
            )
        }
    )


def _require_new_name(name: str, org: Org, office: str, from_on: date) -> None:
    """Without an address only the name tells people apart."""
    there = Appointment.objects.filter(org=org, office=office, from_on=from_on).select_related("person")
    if any(plain_name(held.person.name) == plain_name(name) for held in there):
        raise ValidationError(
            _("%(person)s is there already, from %(day)s.") % {"person": name.strip(), "day": date_format(from_on)}
        )


def _require_not_held(person: Person, org: Org, office: str, from_on: date, until_on: date | None) -> None:
    held = _overlapping(person, org, office, from_on, until_on).first()
    if held is not None:
        raise ValidationError(
            _("%(person)s already holds this office here from %(day)s.")
            % {"person": person, "day": date_format(held.from_on)}
        )


def _overlapping(person: Person, org: Org, office: str, from_on: date, until_on: date | None) -> QuerySet[Appointment]:
    """When somebody holds an office during a time."""
    overlaps = Q(until_on=None) | Q(until_on__gt=from_on)
    if until_on is not None:
        overlaps &= Q(from_on__lt=until_on)
    return Appointment.objects.filter(overlaps, person=person, org=org, office=office).order_by("from_on")


def _two_to_end(*, appointment: Appointment, until_on: date, by: Standing) -> Asked | None:
    if appointment.office not in TWO_PERSON_OFFICES or appointment.person_id == by.person.pk:
        return None
    said = {
        "person": appointment.person,
        "office": appointment.get_office_display(),
        "org": appointment.org,
        "day": date_format(until_on),
    }
    return Asked(appointment.org, _("End %(person)s's office on %(day)s: %(office)s at %(org)s") % said)


@needs_second("people.end", decided_by=TWO_DECIDE, when=_two_to_end)
@transaction.atomic
def end_appointment(*, appointment: Appointment, until_on: date, by: Standing) -> Appointment:
    """End an office: `until_on` is the first day without it, and from then on its access is gone.

    Two who end each other's office come one after the other: the second finds what the first has done.
    """
    one_at_a_time([f"appoint {appointment.org_id} {appointment.office}"])
    appointment = _as_it_is_now(appointment)
    require(may_end(by, appointment, by.today))
    if until_on < appointment.from_on:
        began = date_format(appointment.from_on)
        raise ValidationError({"until_on": _("It began on %(day)s. Choose that day or a later one.") % {"day": began}})
    _require_sooner(appointment, until_on)
    require(may_leave_state_office(appointment, until_on))
    appointment.until_on = until_on
    appointment.save(update_fields=["until_on"])
    return appointment


def _as_it_is_now(appointment: Appointment) -> Appointment:
    """The row as others left it; gone if it was taken away while a form was open."""
    found = Appointment.objects.select_related("person", "org").filter(pk=appointment.pk).first()
    if found is None:
        raise PermissionDenied(_("This appointment is no longer there. Look at the person's page again."))
    return found


def _require_sooner(appointment: Appointment, until_on: date) -> None:
    """An office ends sooner, never later: who gives it longer appoints anew, by the rules of appointing."""
    if appointment.until_on is not None and until_on > appointment.until_on:
        said = _("It ends on %(day)s. Choose that day or an earlier one; for longer, appoint again from then on.")
        raise ValidationError({"until_on": said % {"day": date_format(appointment.until_on)}})


def appoint_first(*, org: Org, office: str, name: str, email: str, on: date) -> Appointment:
    """The installation's own hand: the first person, whom nobody inside could appoint. Repeated, it appoints once."""
    if not office_fits(office, kind=org.kind):
        raise PermissionDenied(_("%(office)s is no office at %(org)s.") % {"office": office, "org": org})
    with acting_as_system("install", today=on, reason="appoint on the command line"):
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            person = Person(name=name, email=email)
            person.set_unusable_password()
            person.save()
        current = Appointment.objects.current(on).select_related("person")
        held = current.filter(person=person, org=org, office=office).first()
        return held or Appointment.objects.create(person=person, org=org, office=office, from_on=on)
