"""What the clock and the watch do for the tip line."""

from uuid import UUID

from django.utils import timezone

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.jobs import every, task
from shelterbelt.core.watching import watch
from shelterbelt.tips import watching
from shelterbelt.tips.actions import (
    deeds,  # noqa: F401  what a missed clock of a referral does
    escalating,
    forgetting,  # noqa: F401  hears which browsers are gone
    intake,
    keeping,
    listening,
)
from shelterbelt.tips.actions.months import keep_months
from shelterbelt.tips.attachments import tasks as files  # noqa: F401  declares what the watch does with files


@watch("tips.take_in", channel="tips_arrived", every=0.25)
def take_in() -> None:
    """Take in what arrived, until nothing waits. Asked four times a second: a call at each tip would slow the door."""
    now = clock.now()
    with acting_as_system("tip_desk", today=timezone.localdate(now), reason="take in tips"):
        taken = intake.take_in(at=now)
    if taken == intake.AT_ONCE:
        take_in()


@watch("tips.take_in_messages", channel="tips_arrived", every=1.0)
def take_in_messages() -> None:
    """Call the desk about what reporters wrote, until nothing waits."""
    if listening.take_in_messages(at=clock.now()) == listening.AT_ONCE:
        take_in_messages()


@watch("tips.keep_clocks", channel="tips_arrived", every=1.0)
def keep_clocks() -> None:
    """Act on clocks that are due, and call others where nobody answered. By the database's time, once it is steady."""
    now = watching.moment()
    if now is not None:
        escalating.keep_clocks(at=now)
        escalating.pass_on_alarms(at=now)


@task("tips.dispose", retry=5)
def dispose(batch: str) -> None:
    """Dispose of a batch that two people agreed to. Run twice, it finds nothing left to do."""
    now = clock.now()
    with acting_as_system("tip_desk", today=timezone.localdate(now), reason=f"disposal batch {batch}"):
        keeping.dispose(UUID(batch), at=now)


@every("40 * * * *", "tips.keep_months")
def keep_month_keys(_due: int) -> None:
    """Make the keys of this month and the next, and destroy those that hold nothing any more. Safe to repeat."""
    now = clock.now()
    with acting_as_system("tip_desk", today=timezone.localdate(now), reason="keep keys of months"):
        keep_months(at=now)
        keeping.destroy_empty_keys(at=now)
