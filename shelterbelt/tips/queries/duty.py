"""Who is on duty at a tip desk, and who else there is to call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Person, StandIn
from shelterbelt.tips.models import Shift
from shelterbelt.tips.queries.people import DESK_OFFICES
from shelterbelt.tips.rules.plans import settings


@dataclass(frozen=True)
class Duty:
    """A state's desk at a moment. Asked with the eyes of the system, or of somebody at the desk."""

    state_id: int
    at: datetime

    @cached_property
    def state(self) -> Org:
        """Whose desk it is."""
        return Org.objects.get(pk=self.state_id)

    @cached_property
    def everybody(self) -> tuple[Person, ...]:
        """Analysts and supervisors, those who stand in for one included."""
        return tuple(self._people(*DESK_OFFICES))

    @cached_property
    def supervisors(self) -> tuple[Person, ...]:
        """Of the desk."""
        return tuple(self._people("tip_supervisor"))

    @cached_property
    def on_shift(self) -> tuple[Person, ...]:
        """Those who said that they are on duty, and still work here."""
        there = {shift.person_id for shift in shifts_at(self.state_id, self.at)}
        return tuple(person for person in self.everybody if person.pk in there)

    @property
    def is_unattended(self) -> bool:
        """Whether nobody is on shift: shown in red, and then everybody is called."""
        return not self.on_shift

    @cached_property
    def seen(self) -> frozenset[int]:
        """Who was on the site lately. Only the system's own work learns it."""
        since = self.at - timedelta(minutes=settings().seen_within_minutes)
        with connection.cursor() as cursor:
            cursor.execute("select tips_seen_since(%s)", [since])
            return frozenset(cursor.fetchone()[0])

    def called_first(self) -> tuple[Person, ...]:
        """Who is called when something comes: those on shift, or all there are where nobody is."""
        return self.on_shift or self.everybody

    def _people(self, *offices: str) -> QuerySet[Person]:
        on = timezone.localdate(self.at)
        held = Appointment.objects.filter(org=self.state_id, office__in=offices).current(on)
        lent = StandIn.objects.filter(org=self.state_id, appointment__office__in=offices).current(on)
        either = Q(pk__in=held.values("person")) | Q(pk__in=lent.values("person"))
        return Person.objects.filter(either, is_active=True).order_by("name", "pk")


def shifts_at(state_id: int, at: datetime) -> QuerySet[Shift]:
    """Shifts that haven't ended, by hand or by themselves."""
    return Shift.objects.filter(org=state_id, from_at__lte=at, ends_at__gt=at, ended_at=None).select_related("person")


def shift_of(person: Person, states: Iterable[int], at: datetime) -> Shift | None:
    """The shift somebody is on now."""
    return Shift.objects.filter(person=person, org__in=list(states), ends_at__gt=at, ended_at=None).first()
