"""What a miss does: clocks that are due are acted on once, each with the next step of its plan (data/clocks.yaml).

Safe with several processes at once, and after one was killed: what a miss does, its line in the tip's history and the
next step's clock are one transaction with the mark that it was acted on. After a time in which nobody looked, every
clock that is due is acted on once; its next step has its full time from then on, so that no storm of steps follows.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, get_args
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from shelterbelt.core import log_lines
from shelterbelt.tips.actions import history
from shelterbelt.tips.actions.alarms import Whom, raise_alarms
from shelterbelt.tips.actions.clocks import count_clock, due_at, end_clocks, resume_clocks
from shelterbelt.tips.actions.holding import desk_eyes
from shelterbelt.tips.models import Alarm, Clock, Tip
from shelterbelt.tips.rules import plans, states

log = log_lines.logger("shelterbelt.tips")
AT_ONCE = 200
SET_BACK = timedelta(seconds=5)
"""A clock that began so far in the future shows that the time was set back."""


class Deed(Protocol):
    """Something that a miss does, in the clock's transaction and the system's eyes. Safe to repeat."""

    def __call__(self, clock: Clock, *, at: datetime) -> None: ...  # noqa: D102


DEEDS: dict[str, Deed] = {}


def deed(name: str) -> Callable[[Deed], Deed]:
    """Say how something is done that data/clocks.yaml names. What nobody registered, people are called for instead."""
    if name not in plans.DEEDS:
        raise ValueError(f"No plan can ask for {name}.")

    def register(function: Deed) -> Deed:
        DEEDS[name] = function
        return function

    return register


def keep_clocks(*, at: datetime, most: int = AT_ONCE) -> int:
    """Act on the clocks that are due, the longest due first, each in a transaction of its own; how many there were.

    One that the database refuses doesn't keep the others waiting: it is told once they are done, and is tried again.
    """
    with desk_eyes(at, "look for clocks that are due"):
        set_right(at=at)
        _resume_left(at)
        numbers = list(_due(at).values_list("pk", flat=True)[:most])
    done, refused = 0, None
    for place, number in enumerate(numbers):
        try:
            # A microsecond apart, so that histories tell them in the order in which they were due.
            done += _act_on(number, at + timedelta(microseconds=place))
        except OperationalError as error:
            refused = error
    if refused is not None:
        raise refused
    return done


def _resume_left(at: datetime) -> None:
    """Clocks that stand still for a tip that doesn't wait for its reporter any more go on."""
    waiting = Clock.objects.filter(ended_at=None).exclude(paused_at=None).exclude(tip__state=Tip.State.NEEDS_INFO)
    for tip in Tip.objects.filter(pk__in=waiting.values("tip")).select_for_update(skip_locked=True, of=("self",)):
        resume_clocks(tip, at=at)


def _due(at: datetime) -> "QuerySet[Clock]":
    return Clock.objects.filter(ended_at=None, breached_at=None, paused_at=None, due_at__lte=at).order_by(
        "due_at", "pk"
    )


def _act_on(number: UUID, at: datetime) -> int:
    """Act on one, unless somebody else does or did, or its tip is being worked on this very moment."""
    with desk_eyes(at, "act on a clock"):
        held = _due(at).filter(pk=number).select_for_update(skip_locked=True, of=("self", "tip"))
        clock = held.select_related("tip__school", "tip__org", "referral__org").first()
        if clock is None:
            return 0
        if _is_wanted(clock.tip):
            _miss(clock, at)
            return 1
        end_clocks(clock.tip, clock.kind, at=at, met=False, referral=clock.referral)
        return 0


def _is_wanted(tip: Tip) -> bool:
    """Whether the desk still owes it something. Nothing is late about a tip that is closed, or no tip at all."""
    return tip.state in states.NEEDS_WORK and tip.kind not in {Tip.Kind.SPAM, Tip.Kind.TEST}


