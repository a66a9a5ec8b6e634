"""What waits to be looked at, and the plans somebody works on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.rich_text import words_changed
from shelterbelt.plans import actions, policy, queries
from shelterbelt.plans.forms.writing import KeepForm, TextForm, TrainingForm
from shelterbelt.plans.models import ReviewTask
from shelterbelt.plans.views.common import note_seen, telling, the_plan, writing_page

PAGE = 50


@require_safe
@audience("signed_in")
def mine(request: PersonRequest) -> HttpResponse:
    """The plans one works on: one's own places, and the schools of one's district."""
    rows = Paginator(queries.plans_to_keep(request.standing), PAGE).get_page(request.GET.get("page"))
    return render(request, "plans/mine.html", {"page_obj": rows, "keeps": policy.writes_any(request.standing)})


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def task(request: PersonRequest, task_id: int) -> HttpResponse:
    """A district's change: take it, keep one's own, or put both together. Or something else that was looked at."""
    found = the_task(task_id)
    require(policy.may_see_draft(request.standing, found.plan))
    note_seen(request, found.plan, "task")
    outcome = request.POST.get("outcome", "")
    keep = KeepForm(request.POST if outcome == "kept" else None)
    own = TextForm(request.POST if outcome == "merged" else None, initial=_own_text(found))
    form = own if outcome == "merged" else keep
    if request.method == "POST" and (form.is_valid() or outcome not in {"kept", "merged"}):
        require(policy.may_settle(request.standing, found))
        with telling(form):
            _settle(request, found, outcome, form.cleaned_data if form.is_bound else {})
            messages.success(request, _("Settled."))
            return redirect("plans:step", found.plan_id, "writing" if found.section_id else "implementing")
    shown = writing_page(request, found.plan, "writing", found.what) | {
        "task": found,
        "keep": keep,
        "own": own,
        "form": form,
        "changes": _changes(found),
        "no_settling": policy.may_settle(request.standing, found),
    }
    return render(request, "plans/task.html", shown, status=422 if form.errors else 200)


def _settle(request: PersonRequest, found: ReviewTask, outcome: str, given: dict[str, object]) -> None:
    if found.kind != ReviewTask.Kind.DISTRICT_CHANGE:
        actions.settle(task=found, by=request.standing, at=clock.now())
        return
    if outcome == "merged":
        given = {"body": given["body"], "based_on": given["revision"]}
    actions.settle_change(task=found, outcome=outcome, by=request.standing, at=clock.now(), **given)  # type: ignore[arg-type]


def _own_text(found: ReviewTask) -> dict[str, object]:
    return {"body": found.section.body, "revision": found.section.revision} if found.section else {}


def _changes(found: ReviewTask) -> str:
    if found.offered is None or found.section is None:
        return ""
    return str(words_changed(found.section.inherited, found.offered.body))


def the_task(task_id: int) -> ReviewTask:
    """The task of an address, if it exists for whoever asks."""
    found = ReviewTask.objects.select_related("plan__org", "section__accepted", "offered", "done_by")
    return get_object_or_404(found, pk=task_id)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def training(request: PersonRequest, plan_id: int) -> HttpResponse:
    """How the plan is learned, and which response actions everybody learns."""
    plan = the_plan(plan_id)
    require(policy.may_write(request.standing, plan))
    form = TrainingForm(request.POST or None, initial={"training": plan.training, "protocol": plan.protocol})
    if form.is_valid():
        try:
            actions.set_training(plan=plan, by=request.standing, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("plans:step", plan.pk, "implementing")
    shown = writing_page(request, plan, "implementing", _("Training and practice")) | {"form": form}
    return render(request, "plans/training.html", shown, status=422 if form.errors else 200)
