"""Whom one can be in the demonstration, and what they would do here."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shelterbelt.demo import entrance
from shelterbelt.orgs.models import Identifier
from shelterbelt.people.models import Appointment, Person


@dataclass(frozen=True)
class Role:
    """An office at one of the marked places."""

    key: str
    office: str
    place: str
    title: Promise
    does: Promise
    icon: str


ROLES = (
    Role("state", "state_office", entrance.STATE, _("State school safety office"),
         _("Sees all 35 outputs of the plan for the whole state, and the schools that still lack them."), "assessment"),
    Role("analyst", "tip_analyst", entrance.STATE, _("Tip analyst"),
         _("Works at the tip desk, and looks up schools and the agencies that serve them."), "support_agent"),
    Role("supervisor", "tip_supervisor", entrance.STATE, _("Tip desk supervisor"),
         _("Sees how the desk keeps its clocks, which tips wait, and whose call chain has gaps."), "schedule"),
    Role("coordinator", "district_coordinator", entrance.DISTRICT, _("District safety coordinator"),
         _("Sees which school lacks what this year, reminds them, and reports for the district."), "groups"),
    Role("principal", "principal", entrance.SCHOOL, _("Principal"),
         _("Sees what is due at the school this year, and records a drill on the phone."), "school"),
    Role("officer", "school_resource_officer", entrance.SCHOOL, _("School resource officer"),
         _("Takes part in the school's drills, and writes down what was learned."), "verified"),
    Role("police", "agency_lead", entrance.POLICE, _("Police"),
         _("Sees the schools the department serves, and the drills it is invited to."), "local_police"),
    Role("fire", "agency_lead", entrance.FIRE, _("Fire service"),
         _("Sees the schools the service protects, and the drills it is invited to."), "shield"),
)  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """Somebody one can enter as."""

    role: Role
    person: Person
    org_name: str


def people_to_be(today: date) -> list[Invented]:
    """One person for each role that somebody holds today; none when no demonstration is loaded."""
    marked = Identifier.objects.filter(scheme=Identifier.Scheme.OWN, value__in={role.place for role in ROLES})
    places = dict(marked.values_list("org_id", "value"))
    held_today = Appointment.objects.filter(org__in=places, office__in={role.office for role in ROLES}).current(today)
    first: dict[tuple[str, str], Appointment] = {}
    for appointment in held_today.select_related("person", "org").order_by("from_on", "id"):
        first.setdefault((appointment.office, places[appointment.org_id]), appointment)
    held = ((role, first.get((role.office, role.place))) for role in ROLES)
    return [Invented(role, found.person, found.org.name) for role, found in held if found is not None]
