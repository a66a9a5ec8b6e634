"""The state meets this when a state school safety coordinator is designated on the day."""

from shelterbelt.measures.asking import Asked, Line, Share, Stated
from shelterbelt.measures.designations import designated, designated_since
from shelterbelt.measures.sets import Units

READS = ("designations",)


def units_that_meet(asked: Asked) -> Units:
    """States with a designation in force."""
    return designated(asked, "state_safety_coordinator")


def units_that_reported(asked: Asked) -> Units:
    """The state always knows: no designation is a no."""
    return designated(asked, "state_safety_coordinator")


def line_since_when(asked: Asked) -> Line:
    """The day from which the present designation holds."""
    return Stated(designated_since(asked, "state_safety_coordinator"))


def line_advisory_council(asked: Asked) -> Line:
    """An advisory council exists."""
    return Share(designated(asked, "advisory_council"))
