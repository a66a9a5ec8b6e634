"""Says how grave a risk is and where a corrective action stands."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shelterbelt.improvements.models import CorrectiveAction
from shelterbelt.improvements.register import Line
from shelterbelt.improvements.rules import rating
from shelterbelt.ui.templatetags.ui import status_tag

register = template.Library()
_TONES = {
    "unplanned": "not_reported",
    "open": "not_reported",
    "assigned": "not_reported",
    "in_progress": "not_reported",
    "awaiting_funds": "not_reported",
    "done": "met",
    "verified": "met",
    "risk_accepted": "not_applicable",
}


@register.filter
def risk_words(score: int) -> str:
    """A score of 1 to 16 in a word."""
    return {"low": _("Low"), "medium": _("Medium"), "high": _("High"), "very_high": _("Very high")}[rating(score)]


@register.simple_tag
def line_tag(line: Line) -> SafeString:
    """Where a line of the register stands."""
    if line.is_overdue:
        return status_tag("not_met", _("Overdue"))
    return status_tag(_TONES[line.status], str(line.status_words))


@register.simple_tag(takes_context=True)
def action_tag(context: Context, action: CorrectiveAction) -> SafeString:
    """Where a corrective action stands on the day of the request."""
    if action.is_overdue(context["request"].today):
        return status_tag("not_met", _("Overdue"))
    return status_tag(_TONES[action.status], action.get_status_display())
