"""Which sections a plan has, who writes each, and which are ready."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.people.models import Person
from shelterbelt.plans.actions.listing import hold
from shelterbelt.plans.actions.writing import locked
from shelterbelt.plans.models import Hazard, Plan, Section
from shelterbelt.plans.policy import may_write, may_write_section
from shelterbelt.plans.rules import outline, states

MOST = 150
"""Sections that a plan may have."""


@transaction.atomic
def add_section(*, plan: Plan, kind: str, title: str, by: Standing) -> Section:
    """Add a section of the plan's own after the others of its kind."""
    held = hold(plan)
    require(may_write(by, held))
    if held.sections.count() >= MOST:
        raise ValidationError(_("A plan of so many sections is not read. Put some together first."))
    key = outline.OWN_PREFIX + slugify(title)[:50]
    if held.sections.filter(key=key).exists():
        raise ValidationError({"title": _("The plan has a section of this name already.")})
    last = held.sections.filter(kind=kind).aggregate(last=Max("position"))["last"] or outline.FIRST_HAZARD
    return Section.objects.create(plan=held, org=held.org, key=key, kind=kind, title=title, position=last + 1)


@transaction.atomic
def assign_section(*, section: Section, owner: Person | None, by: Standing) -> Section:
    """Say who writes a section."""
    require(may_write(by, section.plan))
    section.owner = owner
    section.save(update_fields=["owner"])
    return section


@transaction.atomic
def set_section_state(*, section_id: int, state: str, by: Standing, because: str = "") -> Section:
    """Say that a section is ready, is being written again, or is left out and why."""
    section = locked(section_id)
    require(may_write_section(by, section))
    if not states.section_may_become(section.state, state):
        raise ValidationError(_("The section can't be marked so now."))
    if state == Section.State.READY and not section.html:
        raise ValidationError(_("Nothing is written here yet, so it isn't ready."))
    if state == Section.State.LEFT_OUT and not because:
        raise ValidationError({"because": _("Say why the plan can do without it.")})
    section.state, section.left_out_because = state, because if state == Section.State.LEFT_OUT else ""
    section.save(update_fields=["state", "left_out_because"])
    _follow(section)
    return section


def _follow(section: Section) -> None:
    """A hazard is planned for as long as its annex is part of the plan."""
    if section.kind == Section.Kind.HAZARD:
        key = section.key.removeprefix(outline.HAZARD_PREFIX)
        is_in = section.state != Section.State.LEFT_OUT
        Hazard.objects.filter(plan=section.plan_id, key=key).update(is_planned_for=is_in)
