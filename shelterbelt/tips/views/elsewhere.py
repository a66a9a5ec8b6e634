"""The tip line is a site of its own; whoever looks for it on this one is sent there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from shelterbelt.access.audience import audience


@audience("public")
def to_the_line(_request: HttpRequest, language: str = "") -> HttpResponse:
    """To its form, in the language that was chosen here. Nothing else of the request goes along."""
    spanish = "es" in {language, get_language()}
    answer = redirect(f"{settings.TIP_LINE_SITE}/tip/{'es/' if spanish else ''}")
    answer["Referrer-Policy"] = "no-referrer"
    return answer
