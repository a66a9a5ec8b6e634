"""The state meets this when a lead agency for mental and behavioral health programs is designated on the day."""

from shelterbelt.measures.asking import Asked
from shelterbelt.measures.designations import designated
from shelterbelt.measures.sets import Units

READS = ("designations",)


def units_that_meet(asked: Asked) -> Units:
    """States with a designation in force."""
    return designated(asked, "behavioral_health_lead")


def units_that_reported(asked: Asked) -> Units:
    """The state always knows: no designation is a no."""
    return designated(asked, "behavioral_health_lead")
