"""Taking a tip on, handing it over, putting it back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.actions import claiming
from shelterbelt.tips.views.desk.common import the_tip


@require_POST
@audience("signed_in")
def claim(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Take it on."""
    found = the_tip(request, tip_id)
    claiming.claim(found, by=request.standing, at=clock.now())
    messages.success(request, _("You have tip %(number)s now.") % {"number": found.number})
    return redirect("tips:tip", found.pk)
