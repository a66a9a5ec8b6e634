"""What the desk makes of a tip: whether it is about life safety, and whether it is a tip at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import counting, history, saying
from shelterbelt.tips.actions.alarms import call_off_for, raise_alarms
from shelterbelt.tips.actions.clocks import end_clocks, restart_clocks, start_clock
from shelterbelt.tips.actions.moving import locked
from shelterbelt.tips.models import Alarm, Message, Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.rules import plans, states

LONGEST_REASON = 1000
OWN_CLOCKS = tuple(kind for kind in plans.KINDS if kind not in plans.OF_REFERRALS)
"""What the desk itself owes a tip; what recipients owe goes on, whatever it turned out to be."""


@transaction.atomic
def mark_life_safety(tip: Tip, *, yes: bool, reason: str, by: Standing, at: datetime) -> Tip:
    """Say that a tip is about life safety, or that it is not. Why is kept sealed among the notes."""
    tip = locked(tip)
    require(desk.may_judge(by, tip))
    if tip.is_life_safety == yes:
        raise ValidationError(_("It stands so already."))
    note = _reason(tip, reason, by, at)
    with recounted(tip, at):
        tip.is_life_safety = yes
        tip.life_safety_because = Tip.Because.ANALYST if yes else Tip.Because.NO
        tip.changed_at = at
        tip.save(update_fields=["is_life_safety", "life_safety_because", "changed_at"])
    restart_clocks(tip, at=at)
    if yes:
        raise_alarms(tip, Alarm.Because.LIFE_SAFETY, at=at)
    else:
        call_off_for(tip, by=by.person, at=at, because=[Alarm.Because.LIFE_SAFETY])
    history.write(tip, "life_safety" if yes else "not_life_safety", at=at, by=by.person, note=str(note.pk))
    return tip


@transaction.atomic
def judge(tip: Tip, *, kind: str, reason: str, by: Standing, at: datetime) -> Tip:
    """Say what a tip turned out to be: a test, spam, a prank, false, not for this line, or a tip after all.

    A duplicate is said by linking it to the tip that it repeats (linking.py).
    """
    tip = locked(tip)
    require(desk.may_judge(by, tip))
    if Tip.Kind.DUPLICATE in {kind, tip.kind}:
        raise ValidationError(_("What is a duplicate is said by its link to the other tip: link it, or undo the link."))
    if tip.kind == kind:
        raise ValidationError(_("It stands so already."))
    note = _reason(tip, reason, by, at)
    recount_as(tip, kind, at)
    if kind == Tip.Kind.REAL:
        go_on(tip, at)
    else:
        set_aside(tip, by=by.person, at=at)
    history.write(tip, "judge", at=at, by=by.person, kind=kind, note=str(note.pk))
    return tip


def recount_as(tip: Tip, kind: str, at: datetime) -> None:
    """Save a tip as of another kind, and count it as that from here on."""
    with recounted(tip, at):
        tip.kind, tip.changed_at = kind, at
        tip.save(update_fields=["kind", "changed_at"])


def set_aside(tip: Tip, *, by: Person, at: datetime) -> None:
    """Nothing is owed to it at the desk, and it calls nobody any more."""
    end_clocks(tip, OWN_CLOCKS, at=at, met=False)
    call_off_for(tip, by=by, at=at)


def go_on(tip: Tip, at: datetime) -> None:
    """Something is owed again to a tip that was thought to be none."""
    if tip.state in states.BEFORE_SENT:
        start_clock(tip, "dispatch", at=at)
        if tip.owner_id is None:
            start_clock(tip, "claim", at=at)
        if tip.is_life_safety:
            raise_alarms(tip, Alarm.Because.LIFE_SAFETY, at=at)


@contextmanager
def recounted(tip: Tip, at: datetime) -> Iterator[None]:
    """Around a change of what a tip is counted as: the old count is taken back, the new one written."""
    counting.count("received", [tip], at=at, amount=-1)
    yield
    counting.count("received", [tip], at=at)


def _reason(tip: Tip, reason: str, by: Standing, at: datetime) -> Message:
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise ValidationError({"reason": [_("Say why, in a few words.")]})
    if len(reason) > LONGEST_REASON:
        told = _("That is longer than %(most)s characters.") % {"most": LONGEST_REASON}
        raise ValidationError({"reason": [told]})
    return saying.keep(tip, reason, Message.Way.NOTE, by=by.person, at=at)
