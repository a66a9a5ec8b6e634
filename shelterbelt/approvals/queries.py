"""Approvals as pages ask for them. Row security has already left out what one may neither decide nor asked for."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from shelterbelt.access.scope import acting_as_system
from shelterbelt.access.standing import Standing
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.rules import SHOWN_FOR, are_two, is_open
from shelterbelt.approvals.verbs import deciding_offices
from shelterbelt.orgs.queries import groups_of
from shelterbelt.people.models import Appointment, Person, StandIn


def is_waiting(approval: Approval, at: datetime) -> bool:
    """Whether a second person can still speak."""
    return is_open(approval.decision, expires_at=approval.expires_at, at=at)


def deciding(standing: Standing) -> tuple[int, int | None]:
    """Who would decide, and for whom they act."""
    lent = standing.acting_for
    return standing.person.pk, lent.appointment.person_id if lent else None


def waiting_for(standing: Standing, at: datetime) -> QuerySet[Approval]:
    """What waits for this person's word, the oldest first."""
    if not standing.offices & deciding_offices():
        return Approval.objects.none()
    return _shown(Approval.objects.open(at).of_others(*deciding(standing))).order_by("asked_at", "pk")


def asked_by(standing: Standing, at: datetime) -> QuerySet[Approval]:
    """What this person, or somebody in their stead, has asked for and nobody has decided."""
    mine = Q(asked_by=standing.person) | Q(asked_for=standing.person)
    return _shown(Approval.objects.open(at).filter(mine)).order_by("asked_at", "pk")


def decided(at: datetime) -> QuerySet[Approval]:
    """What was decided or ran out lately, the latest first."""
    closed = ~Q(decision="") | Q(expires_at__lte=at)
    return _shown(Approval.objects.filter(closed, asked_at__gt=at - SHOWN_FOR)).order_by("-asked_at", "-pk")


def _shown(approvals: QuerySet[Approval]) -> QuerySet[Approval]:
    return approvals.select_related("org", "asked_by", "asked_for", "decided_by", "decided_for")


def second_people(approval: Approval, on: date) -> list[Person]:
    """Who could decide, seen or not: holders of the offices named and their stand-ins, apart from who asked."""
    with acting_as_system("delivery", today=on, reason=f"who may decide approval {approval.pk}"):
        held = _deciding_appointments(approval, on)
        lent = StandIn.objects.current(on).filter(appointment__in=held).select_related("person", "appointment")
        sides: list[tuple[Person, tuple[int, int | None]]] = [(one.person, (one.person_id, None)) for one in held]
        sides += [(one.person, (one.person_id, one.appointment.person_id)) for one in lent]
    people = {person.pk: person for person, side in sides if are_two(approval.asking, side) and person.is_active}
    return sorted(people.values(), key=lambda person: person.name)


def _deciding_appointments(approval: Approval, on: date) -> list[Appointment]:
    above = {approval.org_id, approval.org.state_id, *(group.pk for group in groups_of(approval.org, on).values())}
    held = Appointment.objects.current(on).filter(office__in=approval.offices, org__in=above - {None})
    return list(held.select_related("person"))
