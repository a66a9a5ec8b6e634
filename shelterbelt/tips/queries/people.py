"""Who works at a tip desk."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from shelterbelt.people.models import Appointment, Person

DESK_OFFICES = ("tip_analyst", "tip_supervisor")


def desk_people(state_id: int, at: datetime) -> QuerySet[Person]:
    """Analysts and supervisors of a state's desk on that day, by name."""
    held = Appointment.objects.filter(org=state_id, office__in=DESK_OFFICES).current(timezone.localdate(at))
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "pk")
