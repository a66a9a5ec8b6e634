"""What an answer and the plan of an assessment may say, in sentences."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

LONGEST_NOTE = 2000
MOST_PHOTOGRAPHS = 200
"""Of one assessment."""
MOST_OF_A_QUESTION = 12
FARTHEST = timedelta(days=550)
CLOCK_AHEAD = timedelta(minutes=5)


def problem_of_level(level: int | None, top: int) -> str:
    """Why a level can't be taken; empty if it can."""
    return "" if level is None or 0 <= level <= top else "Choose one of the answers."


def problem_of_note(note: str) -> str:
    """Why a note can't be taken; empty if it can."""
    return "" if len(note) <= LONGEST_NOTE else f"A note may have {LONGEST_NOTE:,} letters. Shorten it a little."


def problem_of_plan(planned_on: date, today: date, *, opened_on: date | None, closed_on: date | None) -> str:
    """Why a day can't be planned; empty if it can."""
    if planned_on < today - FARTHEST or planned_on > today + FARTHEST:
        return "Choose a day within the next eighteen months."
    if opened_on and planned_on < opened_on:
        return "The school wasn't open on that day yet."
    if closed_on and planned_on >= closed_on:
        return "The school is closed by then."
    return ""


def problem_of_walk(assessed_on: date, today: date) -> str:
    """Why a walk can't have ended on a day; empty if it can."""
    if assessed_on > today:
        return "That day hasn't come yet."
    if assessed_on < today - FARTHEST:
        return "That is more than eighteen months ago. Check the day."
    return ""


def written_by(written_at: datetime | None, at: datetime) -> datetime:
    """When an answer was written. A phone whose clock is ahead wrote it now."""
    if written_at is None or written_at > at:
        return at
    return written_at


def roles_of(roles: Collection[str]) -> int:
    """How many different roles took part."""
    return len(set(roles))
