"""Handle With Care: the notices of an agency, given and acknowledged."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import noticing
from shelterbelt.tips.forms.notices import NoticeForm
from shelterbelt.tips.policy import channels, desk
from shelterbelt.tips.queries import notices as queries
from shelterbelt.tips.sealing.months import MonthGone
from shelterbelt.tips.views.desk.common import tell

PAGE = 50


@require_safe
@audience("signed_in")
def notices(request: PersonRequest) -> HttpResponse:
    """Notices given by one's agency, or to one's school. Names stand on each notice's own page."""
    shown = Paginator(queries.notices(), PAGE).get_page(request.GET.get("page"))
    return render(request, "tips/notices/list.html", {"page_obj": shown, "gives": _agencies(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def give(request: PersonRequest) -> HttpResponse:
    """Tell a school that a child should be handled with care."""
    agencies = _agencies(request)
    if not agencies:
        raise PermissionDenied(_("Police and other agencies give these notices, each in its own name."))
    form = NoticeForm(request.POST or None, schools=queries.schools_served(agencies[0], request.today))
    if request.method == "POST" and form.is_valid():
        try:
            given = noticing.give_notice(agency=agencies[0], by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The school is being told."))
            return redirect("tips:notice", given.pk)
    return render(request, "tips/notices/give.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@audience("signed_in")
def notice(request: PersonRequest, notice_id: uuid.UUID) -> HttpResponse:
    """One notice, with the child's name. Opening it is on record and acknowledges nothing."""
    found = get_object_or_404(queries.notices(), pk=notice_id)
    org = found.state_org_id if desk.desks(request.standing) else found.school_id
    note_reading("tips_agencynotice", str(found.pk), org=org, reason="opened")
    try:
        child = noticing.child_of(found)
    except MonthGone:  # the folder of keys is missing, or older than the database
        return render(request, "tips/notices/gone.html", {"notice": found}, status=410)
    shown = {
        "notice": found,
        "child": child,
        "may_acknowledge": channels.may_acknowledge_notice(request.standing, found),
        "may_withdraw": channels.may_withdraw_notice(request.standing, found),
    }
    return render(request, "tips/notices/notice.html", shown)


@require_POST
@audience("signed_in")
def acknowledge(request: PersonRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Say that the school knows."""
    found = get_object_or_404(queries.notices(), pk=notice_id)
    noticing.acknowledge_notice(notice=found, by=request.standing, at=clock.now())
    messages.success(request, _("The agency sees that you know."))
    return redirect("tips:notice", found.pk)


@require_POST
@audience("signed_in")
def withdraw(request: PersonRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Take it back."""
    found = get_object_or_404(queries.notices(), pk=notice_id)
    noticing.withdraw_notice(notice=found, by=request.standing, at=clock.now())
    messages.success(request, _("The notice was taken back."))
    return redirect("tips:notice", found.pk)


def _agencies(request: PersonRequest) -> list[Org]:
    return [held.org for held in request.standing.holdings if held.office in {"agency_lead", "responder"}]
