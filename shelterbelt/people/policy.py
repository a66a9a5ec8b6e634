"""Who may appoint, and who may end an appointment; who may take second factors away."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.scope import acting_as_system
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Invitation, Person, StandIn
from shelterbelt.people.rules import CLOSED_OFFICES, OFFICES, STATEWIDE_OFFICES, office_fits
from shelterbelt.people.sign_in.factors import Kind, factors_of
from shelterbelt.people.sign_in_rules import needs_second_factor

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


@policy("people.appoint_person")
def may_appoint_person(standing: Standing, person: Person) -> Refusal | None:
    """Who stands in for somebody gives themselves no office that would outlast it."""
    if standing.acting_for is None or standing.person.pk != person.pk:
        return None
    return Refusal(_("While you act for somebody else you can't appoint yourself."))


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
    """Without anybody there nobody could appoint the next holder, so one always stays whose office has no end."""
    if appointment.office not in STATEWIDE_OFFICES:
        return None
    others = Appointment.objects.current(until_on).filter(office=appointment.office, org=appointment.org, until_on=None)
    if others.exclude(pk=appointment.pk).exists():
        return None
    return Refusal(_("Nobody else holds the state school safety office from that day on. Appoint somebody first."))


@policy("people.invite")
def may_invite(standing: Standing, invitation: Invitation) -> Refusal | None:
    """Whoever may appoint may send the invitation again or take it back, until it was used or the office ended."""
    refusal = may_appoint(standing, invitation.org, invitation.appointment.office)
    if refusal is not None:
        return refusal
    if invitation.accepted_at is not None or invitation.person.has_sign_in:
        return Refusal(_("%(person)s can sign in already.") % {"person": invitation.person})
    until_on = invitation.appointment.until_on
    if until_on is not None and until_on <= standing.today:
        return Refusal(_("The appointment ended on %(day)s.") % {"day": date_format(until_on)})
    return None


@policy("people.name_stand_in")
def may_name_stand_in(standing: Standing, appointment: Appointment) -> Refusal | None:
    """Who holds an office, and who may appoint to it; in their own name only."""
    if appointment.office in CLOSED_OFFICES:
        return Refusal(_("Nobody stands in for a school protection officer: the law names each of them."))
    if standing.acting_for is not None:
        return Refusal(_("You act for somebody else now. What was lent to you can't be handed on."))
    if appointment.until_on is not None and appointment.until_on <= standing.today:
        return Refusal(_("This appointment ended on %(day)s.") % {"day": date_format(appointment.until_on)})
    if appointment.person_id == standing.person.pk:
        return None
    return may_appoint(standing, appointment.org, appointment.office)


@policy("people.end_stand_in")
def may_end_stand_in(standing: Standing, stand_in: StandIn) -> Refusal | None:
    """Whoever may name one, and who stands in."""
    if stand_in.until_on <= standing.today:
        return Refusal(_("This ended on %(day)s.") % {"day": date_format(stand_in.until_on)})
    if stand_in.person_id == standing.person.pk:
        return None
    return may_name_stand_in(standing, stand_in.appointment)


@policy("people.act_for")
def may_act_for(standing: Standing, stand_in: StandIn) -> Refusal | None:
    """Who was named, on the days it holds, while the other still has the office."""
    appointment, today = stand_in.appointment, standing.today
    if stand_in.person_id != standing.person.pk or appointment.office in CLOSED_OFFICES:
        return Refusal(_("Only who was named can act for them."))
    if standing.acting_for is not None and standing.acting_for.pk == stand_in.pk:
        return Refusal(_("You act for them now."))
    if today < stand_in.from_on:
        return Refusal(_("It begins on %(day)s.") % {"day": date_format(stand_in.from_on)})
    ends = min(day for day in (stand_in.until_on, appointment.until_on) if day is not None)
    if ends <= today:
        return Refusal(_("This ended on %(day)s.") % {"day": date_format(ends)})
    return None


@policy("people.remove_factor")
def may_remove_factor(standing: Standing, factor: Authenticator) -> Refusal | None:
    """One's own; the last one stays while an office asks for it."""
    if factor.user_id != standing.person.pk:
        return Refusal(_("This is somebody else's."))
    others = factors_of(standing.person).exclude(type=Kind.RECOVERY_CODES).exclude(pk=factor.pk)
    if needs_second_factor(standing.offices_that_ask) and not others.exists():
        return Refusal(_("Your office asks for a second factor. Add another one before you remove this one."))
    return None


@policy("people.reset_factors")
def may_reset_factors(standing: Standing, person: Person) -> Refusal | None:
    """Whoever may appoint somebody to every office they hold now, and the state; nobody for themselves.

    To one office isn't enough: a principal could appoint a state officer to their staff, and reset them then.
    """
    if person.pk == standing.person.pk:
        return Refusal(_("Somebody else has to do this for you: whoever appoints you, or the state office."))
    held = _all_offices(person, standing.today)
    if held and standing.is_state_office:
        return None
    if held and all(standing.holds_over(*OFFICES[each.office].appointed_by, org=each.org) for each in held):
        return None
    return Refusal(_("Only whoever appoints %(person)s can do this, or the state office.") % {"person": person})


def _all_offices(person: Person, on: date) -> list[Appointment]:
    """Every office somebody holds or may act in on a day, also where the asker sees none of it."""
    with acting_as_system("sign_in", today=on, reason="all offices of somebody whose factors may be taken away"):
        lent = StandIn.objects.current(on).filter(person=person).values("appointment")
        theirs = Appointment.objects.current(on).filter(Q(person=person) | Q(pk__in=lent))
        return list(theirs.select_related("org"))


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
