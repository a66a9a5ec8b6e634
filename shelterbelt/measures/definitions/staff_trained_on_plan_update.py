"""A school meets this when, after the year's plan update, a session on it reached 90 % of staff."""

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """No update in the year is a no, not an exemption."""
    return attested(
        asked,
        plan_in_force=True,
        updated_in_year=True,
        session_held=True,
        after_update=True,
        staff_share__gte=asked.threshold("min_staff_share"),
    )


def line_any_session(asked: Asked) -> Line:
    """Any session on the plan."""
    return Share(attested(asked, plan_in_force=True, session_held=True))
