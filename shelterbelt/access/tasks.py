"""What the clock does for the audit trail: seals it every minute, and signs the last link of each day that ended."""

from shelterbelt.access.audit import heads, sealing
from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.jobs import every


@every("* * * * *", "access.seal_audit")
def seal_audit(_due: int) -> None:
    """Seal what is over. Safe to repeat."""
    sealing.seal()


@every("7 * * * *", "access.sign_audit")
def sign_audit(_due: int) -> None:
    """Sign days that ended. Safe to repeat; fails, and says why, if the trail isn't the one signed before."""
    sealing.seal()
    with acting_as_system("clock", today=clock.today(), reason="sign the audit trail's days"):
        heads.sign_days_before(clock.today(), at=clock.now())
