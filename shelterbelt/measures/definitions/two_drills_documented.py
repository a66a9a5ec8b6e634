"""A school meets this when it held and documented two or more drills of any kind."""

from shelterbelt.measures.asking import Asked, Evidence, Units
from shelterbelt.measures.drilling import documented_in, drill_evidence, held_in, schools_with

READS = ("drills",)


def units_that_meet(asked: Asked) -> Units:
    """The number of drills is the definition's, two by default."""
    return schools_with(documented_in(asked), at_least=asked.threshold("min_drills"))


def units_that_reported(asked: Asked) -> Units:
    """Any drill written down in the year."""
    return schools_with(held_in(asked), at_least=1)


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The year's drills, and which of them count."""
    return drill_evidence(asked, unit)
