"""Until when each local recommendation should be done in a school year, with the reason people are told.

Drills have their own dated rules (drills/requirements); the plan sets no other days. These are ours, and data: a state
that asks for other days changes them here.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills.rules import school_year_day


@dataclass(frozen=True)
class DueDay:
    """A month and day (09-30), and why then."""

    by: str
    because: str | Promise


USUAL = DueDay("06-30", _("the school year ends"))
EARLIER = {
    "A-L3": DueDay("09-30", _("students should know the tip line from the first weeks on")),
    "B-L2": DueDay("10-31", _("a team that is named in the fall can serve all year")),
    "D-L1": DueDay("09-30", _("the emergency plan is adopted anew as the school year starts")),
    "D-L3": DueDay("09-30", _("emergency contacts change over the summer")),
    "D-L4": DueDay("10-31", _("responders get the plan once the year's update is adopted")),
    "G-L1": DueDay("09-30", _("those who serve a school's safety should meet as the year starts")),
    "J-L2": DueDay("09-30", _("somebody should answer for it from the start of the year")),
}


def due_day(recommendation: str, year: SchoolYear) -> tuple[date, str | Promise]:
    """The day of a school year by which a recommendation is due, and why."""
    due = EARLIER.get(recommendation, USUAL)
    return school_year_day(year, due.by), due.because
