"""In whose name clocks and alarms are kept, and in which order things are locked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

from shelterbelt.access.scope import acting_as_system
from shelterbelt.tips.models import Tip


@contextmanager
def desk_eyes(at: datetime, reason: str) -> Iterator[None]:
    """See, and write, as the desk's own system: clocks and alarms are the desk's, whoever moves the tip."""
    with acting_as_system("tip_desk", today=timezone.localdate(at), reason=reason):
        yield


def hold(tip: Tip) -> int | None:
    """Let nobody else move the tip's clocks and alarms in this transaction; who owns it now.

    Everybody locks the tip first, so that nobody waits for somebody who waits for them.
    """
    return Tip.objects.select_for_update(no_key=True, of=("self",)).only("pk", "owner").get(pk=tip.pk).owner_id
