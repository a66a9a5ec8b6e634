"""Recommendation D-L5 of the strategic plan, in full, explained drill by drill.

Two drills a year test the emergency plan: one for an active shooter, another on a different part of the plan; law
enforcement and first responders at each; each written up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from shelterbelt.drills.rules.kinds import KINDS, NO_PART, OTHER_PART
from shelterbelt.drills.rules.sentences import Sentence, _
from shelterbelt.drills.rules.standard_form import Record, missing_from

ACTIVE_SHOOTER = "active_shooter"


@dataclass(frozen=True)
class Line:
    """One of the two drills asked for: which drill answers it, and what that drill still lacks."""

    part: str
    sentence: Sentence
    drill: Any = None
    lacks: tuple[Sentence, ...] = ()

    @property
    def is_met(self) -> bool:
        """The drill was held and lacks nothing."""
        return self.drill is not None and not self.lacks


@dataclass(frozen=True)
class Explanation:
    """Whether D-L5 is met, and why."""

    lines: tuple[Line, ...]

    @property
    def is_met(self) -> bool:
        """Both drills count."""
        return all(line.is_met for line in self.lines)


LACKS: tuple[tuple[Callable[[Record], bool], str], ...] = (
    (lambda drill: drill.plan_part not in {"", NO_PART}, _("It doesn't name the part of the plan it tested.")),
    (lambda drill: bool(drill.law_enforcement_present), _("Law enforcement wasn't there by the record.")),
    (
        lambda drill: bool(drill.fire_present or drill.ems_present or drill.emergency_management_present),
        _("No first responders (fire, EMS or emergency management) were there by the record."),
    ),
    (lambda drill: not missing_from(drill), _("The record isn't complete yet.")),
)


def two_drills_as_recommended(drills: Sequence[Any]) -> Explanation:
    """Judge the drills that a school held in a year; of all pairs the one that lacks least is explained."""
    held = sorted(
        (drill for drill in drills if drill.nature == "drill" and drill.held_on is not None),
        key=lambda drill: drill.held_on,
    )
    shooters = [drill for drill in held if drill.kind == ACTIVE_SHOOTER] or [None]
    others = [drill for drill in held if drill.kind != ACTIVE_SHOOTER] or [None]
    shooter, other = min(product(shooters, others), key=_lacking)
    return Explanation((_shooter_line(shooter), _other_line(other, shooter)))


def _lacking(pair: tuple[Any, Any]) -> tuple[int, int]:
    """How much a pair lacks in all, then how much its active shooter drill does."""
    shooter, other = pair
    of_shooter = 0 if shooter is None else len(_lacks(shooter))
    return of_shooter + (0 if other is None else len(_lacks(other, shooter))), of_shooter


def _lacks(drill: Any, beside: Any = None) -> tuple[Sentence, ...]:
    found = [Sentence(text) for has, text in LACKS if not has(drill)]
    if beside is not None and drill.plan_part and _part(drill) == _part(beside):
        found.append(Sentence(_("It tested the same part of the plan as the active shooter drill.")))
    return tuple(found)


def _part(drill: Any) -> tuple[str, str]:
    """The part, and its name where it is one of the school's own; measures.drilling counts by the same two."""
    return drill.plan_part, drill.plan_part_other.strip(" ").lower() if drill.plan_part == OTHER_PART else ""


def _shooter_line(drill: Any) -> Line:
    if drill is None:
        return Line("active_shooter", Sentence(_("No active shooter drill has been recorded this school year.")))
    return _line("active_shooter", drill, _lacks(drill))


def _other_line(drill: Any, shooter: Any) -> Line:
    if drill is None:
        return Line("other", Sentence(_("No drill on another part of the plan has been recorded this school year.")))
    return _line("other", drill, _lacks(drill, shooter))


def _line(part: str, drill: Any, lacks: tuple[Sentence, ...]) -> Line:
    text = _("The %(kind)s of %(day)s counts.") if not lacks else _("The %(kind)s of %(day)s doesn't count yet.")
    return Line(part, Sentence(text, {"kind": KINDS[drill.kind].words, "day": drill.held_on}), drill, lacks)
