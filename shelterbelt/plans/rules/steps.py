"""The six steps of the federal guide, and what is missing in each before it is done."""

from collections.abc import Collection
from dataclasses import dataclass

from shelterbelt.plans.rules import outline

STEPS = ("team", "hazards", "goals", "courses", "writing", "implementing")
"""In order, by the word in their address."""
FEWEST_RATED = 5
"""A plan that rates fewer hazards has hardly looked around."""
NEEDED_PLACES = frozenset({"assembly", "reunification", "shelter"})


@dataclass(frozen=True)
class Missing:
    """One thing that a step still lacks: which, and a number or name that its sentence tells."""

    step: str
    what: str
    number: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What is known of a plan when it is looked at."""

    org_kind: str
    groups: Collection[str] = ()
    rated: int = 0
    unrated: int = 0
    high_without_annex: tuple[str, ...] = ()
    annexes_without_goal: tuple[str, ...] = ()
    goals_without_course: int = 0
    not_ready: tuple[str, ...] = ()
    not_written: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    roles_open: int = 0
    contacts: int = 0
    contacts_old: int = 0
    places: Collection[str] = ()
    has_training: bool = False
    waiting: int = 0


def missing(known: Known) -> list[Missing]:
    """What the plan lacks, step by step; an empty list is a plan that can go to the board."""
    return [
        *_team(known),
        *_hazards(known),
        *_some("goals", "annexes_without_goal", known.annexes_without_goal),
        *_many("courses", "goals_without_course", known.goals_without_course),
        *_some("writing", "not_written", known.not_written),
        *_some("writing", "not_ready", known.not_ready),
        *_some("writing", "aside", known.aside),
        *_many("writing", "waiting", known.waiting),
        *_implementing(known),
    ]


def _team(known: Known) -> list[Missing]:
    names = tuple(group.name for group in outline.groups() if group.is_needed and group.key not in known.groups)
    return _some("team", "groups", names)


def _hazards(known: Known) -> list[Missing]:
    few = [Missing("hazards", "few_rated", FEWEST_RATED)] if known.rated < FEWEST_RATED else []
    unrated = _many("hazards", "unrated", known.unrated)
    return [*few, *unrated, *_some("hazards", "high_without_annex", known.high_without_annex)]


def _implementing(known: Known) -> list[Missing]:
    no_contact = [Missing("implementing", "no_contacts")] if not known.contacts else []
    no_training = [] if known.has_training else [Missing("implementing", "no_training")]
    places = NEEDED_PLACES - set(known.places) if known.org_kind == "school" else frozenset()
    return [
        *no_contact,
        *_many("implementing", "contacts_old", known.contacts_old),
        *_many("implementing", "roles_open", known.roles_open),
        *_some("implementing", "places", tuple(sorted(places))),
        *no_training,
    ]


def _many(step: str, what: str, number: int) -> list[Missing]:
    return [Missing(step, what, number)] if number else []


def _some(step: str, what: str, names: tuple[str, ...]) -> list[Missing]:
    return [Missing(step, what, len(names), names)] if names else []
