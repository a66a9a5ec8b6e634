"""The clock, looked at by views and tasks only; everything below is told the time."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, with its time zone."""
    return timezone.now()


def today() -> date:
    """The day at the state's own time zone."""
    return timezone.localdate()
