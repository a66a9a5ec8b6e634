"""What is said where nothing can be taken: in the line's look, without asking the database."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from shelterbelt.tips.views.line.pages import Line, line_of

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def too_large(request: HttpRequest) -> HttpResponse:
    """413, before any of it was read."""
    return _refused(request, 413, _sentence_too_large)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what arrived can't be read; 413: it is too much."""
    return too_large(request) if isinstance(exception, _TOO_MUCH) else unreadable(request)


def unreadable(request: HttpRequest) -> HttpResponse:
    """400."""
    return _refused(request, 400, lambda _line: _("What you sent didn't arrive whole. Go back and send it again."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    """404."""
    return _refused(request, 404, lambda _line: _("There is no such page on the tip line."))


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    """403: nothing on the line asks for rights, so somebody tries things out."""
    return _refused(request, 403, lambda _line: _("There is no such page on the tip line."))


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Nothing was kept."""
    return _refused(
        request,
        500,
        lambda _line: _("Something is wrong on our side, and nothing you sent was kept. Go back and send it again."),
    )


def _sentence_too_large(line: Line) -> str:
    return _(
        "That is more than we can take at once: up to %(files)s files of %(megabytes)s MB. Go back, take something "
        "out and send it again."
    ) % {"files": line.door.most_files, "megabytes": line.door.file_megabytes}


def _refused(request: HttpRequest, status: int, sentence: Any) -> HttpResponse:
    chosen = "es" if request.path_info.startswith("/tip/es/") else ""
    line = line_of(request, chosen=chosen)
    with translation.override(line.language):
        return line.show("refused.html", status=status, sentence=sentence(line))
