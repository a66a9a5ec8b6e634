"""The page behind the link in a message. Opening it changes nothing: programs that look through mail open links too."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.contacts import actions, queries
from shelterbelt.contacts.models import Asking
from shelterbelt.contacts.rules.entry import shown as as_read
from shelterbelt.core import clock, log_lines

log = log_lines.logger("shelterbelt.contacts")
_PLACE = "asked_contact"
"""Where the session keeps the token."""


@never_cache
@require_safe
@audience("public")
def link(request: PersonRequest, token: str) -> HttpResponse:
    """Its secret goes into the session at once, so that it stands in no address passed on."""
    request.session[_PLACE] = token
    return redirect("contacts:confirm")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@audience("public")
def confirm(request: PersonRequest) -> HttpResponse:
    """One question, two buttons; afterwards, what was said."""
    token = request.session.get(_PLACE, "")
    found = actions.asked_by(token)
    _speak(request, found)
    if found is None or _is_over(found):
        log.warning("a link to confirm was refused", asking=found.pk if found else None)
        return render(
            request, "contacts/link_over.html", {"asking": found, "days": queries.days_link_works()}, status=410
        )
    if request.method == "POST" and not found.answer:
        return _answered(request, token)
    return render(request, "contacts/confirm.html", _shown(found))


def _answered(request: PersonRequest, token: str) -> HttpResponse:
    said = request.POST.get("answer", "")
    if said in {"yes", "remove"}:
        try:
            actions.answer(token=token, yes=said == "yes", at=clock.now())
        except PermissionDenied:  # somebody was quicker: the page says what holds now
            log.warning("an answer came too late")
    return redirect("contacts:confirm")


def _is_over(asking: Asking) -> bool:
    if asking.answer == Asking.Answer.OVER:
        return True
    return not asking.answer and asking.expires_at <= clock.now()


def _shown(asking: Asking) -> dict[str, object]:
    contact = asking.contact
    return {
        "asking": asking,
        "contact": contact,
        "org": contact.org,
        "days": queries.days_verified(),
        "voice": as_read(contact.voice),
        "sms": as_read(contact.sms),
    }


def _speak(request: PersonRequest, asking: Asking | None) -> None:
    """In the contact's language, unless whoever reads has chosen another."""
    if asking is not None and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(asking.contact.language)
