"""A school meets this when law enforcement and another responder acknowledged the plan version in force."""

from shelterbelt.measures.answers import number_answering
from shelterbelt.measures.asking import Asked, Line, Share, Units, attested


def units_that_meet(asked: Asked) -> Units:
    """Sent is not received: each must have acknowledged."""
    others = number_answering("acknowledged", "fire", "emergency_medical", "emergency_management")
    police: Units = attested(asked, plan_in_force=True, law_enforcement="acknowledged").alias(others=others)
    units: Units = police.filter(others__gte=asked.threshold("min_other_responders"))
    return units


def line_statute_trio(asked: Asked) -> Line:
    """Law enforcement, fire and emergency management, as RSMo 160.480 names them."""
    return Share(
        attested(
            asked,
            plan_in_force=True,
            law_enforcement="acknowledged",
            fire="acknowledged",
            emergency_management="acknowledged",
        )
    )
