"""The trail's signed head, to be kept where whoever runs the server can't change it."""

import json
from datetime import date

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.audit.heads import exported_head
from shelterbelt.access.downloads import download
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.people.sign_in import recent
from shelterbelt.trail.policy import may_take_head


@require_safe
@audience("state")
def head(request: PersonRequest) -> HttpResponse:
    """What the latest head proves, and how to keep it."""
    require(may_take_head(request.standing))
    found = exported_head(request.today)
    shown = {"head": found, "day": found and date.fromisoformat(found["day"])}
    return render(request, "trail/head.html", shown)


@require_safe
@audience("state")
@recent
def head_file(request: PersonRequest) -> HttpResponseBase:
    """The latest head as `audit verify --against` reads it."""
    require(may_take_head(request.standing))
    found = exported_head(request.today)
    if found is None:
        raise Http404(_("No day of the trail is signed yet. The first is signed in the hour after it ends."))
    note_reading("trail.head", found["day"], org=None, reason="download")
    return download(
        request,
        json.dumps(found, indent=2).encode() + b"\n",
        name=f"trail-head-{found['day']}.json",
        content_type="application/json",
        still=lambda standing: may_take_head(standing) is None,
    )
