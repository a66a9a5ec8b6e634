"""Every address says who it is for, and no page carries script or style inside it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from shelterbelt.api.operations import operations

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
# Addresses that other sites send to, each with what guards it instead.
SENT_FROM_ELSEWHERE = {
    "api/v1/tips/inbound": "a service's message: signed, in time, kept once, and without a session of ours",
    "sign-in/with/<int:with_id>/acs/": "a SAML provider's answer: signed, good once, and without a session of ours",
}


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


def test_every_operation_states_its_audience():
    silent = [f"{each.method} {each.address}" for each in operations() if not each.audience]
    assert not silent, "say who it is for with @for_whom(...)"


def test_no_address_is_free_of_the_wall_against_forged_requests():
    free = {address for address, view in views(get_resolver().url_patterns) if getattr(view, "csrf_exempt", False)}
    assert free == set(SENT_FROM_ELSEWHERE), (
        "a session is all it takes to act here: @csrf_exempt lets other sites use it"
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "shelterbelt")))
def test_a_template_keeps_script_and_style_outside(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [f"{name}: {match.group(0)[:80]}" for name, rule in INLINE.items() for match in rule.finditer(text)]
    assert not found
