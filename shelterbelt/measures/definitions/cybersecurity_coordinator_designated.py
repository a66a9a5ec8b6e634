"""A district meets this when a cybersecurity coordinator is designated on the day."""

from shelterbelt.measures.asking import Asked
from shelterbelt.measures.designations import designated, ever_designated
from shelterbelt.measures.sets import Units

READS = ("designations",)


def units_that_meet(asked: Asked) -> Units:
    """Districts with a designation in force."""
    return designated(asked, "cybersecurity_coordinator")


def units_that_reported(asked: Asked) -> Units:
    """Whoever designated one before and has none now said no; the others said nothing."""
    return ever_designated(asked, "cybersecurity_coordinator")
