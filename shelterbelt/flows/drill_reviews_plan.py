"""A drill or incident that showed something about a part of the plan asks those who write it to look at that part."""

from datetime import datetime

from shelterbelt.drills.hooks import completed
from shelterbelt.drills.models import Drill
from shelterbelt.drills.rules import NO_PART
from shelterbelt.plans.actions.learning import open_lesson
from shelterbelt.plans.models import Plan

SECTIONS: dict[str, tuple[str, ...]] = {
    "evacuation": ("evacuate",),
    "shelter": ("shelter", "hazard-tornado"),
    "lockdown": ("lockdown",),
    "active_shooter": ("hazard-active_shooter", "lockdown"),
    "security": ("secure", "hold", "security"),
    "earthquake": ("hazard-earthquake",),
    "fire": ("hazard-fire", "evacuate"),
    "reunification": ("reunification",),
    "accounting": ("accounting",),
    "communications": ("communications",),
    "medical": ("medical", "cardiac"),
    "bus": ("transport", "hazard-bus"),
    "bomb_threat": ("hazard-bomb_threat",),
    "hazmat": ("hazard-hazmat",),
    "cyber": ("cyber", "hazard-cyberattack"),
    "continuity": ("continuity",),
    "recovery": ("recovery",),
}
"""Where a drill's part of the plan stands in a plan's outline, the best place first."""


@completed
def ask_to_review(drill: Drill, at: datetime) -> None:
    """Open a review task, once a drill's record is complete. A drill that went well asks nothing of the plan."""
    if drill.plan_part in {"", NO_PART} or not (drill.improvements or drill.nature != Drill.Nature.DRILL):
        return
    plan = Plan.objects.filter(org_id=drill.school_id).first()
    if plan is not None:
        open_lesson(plan, keys=SECTIONS.get(drill.plan_part, ()), what=_what(drill), source_id=str(drill.pk), at=at)


def _what(drill: Drill) -> str:
    """One sentence without what was learned: tasks are seen by more people than a drill's record."""
    kind = drill.get_kind_display() if drill.nature == Drill.Nature.DRILL else drill.get_nature_display()
    return f"{kind}, {drill.held_on}: see what it showed, and look at this part of the plan again."
