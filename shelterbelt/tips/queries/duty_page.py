"""What the page about one's duty shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shelterbelt.delivery.models import Attempt
from shelterbelt.people.models import Person
from shelterbelt.tips.models import Alarm, Browser, Shift
from shelterbelt.tips.queries.duty import Duty, shifts_at

TRIAL = "tips.alarm_trial"
"""The purpose of words sent to somebody who tries their alarm."""
LATEST = 10


@dataclass(frozen=True)
class OwnDuty:
    """One person's duty at one desk."""

    duty: Duty
    shifts: Sequence[Shift]
    """Of everybody who is on duty."""
    mine: Shift | None
    browsers: Sequence[Browser]
    tried: Sequence[Attempt]
    """What came of the last trial, way by way."""
    past: Sequence[Alarm]
    """One's alarms that don't ring any more, the latest first."""


def own_duty(person: Person, state_id: int, at: datetime) -> OwnDuty:
    """All of it."""
    shifts = list(shifts_at(state_id, at).order_by("from_at"))
    past = Alarm.objects.over().filter(person=person).select_related("tip", "called_off_by").order_by("-raised_at")
    return OwnDuty(
        Duty(state_id, at),
        shifts,
        next((shift for shift in shifts if shift.person_id == person.pk), None),
        list(Browser.objects.filter(person=person).order_by("added_at")),
        _tried(person),
        list(past[:LATEST]),
    )


def _tried(person: Person) -> list[Attempt]:
    of_trials = Attempt.objects.filter(message__purpose=TRIAL, recipient__ref=str(person.pk))
    last = of_trials.order_by("-made_at").values_list("message", flat=True).first()
    return list(of_trials.filter(message=last).order_by("channel", "made_at")) if last else []
