"""Decisions about findings and corrective actions, without database or clock."""

from shelterbelt.improvements.rating import RATINGS, rating
from shelterbelt.improvements.rules.reminders import reminder_is_due
from shelterbelt.improvements.states import NEXT, OPEN, TO_WATCH, may_become

__all__ = ["NEXT", "OPEN", "RATINGS", "TO_WATCH", "may_become", "rating", "reminder_is_due"]
