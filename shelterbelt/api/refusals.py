"""How operations refuse: a problem with its sentence, and nothing written.

The exception stops here and doesn't reach the middleware, so each handler asks for the transaction to be undone.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError as NotUnderstood

from shelterbelt.access.answering import sentences, undo
from shelterbelt.core.problems import problem


def handle(api: NinjaAPI) -> None:
    """Have every anticipated exception of an operation told as a problem; others go on to Django's."""
    api.add_exception_handler(NotUnderstood, _undone(_not_understood))
    api.add_exception_handler(ValidationError, _undone(lambda error: problem(422, errors=sentences(error))))
    api.add_exception_handler(PermissionDenied, _undone(lambda error: problem(403, str(error))))
    api.add_exception_handler(Http404, _undone(lambda _error: problem(404)))
    api.add_exception_handler(RequestDataTooBig, _undone(lambda _error: problem(413)))
    api.add_exception_handler(HttpError, _undone(_of_the_package))


def _undone(tell: Callable[[Any], HttpResponse]) -> Callable[[HttpRequest, Any], HttpResponse]:
    def handler(request: HttpRequest, error: Any) -> HttpResponse:
        undo(request)
        return tell(error)

    return handler


def _not_understood(error: NotUnderstood) -> HttpResponse:
    """Which parts of what was sent can't be read, by name."""
    told: dict[str, list[str]] = {}
    for each in error.errors:
        told.setdefault(_named(each["loc"]), []).append(str(each["msg"]).removeprefix("Value error, "))
    return problem(422, errors=told)


def _named(steps: tuple[Any, ...]) -> str:
    """(body, sent, present, 0) is present.0: where it came from and what our code calls it say nothing to a program."""
    return ".".join(str(step) for step in steps[2 if len(steps) > 2 else 1 :])


def _of_the_package(error: HttpError) -> HttpResponse:
    return problem(error.status_code, _("What was sent is no JSON.") if error.status_code == 400 else "")
