"""What became of a message, and the calls that people make."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.delivery import queries
from shelterbelt.delivery.actions import record_call
from shelterbelt.delivery.models import Attempt, Message
from shelterbelt.delivery.policy import may_see_message
from shelterbelt.delivery.rules.letters import FALLBACK, in_language

AT_MOST = 200
"""Recipients that a page shows: those in trouble first. Alerts to masses are counted, not listed."""


@require_safe
@audience("signed_in")
def sent(request: PersonRequest, sent_id: uuid.UUID) -> HttpResponse:
    """One message: who was reached, who wasn't, and every attempt."""
    message = get_object_or_404(Message.objects.select_related("org", "made_by"), pk=sent_id)
    require(may_see_message(request.standing, message))
    receipt = queries.status(message, at_most=AT_MOST)
    shown = {
        "message": message,
        "words": in_language(message.words, get_language() or FALLBACK),
        "receipt": receipt,
        "count": message.recipients.count(),
    }
    return render(request, "delivery/sent.html", shown)


@require_safe
@audience("signed_in")
def calls(request: PersonRequest) -> HttpResponse:
    """Whom to call now."""
    waiting = queries.calls_to_make(clock.now())
    language = get_language() or FALLBACK
    lines = [(each, in_language(each.message.words, language)["subject"]) for each in waiting]
    return render(request, "delivery/calls.html", {"lines": lines})


@require_POST
@audience("signed_in")
def called(request: PersonRequest, call_id: uuid.UUID) -> HttpResponse:
    """Write down what a call came to."""
    attempt = get_object_or_404(Attempt.objects.select_related("message"), pk=call_id)
    try:
        record_call(attempt, result=request.POST.get("result", ""), by=request.standing, at=clock.now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("What the call came to is written down."))
    return redirect("delivery:calls")
