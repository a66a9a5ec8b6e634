"""A school meets this when law enforcement and another responder acknowledged the plan version in force."""

from shelterbelt.measures.answers import at_least, number_answering
from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """Sent is not received: each must have acknowledged."""
    others = number_answering("acknowledged", "fire", "emergency_medical", "emergency_management")
    police = attested(asked, plan_in_force=True, law_enforcement="acknowledged")
    return police.filter(at_least(others, asked.threshold("min_other_responders")))


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
