"""The few things a school should do next: late ones first, then by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from shelterbelt.access.standing import Standing
from shelterbelt.drills.models import Drill
from shelterbelt.drills.policy import may_schedule
from shelterbelt.drills.queries import SchoolDue
from shelterbelt.home.looking import Look
from shelterbelt.home.next_steps import Doing, about_drills
from shelterbelt.home.queries.checklist import Checklist, Line
from shelterbelt.orgs.models import Org

MOST = 5
SOON = 30
"""A drill rule due in so many days is better recorded than planned."""


@dataclass(frozen=True)
class Next:
    """One thing to do, until when, and on what ground."""

    what: str
    ground: str
    due_on: date
    is_late: bool
    because: str | Promise = ""
    doing: Doing | None = None
    planned: Drill | None = None
    """A drill that is planned for it already."""


def due_next(found: Checklist, standing: Standing, school: Org, look: Look) -> list[Next]:
    """At most five. What a planned drill covers comes after what nobody has begun."""
    every = [*_unrecorded(found, standing, school), *_rules(found, standing, school, look), *_lines(found)]
    return sorted(every, key=lambda each: (not each.is_late, each.due_on))[:MOST]


def _unrecorded(found: Checklist, standing: Standing, school: Org) -> Iterator[Next]:
    for drill in found.drills.waiting:
        if drill.planned_on:
            yield Next(
                what=_("Record the drill that was planned: %(kind)s") % {"kind": drill.get_kind_display()},
                ground=_("If it was not held, move it to another day."),
                due_on=drill.planned_on,
                is_late=True,
                doing=about_drills(standing, school, type(found.drills)(waiting=(drill,))),
            )


def _rules(found: Checklist, standing: Standing, school: Org, look: Look) -> Iterator[Next]:
    """The dated drill rules that aren't met."""
    may = may_schedule(standing, school) is None
    for each in found.requirements:
        due = each.due
        if not due.is_done:
            planned = due.scheduled[0] if due.scheduled and due.state == "scheduled" else None
            doing = _drill_doing(each, school, look) if may else None
            yield Next(
                what=_("%(rule)s: %(held)s of %(needed)s held")
                % {"rule": due.requirement.name, "held": len(due.held), "needed": due.needed},
                ground=due.requirement.source,
                due_on=due.due_on,
                is_late=due.state == "overdue",
                doing=_see(planned) if planned else doing,
                planned=planned,
            )


def _drill_doing(each: SchoolDue, school: Org, look: Look) -> Doing:
    rule = each.due.requirement
    if each.due.state == "overdue" or (each.due.due_on - look.day).days < SOON:
        return Doing(_("Record this drill"), reverse("drills:record", args=[school.pk]))
    chosen = {"requirement": rule.id, **({"kind": rule.kinds[0]} if rule.kinds else {})}
    return Doing(_("Plan this drill"), f"{reverse('drills:schedule', args=[school.pk])}?{urlencode(chosen)}")


def _see(drill: Drill) -> Doing:
    day = date_format(drill.planned_on, "MONTH_DAY_FORMAT") if drill.planned_on else ""
    return Doing(_("Planned for %(day)s") % {"day": day}, reverse("drills:drill", args=[drill.pk]))


def _lines(found: Checklist) -> Iterator[Next]:
    """Recommendations that the school itself can do something about; drills have their own rules above."""
    covered = {each.due.requirement.source for each in found.requirements}
    for line in found.lines:
        ruled = any(source.endswith(f", {line.recommendation.id}") for source in covered)
        if line.is_open and not line.is_districts and not ruled:
            yield _from_line(line)


def _from_line(line: Line) -> Next:
    return Next(
        what=str(line.recommendation.next_step or line.recommendation.text),
        ground=line.recommendation.id,
        due_on=line.due_on,
        is_late=line.is_late,
        because=line.because,
        doing=line.doing,
    )
