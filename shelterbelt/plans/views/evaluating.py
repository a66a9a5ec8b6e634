"""Evaluate a plan: begin, one area a page, submit; or keep the report of an evaluation made elsewhere."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.plans.actions.evaluating import (
    answer_area,
    begin_evaluation,
    record_outside_evaluation,
    submit_evaluation,
)
from shelterbelt.plans.forms.evaluation import AreaForm, BeginForm, OutsideForm
from shelterbelt.plans.models import Plan, Version
from shelterbelt.plans.policy.evaluation import may_answer, may_evaluate
from shelterbelt.plans.queries.evaluation import method_used
from shelterbelt.plans.rules.evaluation import Method, methods_on, outside_methods
from shelterbelt.plans.views.common import crumbs, telling
from shelterbelt.plans.views.evaluation import quality_page, the_evaluation, the_plan_of

TO_EVALUATE = (Version.State.IN_FORCE, Version.State.IN_REVIEW, Version.State.ADOPTED)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def begin(request: PersonRequest, org_id: int) -> HttpResponse:
    """Choose the version, the method and who evaluates."""
    plan = the_plan_of(org_id)
    versions, methods = _versions(request, plan), methods_on(request.today)
    form = BeginForm(
        request.POST or None,
        versions=_choices(versions),
        methods=methods,
        is_state=request.standing.is_state_office,
        initial={"method": methods[0].id if methods else ""},
    )
    if form.is_valid():
        with telling(form):
            made = begin_evaluation(
                version=versions[form.cleaned_data.pop("version")],
                method=_named(methods, form.cleaned_data.pop("method")),
                by=request.standing,
                at=clock.now(),
                **form.cleaned_data,
            )
            return redirect("evaluation:evaluation", made.pk)
    return _form(request, plan.org, form, _("How will you evaluate the plan?"), _("Begin the evaluation"))


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def record(request: PersonRequest, org_id: int) -> HttpResponse:
    """Keep that the plan was evaluated elsewhere, with the report."""
    plan = the_plan_of(org_id)
    versions, methods = _versions(request, plan), outside_methods()
    form = OutsideForm(
        request.POST or None,
        request.FILES or None,
        versions=_choices(versions),
        methods=methods,
        is_state=request.standing.is_state_office,
    )
    if form.is_valid():
        with telling(form):
            made = record_outside_evaluation(
                version=versions[form.cleaned_data.pop("version")],
                method=_named(methods, form.cleaned_data.pop("method")),
                by=request.standing,
                at=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("The report is kept."))
            return redirect("evaluation:evaluation", made.pk)
    return _form(request, plan.org, form, _("What came of the evaluation?"), _("Keep the report"))


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def area(request: PersonRequest, evaluation_id: UUID, area: str) -> HttpResponse:
    """The questions of one area. With JavaScript every answer is kept as it is given, without it by the button."""
    found = the_evaluation(evaluation_id)
    require(may_answer(request.standing, found))
    method = method_used(found)
    chosen = method.area(area) if method else None
    if method is None or chosen is None:
        raise Http404(_("This evaluation has no such area."))
    known = {row.question: row for row in found.answers.all()}
    form = AreaForm(request.POST or None, area=chosen, known=known)
    by_itself = bool(getattr(request, "htmx", False))
    if form.is_valid():
        try:
            answer_area(found, area=chosen, told=form.told(), by=request.standing)
        except ValidationError as error:
            _tell(form, error)
        else:
            return HttpResponse(status=204) if by_itself else _next(request, method, found.pk, area)
    if by_itself:
        return HttpResponse(status=422)
    back = (_("An evaluation"), _address(found.pk))
    shown = {
        "form": form,
        "area": chosen,
        "org": found.plan.org,
        "number": method.areas.index(chosen) + 1,
        "many": len(method.areas),
        "crumbs": crumbs(found.plan.org, (_("How good is it?"), quality_page(found.org_id)), back, (chosen.title, "")),
    }
    return render(request, "plans/evaluation/area.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
def submit(request: PersonRequest, evaluation_id: UUID) -> HttpResponse:
    """Finish it: after that its answers stay."""
    found = the_evaluation(evaluation_id)
    try:
        submit_evaluation(found, by=request.standing, at=clock.now())
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The evaluation is submitted. What isn't met stands among the improvements."))
    return redirect("evaluation:evaluation", found.pk)


def _address(evaluation_id: UUID) -> str:
    return reverse("evaluation:evaluation", args=[evaluation_id])


def _next(request: PersonRequest, method: Method, evaluation_id: UUID, key: str) -> HttpResponse:
    """The page of the area after this one; after the last, the evaluation itself."""
    keys = [each.key for each in method.areas]
    after = keys[keys.index(key) + 1 :]
    messages.success(request, _("Kept."))
    if after:
        return redirect("evaluation:area", evaluation_id, after[0])
    return redirect("evaluation:evaluation", evaluation_id)


def _versions(request: PersonRequest, plan: Plan) -> dict[int, Version]:
    """The versions that can be evaluated; refused where there is none, or it isn't theirs to."""
    found = list(plan.versions.filter(state__in=TO_EVALUATE).select_related("plan__org").order_by("-number"))
    if not found:
        require(may_evaluate(request.standing, plan.versions.select_related("plan__org").order_by("-number")[0]))
    for version in found[:1]:
        require(may_evaluate(request.standing, version))
    return {version.pk: version for version in found}


def _choices(versions: dict[int, Version]) -> list[tuple[int, str]]:
    return [
        (pk, _("Version %(number)s: %(state)s") % {"number": each.number, "state": each.get_state_display()})
        for pk, each in versions.items()
    ]


def _named(methods: tuple[Method, ...], method_id: str) -> Method:
    return next(method for method in methods if method.id == method_id)


def _tell(form: AreaForm, error: ValidationError) -> None:
    for key, words in error.message_dict.items():
        for each in words:
            form.add_error(f"{key}-answer" if f"{key}-answer" in form.fields else None, each)


def _form(request: PersonRequest, org: Org, form: BeginForm | OutsideForm, heading: str, verb: str) -> HttpResponse:
    way = crumbs(org, (_("How good is it?"), quality_page(org.pk)), (heading, ""))
    shown = {"form": form, "org": org, "crumbs": way, "heading": heading, "verb": verb}
    return render(request, "plans/evaluation/form.html", shown, status=422 if form.errors else 200)
