"""Clocks: what must happen by when for a tip. Started and ended by whatever moves a tip; escalating.py acts on misses.

Clocks are the desk's, whoever moves the tip: a recipient who acknowledges ends one that they can't see themselves.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from shelterbelt.contacts.queries import zone
from shelterbelt.tips.actions import counting
from shelterbelt.tips.actions.alarms import call_off_late
from shelterbelt.tips.actions.holding import desk_eyes, hold
from shelterbelt.tips.models import Clock, Referral, Tip
from shelterbelt.tips.queries.calendars import school_days
from shelterbelt.tips.rules import clocks as rules, plans

AT_INTAKE = ("claim", "dispatch")
"""What begins with a tip."""


def start_clock(tip: Tip, kind: str, *, at: datetime, referral: Referral | None = None) -> Clock:
    """Have something be due. While a clock of this kind runs for the tip, or for this referral, it stays as it is."""
    if (referral is not None) != (kind in plans.OF_REFERRALS):
        raise ValueError(f"A clock of the kind {kind} belongs to {'a referral' if referral is None else 'the tip'}.")
    with desk_eyes(at, f"start the clock {kind}"):
        hold(tip)
        known = Clock.objects.filter(tip=tip, kind=kind, referral=referral)
        running = known.filter(ended_at=None).order_by("-step").first()
        if running is not None:
            return running
        clock = new_clock(tip, kind, at=_after(known.order_by("-started_at").first(), at), referral=referral)
        clock.save(force_insert=True)
        return clock


def _after(last: Clock | None, at: datetime) -> datetime:
    """Now, or right after the last one began: what started is told apart by when, also if the time was set back."""
    return at if last is None else max(at, last.started_at + timedelta(microseconds=1))


def start_all(tips: Collection[Tip], *, at: datetime) -> None:
    """Start what begins with tips that were just taken in, as the system's own work at the desk."""
    started = (new_clock(tip, kind, at=_since(tip, at)) for tip in tips for kind in AT_INTAKE)
    Clock.objects.bulk_create(started, ignore_conflicts=True)


def _since(tip: Tip, at: datetime) -> datetime:
    """When the desk could have had it: the time in which nothing was taken in counts too."""
    return min(tip.release_at or tip.received_at, at)


def new_clock(tip: Tip, kind: str, *, at: datetime, referral: Referral | None = None, step: int = 1) -> Clock:
    """A clock that starts now, not yet kept."""
    plan = plans.settings().step(kind, step, is_life_safety=tip.is_life_safety)
    if plan is None:
        raise ValueError(f"The plan of {kind} has no step {step}.")
    return Clock(
        tip=tip,
        org_id=tip.org_id,
        referral=referral,
        kind=kind,
        step=step,
        started_at=at,
        due_at=due_at(plan, tip, referral, at),
    )


def due_at(plan: plans.Step, tip: Tip, referral: Referral | None, at: datetime) -> datetime:
    """When a step that starts now is due. A calendar is read only where school days count."""
    school = school_days(tip, referral, at) if plan.hours == "school" else rules.desk_hours()
    return rules.due(plan, at, school=school, zone=zone())


def end_clocks(
    tip: Tip, kinds: str | Iterable[str], *, at: datetime, met: bool = True, referral: Referral | None = None
) -> int:
    """End what runs of these kinds, for the tip and all its referrals or for one referral; how many there were.

    `met`: what they waited for was done; otherwise it isn't needed any more. One that was missed stays missed.
    Alarms about being late are called off: it is done.
    """
    chosen = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    with desk_eyes(at, "end clocks"):
        hold(tip)
        running = Clock.objects.filter(tip=tip, kind__in=chosen, ended_at=None)
        running = running.filter(referral=referral) if referral is not None else running
        ended = list(running.select_for_update(of=("self",)).select_related("referral").order_by("pk"))
        for clock in ended:
            _end(clock, at, met=met)
        Clock.objects.bulk_update(ended, ["ended_at", "outcome"])
        _count_ended(ended, tip, at)
        call_off_late(tip, {clock.kind for clock in ended}, at=at)
    return len(ended)


def _end(clock: Clock, at: datetime, *, met: bool) -> None:
    clock.ended_at = at
    if clock.breached_at is not None or (met and clock.paused_at is None and at > clock.due_at):
        clock.outcome = Clock.Outcome.BREACHED
    else:
        clock.outcome = Clock.Outcome.MET if met else Clock.Outcome.VOID


def _count_ended(ended: Iterable[Clock], tip: Tip, at: datetime) -> None:
    """Each once: what the watch acted on was counted then."""
    for clock in ended:
        if clock.step > 1 or clock.breached_at is not None:
            continue
        if clock.outcome != Clock.Outcome.VOID:
            count_clock("met" if clock.outcome == Clock.Outcome.MET else "missed", clock, tip, at)


def count_clock(step: str, clock: Clock, tip: Tip, at: datetime) -> None:
    """Count that a clock was met or missed, with how long it ran. Later turns of an escalation aren't counted again."""
    seconds = max(0, int((at - clock.started_at).total_seconds()))
    whom = clock.referral
    counting.count(
        step,
        [tip],
        at=at,
        word=clock.kind,
        seconds=seconds,
        recipient_class=whom.to if whom else "",
        is_primary=whom.is_primary if whom else None,
    )


def pause_clocks(tip: Tip, *, at: datetime) -> int:
    """Let a tip's clocks stand still while the desk waits for its reporter. Life safety never waits."""
    if tip.is_life_safety:
        return 0
    with desk_eyes(at, "pause clocks"):
        hold(tip)
        return Clock.objects.filter(tip=tip, ended_at=None, breached_at=None, paused_at=None).update(paused_at=at)


def resume_clocks(tip: Tip, *, at: datetime) -> int:
    """Let them go on: each is due as much later as there was time left when it was stopped."""
    with desk_eyes(at, "resume clocks"):
        hold(tip)
        paused = Clock.objects.filter(tip=tip, ended_at=None).exclude(paused_at=None)
        standing = list(paused.select_for_update(of=("self",)).select_related("referral__org").order_by("pk"))
        for clock in standing:
            _resume(clock, tip, at)
        Clock.objects.bulk_update(standing, ["due_at", "paused_at"])
    return len(standing)


def _resume(clock: Clock, tip: Tip, at: datetime) -> None:
    plan = plans.settings().step(clock.kind, clock.step, is_life_safety=tip.is_life_safety)
    paused_at, clock.paused_at = clock.paused_at, None
    if plan is None or paused_at is None:
        return
    school = school_days(tip, clock.referral, at) if plan.hours == "school" else rules.desk_hours()
    clock.due_at = rules.put_off(plan, clock.due_at, paused_at, at, school=school, zone=zone())


def restart_clocks(tip: Tip, *, at: datetime) -> None:
    """A tip became one about life safety, or turned out to be none: what runs starts anew by the other plan."""
    with desk_eyes(at, "restart clocks"):
        hold(tip)
        running = Clock.objects.filter(tip=tip, ended_at=None).select_related("referral__org")
        pairs = dict.fromkeys((clock.kind, clock.referral) for clock in running.order_by("pk"))
        end_clocks(tip, {kind for kind, _ in pairs}, at=at, met=False)
        for kind, referral in pairs:
            start_clock(tip, kind, at=at, referral=referral)
