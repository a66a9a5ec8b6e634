"""Every address says who it is for, and no page carries script or style inside it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("shelterbelt/*/templates/**/*.html"))
INLINE = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.IGNORECASE
    ),
    "an on-event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "a part from another site": re.compile(
        r"<(script|link|img|iframe)\b[^>]*\b(src|href)=[\"'](https?:)?//", re.IGNORECASE
    ),
}
# Pages that aren't ours and say nothing of ours: Django's own, each with its reason.
NOT_OURS = {"django.views.i18n.set_language": "changes the language of the page one is on, for anybody"}


def views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def test_there_are_pages_to_look_at():
    if not list(views(get_resolver().url_patterns)):
        pytest.skip("no page has an address yet")


def test_every_address_states_its_audience():
    silent = [
        f"{address} ({view.__module__}.{view.__qualname__})"
        for address, view in views(get_resolver().url_patterns)
        if getattr(view, "audience", None) is None and f"{view.__module__}.{view.__qualname__}" not in NOT_OURS
    ]
    assert not silent, "say who it is for with @audience(...)"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "shelterbelt")))
def test_a_template_keeps_script_and_style_outside(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [f"{name}: {match.group(0)[:80]}" for name, rule in INLINE.items() for match in rule.finditer(text)]
    assert not found
