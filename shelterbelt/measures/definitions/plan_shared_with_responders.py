"""A school meets this when law enforcement and another responder acknowledged the plan version in force."""

from django.db.models import Q

from shelterbelt.measures.asking import Asked, Line, Share, Units, attested


def units_that_meet(asked: Asked) -> Units:
    """Sent is not received: each must have acknowledged."""
    another = (
        Q(answers__fire="acknowledged")
        | Q(answers__emergency_medical="acknowledged")
        | Q(answers__emergency_management="acknowledged")
    )
    return attested(asked, plan_in_force=True, law_enforcement="acknowledged").filter(another)


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
