"""What a district keeps closed, why, and who asked for records."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.disclosure import policy, queries
from shelterbelt.disclosure.actions import determine, end_determination
from shelterbelt.disclosure.forms import DetermineForm, EndForm
from shelterbelt.disclosure.views.common import crumbs, tell, the_determination, the_law, the_org

PAGE = 50


@require_safe
@audience("signed_in")
def register(request: PersonRequest, org_id: int) -> HttpResponse:
    """Classes of records with what closes them, and requests with the day they are due."""
    place, law = the_org(org_id), the_law()
    require(policy.may_see_register(request.standing, place))
    shown = {
        "org": place,
        "law": law,
        "register": queries.register(place, request.today),
        "page_obj": Paginator(queries.requests_of(place), PAGE).get_page(request.GET.get("page")),
        "today": request.today,
        "refusal": policy.may_determine(request.standing, place),
        "crumbs": crumbs(place),
    }
    return render(request, "disclosure/register.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def close(request: PersonRequest, org_id: int) -> HttpResponse:
    """Close a class of records."""
    place = the_org(org_id)
    require(policy.may_determine(request.standing, place))
    the_law()
    given = {"records": request.GET.get("records", ""), "from_on": request.today}
    form = DetermineForm(request.POST or None, initial=given, on=request.today)
    if form.is_valid():
        try:
            made = determine(org=place, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("These records are closed. Requests for them now cite this determination."))
            return redirect("disclosure:determination", made.pk)
    shown = {"form": form, "org": place, "crumbs": crumbs(place, (_("Close records"), ""))}
    return render(request, "disclosure/close.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def determination(request: PersonRequest, determination_id: int) -> HttpResponse:
    """One determination in full, and its end."""
    held = the_determination(determination_id)
    form = EndForm(request.POST or None)
    refusal = policy.may_end(request.standing, held)
    if form.is_bound:
        require(refusal)
    if form.is_valid():
        end_determination(determination=held, by=request.standing, on=request.today, **form.cleaned_data)
        messages.success(request, _("These records are open again."))
        return redirect("disclosure:determination", held.pk)
    shown = {
        "held": held,
        "records": the_law().class_of(held.records),
        "form": form,
        "refusal": refusal,
        "may_see_register": policy.may_see_register(request.standing, held.org) is None,
        "crumbs": crumbs(held.org, (_("Determination"), "")),
    }
    return render(request, "disclosure/determination.html", shown, status=422 if form.errors else 200)
