"""Browsers that a person signed in with before: each has failures of its own to count (OWASP's device cookies).

So whoever guesses passwords for an address wears out the tries of unknown browsers, never those of its owner's.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from shelterbelt.people.sign_in.hidden import hidden

SALT = "shelterbelt.people.known_browser"
AGE = 60 * 60 * 24 * 180
PEOPLE_IN_A_BROWSER = 8
"""A staff room's computer has several. The one who came in longest ago is forgotten first."""


def cookie_name() -> str:
    """A browser keeps a __Host- cookie only if this very host sent it, by https."""
    return "__Host-known" if settings.HTTPS else "known"


def word_for(request: HttpRequest, email: str) -> str:
    """The random word that this browser keeps for an address; empty if nobody came in with it here."""
    return dict(_pairs(request)).get(_who(email), "")


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Let the browser keep a new word for an address."""
    others = [pair for pair in _pairs(request) if pair[0] != _who(email)]
    pairs = [(_who(email), secrets.token_urlsafe(16)), *others][:PEOPLE_IN_A_BROWSER]
    response.set_cookie(
        cookie_name(),
        signing.dumps(pairs, salt=SALT),
        max_age=AGE,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Whom the browser knows. A cookie that was changed, or is of an older form, knows nobody."""
    try:
        kept: Any = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return []
    pairs = kept if isinstance(kept, list) else []
    return [(str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2]


def _who(email: str) -> str:
    return hidden("known browser", email)[:16]
