"""Who of those in office a contact can be."""

from datetime import date

from django.db.models import Q, QuerySet

from shelterbelt.contacts.models import Contact
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import district_of
from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.rules import CLOSED_OFFICES


def people_for(org: Org, on: date, *, also: int | None = None) -> QuerySet[Person]:
    """Those who hold an office there or at its district, by name; whom the law keeps closed are left out."""
    district = district_of(org, on) if org.kind == Org.Kind.SCHOOL else None
    places = [place for place in (org, district) if place is not None]
    held = Appointment.objects.current(on).filter(org__in=places).exclude(office__in=CLOSED_OFFICES)
    return Person.objects.filter(Q(pk__in=held.values("person")) | Q(pk=also)).order_by("name", "pk")


def own_contacts(person: Person) -> list[Contact]:
    """The chains somebody stands in themselves."""
    found = Contact.objects.filter(person=person).in_use().select_related("org")
    return list(found.order_by("org__name", "place", "pk"))
