"""Offer a district's text to its schools. Nothing changes at a school until somebody there says so."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.queries import schools_of
from shelterbelt.plans.actions.writing import locked
from shelterbelt.plans.models import Plan, ReviewTask, Section, SectionRevision
from shelterbelt.plans.policy import may_send_to_schools

DAYS_TO_LOOK = 30
"""How long a school has to take over a change, keep its own text, or put both together."""


@transaction.atomic
def send_to_schools(*, section_id: int, by: Standing, at: datetime) -> int:
    """Offer the text that stands to every school with a plan; how many were offered it."""
    section = locked(section_id)
    require(may_send_to_schools(by, section))
    return offer(section, by=by, at=at)


def offer(section: Section, *, by: Standing, at: datetime) -> int:
    """Open a review task at each school of the district, in place of the one that waits there for an earlier text."""
    text = section.revisions.get(number=section.revision)
    section.sent = text
    section.save(update_fields=["sent"])
    plans = Plan.objects.filter(org__in=schools_of(section.org_id, by.today))
    theirs = _theirs(section, list(plans))
    _pass_over(theirs, at)
    due = by.today + timedelta(days=DAYS_TO_LOOK)
    ReviewTask.objects.bulk_create(_task(each, text, at, due) for each in theirs)
    return len(theirs)


def offer_all(plan: Plan, *, by: Standing, at: datetime) -> int:
    """Offer every text of a district that its schools don't know yet; how many texts."""
    changed = [
        section
        for section in plan.sections.in_use().select_related("sent", "plan__org")
        if section.revision and (section.sent is None or section.sent.number != section.revision)
    ]
    for section in changed:
        offer(section, by=by, at=at)
    return len(changed)


def _theirs(section: Section, plans: list[Plan]) -> list[Section]:
    """The section as each school has it; where one doesn't, it is made there, empty."""
    there = {each.plan_id: each for each in Section.objects.filter(plan__in=plans, key=section.key)}
    new = [_heir(section, plan) for plan in plans if plan.pk not in there]
    Section.objects.bulk_create(new)
    Section.objects.filter(plan__in=plans, key=section.key, source=None).update(source=section)
    return [*there.values(), *new]


def _heir(section: Section, plan: Plan) -> Section:
    return Section(
        plan=plan,
        org_id=plan.org_id,
        key=section.key,
        kind=section.kind,
        title=section.title,
        position=section.position,
        source=section,
    )


def _pass_over(theirs: list[Section], at: datetime) -> None:
    waiting = ReviewTask.objects.open().filter(section__in=theirs, kind=ReviewTask.Kind.DISTRICT_CHANGE)
    waiting.update(outcome=ReviewTask.Outcome.PASSED, done_at=at)


def _task(section: Section, text: SectionRevision, at: datetime, due: date) -> ReviewTask:
    return ReviewTask(
        plan_id=section.plan_id,
        org_id=section.org_id,
        kind=ReviewTask.Kind.DISTRICT_CHANGE,
        section=section,
        offered=text,
        what=_("The district changed its part: %(title)s.") % {"title": section.title},
        opened_at=at,
        due_on=due,
    )
