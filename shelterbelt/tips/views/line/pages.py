"""What every page of the line has: a language without a cookie, the way out, the numbers to call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation

from shelterbelt.access.audience import audience
from shelterbelt.core import clock
from shelterbelt.tips.rules.door import Door, door
from shelterbelt.ui import context, states

START = "/tip/"


@dataclass(frozen=True)
class Line:
    """The page that is asked for, and what its frame shows."""

    request: HttpRequest
    language: str
    at: datetime
    start: str
    """`/tip/`, or `/tip/es/` for whoever chose Spanish: links and forms stay in it."""
    page: str
    """The rest of the address, which is the same in every language."""

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Every other language, by its own name, with the address of this page in it."""
        return [(code, name, f"{START}{code}/{self.page}") for code, name in context.other_languages(self.language)]

    @property
    def state(self) -> str:
        """Whose line it is."""
        return states.named(settings.STATE).name

    @property
    def phone(self) -> str:
        """The desk's number; empty if it has none."""
        return str(settings.TIP_PHONE)

    @property
    def exit_to(self) -> str:
        """An everyday page."""
        return str(settings.TIP_EXIT_TO)

    @property
    def door(self) -> Door:
        """How much is taken at once."""
        return door()

    def show(self, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        """A page in its language."""
        text = render_to_string(f"tips/line/{template}", {"line": self, **shown})
        return HttpResponse(text, status=status, headers={"Content-Language": self.language})


_DRAWN: dict[tuple[object, ...], str] = {}


def drawn_once(
    line: Line, name: str, draw: Callable[[], HttpResponse], places: Mapping[str, str], *kind: bool
) -> HttpResponse:
    """A page that is the same for everybody but for a few words in places of their own: a surge is mostly these pages.

    `kind` tells apart what else differs; nothing of anybody may.
    """
    drawn_for = (name, line.language, line.start, line.phone, line.exit_to, *kind)
    if drawn_for not in _DRAWN:
        _DRAWN[drawn_for] = draw().content.decode()
    page = _DRAWN[drawn_for]
    for place, word in places.items():
        page = page.replace(place, word)
    return HttpResponse(page, headers={"Content-Language": line.language})


def language_of(request: HttpRequest, chosen: str = "") -> str:
    """The one in the address, else the browser's."""
    return chosen or translation.get_language_from_request(request)


def line_of(request: HttpRequest, *, page: str = "", chosen: str = "") -> Line:
    """What a page needs to know of a request."""
    start = f"{START}{chosen}/" if chosen else START
    return Line(request, language_of(request, chosen), clock.now(), start, page)


def line_page(page: str) -> Callable[[Callable[[Line], HttpResponse]], Callable[..., HttpResponseBase]]:
    """Declare a page of the line: for everybody, in the language of its address or of the browser."""

    def declare(view: Callable[[Line], HttpResponse]) -> Callable[..., HttpResponseBase]:
        @audience("public")
        @wraps(view)
        def shown(request: HttpRequest, /, language: str = "") -> HttpResponse:
            line = line_of(request, page=page, chosen=language)
            with translation.override(line.language):
                return view(line)

        return shown

    return declare
