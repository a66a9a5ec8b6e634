"""Says where an assessment stands, what is due, how grave a risk is and which layer a question belongs to."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shelterbelt.assessments.models import Assessment
from shelterbelt.assessments.rules.template import Template
from shelterbelt.ui.templatetags.ui import status_tag

register = template.Library()

TONES = {
    "planned": "not_applicable",
    "in_field": "not_reported",
    "submitted": "not_reported",
    "accepted": "met",
    "closed": "met",
    "cancelled": "not_applicable",
}


@register.simple_tag
def status_words(assessment: Assessment) -> SafeString:
    """Where it stands."""
    return status_tag(TONES[assessment.status], str(assessment.get_status_display()))


@register.simple_tag
def due_words(state: str) -> SafeString:
    """Where a school stands in its year."""
    tone, said = {
        "done": ("met", _("Assessed")),
        "under_way": ("not_reported", _("Under way")),
        "open": ("not_reported", _("Not planned yet")),
        "overdue": ("not_met", _("Overdue")),
    }[state]
    return status_tag(tone, said)


@register.simple_tag
def risk_words(rating: str) -> SafeString:
    """How grave a risk is."""
    tone, said = {
        "low": ("not_applicable", _("Low risk")),
        "medium": ("not_reported", _("Medium risk")),
        "high": ("not_met", _("High risk")),
        "very_high": ("not_met", _("Very high risk")),
    }[rating]
    return status_tag(tone, said)


@register.simple_tag
def layer_words(layer: str) -> str:
    """The layer's name."""
    return {"detect": _("Detect"), "delay": _("Delay"), "respond": _("Respond")}[layer]


@register.simple_tag
def level_words(followed: Template, level: int) -> str:
    """What a level is called."""
    return followed.levels[level].label
