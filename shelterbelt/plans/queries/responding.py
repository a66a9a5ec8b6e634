"""What an agency holds of plans, for its own people: the frozen parts of the version in force, ready to be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Place, PlanContact, Receipt, SeenPart, SeenPlan, When
from shelterbelt.plans.rules import responding as rules
from shelterbelt.plans.rules.responding import Cell

GOALS = frozenset({"when", "goal", "objectives", "courses"})
"""Facts of an annex, which are no table."""


@dataclass(frozen=True)
class ShownPart:
    """A part as a page shows it: text, a table, or goals with their courses of action."""

    key: str
    title: str
    html: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    goals: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class HeldPlan:
    """A plan that an agency holds, and whether it said that it has the version in force."""

    seen: SeenPlan
    receipt: Receipt | None

    @property
    def state(self) -> str:
        """Whether the version in force was acknowledged."""
        return "current" if self.receipt else "new"


def held_plan(share_id: UUID) -> SeenPlan | None:
    """The plan under a share, if whoever acts holds it now."""
    return SeenPlan.objects.select_related("org", "agency").filter(pk=share_id).first()


def plans_held_by(agency: Org) -> dict[int, HeldPlan]:
    """What an agency holds, by the organisation whose plan it is; in two queries, without any text."""
    seen = list(SeenPlan.objects.filter(agency=agency).defer("what_changed"))
    said = Receipt.objects.filter(share__in=[each.share_id for each in seen], agency=agency)
    receipts = {(each.share_id, each.version_id): each for each in said}
    return {each.org_id: HeldPlan(each, receipts.get((each.share_id, each.version_id))) for each in seen}


def receipt_of(seen: SeenPlan) -> Receipt | None:
    """That the version in force was acknowledged."""
    found = Receipt.objects.filter(share=seen.share_id, version=seen.version_id)
    return found.first()


def parts_held(seen: SeenPlan) -> list[ShownPart]:
    """Its parts, what is looked for first in front."""
    found = {part.key: part for part in SeenPart.objects.filter(share=seen.share_id).order_by("position")}
    return [_shown(found[key]) for key in rules.in_order(list(found))]


def raw_parts(seen: SeenPlan) -> list[dict[str, Any]]:
    """Its parts as they are frozen, in the plan's order: for printing."""
    rows = SeenPart.objects.filter(share=seen.share_id).order_by("position")
    return [dict(row) for row in rows.values("key", "kind", "title", "html", "facts")]


def _shown(part: SeenPart) -> ShownPart:
    facts: Sequence[Mapping[str, Any]] = part.facts or ()
    html = rules.in_words(part.html, _("Picture: %s"))
    if facts and set(facts[0]) >= GOALS:
        return ShownPart(part.key, part.title, html, (), (), tuple(_goal(row) for row in facts))
    names = rules.columns(part.key, facts)
    heads = tuple(_heads(names))
    rows = tuple(_row(heads, rules.cells(names, row, _kinds(part.key))) for row in facts)
    return ShownPart(part.key, part.title, html, heads, rows, ())


def _row(heads: Sequence[str], cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(replace(cell, head=head) for head, cell in zip(heads, cells, strict=True))


def _goal(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "when": dict(When.choices).get(row["when"], row["when"])}


def _kinds(key: str) -> Mapping[str, str]:
    choices: dict[str, Iterable[tuple[str, Any]]] = {"contacts": PlanContact.Kind.choices, "places": Place.Kind.choices}
    return {value: str(label) for value, label in choices.get(key, ())}


def _heads(names: Iterable[str]) -> list[str]:
    words = {
        "kind": _("What"),
        "name": _("Name"),
        "organization": _("Organization"),
        "phone": _("Phone"),
        "after_hours": _("After hours"),
        "checked_on": _("Checked"),
        "title": _("Title"),
        "holder": _("Who"),
        "first_deputy": _("First deputy"),
        "second_deputy": _("Second deputy"),
        "where": _("Where"),
        "capacity": _("Room for"),
        "note": _("Remarks"),
        "call": _("What is called out"),
        "students": _("Students"),
        "adults": _("Adults"),
        "probability": _("Probability"),
        "magnitude": _("Magnitude"),
        "warning": _("Warning"),
        "duration": _("Duration"),
        "priority": _("Priority"),
    }
    return [words.get(name, name.replace("_", " ").capitalize()) for name in names]
