"""Services that hand tips in, kept by the state office or the desk's supervisor."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import inbound
from shelterbelt.tips.forms.notices import SourceForm
from shelterbelt.tips.models import InboundSource
from shelterbelt.tips.views.desk.common import tell


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def sources(request: PersonRequest) -> HttpResponse:
    """Which services hand tips in; a new one's secret is shown once."""
    state, form, secret, made = _state(request), SourceForm(request.POST or None), "", None
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = inbound.add_source(state=state, by=request.standing, at=clock.now(), **form.cleaned_data)
            form = SourceForm()
        except ValidationError as error:
            tell(form, error)
    rows = InboundSource.objects.filter(org=state).order_by("ended_at", "name")
    shown = {"form": form, "sources": rows, "secret": secret, "made": made}
    return render(request, "tips/desk/sources.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
def end(request: PersonRequest, source_id: uuid.UUID) -> HttpResponse:
    """Take nothing from it any more."""
    found = get_object_or_404(InboundSource.objects.select_related("org"), pk=source_id)
    inbound.end_source(source=found, by=request.standing, at=clock.now())
    messages.success(request, _("Nothing is taken from %(name)s any more.") % {"name": found.name})
    return redirect("tips:sources")


def _state(request: PersonRequest) -> Org:
    held = (one.org for one in request.standing.holdings if one.office in {"state_office", "tip_supervisor"})
    state = next(held, None)
    if state is None:
        raise PermissionDenied(_("The state office or the tip desk's supervisor does this."))
    return state
