"""Words about tips, as pages say them."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, ngettext

from shelterbelt.core import clock
from shelterbelt.tips.models import Tip
from shelterbelt.tips.queries.alarms import ringing_for, word_for
from shelterbelt.tips.rules.canned import Canned
from shelterbelt.tips.rules.event_types import event_types
from shelterbelt.tips.rules.likeness import Alike
from shelterbelt.tips.words import clock_words

register = template.Library()
SOON = timedelta(minutes=5)


@register.filter
def event_title(code: str) -> str:
    """What a tip is about, in the reader's language; the code itself should its row have left the list."""
    known = event_types().get(code)
    return known.title(get_language() or "en") if known else code


@register.filter
def of(values: Mapping[uuid.UUID, str], key: uuid.UUID) -> str:
    """What a table holds for a key."""
    return values.get(key, "")


@register.filter
def span(length: timedelta) -> str:
    """A length of time in its largest unit: 40 s, 5 min, 3 h, 2 days."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return _("%(number)s s") % {"number": seconds}
    if seconds < 3600:
        return _("%(number)s min") % {"number": seconds // 60}
    if seconds < 48 * 3600:
        return _("%(number)s h") % {"number": seconds // 3600}
    days = seconds // 86400
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


@register.filter
def ago(moment: datetime, now: datetime) -> str:
    """How long it is since a moment."""
    return span(now - moment)


@register.simple_tag(takes_context=True)
def due(context: Context, due_at: datetime | None) -> SafeString:
    """The time left or passed, in words and colour. A script counts on from the moment it holds."""
    if due_at is None:
        return SafeString("")
    left = due_at - context["now"]
    tone = "late" if left <= timedelta() else "soon" if left <= SOON else "left"
    words = _("%(time)s overdue") if tone == "late" else _("%(time)s left")
    return format_html(
        '<span class="due due--{}" data-due="{}" data-left="{}" data-late="{}">{}</span>',
        tone,
        int(due_at.timestamp()),
        _("%(time)s left") % {"time": "#"},
        _("%(time)s overdue") % {"time": "#"},
        words % {"time": span(abs(left))},
    )


@register.simple_tag
def clock_name(kind: str) -> str:
    """What a clock waits for."""
    return clock_words(kind)


@register.simple_tag
def canned_link(text: Canned, tip: Tip, query: str) -> SafeString:
    """A canned text by its name: the link opens the page with it in the box, a script puts it there at once."""
    address = "?" + "&".join(part for part in (urlencode({"text": text.code}), query) if part) + "#say"
    return format_html(
        '<a href="{}" data-canned="{}" data-asks="{}" data-text="{}">{}</a>',
        address,
        text.code,
        "yes" if text.asks else "",
        text.text(tip.language),
        text.title(get_language() or "en"),
    )


@register.simple_tag
def likeness(alike: Alike[uuid.UUID]) -> str:
    """Why a tip may belong to another."""
    reasons = [
        (alike.same_school, _("same school")),
        (alike.same_type, _("about the same kind of thing")),
        (alike.near, _("within a day")),
        (bool(alike.shared), _("both say %(words)s") % {"words": ", ".join(alike.shared)}),
    ]
    return "; ".join(str(reason) for holds, reason in reasons if holds)


@register.simple_tag(takes_context=True)
def desk_strip(context: Context) -> dict[str, Any]:
    """What the bar on every page begins with: whatever calls this person now."""
    ringing = ringing_for(context["request"].person)
    return {"ringing": ringing, "now": clock.now(), "word": word_for([alarm.pk for alarm in ringing])}
