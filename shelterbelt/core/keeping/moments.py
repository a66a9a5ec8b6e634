"""Which backup leads to a moment, and how a person writes one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shelterbelt.core import environment
from shelterbelt.core.keeping.backups import Backup, Backups
from shelterbelt.core.keeping.refusing import CannotKeep

NEWEST = "newest"


@dataclass(frozen=True)
class Goal:
    """What to bring back: a backup as it was made, or that and the log until a moment, or all of the log there is."""

    backup: Backup
    until: datetime | None = None
    is_newest: bool = False

    def __str__(self) -> str:
        """For the person who restores."""
        if self.until:
            return f"the state at {self.until:%Y-%m-%d %H:%M:%S %Z}"
        return (
            "the newest state there is"
            if self.is_newest
            else f"the state at {self.backup.manifest.when:%Y-%m-%d %H:%M} UTC"
        )


def read_moment(text: str) -> datetime:
    """A moment as people write it, in the state's time zone unless it names one."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise CannotKeep(f'{text!r} is no moment. Write it like "2026-11-24 09:00".') from error
    return moment if moment.tzinfo else moment.replace(tzinfo=_here())


def _here() -> ZoneInfo:
    return ZoneInfo(environment.text("TIME_ZONE", "America/Chicago", "The state's time zone, an IANA name."))


def goal(where: Backup | Backups, until: str, *, embedded: bool, now: datetime) -> Goal:
    """What was asked for, if there is a backup that leads to it."""
    moment = read_moment(until) if until not in {"", NEWEST} else None
    if moment and moment > now:
        raise CannotKeep(f"{moment:%Y-%m-%d %H:%M %Z} is still to come. Name a moment that has been.")
    one = where if isinstance(where, Backup) else _best(where, moment, embedded=embedded)
    _require_fitting(one, moment, until, embedded=embedded)
    is_log_wanted = until == NEWEST or (not until and isinstance(where, Backups))
    return Goal(one, moment, is_log_wanted and one.manifest.kind == "physical")


def _best(where: Backups, moment: datetime | None, *, embedded: bool) -> Backup:
    """The last backup made before the moment; a base backup where the log is to be followed."""
    known = [backup for backup in where.all() if embedded or backup.manifest.kind == "logical"]
    if moment:
        known = [backup for backup in known if backup.manifest.kind == "physical" and backup.manifest.when <= moment]
    if known:
        return known[-1]
    if moment:
        raise CannotKeep(f"No backup in {where.folder} was made before that moment, so it can't be reached.")
    raise CannotKeep(f"There is no {'' if embedded else 'logical '}backup in {where.folder}.")


def _require_fitting(one: Backup, moment: datetime | None, until: str, *, embedded: bool) -> None:
    if not embedded and one.manifest.kind == "physical":
        raise CannotKeep(
            "This backup holds the files of the database that comes with Shelterbelt; your own PostgreSQL can't take "
            "them. Make a logical one there: python -m shelterbelt backup --logical"
        )
    if until and one.manifest.kind == "logical":
        raise CannotKeep("A logical backup holds one moment only. Leave out --until, or name a physical backup.")
    if moment and moment < one.manifest.when:
        made = one.manifest.when.astimezone(UTC)
        raise CannotKeep(f"That backup was made later, at {made:%Y-%m-%d %H:%M:%S} UTC. Name an older one.")
