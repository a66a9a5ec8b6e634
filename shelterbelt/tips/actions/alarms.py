"""Alarms: a call to one person about a tip, which rings until they answer it, or until somebody else has the tip.

Answering is something a person does (a button they press). Opening a tip, or a page, never answers anything.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Literal

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core import log_lines
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import history, paging
from shelterbelt.tips.actions.holding import desk_eyes, hold
from shelterbelt.tips.models import Alarm, Tip
from shelterbelt.tips.policy import alarms as policy
from shelterbelt.tips.queries.duty import Duty

log = log_lines.logger("shelterbelt.tips")
Because = Alarm.Because
Whom = Literal["owner", "on_duty", "supervisors", "everybody"]
ANSWERED_BY_TAKING = (
    Because.LIFE_SAFETY, Because.LATE_CLAIM, Because.REPORTER_WROTE, Because.RECIPIENT_WROTE, Because.RETURNED,
    Because.UNREACHED,
)  # fmt: skip
"""What is over for the others once somebody has the tip. Being late with something is over when that was done."""
PAGED_SINGLY = 3
"""Up to so many tips taken in at once are told apart in what goes to phones."""


def raise_alarms(
    tip: Tip, because: str, *, at: datetime, whom: Whom | None = None, duty: Duty | None = None, anew: bool = False
) -> list[Alarm]:
    """Call people about a tip. Who is being called for this cause already isn't called twice, unless `anew`.

    Without `whom`: those on duty about life safety; else the tip's owner, and those on duty where the owner isn't.
    Where nobody is on duty: all analysts and supervisors. The alarms that were raised newly are given.
    """
    if because not in Because.values:
        raise ValueError(f"No alarm is raised because of {because}.")
    with desk_eyes(at, "raise alarms"):
        owner_id = hold(tip)
        duty = duty or Duty(tip.org_id, at)
        called = _called(owner_id, because, whom, duty)
        raised = _raise(tip, because, called, at)
        paged = called if anew else [alarm.person for alarm in raised]
        if paged:
            # The name for this call: asked for twice with one name, it is sent once.
            name = str(raised[0].pk) if raised else at.isoformat()
            _page(tip, at, partial(paging.page, tip, because, paged, duty, at=at, name=name, whom=whom))
    return raised


def raise_for_new(tips: Sequence[Tip], *, at: datetime) -> None:
    """Call who is on duty about new tips on life safety: an alarm for each, but few words to a phone."""
    for state_id in dict.fromkeys(tip.org_id for tip in tips):
        theirs, duty = [tip for tip in tips if tip.org_id == state_id], Duty(state_id, at)
        if len(theirs) <= PAGED_SINGLY:
            for tip in theirs:
                raise_alarms(tip, Because.LIFE_SAFETY, at=at, duty=duty)
        else:
            called = duty.called_first()
            for tip in theirs:
                _raise(tip, Because.LIFE_SAFETY, called, at)
            _page(theirs[0], at, partial(paging.page_for_many, theirs, called, duty, at=at))


def _called(owner_id: int | None, because: str, whom: Whom | None, duty: Duty) -> Sequence[Person]:
    if whom == "supervisors":
        return duty.supervisors or duty.everybody
    if whom == "everybody":
        return duty.everybody
    owner = [person for person in duty.everybody if person.pk == owner_id]
    if whom == "on_duty" or because == Because.LIFE_SAFETY or not owner:
        return duty.called_first()
    return owner if owner[0] in duty.on_shift else [*owner, *(each for each in duty.called_first() if each != owner[0])]


def _raise(tip: Tip, because: str, called: Iterable[Person], at: datetime) -> list[Alarm]:
    ringing = set(Alarm.objects.ringing().filter(tip=tip, because=because).values_list("person", flat=True))
    new = [
        Alarm(tip=tip, org_id=tip.org_id, person=person, because=because, raised_at=at)
        for person in called
        if person.pk not in ringing
    ]
    return Alarm.objects.bulk_create(new)


def _page(tip: Tip, at: datetime, send: Callable[[], None]) -> None:
    """Send word. Where that fails, the alarm rings at the desk all the same, and the tip's history says so."""
    try:
        with transaction.atomic():
            send()
    except OperationalError:
        raise  # the database is away: all of it is undone, and is tried again
    except Exception:  # whatever is wrong with phones must not keep a tip from the desk
        log.exception("page failed")
        history.write(tip, "page_failed", at=at, by_whom="system")


def acknowledge_alarm(alarm: Alarm, *, by: Standing, at: datetime) -> Alarm:
    """A person answers their alarm. If they have the tip, the others aren't called any more."""
    require(policy.may_acknowledge_alarm(by, alarm))
    with desk_eyes(at, "acknowledge an alarm"):
        tip = Tip.objects.select_for_update(no_key=True, of=("self",)).get(pk=alarm.tip_id)
        mine = Alarm.objects.get(pk=alarm.pk)
        if not mine.is_ringing:
            return mine
        mine.acknowledged_at = at
        mine.save(update_fields=["acknowledged_at"])
        history.write(tip, "acknowledge_alarm", at=at, by=by.person, because=mine.because)
        paging.answered(tip, by.person, at=at)
        call_off_alarms(tip, at=at)
    return mine


def call_off_alarms(tip: Tip, *, at: datetime) -> int:
    """Spare the others, once the tip's owner has answered their own alarms; how many were spared.

    For actions that give a tip an owner. It does nothing while nobody has the tip or its owner hasn't answered.
    """
    with desk_eyes(at, "call off alarms"):
        owner_id = hold(tip)
        ringing = Alarm.objects.ringing().filter(tip=tip, because__in=ANSWERED_BY_TAKING)
        if owner_id is None or ringing.filter(person=owner_id).exists():
            return 0
        return _call_off(tip, ringing, at, by=owner_id)


def call_off_late(tip: Tip, kinds: Collection[str], *, at: datetime) -> int:
    """What somebody was called for because it was late has been done. For clocks."""
    late = [f"late_{kind}" for kind in kinds]
    return _call_off(tip, Alarm.objects.ringing().filter(tip=tip, because__in=late), at) if late else 0


def call_off_for(tip: Tip, *, by: Person, at: datetime, because: Collection[str] = Because.values) -> int:
    """What people were called for is over, as somebody at the desk has said and given a reason for: all of it, or some.

    For a tip that is closed, is none, is told elsewhere, or turns out not to be about life safety.
    """
    with desk_eyes(at, "call off alarms"):
        hold(tip)
        return _call_off(tip, Alarm.objects.ringing().filter(tip=tip, because__in=because), at, by=by.pk)


def _call_off(tip: Tip, ringing: "QuerySet[Alarm]", at: datetime, *, by: int | None = None) -> int:
    spared = ringing.update(called_off_at=at, called_off_by=by)
    if spared and not Alarm.objects.ringing().filter(tip=tip).exists():
        paging.called_off(tip, at=at)
    return spared
