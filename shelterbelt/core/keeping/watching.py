"""How old the newest backup is, for the figures that operators watch."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from shelterbelt.core import clock, environment, metrics_page
from shelterbelt.core.keeping import archive, writing_key
from shelterbelt.core.keeping.backups import Backups
from shelterbelt.core.keeping.refusing import CannotKeep


@metrics_page.asked
def figures() -> Iterator[tuple[str, str, float]]:
    """Without backups set up there is no age, which an alert notices."""
    home = environment.home()
    try:
        key = writing_key.read(writing_key.kept_at(home))
        if key is None or not key.folder:
            return
        waiting = archive.waiting(home)
        yield "backup_log_waiting", "Files of the log of changes that wait to be archived.", _count(waiting)
        made = [one.manifest.made_at for one in Backups(Path(key.folder)).all()]
    except (CannotKeep, OSError):  # the disk for backups is away: the age goes missing too
        return
    if made:
        age = (clock.now() - datetime.fromisoformat(max(made))).total_seconds()
        yield "backup_age_seconds", "For how long the newest whole backup has been there.", age


def _count(folder: Path) -> int:
    return sum(not path.name.startswith(".") for path in folder.iterdir()) if folder.is_dir() else 0
