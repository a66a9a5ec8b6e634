"""A school meets this when its training and drill records of the year are complete by the standard form.

Drills are read from their records; trainings are attested until a module records them.
"""

from typing import Any

from django.db.models import Count, F, FloatField, QuerySet
from django.db.models.functions import Cast

from shelterbelt.measures.asking import Asked, Evidence, Line, Mean, attested
from shelterbelt.measures.attesting import attestation_evidence
from shelterbelt.measures.drilling import documented, drill_evidence, held_in, schools_with
from shelterbelt.measures.sets import Units

READS = ("drills",)


def units_that_meet(asked: Asked) -> Units:
    """One or more of each kind of record, and all of them complete."""
    drilled = schools_with(
        asked, documented(asked),
        at_least=asked.threshold("min_drills"), percent=asked.threshold("min_complete_share"),
    )  # fmt: skip
    trained = attested(asked, trainings_held__gte=asked.threshold("min_trainings"))
    return trained.filter(answers__trainings_complete__gte=F("answers__trainings_held")).among(drilled)


def units_that_reported(asked: Asked) -> Units:
    """Either kind of record."""
    return schools_with(asked, at_least=1).or_in(attested(asked))


def line_share_complete(asked: Asked) -> Line:
    """The average share of a school's drill records that are complete."""
    complete = Count("id", filter=documented(asked))
    share: QuerySet[Any, Any] = (
        held_in(asked)
        .values(unit=F("school"))
        .annotate(n=100.0 * Cast(complete, FloatField()) / Count("id"))
        .values("unit", "n")
    )
    return Mean(share)


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The year's drills and the attestation of trainings."""
    return drill_evidence(asked, unit) + attestation_evidence(asked, unit)
