"""Strips above the header that a room lays over every page, for some people: what must be seen wherever they are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Strip:
    """A template, and who sees it: asked with the request, whose person may be None."""

    template: str
    seen_by: Callable[[Any], bool]


STRIPS: list[Strip] = []


def add(strip: Strip) -> None:
    """Let a room above lay a strip over every page."""
    if strip not in STRIPS:
        STRIPS.append(strip)


def seen(request: HttpRequest) -> list[str]:
    """The templates of those that this request's person sees."""
    return [strip.template for strip in STRIPS if strip.seen_by(request)]
