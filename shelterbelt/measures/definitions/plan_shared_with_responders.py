"""A school meets this when law enforcement and another responder acknowledged the plan version in force."""

from shelterbelt.measures.answers import at_least, number_answering
from shelterbelt.measures.asking import Asked, Evidence, Line, Share, attested
from shelterbelt.measures.attesting import attestation_evidence
from shelterbelt.measures.sets import Units
from shelterbelt.measures.sharing import shared_with, shared_with_the_trio, sharing_evidence, with_a_version

READS = ("plans",)


def units_that_meet(asked: Asked) -> Units:
    """Sent is not received: each must have acknowledged. A school without a version here is judged by its report."""
    least = asked.threshold("min_other_responders")
    others = number_answering("acknowledged", "fire", "emergency_medical", "emergency_management")
    police = attested(asked, plan_in_force=True, law_enforcement="acknowledged").filter(at_least(others, least))
    return police.without(with_a_version(asked)).or_in(shared_with(asked, others=int(least)))


def units_that_reported(asked: Asked) -> Units:
    """A version in force, or an attestation."""
    return attested(asked).or_in(with_a_version(asked))


def line_statute_trio(asked: Asked) -> Line:
    """Law enforcement, fire and emergency management, as RSMo 160.480 names them."""
    said = attested(
        asked,
        plan_in_force=True,
        law_enforcement="acknowledged",
        fire="acknowledged",
        emergency_management="acknowledged",
    )
    return Share(said.without(with_a_version(asked)).or_in(shared_with_the_trio(asked)))


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """Who acknowledged the version in force; without one here, the attestation."""
    if with_a_version(asked).filter(org=unit).exists():
        return sharing_evidence(asked, unit)
    return attestation_evidence(asked, unit)
