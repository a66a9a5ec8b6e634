"""How far a plan is, in few questions."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.plans.models import Goal, Plan, Section, SectionRevision
from shelterbelt.plans.queries.composing import open_texts
from shelterbelt.plans.rules import outline, steps


def missing_of(plan: Plan, on: date) -> list[steps.Missing]:
    """What the plan lacks before it can go to the board."""
    return steps.missing(known_of(plan, on))


def known_of(plan: Plan, on: date) -> steps.Known:
    """What the rules want to know of a plan."""
    hazards = list(plan.hazards.values_list("name", "priority", "is_planned_for"))
    sections = list(_sections(plan))
    checked = Q(checked_on__gte=SchoolYear.of(on).starts_on)
    contacts = plan.contacts.aggregate(all=Count("pk"), fresh=Count("pk", filter=checked))
    return steps.Known(
        org_kind=plan.org.kind,
        groups=set(plan.team.values_list("group", flat=True)),
        rated=sum(1 for _name, priority, _planned in hazards if priority),
        unrated=sum(1 for _name, priority, _planned in hazards if not priority),
        high_without_annex=tuple(name for name, priority, planned in hazards if priority == "high" and not planned),
        annexes_without_goal=_titles(each for each in sections if _wants_goals(each)),
        goals_without_course=plan.goals.filter(courses=None).count(),
        not_written=_titles(each for each in sections if _is_needed(each) and each.state == Section.State.EMPTY),
        not_ready=_titles(each for each in sections if each.state == Section.State.WRITING),
        aside=tuple(open_texts(plan).values_list("title", flat=True)),
        roles_open=plan.roles.filter(holder="").count(),
        contacts=contacts["all"],
        contacts_old=contacts["all"] - contacts["fresh"],
        places=set(plan.places.values_list("kind", flat=True)),
        has_training=bool(plan.training),
        waiting=plan.tasks.open().filter(kind="district_change").count(),
    )


def _sections(plan: Plan) -> Iterable[Section]:
    has_goals = Exists(Goal.objects.filter(Q(section=OuterRef("pk")) | Q(section=OuterRef("source"))))
    return plan.sections.in_use().in_order().defer("body").annotate(has_goals=has_goals)


def _wants_goals(section: Section) -> bool:
    """Annexes need goals; those not begun are missed elsewhere if they are needed."""
    return section.kind != Section.Kind.BASIC and section.state != Section.State.EMPTY and not section.has_goals  # type: ignore[attr-defined]


def _is_needed(section: Section) -> bool:
    return section.key in outline.needed_keys() or section.kind == Section.Kind.HAZARD


def _titles(sections: Iterable[Section]) -> tuple[str, ...]:
    return tuple(section.title for section in sections)


def texts_aside(section: Section) -> list[SectionRevision]:
    """The texts of a section that wait to be merged, the first one first."""
    waiting = section.revisions.filter(origin=SectionRevision.Origin.ASIDE, settled_at=None)
    return list(waiting.select_related("saved_by").order_by("saved_at", "pk"))
