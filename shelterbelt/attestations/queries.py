"""What organisations have said, as pages and other rooms ask for it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from shelterbelt.attestations.models import Attestation, AttestationQuerySet, Designation, Progress, Reminder
from shelterbelt.attestations.rules import DAYS_BETWEEN_REMINDERS
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import schools_of
from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.rules import OFFICES
from shelterbelt.strategy.model import Output

SERVING = tuple(name for name, office in OFFICES.items() if office.serves_schools)


def attestation_in_force(
    org: Org, output: Output, year: SchoolYear, on: date, *, about: Person | None = None
) -> Attestation | None:
    """What an organisation's word on an output is on a day, with its level on that day (`level_on`)."""
    return said(org, output, year).filter(about=about).in_force(on).with_level(on).first()


def said(org: Org, output: Output, year: SchoolYear) -> AttestationQuerySet:
    """Everything an organisation said about an output for a year, the latest first."""
    return (
        Attestation.objects.filter(org=org)
        .to(output.id, year.starts)
        .select_related("document", "made_by", "reviewed_by")
        .order_by("-made_on", "replaced_on", "id")
    )


def progress_of(org: Org, on: date) -> dict[str, Progress]:
    """How far an organisation is on a day, by recommendation."""
    rows = Progress.objects.filter(Q(replaced_on=None) | Q(replaced_on__gt=on), org=org, made_on__lte=on)
    return {progress.recommendation: progress for progress in rows.select_related("document", "made_by")}


def designations_of(org: Org, on: date) -> QuerySet[Designation]:
    """Who is designated for what on a day."""
    in_force = Designation.objects.filter(Q(until_on=None) | Q(until_on__gt=on), org=org, from_on__lte=on)
    return in_force.select_related("document").order_by("duty")


def designations_ever(org: Org) -> QuerySet[Designation]:
    """Everybody who was or will be designated, the latest first."""
    return Designation.objects.filter(org=org).select_related("document").order_by("duty", "-from_on")


def schools_lacking(district: Org, output: Output, year: SchoolYear, on: date) -> QuerySet[Org]:
    """Of a district's schools, those that have said nothing about an output."""
    spoken = Attestation.objects.to(output.id, year.starts).in_force(on).values("org")
    return schools_of(district, on).exclude(pk__in=spoken)


def serving_at(org: Org, on: date) -> QuerySet[Person]:
    """The coordinators and officers who hold their office at an organisation on a day."""
    held = Appointment.objects.current(on).filter(org=org, office__in=SERVING)
    return Person.objects.filter(pk__in=held.values("person")).order_by("name", "pk")


def last_reminded(orgs: Iterable[Org], output: str, at: datetime) -> dict[int, datetime]:
    """When organisations were last reminded of an output, if that was in the last days."""
    recent = Reminder.objects.filter(
        org__in=list(orgs), output=output, asked_at__gt=at - timedelta(days=DAYS_BETWEEN_REMINDERS)
    )
    return {org: last for org, last in recent.values_list("org").annotate(last=Max("asked_at")) if last is not None}


ANSWERS_FOR = {
    "school": ("principal", "school_coordinator"),
    "district": ("superintendent", "district_coordinator"),
}
"""Who is mailed when their organisation lacks something."""


def recipients(orgs: Iterable[Org], on: date) -> dict[int, list[Person]]:
    """Who answers for organisations and can be mailed, by organisation."""
    asked = {org.pk: org for org in orgs}
    held = Appointment.objects.current(on).filter(org__in=asked, person__is_active=True).exclude(person__email=None)
    found: dict[int, list[Person]] = {pk: [] for pk in asked}
    for appointment in held.select_related("person").order_by("person__name", "person"):
        reached = found[appointment.org_id]
        answers = appointment.office in ANSWERS_FOR.get(asked[appointment.org_id].kind, ())
        if answers and appointment.person not in reached:
            reached.append(appointment.person)
    return found


def people_said(org: Org, output: Output, year: SchoolYear, on: date) -> dict[int, dict[str, Any]]:
    """What an organisation has said of each person: the answers, by person."""
    rows = Attestation.objects.filter(org=org).to(output.id, year.starts).in_force(on)
    return {about: answers for about, answers in rows.values_list("about", "answers") if about}
