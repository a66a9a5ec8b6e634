"""Questions about drills across tables. Row security has already left out what isn't yours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.conf import settings
from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from shelterbelt.access.models import AuditEntry
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills import requirements, rules
from shelterbelt.drills.models import CorrectiveAction, Drill, Invitation, SeenDrill
from shelterbelt.orgs.models import Identifier, Membership, Org
from shelterbelt.people.models import Person


def is_within_reach(school: Org) -> bool:
    """Whether the offices of whoever acts reach this organisation: their own, or one below it."""
    with connection.cursor() as cursor:
        cursor.execute("select access_sees_all() or %s = any (access_my_orgs())", [school.pk])
        return bool(cursor.fetchone()[0])


def is_served(school: Org) -> bool:
    """Whether an agency of whoever acts serves this school."""
    with connection.cursor() as cursor:
        cursor.execute("select %s = any (access_served())", [school.pk])
        return bool(cursor.fetchone()[0])


def schools_within_reach(on: date) -> QuerySet[Org]:
    """The open schools that the offices of whoever acts reach, without the statewide ones."""
    mine = RawSQL("select unnest(access_my_orgs())", [])
    return Org.objects.schools().open_on(on).filter(pk__in=mine).order_by("name", "pk")


def schools_served(on: date) -> QuerySet[Org]:
    """The open schools that the agencies of whoever acts serve."""
    served = RawSQL("select unnest(access_served())", [])
    return Org.objects.schools().open_on(on).filter(pk__in=served).order_by("name", "pk")


def drills_of(school: Org, year: SchoolYear, by: date) -> QuerySet[Drill]:
    """Everything of a school's year: held up to a day, planned, and cancelled; the latest first."""
    found = Drill.objects.filter(_of_year(year, by), school=school).annotate(day=_DAY)
    return found.order_by("-day", "-started_at", "pk")


_DAY = Coalesce("held_on", "planned_on")


def _of_year(year: SchoolYear, by: date) -> Q:
    held = Q(status=Drill.Status.HELD, held_on__range=(year.starts_on, min(by, year.ends_on)))
    return held | (~Q(status=Drill.Status.HELD) & Q(planned_on__range=(year.starts_on, year.ends_on)))


def twins_of(drill: Drill) -> QuerySet[Drill]:
    """Other records of the same kind at the same school on the same day: perhaps the same drill, written twice."""
    return (
        Drill.objects.held()
        .filter(school=drill.school, nature=drill.nature, kind=drill.kind, held_on=drill.held_on)
        .exclude(pk=drill.pk)
    )


def drills_within(schools: Iterable[Org], year: SchoolYear) -> dict[int, list[Drill]]:
    """The drills of several schools in a year, by school, in one query."""
    day = Coalesce("held_on", "planned_on")
    found = Drill.objects.annotate(day=day).filter(
        school__in=[school.pk for school in schools], day__range=(year.starts_on, year.ends_on)
    )
    by_school: dict[int, list[Drill]] = {}
    for drill in found.order_by("day", "pk"):
        by_school.setdefault(drill.school_id, []).append(drill)
    return by_school


def drills_ahead(on: date) -> QuerySet[Drill]:
    """Drills planned from a day on, the next one first."""
    planned = Drill.objects.exercises().filter(status=Drill.Status.SCHEDULED, planned_on__gte=on)
    return planned.select_related("school").order_by("planned_on", "school__name", "pk")


def seen_ahead(on: date) -> QuerySet[SeenDrill]:
    """Drills planned from a day on, as agencies see them, the next one first."""
    planned = SeenDrill.objects.filter(status=SeenDrill.Status.SCHEDULED, planned_on__gte=on)
    return planned.select_related("school").order_by("planned_on", "school__name", "pk")


def seen_of(school: Org, year: SchoolYear, by: date) -> QuerySet[SeenDrill]:
    """A school's year as agencies see it; the latest first."""
    return (
        SeenDrill.objects.filter(_of_year(year, by), school=school)
        .annotate(day=_DAY)
        .order_by("-day", "-started_at", "pk")
    )


def not_yet_recorded(schools: Iterable[Org], on: date) -> QuerySet[Drill]:
    """Drills whose planned day has passed without a record."""
    planned = Drill.objects.filter(status=Drill.Status.SCHEDULED, planned_on__lt=on, school__in=list(schools))
    return planned.select_related("school").order_by("planned_on", "pk")


def latest(year: SchoolYear, by: date) -> QuerySet[Drill]:
    """The drills held this year at all schools within sight, the latest first."""
    return Drill.objects.in_year(year, by).select_related("school").order_by("-held_on", "pk")


@dataclass(frozen=True)
class SchoolDue:
    """One thing a school has to do."""

    school: Org
    due: rules.Due


def requirements_for(school: Org, year: SchoolYear, on: date) -> list[rules.Due]:
    """What the requirement rules ask of a school in a year, judged on a day."""
    return [each.due for each in requirements_of([school], year, on)]


def requirements_of(
    schools: Sequence[Org], year: SchoolYear, on: date, drills: dict[int, list[Drill]] | None = None
) -> list[SchoolDue]:
    """The same for several schools, in three queries; what isn't done and due first stands first.

    `drills` are those of `drills_within`, from a page that has read them already.
    """
    asked = requirements.for_state(settings.STATE)
    counties = _counties_of(schools, year.last_day_by(on))
    drills = drills_within(schools, year) if drills is None else drills
    found = [
        SchoolDue(school, item)
        for school in schools
        for item in rules.due(asked, year, drills.get(school.pk, []), on, _facts_of(school, counties))
    ]
    return sorted(found, key=lambda each: (each.due.is_done, each.due.due_on, each.school.name))


