"""Write a request down, sort it into open and closed, and answer it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.storage import file_store
from shelterbelt.disclosure import actions, policy, queries
from shelterbelt.disclosure.forms import AnswerForm, DelayForm, PartForm, RequestForm
from shelterbelt.disclosure.models import RecordsRequest, RequestedRecord
from shelterbelt.disclosure.views.common import crumbs, tell, the_law, the_org, the_request


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def new(request: PersonRequest, org_id: int) -> HttpResponse:
    """Write down that somebody asked for records."""
    place = the_org(org_id)
    require(policy.may_record_request(request.standing, place))
    the_law()
    form = RequestForm(request.POST or None, initial={"received_on": request.today})
    if form.is_valid():
        try:
            made = actions.record_request(org=place, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            return redirect("disclosure:asked", made.pk)
    shown = {"form": form, "org": place, "crumbs": crumbs(place, (_("A request"), ""))}
    return render(request, "disclosure/new.html", shown, status=422 if form.errors else 200)


@require_safe
@audience("signed_in")
def asked(request: PersonRequest, asked_id: UUID) -> HttpResponse:
    """What was asked, what is given, what is kept closed, and by when."""
    mine = the_request(asked_id)
    require(policy.may_see_register(request.standing, mine.org))
    return _page(request, mine, AnswerForm())


@require_POST
@audience("signed_in")
def answer(request: PersonRequest, asked_id: UUID) -> HttpResponse:
    """Answer it."""
    mine, form = the_request(asked_id), AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(asked=mine, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The answer is kept. Download the package and send it."))
            return redirect("disclosure:asked", mine.pk)
    return _page(request, mine, form)


@require_POST
@audience("signed_in")
def withdraw(request: PersonRequest, asked_id: UUID) -> HttpResponse:
    """Whoever asked took it back."""
    actions.withdraw(asked=the_request(asked_id), by=request.standing, at=clock.now())
    return redirect("disclosure:asked", asked_id)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def delay(request: PersonRequest, asked_id: UUID) -> HttpResponse:
    """Note that it takes longer."""
    mine = the_request(asked_id)
    require(policy.may_answer(request.standing, mine))
    form = DelayForm(request.POST or None)
    if form.is_valid():
        try:
            actions.delay(asked=mine, by=request.standing, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            return redirect("disclosure:asked", mine.pk)
    shown = {"form": form, "asked": mine, "crumbs": _crumbs(mine, _("It takes longer"))}
    return render(request, "disclosure/delay.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def add(request: PersonRequest, asked_id: UUID) -> HttpResponse:
    """Add one of the records asked for."""
    mine = the_request(asked_id)
    require(policy.may_answer(request.standing, mine))
    form = PartForm(request.POST or None, request.FILES or None, initial={"given": RequestedRecord.Given.CLOSED})
    if form.is_valid():
        try:
            actions.add_part(asked=mine, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            return redirect("disclosure:asked", mine.pk)
    shown = {"form": form, "asked": mine, "crumbs": _crumbs(mine, _("Add a record"))}
    return render(request, "disclosure/add.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
def remove(request: PersonRequest, requested_id: int) -> HttpResponse:
    """Take one out again."""
    part = get_object_or_404(RequestedRecord.objects.select_related("request__org"), pk=requested_id)
    actions.remove_part(part=part, by=request.standing)
    return redirect("disclosure:asked", part.request_id)


@require_safe
@audience("signed_in")
def package(request: PersonRequest, asked_id: UUID) -> HttpResponseBase:
    """The package that whoever asked gets. Nothing that is closed is in it."""
    mine = the_request(asked_id)
    require(policy.may_see_register(request.standing, mine.org))
    if not mine.package_sha256:
        raise Http404(_("This request has no answer yet."))
    note_reading("disclosure.package", str(mine.pk), org=mine.org_id, reason="download")
    return download(
        request,
        file_store().open(mine.package_sha256),
        name=f"records-request-{mine.number}.zip",
        content_type="application/zip",
        still=lambda standing: policy.may_see_register(standing, mine.org) is None,
    )


def _page(request: PersonRequest, mine: RecordsRequest, form: AnswerForm) -> HttpResponse:
    parts = queries.parts_of(mine)
    names = {each.id: each.name for each in the_law().records}
    shown = {
        "asked": mine,
        "parts": [(part, names.get(part.records, part.records)) for part in parts],
        "form": form,
        "today": request.today,
        "refusal": policy.may_answer(request.standing, mine),
        "crumbs": crumbs(mine.org, (str(mine), "")),
    }
    return render(request, "disclosure/asked.html", shown, status=422 if form.errors else 200)


def _crumbs(mine: RecordsRequest, here: str) -> list[tuple[str, str]]:
    return crumbs(mine.org, (str(mine), reverse("disclosure:asked", args=[mine.pk])), (here, ""))
