"""What is set as data (defaults.yaml) and told to every rule."""

from dataclasses import dataclass
from datetime import time, timedelta


@dataclass(frozen=True)
class SchoolDay:
    """When school is in session on a day that has school."""

    opens_at: time
    closes_at: time
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    """ISO 8601: Monday is 1."""


@dataclass(frozen=True)
class Settings:
    """How long a confirmation holds, when it is asked for, and when school usually is in session."""

    verified_for: timedelta
    ask_on_days: tuple[int, ...]
    """Days after the first on which somebody is asked: once, and then reminded."""
    red_after: timedelta
    """After the first asking, when nobody answered."""
    link_works: timedelta
    asked_in_one_go: int
    full_chain_confirmed: int
    school_day: SchoolDay
    first_day: tuple[int, int]
    """Month and day on which school usually begins."""
    last_day: tuple[int, int]
    """Month and day on which it usually ends."""
