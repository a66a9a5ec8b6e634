"""Draws parts of pages that are the same for everybody who is shown the same figures, once."""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_KEPT = 256


def drawn(template: str, **shown: Hashable) -> SafeString:
    """A template filled with figures. It may depend on nothing but them and the language."""
    return _drawn(template, get_language() or "", **shown)


@lru_cache(maxsize=MOST_KEPT)
def _drawn(template: str, _language: str, **shown: Hashable) -> SafeString:
    return SafeString(render_to_string(template, shown))
