"""What the clock does about plans."""

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.jobs import every
from shelterbelt.plans import actions, sharing_tasks  # noqa: F401  the queue looks for tasks here

_MOST_BATCHES = 1_000


@every("5 6 * * *", "plans.put_in_force")
def put_in_force(_due: int) -> None:
    """Put versions in force whose day has come. Safe to repeat."""
    for _batch in range(_MOST_BATCHES):
        with acting_as_system("clock", today=clock.today(), reason="plans whose day in force has come"):
            if not actions.put_due_in_force(on=clock.today()):
                return


@every("15 6 * * *", "plans.roll_forward")
def roll_forward(_due: int) -> None:
    """At the turn of the school year ask every school and district to confirm its plan and contacts. Safe to repeat."""
    for _batch in range(_MOST_BATCHES):
        with acting_as_system("clock", today=clock.today(), reason="a new school year for plans"):
            if not actions.roll_forward(on=clock.today(), at=clock.now()):
                return
