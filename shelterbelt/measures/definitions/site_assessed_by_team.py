"""A school meets this when a team assessed it in the year by a recognised method."""

from typing import Any

from shelterbelt.measures.asking import Asked, Evidence, Line, Share, attested
from shelterbelt.measures.assessing import BY_A_TEAM, assessed, assessment_evidence, schools
from shelterbelt.measures.attesting import attestation_evidence
from shelterbelt.measures.sets import Units

READS = ("assessments",)
RECOGNISED = ("site_assess", "cisa_ssat", "pass_guidelines", "state_tool", "other_recognised")


def units_that_meet(asked: Asked) -> Units:
    """By its records; a school without any in the year by what it attested: by a team, since 1 July."""
    return _by_a_team(asked)


def units_that_reported(asked: Asked) -> Units:
    """An assessment on record, or an attestation."""
    return attested(asked).or_in(schools(assessed(asked)))


def line_every_facility(asked: Asked) -> Line:
    """Every facility was assessed, as RSMo 160.480 asks."""
    return Share(_by_a_team(asked, every_facility=True))


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The year's assessments; without one, the attestation."""
    return assessment_evidence(asked, unit) or attestation_evidence(asked, unit)


def _by_a_team(asked: Asked, **more: Any) -> Units:
    recorded = assessed(asked)
    said = attested(
        asked,
        by_team=True,
        method__in=RECOGNISED,
        assessed_on__gte=asked.year.starts_on.isoformat(),
        assessed_on__lte=asked.on.isoformat(),
        **more,
    )
    return said.without(schools(recorded)).or_in(schools(recorded.filter(BY_A_TEAM, **more)))