def _miss(clock: Clock, at: datetime) -> None:
    plan = plans.settings().step(clock.kind, clock.step, is_life_safety=clock.tip.is_life_safety)
    clock.breached_at, clock.outcome = at, Clock.Outcome.BREACHED
    clock.save(update_fields=["breached_at", "outcome"])
    Tip.objects.filter(pk=clock.tip_id).update(changed_at=at)
    did = list(plan.do) if plan else []
    history.write(clock.tip, "miss", at=at, by_whom="system", kind=clock.kind, step=clock.step, did=did)
    if clock.step == 1:
        count_clock("missed", clock, clock.tip, at)
    _start_next(clock, at)
    for name in plan.do if plan else ("alarm_supervisors",):
        _do(name, clock, at)


def _start_next(clock: Clock, at: datetime) -> None:
    """The next step runs from now on, whatever time it is that has passed."""
    plan = plans.settings().step(clock.kind, clock.step + 1, is_life_safety=clock.tip.is_life_safety)
    if plan is None:
        return
    Clock.objects.create(
        tip=clock.tip,
        org_id=clock.org_id,
        referral=clock.referral,
        kind=clock.kind,
        step=clock.step + 1,
        started_at=at,
        due_at=due_at(plan, clock.tip, clock.referral, at),
    )


def _do(name: str, clock: Clock, at: datetime) -> None:
    """Do it. What fails, or nobody registered, is told people instead: silence would be the worst of all."""
    try:
        with transaction.atomic():
            DEEDS[name](clock, at=at)
    except OperationalError:
        raise  # the whole is undone, and is tried again in a second
    except Exception:  # one recipient's trouble must not keep the others' clocks from being acted on
        log.exception("deed failed", deed=name, kind=clock.kind)
        history.write(clock.tip, "deed_failed", at=at, by_whom="system", deed=name)
        _call(clock, "supervisors", at)


def _call(clock: Clock, whom: Whom, at: datetime) -> None:
    about_taking = clock.kind == "claim" and clock.tip.is_life_safety
    because = Alarm.Because.LIFE_SAFETY if about_taking else Alarm.Because(f"late_{clock.kind}")
    raise_alarms(clock.tip, because, at=at, whom=whom, anew=clock.step > 1)


def _calls(whom: Whom) -> Deed:
    def call(clock: Clock, *, at: datetime) -> None:
        _call(clock, whom, at)

    return call


for _whom in get_args(Whom):
    deed(f"alarm_{_whom}")(_calls(_whom))


def pass_on_alarms(*, at: datetime) -> int:
    """Alarms about life safety that nobody answered go to supervisors too, loudly; how many tips there were."""
    with desk_eyes(at, "look for alarms that nobody answered"):
        tips = _silent(at).order_by("raised_at").values_list("tip", flat=True)[:AT_ONCE]
        numbers = list(dict.fromkeys(tips))
    return sum(_pass_on(number, at) for number in numbers)


def _silent(at: datetime) -> "QuerySet[Alarm]":
    before = at - timedelta(seconds=plans.settings().unanswered_alarm_seconds)
    ringing = Alarm.objects.ringing().filter(because=Alarm.Because.LIFE_SAFETY)
    return ringing.filter(passed_on_at=None, raised_at__lte=before)


def _pass_on(number: UUID, at: datetime) -> int:
    with desk_eyes(at, "pass an alarm on"):
        tip = Tip.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=number).first()
        if tip is None or not _silent(at).filter(tip=tip).update(passed_on_at=at):
            return 0
        history.write(tip, "pass_on_alarm", at=at, by_whom="system")
        raise_alarms(tip, Alarm.Because.LIFE_SAFETY, at=at, whom="supervisors")
        return 1


def set_right(*, at: datetime) -> int:
    """Clocks that began in the future show that the time was set back: they run anew from now, at their length.

    So no clock is due later than its own length from now, whatever the time did.
    """
    ahead = Clock.objects.filter(ended_at=None, breached_at=None, started_at__gt=at + SET_BACK)
    moved = list(ahead.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    for clock in moved:
        clock.due_at, clock.started_at = at + (clock.due_at - clock.started_at), at
    Clock.objects.bulk_update(moved, ["due_at", "started_at"])
    return len(moved)
