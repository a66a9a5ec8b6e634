"""The tip line is a site of its own; whoever looks for it on this one is sent there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from shelterbelt.access.audience import audience


@audience("public")
def to_the_line(_request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001  nothing of it is passed on
    """To its form, in the language that was chosen here."""
    language = f"{get_language()}/" if get_language() == "es" else ""
    answer = redirect(f"{settings.TIP_LINE_SITE}/tip/{language}")
    answer["Referrer-Policy"] = "no-referrer"
    return answer
