"""How programs are told that something isn't so: a problem as JSON (RFC 9457), in a sentence and never as a page."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _, gettext_lazy

PROGRAMS = "/api/"
"""Whatever lies under it is for programs."""
MEDIA_TYPE = "application/problem+json"

SENTENCES = {
    400: gettext_lazy("The request isn't understood."),
    401: gettext_lazy("Sign in first."),
    403: gettext_lazy("You may not do this."),
    404: gettext_lazy("There is nothing here, or nothing that you may see."),
    405: gettext_lazy("This address doesn't answer to that method."),
    406: gettext_lazy("Answers are given as application/json."),
    409: gettext_lazy("Somebody changed this in the meantime."),
    413: gettext_lazy("This is more than is taken at once."),
    415: gettext_lazy("Send application/json."),
    422: gettext_lazy("Some of what was sent can't be so."),
    429: gettext_lazy("Too many requests. Wait a little."),
    500: gettext_lazy("Something went wrong here. Nothing was changed."),
    503: gettext_lazy("This took too long and was stopped. Nothing was changed. Try again, or ask for less."),
}
"""What is said where nobody has a better sentence. One 404 for all: not yours and not there are the same."""


def is_for_programs(request: HttpRequest) -> bool:
    """Whether whoever asks is a program that reads JSON."""
    return request.path.startswith(PROGRAMS)


def problem(
    status: int, detail: str = "", *, errors: Mapping[str, Sequence[str]] | None = None, **headers: str
) -> HttpResponse:
    """An answer that says what is wrong; `errors` by the name of what was sent, `headers` with _ for -."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or str(SENTENCES.get(status, _("The request can't be answered."))),
    }
    if errors:
        told["errors"] = {name: list(sentences) for name, sentences in errors.items()}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE, headers=named)
