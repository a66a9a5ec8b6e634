"""One tip at the desk: what was said, and all that is done about it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.policy import desk
from shelterbelt.tips.sealing import opening
from shelterbelt.tips.views.desk.common import the_tip


@require_safe
@audience("signed_in")
def tip(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """What was said, by sections. Opening it is on record; it acknowledges nothing."""
    found = the_tip(request, tip_id)
    note_reading("tips_tip", str(found.pk), org=found.org_id, reason="opened at the desk")
    return render(
        request,
        "tips/desk/tip.html",
        {
            "tip": found,
            "said": opening.body_of(found),
            "may_claim": desk.may_claim(request.standing, found),
            "now": clock.now(),
        },
    )
