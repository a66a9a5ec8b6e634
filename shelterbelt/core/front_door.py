"""Where every request comes in and every answer leaves: its number, its size, its headers, its line in the log.

It stands before everything that refuses, so that every refusal passes here too.
"""

import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from whitenoise.middleware import WhiteNoiseFileResponse

from shelterbelt.core import headers, log_lines, metrics, refusals

GIVEN = re.compile(r"[0-9A-Fa-f-]{16,40}")
"""What a proxy's number for a request looks like; the audit trail keeps forty letters of it."""
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

Answer = Callable[[HttpRequest], HttpResponseBase]
log = log_lines.logger("shelterbelt.requests")


class FrontDoor:
    """The layer around the whole site; only the content policy's stands before it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Number the request, have it answered, and say how that went."""
        started = time.perf_counter()
        request.request_id = request_number(request)
        with log_lines.within(request=request.request_id):
            response = self.refuse(request) or self.get_response(request)
        for name, value in headers.EVERY.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-ID"] = request.request_id
        _Leaving(request, response, started).watch()
        return response

    def refuse(self, request: HttpRequest) -> HttpResponseBase | None:
        """What is answered before any of a request is read; nothing if it may come in."""
        if is_too_large(request):
            return too_large(request)
        return unreadable(request) if has_nul(request) else None


def has_nul(request: HttpRequest) -> bool:
    """Whether its address holds U+0000: no keyboard writes it, and PostgreSQL keeps it in no text."""
    return "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")


def is_too_large(request: HttpRequest) -> bool:
    """Whether it says that it is larger than we take. Without a length nothing is read at all."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    # A number of more than twelve digits is none that anybody sends; Python wouldn't even read the longest.
    is_number = length.isdecimal() and len(length) < 13
    return not is_number or int(length) > settings.REQUEST_LIMIT_MB * 1024 * 1024


def too_large(request: HttpRequest) -> HttpResponseBase:
    """Refuse it before any of it is read."""
    with translation.override(translation.get_language_from_request(request)):
        return refusals.too_large(request, most_mb=settings.REQUEST_LIMIT_MB)


def unreadable(request: HttpRequest) -> HttpResponseBase:
    """Refuse it before a page looks for what can't be there."""
    with translation.override(translation.get_language_from_request(request)):
        return refusals.unreadable(request)


def request_number(request: HttpRequest) -> str:
    """The number that our own proxy gave the request, or a new one. Without a proxy anybody could have made it up."""
    given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.HTTPS else ""
    return given if GIVEN.fullmatch(given) else uuid.uuid4().hex


class _Leaving:
    """An answer on its way out; told of once it is gone."""

    def __init__(self, request: Any, response: Any, started: float) -> None:
        self.request, self.response, self.started = request, response, started
        self.sent = 0

    def watch(self) -> None:
        """Tell of it now, or of a stream when it has ended."""
        if not self.response.streaming:
            self.sent = len(self.response.content)
            self.tell()
            return
        size = self.response.headers.get("Content-Length")
        if size is None:
            self.response.streaming_content = self._counted(self.response.streaming_content)
        else:
            self.sent = int(size)
        self.response._resource_closers.append(self.tell)

    def _counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.sent += len(chunk)
            yield chunk

    def tell(self) -> None:
        """One line, and one more in the figures. The route's name, never the path: that may name a person's record."""
        seconds = time.perf_counter() - self.started
        method = self.request.method if self.request.method in METHODS else "other"
        name, status = route(self.request, self.response), self.response.status_code
        metrics.count_request(method=method, route=name, status=status, seconds=seconds)
        say = log.error if status >= 500 else log.info
        say(
            "request",
            request=self.request.request_id,
            method=method,
            route=name,
            status=status,
            ms=round(seconds * 1000, 1),
            bytes=self.sent,
        )


def route(request: HttpRequest, response: HttpResponseBase) -> str:
    """The name of the address that answered."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if isinstance(response, WhiteNoiseFileResponse) else "none"
