"""Saying what a tip is: about life safety or not, a tip or none; and which others it belongs to."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.actions import judging, linking
from shelterbelt.tips.forms.tip import KindForm, LinkForm, ReasonForm
from shelterbelt.tips.models import Link, Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries.numbers import tip_called
from shelterbelt.tips.views.desk.common import back, query_of, refused, tell, the_tip


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def life_safety(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Mark it as life safety, or take the mark back."""
    found = the_tip(request, tip_id)
    require(desk.may_judge(request.standing, found))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            judging.mark_life_safety(
                found, yes=not found.is_life_safety, by=request.standing, at=clock.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(
                request,
                _("It no longer counts as life safety.")
                if found.is_life_safety
                else _("It counts as life safety now."),
            )
            return back(request, found)
    return _form(request, "tips/desk/life_safety.html", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def kind(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Say what it turned out to be."""
    found = the_tip(request, tip_id)
    require(desk.may_judge(request.standing, found))
    form = KindForm(request.POST or None, initial={"kind": found.kind})
    if form.is_valid():
        try:
            judging.judge(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Kept."))
            return back(request, found)
    return _form(request, "tips/desk/kind.html", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def link(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Link it to another tip."""
    found = the_tip(request, tip_id)
    require(desk.may_link(request.standing, found))
    form = LinkForm(request.POST or None, initial={"to": request.GET.get("to", "")[:60]})
    if form.is_valid():
        other = tip_called(form.cleaned_data.pop("to"), desk.desks(request.standing))
        if other is None:
            form.add_error("to", _("There is no tip of that number at this desk."))
        elif _linked(request, found, other, form):
            return back(request, found, "#links")
    return _form(request, "tips/desk/link.html", found, form)


def _linked(request: PersonRequest, found: Tip, other: Tip, form: LinkForm) -> bool:
    try:
        linking.link(found, to=other, by=request.standing, at=clock.now(), **form.cleaned_data)
    except ValidationError as error:
        tell(form, error)
        return False
    messages.success(request, _("The two tips are linked."))
    return True


@require_POST
@audience("signed_in")
def undo_link(request: PersonRequest, tip_id: uuid.UUID, link_id: uuid.UUID) -> HttpResponse:
    """Undo a link of this tip, from either end."""
    found = the_tip(request, tip_id)
    made = get_object_or_404(Link.objects.select_related("tip", "to"), pk=link_id)
    if found.pk not in {made.tip_id, made.to_id}:
        return refused(request, found, ValidationError(_("This link is between other tips.")))
    try:
        linking.undo_link(made, by=request.standing, at=clock.now())
    except ValidationError as error:
        return refused(request, found, error)
    messages.success(request, _("The link is undone."))
    return back(request, found, "#links")


def _form(request: PersonRequest, template: str, found: Tip, form: object) -> HttpResponse:
    shown = {"form": form, "tip": found, "query": query_of(request)}
    return render(request, template, shown, status=422 if getattr(form, "errors", None) else 200)
