"""Answers to whoever sends too much, asks too often or can't be read: a page in our look, or a problem for programs."""

import math

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from shelterbelt.core.problems import is_for_programs, problem

TOO_MUCH: dict[type[Exception], Promise] = {
    RequestDataTooBig: gettext_lazy("What you sent is longer than we take at once. Send less at a time."),
    TooManyFieldsSent: gettext_lazy("The form has more fields than we take at once. Send fewer at a time."),
    TooManyFilesSent: gettext_lazy("There are more files than we take at once. Send fewer at a time."),
}


def too_large(request: HttpRequest, *, most_mb: int) -> HttpResponse:
    """413: more than we take, seen before any of it was read."""
    sentence = _("You may send up to %(limit)s MB at once, all files together.") % {"limit": most_mb}
    return _refusal(request, 413, sentence)


def too_much(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """413 for what Django found too much while reading; None for another error."""
    sentence = TOO_MUCH.get(type(error))
    return None if sentence is None else _refusal(request, 413, str(sentence))


def unreadable(request: HttpRequest) -> HttpResponse:
    """400: an address with a character in it that no text can hold."""
    return _refusal(request, 400, _("There is a character in this address that no text can hold. Check it."))


def too_many(request: HttpRequest, *, wait: float) -> HttpResponse:
    """429: somebody asks for something costly too often. Says when they may again."""
    sentence = _("You have done this very often in a short time. You can do it again %(when)s.") % {"when": _in(wait)}
    return _refusal(request, 429, sentence, wait=wait)


def busy(request: HttpRequest, *, wait: float) -> HttpResponse:
    """503: too many people do this right now."""
    sentence = _("Many people are doing this right now. Try again %(when)s.") % {"when": _in(wait)}
    return _refusal(request, 503, sentence, wait=wait)


def _in(seconds: float) -> str:
    """When, in words."""
    whole = math.ceil(seconds)
    if whole < 90:
        return ngettext("in %(number)d second", "in %(number)d seconds", whole) % {"number": whole}
    minutes = math.ceil(seconds / 60)
    return ngettext("in %(number)d minute", "in %(number)d minutes", minutes) % {"number": minutes}


def _refusal(request: HttpRequest, status: int, sentence: str, *, wait: float = 0) -> HttpResponse:
    if is_for_programs(request):
        answer = problem(status, sentence)
    else:
        answer = render(request, "refused.html", {"sentence": sentence, "status": status}, status=status)
    if wait:
        answer["Retry-After"] = str(math.ceil(wait))
    return answer
