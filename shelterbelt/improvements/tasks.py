"""What the clock brings: reminders to those who see to something."""

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.jobs import every
from shelterbelt.improvements import reminding

_MOST_BATCHES = 1_000


@every("20 12 * * *", "improvements.remind_owners")
def remind_owners(_due: int) -> None:
    """Remind owners of what is due soon or overdue, batch by batch. Run twice, it reminds once."""
    for _batch in range(_MOST_BATCHES):
        with acting_as_system("clock", today=clock.today(), reason="remind owners of corrective actions"):
            if not reminding.remind_due(at=clock.now()):
                return
