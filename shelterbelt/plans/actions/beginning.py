"""Begin a plan, from the outline and from what the district has written."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Hazard, IcsRole, Plan, Section, Version
from shelterbelt.plans.policy import may_begin
from shelterbelt.plans.queries import plan_of_district
from shelterbelt.plans.rules import outline


@transaction.atomic
def begin_plan(*, org: Org, by: Standing, at: datetime, protocol: str = "five_actions") -> Plan:
    """Begin a plan: the sections of the outline, what the district sent its schools, the usual hazards and roles."""
    require(may_begin(by, org))
    above = plan_of_district(org, by.today)
    plan = _new_plan(org, by, at, above.protocol if above else protocol)
    Section.objects.bulk_create(_sections(plan, above))
    Hazard.objects.bulk_create(_hazards(plan))
    IcsRole.objects.bulk_create(_roles(plan))
    Version.objects.create(plan=plan, org=org, number=1, begun_on=by.today)
    return plan


def _new_plan(org: Org, by: Standing, at: datetime, protocol: str) -> Plan:
    try:
        with transaction.atomic():
            return Plan.objects.create(org=org, begun_at=at, begun_by=by.person, protocol=protocol)
    except IntegrityError as error:
        raise ValidationError(_("This plan was begun already. Open it and go on where it stands.")) from error


def _sections(plan: Plan, above: Plan | None) -> list[Section]:
    theirs = {section.key: section for section in above.sections.in_use().in_order()} if above else {}
    from_outline = [
        _section(plan, each, theirs.pop(each.key, None))
        for each in outline.sections()
        if each.key in theirs or each.belongs_at(plan.org.kind, has_district_plan=above is not None)
    ]
    return [*from_outline, *(_inherited(plan, section) for section in theirs.values())]


def _section(plan: Plan, each: outline.Outlined, source: Section | None) -> Section:
    made = Section(plan=plan, org=plan.org, key=each.key, kind=each.kind, title=each.title, position=each.position)
    if source is not None:
        made.source, made.accepted = source, source.sent
        made.state = Section.State.WRITING if source.sent else Section.State.EMPTY
    return made


def _inherited(plan: Plan, source: Section) -> Section:
    """A section that only the district has, such as an annex on a hazard."""
    each = outline.Outlined(source.key, source.kind, source.title, source.position)
    return _section(plan, each, source)


def _hazards(plan: Plan) -> list[Hazard]:
    return [
        Hazard(plan=plan, org=plan.org, key=known.key, name=known.name, category=known.category)
        for known in outline.hazards()
        if known.is_usual
    ]


def _roles(plan: Plan) -> list[IcsRole]:
    return [
        IcsRole(plan=plan, org=plan.org, key=role.key, title=role.title, position=number)
        for number, role in enumerate(outline.roles())
    ]
