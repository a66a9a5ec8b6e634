"""The people who serve schools as coordinators, SROs and SPOs: the units of I-O3."""

from typing import Any

from django.db.models import QuerySet

from shelterbelt.measures.asking import Asked, Units
from shelterbelt.measures.reading import read_pairs
from shelterbelt.measures.rules import Ints
from shelterbelt.people.models import Appointment
from shelterbelt.people.rules import CLOSED_OFFICES, OFFICES

SERVING_OFFICES = tuple(office for office, meaning in OFFICES.items() if meaning.serves_schools)


def serving_on(asked: Asked) -> tuple[Ints, Ints]:
    """The people who serve on the day, and beside each the organisation they serve; one place for every office."""
    people = Appointment.objects.current(asked.on).filter(office__in=offices_counted(asked))
    return read_pairs(people, "person_id", "org_id")


def offices_counted(asked: Asked) -> tuple[str, ...]:
    """The offices that serve schools, without those closed by law where they must not be counted."""
    return tuple(office for office in SERVING_OFFICES if asked.with_closed or office not in CLOSED_OFFICES)


def trained_by_office(asked: Asked, trained: Units) -> dict[str, QuerySet[Any, Any]]:
    """The trained who hold each office, and where."""
    return {
        office: Appointment.objects.current(asked.on).filter(office=office, person__in=trained.values("unit"))
        for office in offices_counted(asked)
    }
