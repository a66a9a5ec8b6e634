"""How a tip's history says what clocks, alarms and the watch did."""

from django.utils.translation import gettext as _

from shelterbelt.tips.models import Alarm
from shelterbelt.tips.words import SENTENCES, Told


def _missed(told: Told) -> str:
    late = dict(Alarm.Because.choices).get(f"late_{told['kind']}", told["kind"])
    return _("found it late: %(late)s (step %(step)s)") % {"late": late, "step": told["step"]}


def _answered(told: Told) -> str:
    because = dict(Alarm.Because.choices).get(told["because"], told["because"])
    return _("answered an alarm: %(because)s") % {"because": because}


SENTENCES |= {
    "miss": _missed,
    "acknowledge_alarm": _answered,
    "pass_on_alarm": lambda _told: _("called the supervisors: nobody had answered"),
    "deed_failed": lambda _told: _("could not do what is due, and called the supervisors instead"),
    "page_failed": lambda _told: _("could not send word of an alarm; it rings at the desk"),
    "unreadable": lambda _told: _("could not read what was said"),
    "reporter_wrote": lambda _told: _("wrote"),
}
