"""What several outputs say of one plan, so that none can claim more than the others know."""

from dataclasses import replace

from django.db.models import F

from shelterbelt.attestations.models import Attestation
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.asking import Asked, attested
from shelterbelt.measures.sets import Said, Units
from shelterbelt.strategy import current

ABOUT_THE_EMERGENCY_PLAN = ("D-O1", "D-O2", "D-O3", "D-O4")


def emergency_plan_in_force(asked: Asked) -> Units:
    """Schools that said under any of D-O1 to D-O4 that a plan is in force; so each of these is at most this."""
    year: SchoolYear = asked.year
    return (
        Attestation.objects.filter(output__in=ABOUT_THE_EMERGENCY_PLAN, year=year.starts)
        .counting(asked.known_on)
        .filter(answers__plan_in_force=True)
        .values(unit=F("org"), verified=F("level_on"))
    )


def linked_cyber_plan(asked: Asked) -> Said:
    """Districts whose cyber plan is in force and linked to the emergency plan (J-O2)."""
    return attested(
        replace(asked, output=current().output("J-O2")), cyber_plan_in_force=True, linked_to_emergency_plan=True
    )
