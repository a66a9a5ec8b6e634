"""A school meets this when it held and documented two or more drills of any kind."""

from shelterbelt.measures.asking import Asked, Evidence
from shelterbelt.measures.drilling import documented, drill_evidence, schools_with
from shelterbelt.measures.sets import Units

READS = ("drills",)


def units_that_meet(asked: Asked) -> Units:
    """The number of drills is the definition's, two by default."""
    return schools_with(asked, documented(asked), at_least=asked.threshold("min_drills"))


def units_that_reported(asked: Asked) -> Units:
    """Any drill written down in the year."""
    return schools_with(asked, at_least=1)


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The year's drills, and which of them count."""
    return drill_evidence(asked, unit)
