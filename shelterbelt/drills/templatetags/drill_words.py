"""Says a rule's sentence in the reader's language, and where a requirement or drill stands."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shelterbelt.drills import rules, words
from shelterbelt.drills.models import Drill
from shelterbelt.ui.templatetags.ui import status_tag

register = template.Library()


@register.filter
def say(sentence: rules.Sentence | str) -> str:
    """A rule's sentence."""
    return words.say(sentence)


@register.simple_tag
def due_tag(state: str) -> SafeString:
    """Where a requirement stands."""
    tone, said = {
        "done": ("met", _("Done")),
        "scheduled": ("not_applicable", _("Planned")),
        "planned": ("not_applicable", _("Planned")),
        "open": ("not_reported", _("Not planned yet")),
        "overdue": ("not_met", _("Overdue")),
        "record": ("not_reported", _("To record")),
    }[state]
    return status_tag(tone, said)


@register.simple_tag(takes_context=True)
def record_tag(context: Context, drill: Drill) -> SafeString:
    """Where a drill's record stands on the day of the request."""
    if drill.status == Drill.Status.SCHEDULED:
        has_passed = drill.planned_on is not None and drill.planned_on < context["request"].today
        return due_tag("record" if has_passed else "planned")
    if drill.status == Drill.Status.CANCELLED:
        return status_tag("not_applicable", _("Cancelled"))
    return status_tag("met", _("Complete")) if drill.completed_on else status_tag("not_reported", _("To complete"))
