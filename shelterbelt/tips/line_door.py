"""Where every request to the tip line comes in: what tells who sends it is dropped before anything could keep it."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from shelterbelt.core.front_door import FrontDoor, has_nul, is_too_large

NEEDED = frozenset({
    "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH", "SERVER_NAME",
    "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING",
    "HTTP_X_FORWARDED_PROTO",
})  # fmt: skip
"""All of a request that the line looks at, besides its body. Address, browser, referrer and cookies are not among it,
whatever header a proxy may carry them in."""
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
"""On every answer, style and scripts too: nothing of the line stays on a shared computer."""


class LineDoor(FrontDoor):
    """The site's front door, for people who must stay unknown."""

    def __call__(self, request: Any) -> HttpResponseBase:
        """Forget who asks, then answer."""
        forget_sender(request)
        response = super().__call__(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        del response.headers["X-Request-ID"]  # else a browser would hold what finds its line in the log
        return response

    def refuse(self, request: HttpRequest) -> HttpResponseBase | None:
        """A sentence in the line's own look."""
        from shelterbelt.tips.views.line import refusing

        if is_too_large(request):
            return refusing.too_large(request)
        return refusing.unreadable(request) if has_nul(request) else None


def forget_sender(request: HttpRequest) -> None:
    """Drop everything but what is needed."""
    for name in [name for name in request.META if name not in NEEDED and not name.startswith("wsgi.")]:
        del request.META[name]
