"""What a reporter wrote after filing is taken in at the desk: somebody is called, an answer is due, a tip reopens."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from shelterbelt.tips.actions import history
from shelterbelt.tips.actions.alarms import raise_alarms
from shelterbelt.tips.actions.clocks import resume_clocks, start_clock
from shelterbelt.tips.actions.closing import reopen
from shelterbelt.tips.actions.holding import desk_eyes
from shelterbelt.tips.actions.moving import move
from shelterbelt.tips.models import Alarm, Message, Tip

AT_ONCE = 200
KEPT_ON = timedelta(days=30)
"""A tip whose reporter wrote is kept at least so much longer (tip brief, section 6)."""


def take_in_messages(*, at: datetime, most: int = AT_ONCE) -> int:
    """Take in what reporters wrote about tips that are at the desk; how many tips it was about. Each once."""
    with desk_eyes(at, "look for reporters' messages"):
        waiting = Message.objects.filter(taken_in_at=None, way=Message.Way.FROM_REPORTER)
        numbers = waiting.exclude(tip__taken_in_at=None).order_by("at").values_list("tip", flat=True)[:most]
        tips = list(dict.fromkeys(numbers))
    return sum(_take_in(number, at) for number in tips)


def _take_in(number: UUID, at: datetime) -> int:
    """All that is new of one tip, unless its tip is being worked on this very moment."""
    with desk_eyes(at, "take in a reporter's messages"):
        tip = Tip.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=number).first()
        if tip is None:
            return 0
        new = Message.objects.filter(tip=tip, taken_in_at=None, way=Message.Way.FROM_REPORTER)
        last = new.order_by("-at").values_list("at", flat=True).first()
        count = new.update(taken_in_at=at)
        if last is None or not count:
            return 0
        history.write(tip, "reporter_wrote", at=at, by_whom="reporter", messages=count)
        _move_on(tip, at)
        _keep_on(tip, last, at)
        start_clock(tip, "reply", at=at)
        raise_alarms(tip, Alarm.Because.REPORTER_WROTE, at=at)
    return 1


def _move_on(tip: Tip, at: datetime) -> None:
    """A closed tip reopens with fresh clocks; one that waited for its reporter waits no more."""
    if tip.state == Tip.State.CLOSED:
        reopen(tip, at=at)
    elif tip.state == Tip.State.NEEDS_INFO:
        move(tip, Tip.State.IN_TRIAGE)
        resume_clocks(tip, at=at)


def _keep_on(tip: Tip, wrote_at: datetime, at: datetime) -> None:
    tip.changed_at = at
    tip.reporter_wrote_at = max(tip.reporter_wrote_at or wrote_at, wrote_at)
    if tip.expires_on is not None:
        tip.expires_on = max(tip.expires_on, timezone.localdate(at) + KEPT_ON)
    tip.save(update_fields=["state", "changed_at", "reporter_wrote_at", "expires_on"])
