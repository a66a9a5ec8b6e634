"""What the watch does with files that arrived."""

from django.utils import timezone

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.jobs import every
from shelterbelt.core.storage import tip_store
from shelterbelt.core.watching import watch
from shelterbelt.tips.attachments.actions import cleaning

A_DAY = 86_400


@watch("tips.clean_files", channel="tips_files", every=1.0)
def clean_files() -> None:
    """Clean what waits, one after another, until nothing does. Each file is given a minute at most, then the next."""
    for _ in range(cleaning.AT_ONCE):
        now = clock.now()
        with acting_as_system("tip_desk", today=timezone.localdate(now), reason="clean files of tips"):
            claimed = cleaning.claim()
        if claimed is None:
            return
        with acting_as_system("tip_desk", today=timezone.localdate(now), reason="clean files of tips"):
            cleaning.clean(claimed, at=clock.now())


@every("25 3 * * *", "tips.clear_unfinished_files")
def clear_unfinished_files(due: int) -> None:
    """Remove what was half written when a process was killed. Sealed bytes without a key, so nobody misses them."""
    tip_store().clear_unfinished(begun_before=due - A_DAY)
