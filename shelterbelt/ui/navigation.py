"""The entries of the main menu: where each leads, what it is called, and who sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A page of the menu. `seen_by` is asked with the request, whose person may be None; then how much waits there."""

    name: str
    label: str | Promise
    seen_by: Callable[[Any], bool]
    waiting: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Entry:
    """A place as one page shows it. `current` is the value of aria-current: "page", "true" or empty."""

    url: str
    label: str | Promise
    current: str
    waiting: int = 0


def anyone(_request: object) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(request: object) -> bool:
    """Whoever has signed in."""
    return getattr(request, "person", None) is not None


def state_office(request: object) -> bool:
    """The state school safety office."""
    return bool(getattr(getattr(request, "standing", None), "is_state_office", False))


PLACES = [
    Place("home:start", _("My page"), signed_in),
    Place("home:state", _("The state"), state_office),
    Place("orgs:search", _("Schools and districts"), signed_in),
    Place("drills:mine", _("Drills"), signed_in),
    Place("people:people", _("People"), signed_in),
    Place("orgs:imports", _("Imports"), state_office),
]


def add(place: Place, *, before: str) -> None:
    """Let a room above put a page of its own into the menu, before another one."""
    if place not in PLACES:
        PLACES.insert([each.name for each in PLACES].index(before), place)


def address(name: str) -> str:
    """The address of a page by its URL name; empty when this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def entries(request: HttpRequest) -> list[Entry]:
    """The menu for one request: the places that exist and that this person sees."""
    seen = ((place, address(place.name)) for place in PLACES if place.seen_by(request))
    return [
        Entry(url, place.label, _current(url, request.path), place.waiting(request) if place.waiting else 0)
        for place, url in seen
        if url
    ]


def _current(url: str, path: str) -> str:
    if url == path:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
