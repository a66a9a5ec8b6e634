"""Saying something to the reporter, and noting something for the desk."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.actions import dialogue
from shelterbelt.tips.forms.tip import NoteForm, SayForm
from shelterbelt.tips.views.desk.common import back, tell, the_tip
from shelterbelt.tips.views.desk.tip import show


@require_POST
@audience("signed_in")
def say(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Write to the reporter."""
    found = the_tip(request, tip_id)
    form = SayForm(request.POST)
    if form.is_valid():
        try:
            dialogue.say_to_reporter(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The reporter reads it when they come back with their code."))
            return back(request, found, "#dialogue")
    return show(request, found, say_form=form)


@require_POST
@audience("signed_in")
def note(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Write a note."""
    found = the_tip(request, tip_id)
    form = NoteForm(request.POST, auto_id="note_%s")
    if form.is_valid():
        try:
            dialogue.write_note(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            return back(request, found, "#notes")
    return show(request, found, note_form=form)
