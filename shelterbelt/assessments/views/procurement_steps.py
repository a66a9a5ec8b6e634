"""One purchase step by step: a page for each question."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions import procurement as actions
from shelterbelt.assessments.forms.procurement import (
    AcceptForm,
    AwardForm,
    BecauseForm,
    DeclineForm,
    FileForm,
    FindingsForm,
    MethodForm,
    MoneyForm,
    NeedForm,
    NewPurchaseForm,
)
from shelterbelt.assessments.models import Procurement
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.queries import procurement as queries
from shelterbelt.assessments.rules.buying_methods import methods_on
from shelterbelt.assessments.views.procurement_common import crumbs, done, form_page, tell, the_district, the_purchase
from shelterbelt.core import clock

ASKS = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@audience("signed_in")
def new(request: PersonRequest, district_id: int) -> HttpResponse:
    """What may be bought, and why."""
    place = the_district(district_id)
    require(policy.may_consider(request.standing, place))
    form = NewPurchaseForm(request.POST or None, on=request.today)
    if form.is_valid():
        try:
            made = actions.consider(district=place, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The purchase is written down. Next: what is it to mend?"))
            return redirect("buying:purchase", made.pk)
    return form_page(
        request, form, heading=_("What may be bought, and why?"), verb=_("Write it down"), lead=str(place),
        crumbs=crumbs(_("A new purchase"), district=place),
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def need(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Say better what is wanted."""
    found = the_purchase(purchase_id)
    require(policy.may_plan(request.standing, found))
    form = NeedForm(request.POST or None, initial=NeedForm.of(found), on=request.today)
    return done(
        request, form, lambda: actions.change_need(found, by=request.standing, **form.cleaned_data), _("Kept."),
        _page(found),
    ) or form_page(
        request, form, heading=_("What may be bought, and why?"), verb=_("Keep it"),
        crumbs=crumbs(_("The need"), purchase=found),
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def findings(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """What it is to mend."""
    found = the_purchase(purchase_id)
    require(policy.may_plan(request.standing, found))
    known = queries.linkable_findings(found.org, request.today)
    form = FindingsForm(
        request.POST if request.method == "POST" else None, findings=known, initial={"findings": found.findings.all()}
    )
    return done(
        request, form, lambda: actions.link_findings(found, by=request.standing, **form.cleaned_data), _("Kept."),
        _page(found),
    ) or form_page(
        request, form, heading=_("What is it to mend?"), verb=_("Keep it"),
        crumbs=crumbs(_("Findings"), purchase=found), nothing=not known.exists(), template="buying/findings.html",
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def money(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """What it may cost and who pays."""
    found = the_purchase(purchase_id)
    require(policy.may_plan(request.standing, found))
    form = MoneyForm(request.POST or None, initial=MoneyForm.of(found), on=request.today)
    return done(
        request, form,
        lambda: actions.set_money(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("Kept."), _page(found),
    ) or form_page(
        request, form, heading=_("What may it cost, and who pays?"), verb=_("Keep it"),
        crumbs=crumbs(_("Money"), purchase=found),
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def method(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """How offers are judged: before any of them is."""
    found = the_purchase(purchase_id)
    require(policy.may_choose_method(request.standing, found))
    chosen = {"method": found.method or "template", "chosen_on": found.method_chosen_on or request.today}
    form = MethodForm(request.POST or None, initial=chosen, on=request.today)
    return done(
        request, form,
        lambda: actions.choose_method(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("The method is chosen. Next: add the offers and judge them."), _page(found),
    ) or form_page(
        request, form, heading=_("How will you judge the offers?"), verb=_("Choose this method"),
        crumbs=crumbs(_("Method"), purchase=found), methods=methods_on(request.today).methods,
        template="buying/method.html",
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def award(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Who got the contract."""
    found = the_purchase(purchase_id)
    require(policy.may_decide(request.standing, found))
    offers = {str(each.pk): each for each in found.evaluations.filter(dropped_on=None).order_by("product", "pk")}
    form = AwardForm(request.POST or None, offers=offers, initial={"awarded_on": request.today})
    return done(
        request, form,
        lambda: actions.award(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("The award is written down."), _page(found),
    ) or form_page(
        request, form, heading=_("Who gets the contract?"), verb=_("Write down the award"),
        crumbs=crumbs(_("Award"), purchase=found), purchase=found,
        evaluated=[offer for offer in offers.values() if offer.evaluated_on], template="buying/award.html",
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def decline(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Nothing is bought."""
    found = the_purchase(purchase_id)
    require(policy.may_decide(request.standing, found))
    form = DeclineForm(request.POST or None, initial={"declined_on": request.today})
    return done(
        request, form,
        lambda: actions.decline(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("It is written down that nothing is bought."), _page(found),
    ) or form_page(
        request, form, heading=_("Why is nothing bought?"), verb=_("Write it down"),
        crumbs=crumbs(_("Not bought"), purchase=found),
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def take_back(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Undo a decision that was a mistake."""
    found = the_purchase(purchase_id)
    require(policy.may_take_back(request.standing, found))
    form = BecauseForm(request.POST or None)
    return done(
        request, form, lambda: actions.take_back_decision(found, by=request.standing, **form.cleaned_data),
        _("The decision is taken back. What it said stays in the trail."), _page(found),
    ) or form_page(
        request, form, heading=_("What was wrong with the decision as written down?"), verb=_("Take it back"),
        crumbs=crumbs(_("Take it back"), purchase=found),
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def accept(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """It was delivered and tested."""
    found = the_purchase(purchase_id)
    require(policy.may_accept(request.standing, found))
    now = {"bought_on": found.bought_on or request.today, "acceptance": found.acceptance}
    form = AcceptForm(request.POST or None, initial=now)
    return done(
        request, form,
        lambda: actions.accept(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("It is accepted. Say at the findings that they are mended, too."), _page(found),
    ) or form_page(
        request, form, heading=_("Was it delivered, and does it work as agreed?"), verb=_("Accept it"),
        crumbs=crumbs(_("Acceptance"), purchase=found),
        clauses=found.clauses.filter(kind="performance", is_dropped=False), template="buying/accept.html",
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
@at_most(200, per="hour", of="files sent", on={"POST"})
def attach(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Add a file."""
    found = the_purchase(purchase_id)
    require(policy.may_attach(request.standing, found))
    form = FileForm(request.POST or None, request.FILES or None)
    return done(
        request, form, lambda: actions.attach(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("The file is kept with the purchase."), _page(found),
    ) or form_page(
        request, form, heading=_("Which file belongs to this purchase?"), verb=_("Add this file"),
        crumbs=crumbs(_("Files"), purchase=found), has_files=True,
    )  # fmt: skip


def _page(purchase: Procurement) -> str:
    return reverse("buying:purchase", args=[purchase.pk])
