"""What arrived is taken in at the desk: its key is wrapped for the desk, it is counted, clocks and alarms begin."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from shelterbelt.core import log_lines
from shelterbelt.tips.actions import alarms, clocks, counting, history
from shelterbelt.tips.models import Tip
from shelterbelt.tips.sealing import months, words

log = log_lines.logger("shelterbelt.tips")
AT_ONCE = 200


@transaction.atomic
def take_in(*, at: datetime, most: int = AT_ONCE) -> int:
    """Take in tips that are let through; how many there were. Several processes may do it at once, each its own.

    Who is on duty is called in the same transaction: a tip about life safety that is at the desk rings.
    """
    waiting = Tip.objects.filter(taken_in_at=None).filter(Q(release_at=None) | Q(release_at__lte=at))
    tips = list(
        waiting.order_by("-is_life_safety", "received_at").select_for_update(
            skip_locked=True, of=("self",), no_key=True
        )[:most]
    )
    broken = [tip for tip in tips if not _take(tip, at)]
    _keep(tips, at)
    counting.count("received", tips, at=at)
    history.write_all(tips, "file", by_whom="reporter", at=at)
    for tip in broken:
        history.write(tip, "unreadable", at=at, by_whom="system")
    clocks.start_all(tips, at=at)
    alarms.raise_for_new([tip for tip in tips if tip.is_life_safety], at=at)
    return len(tips)


_KEEP = """
update tips_tip t set key_for_desk = new.desk, key_at_door = new.door, taken_in_at = %(at)s, changed_at = %(at)s
from unnest(%(ids)s::uuid[], %(desk)s::bytea[], %(door)s::bytea[]) as new (id, desk, door) where t.id = new.id
"""
# bulk_update() writes a case for each row and column, which costs more than opening the tips.


def _keep(tips: list[Tip], at: datetime) -> None:
    keys = [(tip.pk, bytes(tip.key_for_desk), bytes(tip.key_at_door)) for tip in tips]
    ids, desk, door = zip(*keys, strict=True) if keys else ((), (), ())
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"at": at, "ids": list(ids), "desk": list(desk), "door": list(door)})


def _take(tip: Tip, at: datetime) -> bool:
    """Take one in; whether it can be read.

    One that can't waits in the queue and rings all the same, with its key as it came: the folder of keys may come
    back. And whoever gets hold of the door's login can't keep other tips from the desk by one that is broken.
    """
    tip.taken_in_at = tip.changed_at = at
    try:
        month = months.read(tip.month_id)
        key = month.open_door(tip.key_at_door)
        words.unseal_answers(key, tip.body, kind="body", of=tip.id)
    except (months.MonthGone, words.Unreadable) as error:
        log.error("a tip can't be read", error=type(error).__name__)  # noqa: TRY400  no more is known, and none told
        return False
    tip.key_for_desk, tip.key_at_door = month.wrap(key), b""
    return True
