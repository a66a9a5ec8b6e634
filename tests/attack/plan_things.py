"""A school's plan as it is being written: a section with its texts, a hazard, a goal, a contact, a task, a draft."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from shelterbelt.documents.models import Document
from shelterbelt.people.models import Person
from shelterbelt.plans.models import (
    Course,
    Drawing,
    Goal,
    Hazard,
    IcsRole,
    Incoming,
    Mark,
    Objective,
    Place,
    Plan,
    PlanContact,
    ReviewTask,
    Section,
    SectionRevision,
    TeamMeeting,
    TeamMember,
    Version,
)
from shelterbelt.plans.rules import freezing

if TYPE_CHECKING:
    from tests.attack.world import Things

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)


def fill(school: "Things", by: Person, word: str) -> None:
    """One of each."""
    org = school.org
    plan = Plan.objects.create(org=org, begun_at=NOW, begun_by=by, training=f"<p>{word}</p>")
    section = Section.objects.create(
        plan=plan, org=org, key="lockdown", kind="functional", title=word, position=1, body=f"<p>{word}</p>",
        state="writing", revision=1,
    )  # fmt: skip
    text = SectionRevision.objects.create(
        section=section, org=org, number=1, body=section.body, saved_at=NOW, saved_by=by
    )
    goal = Goal.objects.create(plan=plan, org=org, section=section, when="during", text=word)
    Objective.objects.create(goal=goal, org=org, text=word)
    _around(plan, word)
    drawing = Drawing.objects.create(
        plan=plan, org=org, kind="floor_plan", title=word, alt=word, sha256="0" * 64, width=800, height=500,
        added_by=by, added_at=NOW,
    )  # fmt: skip
    school.by_kind |= {
        "drawing": drawing,
        "mark": Mark.objects.create(drawing=drawing, org=org, kind="aed", number=1, label=word, x=1, y=1),
        "incoming": _brought(plan, by, word),
        "plan": plan,
        "section": section,
        "revision": text,
        "goal": goal,
        "course": Course.objects.create(goal=goal, org=org, text=word, role=word),
        "hazard": Hazard.objects.create(plan=plan, org=org, key="tornado", name=word, category="natural"),
        "plan_row": PlanContact.objects.create(plan=plan, org=org, kind="fire", name=word, phone="+15735550111"),
        "task": ReviewTask.objects.create(
            plan=plan, org=org, kind="lesson", what=word, opened_at=NOW, due_on=date(2026, 12, 1)
        ),
        "version": _in_force(plan, word),
        "draft": Version.objects.create(plan=plan, org=org, number=2, begun_on=TODAY),
    }


def _around(plan: Plan, word: str) -> None:
    """Who writes the plan and when they met, who leads in an incident, and where people go."""
    of_it = {"plan": plan, "org": plan.org}
    TeamMember.objects.create(
        **of_it, group="leadership", name=word, title=word, email=f"{word}@example.org", phone=word
    )
    TeamMeeting.objects.create(**of_it, held_on=TODAY, topics=word, attended=5)
    IcsRole.objects.create(**of_it, key="own-lead", title=word, holder=word, first_deputy=word, phone=word)
    Place.objects.create(**of_it, kind="assembly", name=word, where=word, note=word)


def _in_force(plan: Plan, word: str) -> Version:
    parts = [freezing.part("lockdown", "functional", word, f"<p>{word}</p>")]
    return Version.objects.create(
        plan=plan, org=plan.org, number=1, state="in_force", begun_on=TODAY, content=parts,
        sha256=freezing.digest(parts), frozen_at=NOW, adopted_on=TODAY, from_on=TODAY,
    )  # fmt: skip


def _brought(plan: Plan, by: Person, word: str) -> Incoming:
    original = Document.objects.create(
        org=plan.org, name=word, content_type="application/pdf", size=1, sha256="0" * 64, added_by=by, added_at=NOW,
        keep_until=date(2031, 11, 2), is_closed=True,
    )  # fmt: skip
    part = {"title": word, "level": 1, "html": f"<p>{word}</p>", "section": None, "taken": None}
    return Incoming.objects.create(
        plan=plan, org=plan.org, original=original, parts=[part], brought_at=NOW, brought_by=by
    )
