"""A school meets this when its training and drill records of the year are complete by the standard form.

Drills are read from their records; trainings are attested until a module records them.
"""

from django.db.models import Count, F, FloatField, Q
from django.db.models.functions import Cast

from shelterbelt.measures.asking import Asked, Evidence, Line, Mean, Units, attested, in_force
from shelterbelt.measures.attesting import attestation_evidence
from shelterbelt.measures.drilling import RECORDED, drill_evidence, held_in

READS = ("drills",)


def _share_complete(asked: Asked) -> Units:
    """Each school's drills of the year: how many are complete (`complete`) and the share of them in percent (`n`)."""
    return (
        held_in(asked)
        .values(unit=F("school"))
        .annotate(complete=Count("id", filter=Q(completed_on__lte=asked.known_on)), held=Count("id"))
        .annotate(n=100.0 * Cast(F("complete"), FloatField()) / F("held"))
    )


def units_that_meet(asked: Asked) -> Units:
    """One or more of each kind of record, and all of them complete."""
    drilled = _share_complete(asked).filter(
        complete__gte=asked.threshold("min_drills"), n__gte=asked.threshold("min_complete_share")
    )
    return attested(asked, trainings_held__gte=asked.threshold("min_trainings")).filter(
        answers__trainings_complete__gte=F("answers__trainings_held"), org__in=drilled.values("unit")
    )


def units_that_reported(asked: Asked) -> Units:
    """Either kind of record."""
    drilled = held_in(asked).values(unit=F("school")).annotate(verified=RECORDED).values("unit", "verified")
    return drilled.union(in_force(asked).values(unit=F("org"), verified=F("level_on")))


def line_share_complete(asked: Asked) -> Line:
    """The average share of a school's drill records that are complete."""
    return Mean(_share_complete(asked).values("unit", "n"))


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The year's drills and the attestation of trainings."""
    return drill_evidence(asked, unit) + attestation_evidence(asked, unit)
