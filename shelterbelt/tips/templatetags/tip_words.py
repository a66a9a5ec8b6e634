"""Words about tips, as pages say them."""

from django import template
from django.utils.translation import get_language

from shelterbelt.tips.rules.event_types import event_types

register = template.Library()


@register.filter
def event_title(code: str) -> str:
    """What a tip is about, in the reader's language; the code itself should its row have left the list."""
    known = event_types().get(code)
    return known.title(get_language() or "en") if known else code