def _facts_of(school: Org, counties: dict[int, frozenset[str]]) -> rules.School:
    return rules.School(school.sector, counties.get(school.pk, frozenset()), school.opened_on, school.closed_on)


def _counties_of(schools: Sequence[Org], on: date) -> dict[int, frozenset[str]]:
    """FIPS codes of the counties that schools lie in; a school without one lies in its district's."""
    holds = Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    rows = list(
        Membership.objects.filter(
            holds, member__in=schools, axis__in=(Membership.COUNTY, Membership.DISTRICT)
        ).values_list("member_id", "axis", "group_id")
    )
    own = {member: group for member, axis, group in rows if axis == Membership.COUNTY}
    district = {member: group for member, axis, group in rows if axis == Membership.DISTRICT and member not in own}
    above = dict(
        Membership.objects.filter(holds, member__in=set(district.values()), axis=Membership.COUNTY).values_list(
            "member_id", "group_id"
        )
    )
    county_of = own | {member: above[group] for member, group in district.items() if group in above}
    codes = dict(
        Identifier.objects.filter(org__in=set(county_of.values()), scheme=Identifier.Scheme.FIPS).values_list(
            "org_id", "value"
        )
    )
    return {member: frozenset({codes[county]}) for member, county in county_of.items() if county in codes}


def two_drills(school: Org, year: SchoolYear, by: date) -> rules.Explanation:
    """Recommendation D-L5 for a school's year, explained."""
    return rules.two_drills_as_recommended(list(Drill.objects.filter(school=school).in_year(year, by)))


def with_record(drills: QuerySet[Drill]) -> QuerySet[Drill]:
    """With everything that a drill's own page shows."""
    invited = Invitation.objects.select_related("agency").order_by("agency__service", "agency__name")
    actions = CorrectiveAction.objects.order_by(F("done_on").desc(nulls_first=True), "due_on", "pk")
    return drills.select_related("school", "recorded_by").prefetch_related(
        Prefetch("invitations", invited), Prefetch("corrective_actions", actions), "attachments__document"
    )


def actions_to_follow_up() -> QuerySet[CorrectiveAction]:
    """Corrective actions that aren't done, the longest overdue first; not those of a record that was taken back."""
    open_ones = CorrectiveAction.objects.filter(done_on=None, drill__status=Drill.Status.HELD).select_related(
        "drill", "school"
    )
    return open_ones.order_by("due_on", "school__name", "pk")


AgendaState = Literal["record", "overdue", "open", "planned"]


@dataclass(frozen=True)
class AgendaRow:
    """One line of "what is due": a drill to record, a requirement that is open, or a drill ahead."""

    state: AgendaState
    day: date
    school: Org
    drill: Drill | None = None
    due: rules.Due | None = None


_ORDER: tuple[AgendaState, ...] = ("record", "overdue", "planned", "open")


def agenda(schools: Sequence[Org], year: SchoolYear, on: date) -> list[AgendaRow]:
    """What these schools have to do: what is late first, then by day. What planned drills will cover isn't repeated."""
    rows = [AgendaRow("record", _planned(drill), drill.school, drill=drill) for drill in not_yet_recorded(schools, on)]
    ahead = drills_ahead(on).filter(school__in=list(schools))
    rows += [AgendaRow("planned", _planned(drill), drill.school, drill=drill) for drill in ahead]
    for each in requirements_of(schools, year, on):
        if each.due.state == "overdue":
            rows.append(AgendaRow("overdue", each.due.due_on, each.school, due=each.due))
        elif each.due.state == "open":
            rows.append(AgendaRow("open", each.due.due_on, each.school, due=each.due))
    return sorted(rows, key=lambda row: (min(_ORDER.index(row.state), 2), row.day, row.school.name))


def _planned(drill: Drill) -> date:
    if drill.planned_on is None:
        raise ValueError("A scheduled drill has a planned day.")
    return drill.planned_on


@dataclass(frozen=True)
class HistoryLine:
    """One change of a drill's record, from the audit trail."""

    at: datetime
    who: str
    verb: str
    fields: tuple[str, ...]


def history(drill: Drill) -> list[HistoryLine]:
    """What happened to the record, the latest first. Values stay in the trail; here are only the names of answers."""
    entries = list(
        AuditEntry.objects.filter(thing=Drill._meta.db_table, thing_id=str(drill.pk))
        .exclude(verb="read")
        .order_by("-at", "-pk")[:50]
    )
    ids = {int(entry.actor[7:]) for entry in entries if entry.actor.startswith("person:")}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        HistoryLine(
            entry.at,
            names.get(int(entry.actor[7:]), "") if entry.actor.startswith("person:") else "",
            entry.verb,
            tuple(_changed(entry.before or {}, entry.after or {})) if entry.verb == "update" else (),
        )
        for entry in entries
    ]


_OF_THE_SYSTEM = {"id", "school_id", "origin", "recorded_by_id", "recorded_at", "completed_on"}


def _changed(before: dict[str, object], after: dict[str, object]) -> list[str]:
    """The questions whose answers changed, as the form calls them."""
    return [
        str(field.verbose_name)
        for field in Drill._meta.concrete_fields
        if (name := str(field.column)) not in _OF_THE_SYSTEM and before.get(name) != after.get(name)
    ]
