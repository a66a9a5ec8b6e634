"""When somebody is reminded of a corrective action."""

from datetime import date, timedelta

BEFORE = timedelta(days=14)
"""So long before its day the first time."""
AGAIN = timedelta(days=30)
"""So often once its day has passed."""


def reminder_is_due(due_on: date, reminded_on: date | None, today: date) -> bool:
    """Two weeks before the day, once it has passed, and then every thirty days."""
    if today < due_on - BEFORE:
        return False
    if reminded_on is None or reminded_on < due_on - BEFORE:  # never, or before the day was moved
        return True
    if today <= due_on:
        return False
    return reminded_on <= due_on or reminded_on + AGAIN <= today
