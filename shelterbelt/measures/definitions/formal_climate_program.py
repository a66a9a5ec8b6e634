"""A school meets this when a formal climate program runs with the five components that C-L2 lists."""

from typing import Any

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units

COMPONENTS: dict[str, Any] = {
    "positive_interactions": True,
    "feeling_safe": True,
    "consistent_expectations": True,
    "family_and_community": True,
    "learning_expectations": True,
}
PROGRAMS = ("pbis", "restorative", "comparable")


def units_that_meet(asked: Asked) -> Units:
    """A program of the list or a comparable one, with all five components."""
    return attested(asked, program__in=PROGRAMS, **COMPONENTS)


def line_fidelity_measured(asked: Asked) -> Line:
    """How faithfully it runs was measured."""
    return Share(attested(asked, program__in=PROGRAMS, fidelity_measured=True, **COMPONENTS))


def line_fidelity_reached(asked: Asked) -> Line:
    """It was measured and reached."""
    return Share(attested(asked, program__in=PROGRAMS, fidelity_measured=True, fidelity_reached=True, **COMPONENTS))
