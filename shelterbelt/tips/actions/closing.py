"""A tip ends, and may begin again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.tips.actions import counting, history
from shelterbelt.tips.actions.alarms import call_off_for
from shelterbelt.tips.actions.clocks import end_clocks, start_clock
from shelterbelt.tips.actions.following import follow
from shelterbelt.tips.actions.holding import desk_eyes
from shelterbelt.tips.actions.moving import locked, move
from shelterbelt.tips.models import Link, Referral, Tip
from shelterbelt.tips.policy import closing as policy
from shelterbelt.tips.queries.queue import said_to_be_none as none_of_them
from shelterbelt.tips.rules.retention import expires_on
from shelterbelt.tips.sealing import words as sealing
from shelterbelt.tips.sealing.opening import key_of

KINDS = ("claim", "dispatch", "acknowledge", "chain", "outcome", "reply")
LONGEST = 4000


@transaction.atomic
def close(tip: Tip, *, by: Standing, at: datetime, because: str = "") -> Tip:
    """End a tip: with an outcome of everybody who owes one, or by a supervisor's reason, which is kept sealed."""
    tip = locked(tip)
    reason = because.replace("\x00", "").strip()
    require(policy.may_close_without(by, tip) if reason else policy.may_close(by, tip))
    if len(reason) > LONGEST:
        raise ValidationError({"because": [_("That is longer than %(most)s characters.") % {"most": LONGEST}]})
    if reason:
        tip.closed_because = sealing.seal_text(key_of(tip), reason, kind="closed_because", of=tip.pk)
    _end(tip, "reason" if reason else "outcome", by=by, at=at)
    _close_duplicates(tip, by=by, at=at)
    return tip


def _end(tip: Tip, word: str, *, by: Standing, at: datetime) -> None:
    seconds = max(0, int((at - tip.received_at).total_seconds()))
    _close(tip, at)
    tip.save()
    _settle(tip, at)
    call_off_for(tip, by=by.person, at=at)
    history.write(tip, "close", at=at, by=by.person, word=word)
    counting.count("closed", [tip], at=at, word=word, seconds=seconds)


def _close_duplicates(tip: Tip, *, by: Standing, at: datetime) -> None:
    """What only repeats it ends with it. Else duplicates would stand linked for good, and never be disposed of."""
    links = Link.objects.filter(to=tip, kind=Link.Kind.DUPLICATE, undone_at=None)
    repeated = Tip.objects.filter(pk__in=links.values("tip"), state=Tip.State.LINKED)
    for duplicate in repeated.select_for_update(of=("self",)).order_by("pk"):
        _end(duplicate, "duplicate", by=by, at=at)


@transaction.atomic
def close_no_tips(numbers: Collection[UUID], *, by: Standing, at: datetime, because: str) -> int:
    """End what the desk said is no tip, many at once and for one reason; how many there were.

    Only what somebody chose, and only what is still said to be none: one that its reporter has written to meanwhile,
    or that a colleague thinks a tip after all, stays.
    """
    held = Tip.objects.filter(none_of_them(), pk__in=numbers).select_for_update(of=("self",)).order_by("pk")
    tips = list(held)
    for tip in tips:
        close(tip, by=by, at=at, because=because)
    return len(tips)


def _close(tip: Tip, at: datetime) -> None:
    """From here on no minute is kept, and the day is known on which it may be disposed of."""
    move(tip, Tip.State.CLOSED)
    tip.closed_at = tip.changed_at = at
    tip.received_at = tip.received_at.replace(minute=0, second=0, microsecond=0)
    tip.expires_on = expires_on(tip.kind, is_life_safety=tip.is_life_safety, closed_on=timezone.localdate(at))


def _settle(tip: Tip, at: datetime) -> None:
    """Outcomes are accepted by closing, links end, nothing is due any more."""
    tip.referrals.filter(state=Referral.State.ANSWERED).update(state=Referral.State.ACCEPTED)
    tip.referrals.update(link_hash=None, link_until=None)
    end_clocks(tip, KINDS, at=at, met=False)


@transaction.atomic
def reopen_at_desk(tip: Tip, *, by: Standing, at: datetime) -> Tip:
    """The desk opens a closed tip again."""
    tip = locked(tip)
    require(policy.may_reopen(by, tip))
    reopen(tip, at=at, by=by)
    return tip


def reopen(tip: Tip, *, at: datetime, by: Standing | None = None, by_whom: str = "reporter") -> bool:
    """Open a closed or linked tip again, whoever caused it; whether there was something to open.

    For whoever has asked already whether this may be: the desk's verb above, a reporter's message, a recipient's
    changed outcome. Clocks begin anew: somebody must take it on, if nobody has it, and send it out or close it again.
    """
    with desk_eyes(at, "reopen a tip"):
        held = locked(tip)
        if held.state not in {Tip.State.CLOSED, Tip.State.LINKED}:
            return False
        was_closed = held.state == Tip.State.CLOSED
        move(held, Tip.State.REOPENED)
        held.closed_at, held.closed_because, held.expires_on, held.changed_at = None, b"", None, at
        held.save(update_fields=["state", "closed_at", "closed_because", "expires_on", "changed_at"])
        person = by.person if by else None
        history.write(held, "reopen", at=at, by=person, by_whom="desk" if by else by_whom)
        _begin_anew(held, at)
        if was_closed:
            counting.count("reopened", [held], at=at, word="desk" if by else by_whom)
    tip.refresh_from_db()
    return True


def _begin_anew(tip: Tip, at: datetime) -> None:
    if tip.owner_id is None:
        start_clock(tip, "claim", at=at)
    start_clock(tip, "dispatch", at=at)


def reopen_for(tip: Tip, *, at: datetime) -> None:
    """A recipient said something new of a tip that was closed: the desk looks again."""
    if tip.state == Tip.State.CLOSED and reopen(tip, at=at, by_whom="recipient"):
        follow(tip, at)
