"""When a school's next bell rings."""

from datetime import datetime, timedelta

from shelterbelt.contacts.queries import timetable_of, zone
from shelterbelt.orgs.models import Org

WITHIN_THE_DAY = timedelta(minutes=30)
"""While school is held: no longer than half a lesson, for nobody enters each bell of the day."""
FARTHEST = 120
"""Days that are looked through: longer than any summer."""


def next_bell(school: Org, at: datetime) -> datetime:
    """The start of the next school day, or half an hour from now while school is held."""
    local = at.astimezone(zone())
    timetable = timetable_of(school, local.date())
    if timetable.in_session(at, zone()):
        return at + WITHIN_THE_DAY
    for days in range(FARTHEST):
        day = local.date() + timedelta(days=days)
        opens = datetime.combine(day, timetable.day.opens_at, tzinfo=zone())
        if timetable.has_school(day) and opens > at:
            return opens
    return at + WITHIN_THE_DAY
