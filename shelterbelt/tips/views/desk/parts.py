"""Parts of the tip page that others hang in: what they show, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shelterbelt.access.standing import PersonRequest
from shelterbelt.tips.models import Tip

Context = Callable[[PersonRequest, Tip], dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """A template of its own, with what it needs. It begins with an h2."""

    template: str
    context: Context


MAIN: list[Part] = []
"""In the middle, after what was said and the dialogue, in this order: `MAIN.append(Part(...))` beside the views."""
SIDE: list[Part] = []
"""Beside it, after the facts."""


def of(request: PersonRequest, tip: Tip, parts: list[Part]) -> list[dict[str, Any]]:
    """Each part with its context, as the page includes them."""
    return [{"template": part.template, **part.context(request, tip)} for part in parts]
