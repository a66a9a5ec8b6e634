"""Words of a supervisor's pages."""

from datetime import timedelta

from django import template
from django.utils.translation import get_language, gettext as _

from shelterbelt.tips.rules.retention import schedules
from shelterbelt.tips.templatetags.tip_words import clock_name, span

register = template.Library()


@register.filter
def spell(seconds: float | None) -> str:
    """Seconds as a length of time; a dash where there is none."""
    return "–" if seconds is None else span(timedelta(seconds=seconds))


@register.filter
def clock_title(kind: str) -> str:
    """What a clock waits for."""
    return clock_name(kind)


@register.filter
def schedule_title(code: str) -> str:
    """A class of the retention schedule, in the reader's language; the code itself should it have left the file."""
    return next((each.title(get_language() or "en") for each in schedules() if each.code == code), code)


@register.filter
def period_kind(kind: str) -> str:
    """Which kind of year it is."""
    return {"school": _("school year"), "calendar": _("calendar year"), "fiscal": _("fiscal year")}[kind]


@register.filter
def contact_part(name: str) -> str:
    """What a reporter left of themselves."""
    known = {"name": _("Name"), "reach": _("How to reach them"), "phone": _("Phone"), "email": _("E-mail")}
    return str(known.get(name, name))
