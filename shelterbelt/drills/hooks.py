"""How rooms above hear that a drill's record became complete, without this room knowing them."""

from collections.abc import Callable
from datetime import datetime

from shelterbelt.drills.models import Drill

OnCompleted = Callable[[Drill, datetime], None]
COMPLETED: list[OnCompleted] = []


def completed(function: OnCompleted) -> OnCompleted:
    """Have a function called, in the same transaction and scope, when a record becomes complete. Safe to repeat."""
    COMPLETED.append(function)
    return function


def tell(drill: Drill, at: datetime) -> None:
    """That it did."""
    for function in COMPLETED:
        function(drill, at)
