"""Questions about chains and their gaps."""

from shelterbelt.contacts.queries.chains import (
    Call,
    Summary,
    call_chain,
    chain_of,
    days_link_works,
    days_verified,
    is_in_session,
    is_red,
    state_of,
    summaries_of,
    summary_of,
    timetable_of,
    zone,
)
from shelterbelt.contacts.queries.gaps import Gap, Reached, gaps, reached

__all__ = [
    "Call",
    "Gap",
    "Reached",
    "Summary",
    "call_chain",
    "chain_of",
    "days_link_works",
    "days_verified",
    "gaps",
    "is_in_session",
    "is_red",
    "reached",
    "state_of",
    "summaries_of",
    "summary_of",
    "timetable_of",
    "zone",
]
