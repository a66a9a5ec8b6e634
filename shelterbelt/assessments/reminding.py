"""Reminds those who keep a school's assessments that its year has none yet."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings as site
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shelterbelt.assessments.queries import assessment as queries
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.delivery.actions import To, Words, send_message
from shelterbelt.orgs.models import Membership, Org
from shelterbelt.people.models import Appointment, Person

PURPOSE = "assessments.reminder"
_BATCH = 200
_AT_SCHOOL = ("principal", "school_coordinator")
_AT_DISTRICT = ("district_coordinator",)


@transaction.atomic
def remind_some(*, after: int, on: date, at: datetime) -> int | None:
    """Remind the next schools after a number; the last one looked at, or none. For the system's eyes.

    Only schools that assess here, with a team of their own or of their district, are asked: others attest.
    """
    rows = Org.objects.schools().open_on(on).filter(pk__gt=after)
    schools = list(rows.order_by("pk")[:_BATCH])
    if not schools:
        return None
    year = SchoolYear.of(on)
    for row in queries.due_of(schools, year, on):
        if row.is_open and queries.teams_for(row.school, on).exists():
            _remind(row.school, year, on, at)
    return schools[-1].pk


def _remind(school: Org, year: SchoolYear, on: date, at: datetime) -> None:
    people = [each for each in _keepers(school, on) if each.email]
    if not people:
        return
    send_message(
        purpose=PURPOSE,
        key=f"{school.pk}:{on}",
        org=school,
        words=_words(school, year),
        to=[To(ref=str(each.pk), name=each.name, addresses=(("email", str(each.email)),), language=each.language)
            for each in people],
        at=at,
        link=site.SITE + reverse("assessments:school", args=[school.pk]),
    )  # fmt: skip


def _keepers(school: Org, on: date) -> Iterable[Person]:
    """Those at the school; where it has nobody, those at its district."""
    at_school = Appointment.objects.current(on).filter(org=school, office__in=_AT_SCHOOL)
    found = Person.objects.filter(pk__in=at_school.values("person"), is_active=True).order_by("pk")
    if found.exists():
        return found
    holds = Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    districts = Membership.objects.filter(holds, member=school, axis=Membership.DISTRICT).values("group")
    above = Appointment.objects.current(on).filter(org__in=districts, office__in=_AT_DISTRICT)
    return Person.objects.filter(pk__in=above.values("person"), is_active=True).order_by("pk")


def _words(school: Org, year: SchoolYear) -> Words:
    """That it is due, in every language."""
    subject, text = {}, {}
    for language, _name in site.LANGUAGES:
        with translation.override(language):
            subject[language] = _("Site assessment due at %(school)s") % {"school": school}
            shown = {"school": school, "by": year.ends_on}
            text[language] = render_to_string("assessments/mail/reminder.txt", shown).strip()
    return Words(subject=subject, text=text)
