"""One finding: what it is, how grave, what is done about it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.improvements import policy
from shelterbelt.improvements.actions import rate_finding, record_finding, withdraw_finding
from shelterbelt.improvements.forms import FindingForm, RateForm, WithdrawForm
from shelterbelt.improvements.models import Finding
from shelterbelt.improvements.views.common import crumbs, tell, the_finding, the_org


@require_safe
@audience("signed_in")
def finding(request: PersonRequest, finding_id: UUID) -> HttpResponse:
    """What was found and what is done about it."""
    found = the_finding(finding_id)
    shown = {
        "finding": found,
        "crumbs": crumbs(request, found.org, _("A finding")),
        "refusal": policy.may_plan_action(request.standing, found),
        "today": request.today,
    }
    return render(request, "improvements/finding.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def add(request: PersonRequest, org_id: int) -> HttpResponse:
    """Something that somebody noticed in everyday work."""
    org = the_org(org_id)
    require(policy.may_record_finding(request.standing, org))
    form = FindingForm(request.POST or None, initial={"found_on": request.today})
    if form.is_valid():
        try:
            made = record_finding(
                org=org, source_kind=Finding.Source.NOTICED, by=request.standing, at=clock.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The finding is kept. Now say what is done about it."))
            return redirect("improvements:finding", made.pk)
    here = _("Record a finding")
    shown = {
        "form": form,
        "org": org,
        "crumbs": crumbs(request, org, here),
        "heading": _("What did you find?"),
        "verb": here,
    }
    return render(request, "improvements/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def change(request: PersonRequest, finding_id: UUID) -> HttpResponse:
    """Say it better, or rate its risk anew."""
    found = the_finding(finding_id)
    require(policy.may_rate_finding(request.standing, found))
    names = ("what", "place", "likelihood", "impact")
    form = RateForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if form.is_valid():
        try:
            rate_finding(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("improvements:finding", found.pk)
    return _form(request, found, form, _("Say it better, or rate it anew"), _("Keep the change"))


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def withdraw(request: PersonRequest, finding_id: UUID) -> HttpResponse:
    """Take back a mistake."""
    found = the_finding(finding_id)
    require(policy.may_rate_finding(request.standing, found))
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_finding(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The finding is withdrawn."))
            return redirect("improvements:register", found.org_id)
    return _form(request, found, form, _("Withdraw the finding?"), _("Withdraw the finding"))


def _form(
    request: PersonRequest, found: Finding, form: RateForm | WithdrawForm, heading: str, verb: str
) -> HttpResponse:
    way = crumbs(request, found.org, heading, (_("A finding"), _address(found)))
    shown = {"form": form, "org": found.org, "crumbs": way, "heading": heading, "lead": found.what, "verb": verb}
    return render(request, "improvements/form.html", shown, status=422 if form.errors else 200)


def _address(found: Finding) -> str:
    """The finding's own page."""
    return reverse("improvements:finding", args=[found.pk])
