"""Taking a tip on, handing it over, putting it back."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.actions import claiming
from shelterbelt.tips.forms.tip import AssignForm
from shelterbelt.tips.queries.people import desk_people
from shelterbelt.tips.views.desk.common import back, refused, tell, the_tip
from shelterbelt.tips.views.desk.tip import show


@require_POST
@audience("signed_in")
def claim(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Take it on."""
    found = the_tip(request, tip_id)
    claiming.claim(found, by=request.standing, at=clock.now())
    messages.success(request, _("You have tip %(number)s now.") % {"number": found.number})
    return back(request, found)


@require_POST
@audience("signed_in")
def give_back(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Put it back."""
    found = the_tip(request, tip_id)
    try:
        claiming.give_back(found, by=request.standing, at=clock.now())
    except ValidationError as error:
        return refused(request, found, error)
    messages.success(request, _("Tip %(number)s waits for whoever is free.") % {"number": found.number})
    return back(request, found)


@require_POST
@audience("signed_in")
def assign(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Give it to a colleague."""
    found = the_tip(request, tip_id)
    form = AssignForm(request.POST, colleagues=desk_people(found.org_id, clock.now()), auto_id="assign_%s")
    if form.is_valid():
        try:
            claiming.assign(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("%(name)s has the tip now.") % {"name": form.cleaned_data["to"]})
            return back(request, found)
    return show(request, found, assign_form=form)
