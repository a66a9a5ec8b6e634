"""Why a session has ended, whatever is done in it: asked by each request, and by files on their way to somebody."""

from typing import Any

from shelterbelt.core import clock
from shelterbelt.people.federation.offering import still_vouched_for
from shelterbelt.people.sign_in_rules import session_limits, session_over


def why_over(session: Any, standing: Any) -> str:
    """As SignIn.Ended names it, by what their offices ask and who vouched for them; empty while it lasts."""
    over = session_over(
        begun_at=session.begun_at,
        seen_at=session.seen_at,
        now=clock.now(),
        limits=session_limits(standing.offices_that_ask),
    )
    return over or ("" if still_vouched_for(session, standing.person, standing.today) else "provider")
