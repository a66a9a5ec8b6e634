"""What the queue and the clock do about shared plans."""

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.jobs import every, task
from shelterbelt.plans.actions import telling_agencies


@task("plans.tell_agency", retry=3)
def tell_agency(share: str) -> None:
    """Tell an agency of the version in force. Run twice, it tells once."""
    with acting_as_system("delivery", today=clock.today(), reason="tell an agency of a shared plan"):
        telling_agencies.tell_agency(share_id=share, at=clock.now())


@every("*/10 * * * *", "plans.tell_agencies")
def tell_agencies(_due: int) -> None:
    """Tell agencies of versions that came into force since. Safe to repeat."""
    with acting_as_system("delivery", today=clock.today(), reason="look for versions that agencies don't know of"):
        waiting = telling_agencies.untold()
    for share in waiting:
        tell_agency(share=share)
