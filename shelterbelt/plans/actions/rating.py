"""Rate hazards, and have the plan meet them."""

from collections.abc import Sequence

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.plans.actions.listing import hold
from shelterbelt.plans.models import Hazard, Plan, Section
from shelterbelt.plans.policy import may_write
from shelterbelt.plans.rules import hazards as rules, outline


@transaction.atomic
def rate_hazard(*, hazard: Hazard, by: Standing, note: str = "", **ratings: int) -> Hazard:
    """Give a hazard its four ratings."""
    require(may_write(by, hold(hazard.plan)))
    for name in (rating.key for rating in outline.ratings()):
        setattr(hazard, name, ratings[name])
    hazard.note, hazard.score = note, rules.score(ratings)
    hazard.priority = rules.priority(hazard.score)
    hazard.save()
    return hazard


@transaction.atomic
def plan_for_hazard(*, hazard: Hazard, by: Standing) -> Section:
    """Give a hazard an annex of its own."""
    plan = hold(hazard.plan)
    require(may_write(by, plan))
    key = outline.HAZARD_PREFIX + hazard.key
    annex, is_new = Section.objects.get_or_create(
        plan=plan,
        key=key,
        defaults={
            "org": plan.org,
            "kind": Section.Kind.HAZARD,
            "title": hazard.name,
            "position": outline.FIRST_HAZARD + _place(hazard.key),
        },
    )
    if not is_new and annex.state == Section.State.LEFT_OUT:
        annex.state, annex.left_out_because = Section.State.WRITING, ""
        annex.save(update_fields=["state", "left_out_because"])
    hazard.is_planned_for = True
    hazard.save(update_fields=["is_planned_for"])
    return annex


@transaction.atomic
def add_hazards(*, plan: Plan, keys: Sequence[str], by: Standing) -> int:
    """Take hazards of the list into the plan's own; how many were new."""
    held = hold(plan)
    require(may_write(by, held))
    there = set(held.hazards.values_list("key", flat=True))
    new = [known for known in outline.hazards() if known.key in keys and known.key not in there]
    Hazard.objects.bulk_create(
        Hazard(plan=held, org=held.org, key=known.key, name=known.name, category=known.category) for known in new
    )
    return len(new)


def _place(key: str) -> int:
    known = [each.key for each in outline.hazards()]
    return known.index(key) if key in known else len(known)
