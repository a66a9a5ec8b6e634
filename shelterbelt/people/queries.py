"""People and their offices, as pages ask for them. Row security has already left out whom one may not see."""

from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Invitation, Person, StandIn
from shelterbelt.people.rules import invitation_state


def people_seen(on: date, *, name: str = "", office: str = "", org: Org | None = None) -> QuerySet[Person]:
    """Those who hold an office on a day, by name, each with `offices_now`."""
    held = Appointment.objects.current(on)
    wanted = held.filter(office=office) if office else held
    if org is not None:
        wanted = wanted.filter(org=org)
    people = Person.objects.filter(pk__in=wanted.values("person"))
    if name:
        people = people.filter(name__icontains=name)
    now = held.select_related("org").order_by("from_on", "pk")
    return people.prefetch_related(Prefetch("appointments", now, to_attr="offices_now")).order_by("name", "pk")


def offices_at(org: Org, on: date) -> QuerySet[Appointment]:
    """Who holds which office at an organisation on a day, in the offices' order."""
    return (
        Appointment.objects.current(on).filter(org=org).select_related("person", "org").order_by("person__name", "pk")
    )


def offices_of(person: Person) -> QuerySet[Appointment]:
    """All offices a person has held or will hold, the latest first."""
    return Appointment.objects.filter(person=person).select_related("org", "appointed_by").order_by("-from_on", "-pk")


def held_by(person: Person, on: date) -> QuerySet[Appointment]:
    """The offices a person holds on a day, whoever they act for just now."""
    held = Appointment.objects.current(on).filter(person=person)
    return held.select_related("person", "org").order_by("from_on", "pk")


def stood_in_by(person: Person, on: date) -> QuerySet[StandIn]:
    """For whom this person may act, now or later."""
    return _stand_ins(on).filter(person=person)


def standing_in_for(person: Person, on: date) -> QuerySet[StandIn]:
    """Who may act for this person, now or later."""
    return _stand_ins(on).filter(appointment__person=person)


def _stand_ins(on: date) -> QuerySet[StandIn]:
    lasting = StandIn.objects.filter(until_on__gt=on).exclude(appointment__until_on__lte=on)
    return lasting.select_related("appointment__person", "appointment__org", "person", "org").order_by("from_on", "pk")


def state_of(invitation: Invitation, *, at: datetime, on: date) -> str:
    """What became of an invitation, as rules.py names it."""
    until_on = invitation.appointment.until_on
    return invitation_state(
        used=invitation.accepted_at is not None or invitation.person.has_sign_in,
        withdrawn=invitation.withdrawn_at is not None,
        ended=until_on is not None and until_on <= on,
        expired=at >= invitation.expires_at,
    )


def invitations_at(org: Org) -> QuerySet[Invitation]:
    """The latest invitation of each who was invited at an organisation and has no sign-in yet."""
    last = Invitation.objects.filter(org=org, accepted_at=None).order_by("person", "-made_at", "-pk").distinct("person")
    waiting = Invitation.objects.filter(pk__in=last.values("pk"), person__last_login=None)
    return waiting.select_related("appointment", "org", "person", "sender").order_by("-made_at", "-pk")
