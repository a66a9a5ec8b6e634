"""By whose school days a clock runs."""

from datetime import date, datetime

from django.utils import timezone

from shelterbelt.contacts.queries import timetable_of
from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import Referral, Tip
from shelterbelt.tips.rules.breaks import is_usual_break
from shelterbelt.tips.rules.clocks import Opening


def school_days(tip: Tip, referral: Referral | None, at: datetime) -> Opening:
    """Those of the school or district it was referred to; else of the tip's school; else the usual ones."""
    return opening_of(_whose(tip, referral), at)


def opening_of(org: Org, at: datetime) -> Opening:
    """An organisation's own days, or its district's; where neither entered breaks, the usual ones are free too."""
    timetable = timetable_of(org, timezone.localdate(at))

    def has_school(day: date) -> bool:
        return timetable.has_school(day) and (bool(timetable.breaks) or not is_usual_break(day))

    return Opening(timetable.day.opens_at, timetable.day.closes_at, has_school)


def _whose(tip: Tip, referral: Referral | None) -> Org:
    if referral is not None and referral.org is not None and referral.org.kind in {Org.Kind.SCHOOL, Org.Kind.DISTRICT}:
        return referral.org
    return tip.school or tip.org
