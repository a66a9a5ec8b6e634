"""A district meets this when a cybersecurity plan is in force and linked to the emergency plan in force."""

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """In force and linked."""
    return attested(asked, cyber_plan_in_force=True, linked_to_emergency_plan=True)


def line_any_cyber_plan(asked: Asked) -> Line:
    """Any cyber plan in force."""
    return Share(attested(asked, cyber_plan_in_force=True))
