"""What the clock brings: reminders to schools that owe their year an assessment."""

from shelterbelt.access.scope import acting_as_system
from shelterbelt.assessments import reminding
from shelterbelt.assessments.rules.cadence import reminds_on
from shelterbelt.core import clock
from shelterbelt.core.jobs import every

_MOST_BATCHES = 1_000


@every("40 12 * * *", "assessments.remind_schools")
def remind_schools(_due: int) -> None:
    """On three days of the year, batch by batch. Run twice, it reminds once: a message has its key."""
    today = clock.today()
    if not reminds_on(today):
        return
    after = 0
    for _batch in range(_MOST_BATCHES):
        with acting_as_system("clock", today=today, reason="remind schools of their yearly assessment"):
            last = reminding.remind_some(after=after, on=today, at=clock.now())
        if last is None:
            return
        after = last
