"""The people who serve schools as coordinators, SROs and SPOs: the units of I-O3."""

from django.db.models import Count, F

from shelterbelt.measures.asking import Amounts, Asked, Units
from shelterbelt.measures.reading import read_pairs
from shelterbelt.measures.rules import Ints
from shelterbelt.people.models import Appointment
from shelterbelt.people.rules import OFFICES

SERVING_OFFICES = tuple(office for office, meaning in OFFICES.items() if meaning.serves_schools)


def serving_on(asked: Asked) -> tuple[Ints, Ints]:
    """The people who serve on the day, and beside each the organisation they serve; one place for every office."""
    people = Appointment.objects.current(asked.on).filter(office__in=SERVING_OFFICES)
    return read_pairs(people, "person_id", "org_id")


def trained_by_office(asked: Asked, trained: Units) -> dict[str, Amounts]:
    """How many of the trained hold each office, counted once per organisation."""
    return {
        office: Appointment.objects.current(asked.on)
        .filter(office=office, person__in=trained.values("unit"))
        .values(unit=F("org"))
        .annotate(n=Count("person", distinct=True))
        .values("unit", "n")
        for office in SERVING_OFFICES
    }
