"""Whom alarms are for, and who says that they are on duty."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import Alarm, Browser, Shift
from shelterbelt.tips.queries.people import DESK_OFFICES


@policy("tips.acknowledge_alarm")
def may_acknowledge_alarm(standing: Standing, alarm: Alarm) -> Refusal | None:
    """Answer an alarm: each person their own, nobody for another."""
    if alarm.person_id != standing.person.pk:
        return Refusal(_("This alarm calls somebody else. Each person answers their own."))
    return None if standing.holds(*DESK_OFFICES, at=alarm.org_id) else _not_at_desk()


@policy("tips.begin_shift")
def may_begin_shift(standing: Standing, state: Org | int) -> Refusal | None:
    """Say that one is on duty at a state's tip desk, and have oneself called for a trial."""
    return None if standing.holds(*DESK_OFFICES, at=state) else _not_at_desk()


@policy("tips.end_shift")
def may_end_shift(standing: Standing, shift: Shift) -> Refusal | None:
    """End a shift: one's own, or as a supervisor somebody's who forgot."""
    if not standing.holds(*DESK_OFFICES, at=shift.org_id):
        return _not_at_desk()
    if shift.person_id == standing.person.pk or standing.holds("tip_supervisor", at=shift.org_id):
        return None
    return Refusal(_("Only they themselves, or a supervisor of the desk, can end their shift."))


@policy("tips.remove_browser")
def may_remove_browser(standing: Standing, browser: Browser) -> Refusal | None:
    """Have a browser called no more: each person their own."""
    return None if browser.person_id == standing.person.pk else Refusal(_("This browser is somebody else's."))


def _not_at_desk() -> Refusal:
    return Refusal(_("Alarms and shifts are for the analysts and supervisors of the tip desk."))
