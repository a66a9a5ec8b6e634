"""Questions about teams, assessments and their answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from shelterbelt.assessments.models import Answer, Assessment, Photograph, Team, TeamMember
from shelterbelt.assessments.rules import cadence
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Membership, Org


def schools_within_reach(on: date) -> QuerySet[Org]:
    """The open schools that the offices of whoever acts reach."""
    mine = RawSQL("select unnest(access_my_orgs())", [])
    return Org.objects.schools().open_on(on).filter(pk__in=mine).order_by("name", "pk")


def of_school(school: Org) -> QuerySet[Assessment]:
    """A school's assessments, the latest first."""
    return Assessment.objects.filter(org=school).select_related("team").order_by("-planned_on", "pk")


def latest_answers(assessment: Assessment) -> dict[str, Answer]:
    """Of each question the answer that was written last."""
    rows = Answer.objects.filter(assessment=assessment)
    rows = rows.order_by("question", "-written_at", "-received_at", "-pk").distinct("question")
    return {row.question: row for row in rows}


def levels_of(answers: dict[str, Answer]) -> dict[str, int | None]:
    """The levels given; a mere note is no answer."""
    return {key: answer.level for key, answer in answers.items() if answer.is_answered}


def photographs_of(assessment: Assessment) -> dict[str, list[Photograph]]:
    """The photographs that weren't removed, by question."""
    found: dict[str, list[Photograph]] = {}
    rows = Photograph.objects.filter(assessment=assessment, removed_on=None).select_related("document")
    for row in rows.order_by("received_at", "pk"):
        found.setdefault(row.question, []).append(row)
    return found


def previous(assessment: Assessment) -> Assessment | None:
    """The last finished one of the same school by the same template, before this one."""
    day = assessment.assessed_on or assessment.planned_on
    before = Assessment.objects.finished().filter(
        org=assessment.org_id, template=assessment.template, method=Assessment.Method.TEMPLATE, assessed_on__lte=day
    )
    return before.exclude(pk=assessment.pk).order_by("-assessed_on", "-submitted_on", "pk").first()


def teams_for(school: Org, on: date) -> QuerySet[Team]:
    """The teams that may assess a school: its own, and its district's."""
    current = Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    districts = Membership.objects.filter(current, member=school, axis=Membership.DISTRICT).values("group")
    return Team.objects.filter(Q(org=school) | Q(org__in=districts), ended_on=None).order_by("org__kind", "name", "pk")


def members_of(team: Team, on: date) -> QuerySet[TeamMember]:
    """Who belongs to a team on a day."""
    return TeamMember.objects.filter(team=team).on(on).order_by("role", "name", "pk")


def roles_in(team: Team, on: date) -> int:
    """How many roles a team has on a day."""
    return members_of(team, on).order_by().values("role").distinct().count()


@dataclass(frozen=True)
class SchoolDue:
    """Where a school stands in its yearly assessment."""

    school: Org
    due: cadence.Due
    current: Assessment | None

    @property
    def is_open(self) -> bool:
        """Whether nothing is on its way."""
        return self.due.state in {"open", "overdue"}


_ORDER = {"overdue": 0, "open": 1, "under_way": 2, "done": 3}


def due_of(schools: Iterable[Org], year: SchoolYear, on: date) -> list[SchoolDue]:
    """What these schools owe a year, in one query; those that owe most first."""
    places = list(schools)
    of_year = Q(assessed_on__range=(year.starts_on, year.ends_on)) | Q(
        assessed_on=None, planned_on__range=(year.starts_on, year.ends_on)
    )
    rows = Assessment.objects.filter(of_year, org__in=places).exclude(status=Assessment.Status.CANCELLED)
    current: dict[int, Assessment] = {}
    for row in rows.order_by("planned_on", "pk"):
        known = current.get(row.org_id)
        if known is None or known.submitted_on is None or row.submitted_on is not None:
            current[row.org_id] = row
    found = [SchoolDue(place, _due(current.get(place.pk), year, on), current.get(place.pk)) for place in places]
    return sorted(found, key=lambda each: (_ORDER[each.due.state], each.school.name, each.school.pk))


def _due(current: Assessment | None, year: SchoolYear, on: date) -> cadence.Due:
    is_done = current is not None and current.submitted_on is not None
    return cadence.due(year, on, is_done=is_done, is_under_way=current is not None)
