"""Who may appoint, and who may end an appointment."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment
from shelterbelt.people.rules import OFFICES, STATEWIDE_OFFICES, office_fits

Office = Appointment.Office


@policy("people.appoint")
def may_appoint(standing: Standing, org: Org, office: str) -> Refusal | None:
    """Each office names the offices that appoint to it, at the same organisation or above it."""
    if not office_fits(office, kind=org.kind):
        return Refusal(_("%(office)s is no office at %(org)s.") % {"office": Office(office).label, "org": org})
    if standing.holds_over(*OFFICES[office].appointed_by, org=org):
        return None
    appointers = ", ".join(str(Office(name).label) for name in OFFICES[office].appointed_by)
    return Refusal(
        _("%(office)s at %(org)s is appointed by: %(appointers)s.")
        % {"office": Office(office).label, "org": org, "appointers": appointers}
    )


@policy("people.appoint_anyone")
def may_appoint_anyone(standing: Standing, org: Org) -> Refusal | None:
    """Whether there is any office at an organisation that this person can give."""
    if offices_to_give(standing, org):
        return None
    return Refusal(_("You can't appoint anyone at %(org)s.") % {"org": org})


@policy("people.end")
def may_end(standing: Standing, appointment: Appointment, on: date) -> Refusal | None:
    """Whoever may appoint to an office may end it; the state keeps somebody at its office."""
    refusal = may_appoint(standing, appointment.org, appointment.office)
    if refusal is not None:
        return refusal
    if appointment.until_on is not None and appointment.until_on <= on:
        return Refusal(_("This appointment ended on %(day)s.") % {"day": date_format(appointment.until_on)})
    return None


@policy("people.leave_state_office")
def may_leave_state_office(appointment: Appointment, until_on: date) -> Refusal | None:
    """Without anybody at the state office nobody could appoint its next holder."""
    if appointment.office not in STATEWIDE_OFFICES:
        return None
    others = Appointment.objects.current(until_on).filter(office=appointment.office, org=appointment.org)
    if others.exclude(pk=appointment.pk).exists():
        return None
    return Refusal(_("Nobody else holds the state school safety office on that day. Appoint somebody first."))


def offices_to_give(standing: Standing, org: Org) -> list[str]:
    """The offices at an organisation that this person can appoint to."""
    # Asked once for all appointing offices of a kind, so that an organisation's groups are read few times.
    fitting = [name for name in OFFICES if office_fits(name, kind=org.kind)]
    held = {
        name
        for name in {giver for office in fitting for giver in OFFICES[office].appointed_by} & standing.offices
        if standing.holds_over(name, org=org)
    }
    return [name for name in fitting if held & set(OFFICES[name].appointed_by)]
