"""People and their offices, as pages ask for them. Row security has already left out whom one may not see."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Person


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
