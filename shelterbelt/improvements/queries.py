"""Questions about findings and corrective actions. Row security has already left out what isn't yours."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shelterbelt.improvements import register
from shelterbelt.improvements.models import CorrectiveAction, Finding
from shelterbelt.improvements.register import Line
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import district_of, schools_of
from shelterbelt.people.models import Appointment, Person

UNPLANNED = "unplanned"
NEVER = date.max


def orgs_of_register(org: Org, on: date) -> dict[int, str]:
    """Whose lines stand in an organisation's register: its own, and a district's schools' as well."""
    found = {org.pk: org.name}
    if org.kind == Org.Kind.DISTRICT:
        found |= dict(schools_of(org, on).values_list("pk", "name"))
    return found


def lines(orgs: dict[int, str], on: date) -> list[Line]:
    """Every line of these organisations."""
    ids = list(orgs)
    found = [*_planned(ids, on), *_unplanned(ids), *register.supplied(ids, on)]
    return [replace(line, org_name=orgs[line.org]) for line in found]


def _planned(orgs: Sequence[int], on: date) -> Iterable[Line]:
    rows = CorrectiveAction.objects.filter(org__in=orgs, finding__withdrawn_on=None).select_related("finding", "owner")
    for action in rows:
        yield Line(
            org=action.org_id, source=action.finding.get_source_kind_display(), kind=action.finding.source_kind,
            what=action.what, place=action.finding.place, who=action.who, due_on=_due(action),
            score=action.finding.score, cost=action.cost, funding=action.get_funding_display(),
            found_on=action.finding.found_on, status=action.status, status_words=action.get_status_display(),
            address=reverse("improvements:action", args=[action.pk]), done_on=action.done_on,
            is_open=action.is_open, is_overdue=action.is_overdue(on),
        )  # fmt: skip


def _due(action: CorrectiveAction) -> date:
    return action.accepted_until if action.status == "risk_accepted" and action.accepted_until else action.due_on


def _unplanned(orgs: Sequence[int]) -> Iterable[Line]:
    for finding in Finding.objects.without_actions().filter(org__in=orgs):
        yield Line(
            org=finding.org_id, source=finding.get_source_kind_display(), kind=finding.source_kind, what=finding.what,
            place=finding.place, score=finding.score, found_on=finding.found_on, status=UNPLANNED,
            status_words=_("Nothing planned yet"), address=reverse("improvements:finding", args=[finding.pk]),
        )  # fmt: skip


SHOWN: dict[str, tuple[Any, Callable[[Line], bool]]] = {
    "open": (_("What is open"), lambda line: line.is_open or line.is_overdue),
    "overdue": (_("What is overdue"), lambda line: line.is_overdue),
    "unplanned": (_("Nothing planned yet"), lambda line: line.status == UNPLANNED),
    "awaiting_funds": (_("What awaits funds"), lambda line: line.status == "awaiting_funds"),
    "risk_accepted": (_("Accepted risks"), lambda line: line.status == "risk_accepted"),
    "done": (_("What is done"), lambda line: line.status in {"done", "verified"}),
    "all": (_("Everything"), lambda _line: True),
}
"""Which lines a reader may ask for."""

ORDERS: dict[str, tuple[Any, Callable[[Line], Any]]] = {
    "due": (
        _("Overdue first, then by day"),
        lambda line: (not line.is_overdue, not line.is_open, line.due_on or NEVER, -(line.score or 0), line.org_name),
    ),
    "risk": (_("Gravest first"), lambda line: (-(line.score or 0), line.due_on or NEVER, line.org_name)),
    "cost": (_("Costliest first"), lambda line: (-(line.cost or 0), line.due_on or NEVER, line.org_name)),
    "school": (_("By school"), lambda line: (line.org_name, line.due_on or NEVER)),
}


def chosen(found: list[Line], *, show: str = "open", order: str = "due", kind: str = "", org: int = 0) -> list[Line]:
    """The lines a reader asked for, in the order they asked for."""
    wanted = SHOWN[show][1]
    kept = [line for line in found if wanted(line) and kind in {"", line.kind} and org in {0, line.org}]
    return sorted(kept, key=ORDERS[order][1])


def sources() -> list[tuple[str, Any]]:
    """What a register can be filtered by: what found it."""
    return [*Finding.Source.choices, *register.kinds()]


def with_actions(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """With everything that a finding's own page shows."""
    return findings.select_related("org", "found_by").prefetch_related("actions__owner", "actions__verified_by")


def people_at(org: Org, on: date) -> QuerySet[Person]:
    """Who may be asked to see to something: those who hold an office there or at its district and can be known."""
    held = Appointment.objects.current(on).filter(org__in=[org.pk, *_districts(org, on)])
    offices = held.exclude(office__in=["school_protection_officer"])
    return Person.objects.filter(pk__in=offices.values("person"), is_active=True).order_by("name", "pk")


def _districts(org: Org, on: date) -> list[int]:
    district = district_of(org, on) if org.kind == Org.Kind.SCHOOL else None
    return [district.pk] if district else []


def keepers_of(org: Org, on: date) -> QuerySet[Person]:
    """Who is told where a corrective action has no owner who signs in."""
    offices = ("principal", "school_coordinator") if org.kind == Org.Kind.SCHOOL else (
        "superintendent", "district_coordinator"
    )  # fmt: skip
    held = Appointment.objects.current(on).filter(org=org, office__in=offices)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("pk")


def mine(person: Person) -> QuerySet[CorrectiveAction]:
    """What one was asked to see to oneself and hasn't done, the first due first."""
    return (
        CorrectiveAction.objects.open().filter(owner=person).select_related("org", "finding").order_by("due_on", "pk")
    )
