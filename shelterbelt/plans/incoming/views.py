"""Bring an existing plan in: send the file, look over its parts, take them in; and pictures for texts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most, few_at_once
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.clean_copies.kinds import LARGEST
from shelterbelt.core.rich_text import text_of
from shelterbelt.plans import policy, queries
from shelterbelt.plans.incoming import actions, sentences
from shelterbelt.plans.incoming.forms import BringForm, TakeForm
from shelterbelt.plans.incoming.policy import may_add_picture
from shelterbelt.plans.models import Incoming, Plan
from shelterbelt.plans.views.common import crumbs, kind_fits, note_seen, telling, the_org, the_plan


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(30, per="hour", of="plans brought in", on=("POST",))
@few_at_once(2, of="plans brought in", on=("POST",))
def bring(request: PersonRequest, org_id: int, kind: str) -> HttpResponse:
    """Send a file, and the files that were sent before."""
    org = the_org(org_id)
    kind_fits(org, kind)
    plan = queries.plan_of(org)
    if plan is None:
        require(policy.may_begin(request.standing, org))
    else:
        require(policy.may_see_draft(request.standing, plan))
    form = BringForm(request.POST or None, request.FILES or None)
    if plan is not None and request.method == "POST" and form.is_valid():
        brought = _brought(request, plan, form)
        if brought is not None:
            return redirect("plans:brought", brought.pk)
    return render(request, "plans/incoming/bring.html", _bring_page(request, org, plan, form), status=_status(form))


def _brought(request: PersonRequest, plan: Plan, form: BringForm) -> Incoming | None:
    upload = form.cleaned_data["upload"]
    require(policy.may_write(request.standing, plan))
    found: Incoming | None = None
    with telling(form):
        found = actions.bring(
            plan=plan, name=upload.name or "", content=upload.read(), by=request.standing, at=clock.now()
        )
    return found  # noqa: RET504  telling() puts a refusal on the form and goes on here


def _bring_page(request: PersonRequest, org: Any, plan: Plan | None, form: BringForm) -> dict[str, Any]:
    files = Incoming.objects.filter(plan=plan).select_related("original").order_by("-brought_at")
    return {
        "org": org,
        "plan": plan,
        "form": form,
        "files": files,
        "refusal": policy.may_write(request.standing, plan) if plan else None,
        "crumbs": crumbs(org, (_("Bring in a plan"), "")),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plan texts", on=("POST",))
def brought(request: PersonRequest, incoming_id: int) -> HttpResponse:
    """The parts of a file: what each says, and where it goes."""
    found = get_object_or_404(Incoming.objects.select_related("plan__org", "original"), pk=incoming_id)
    require(policy.may_see_draft(request.standing, found.plan))
    form = TakeForm(request.POST if request.method == "POST" else None, incoming=found)
    if form.is_valid() and _taken(request, found, form):
        return redirect("plans:brought", found.pk)
    note_seen(request, found.plan, "brought in")
    return render(request, "plans/incoming/brought.html", _brought_page(request, found, form), status=_status(form))


def _taken(request: PersonRequest, found: Incoming, form: TakeForm) -> bool:
    many = 0
    with telling(form):
        many = actions.take(incoming_id=found.pk, where=form.where(), by=request.standing, at=clock.now())
    if not form.is_valid():
        return False
    said = ngettext("%(many)d part was taken into the plan.", "%(many)d parts were taken into the plan.", many)
    messages.success(request, said % {"many": many})
    return True


def _brought_page(request: PersonRequest, found: Incoming, form: TakeForm) -> dict[str, Any]:
    titles = dict(found.plan.sections.values_list("pk", "title"))
    texts = dict(found.plan.sections.exclude(body="").values_list("pk", "title"))
    return {
        "incoming": found,
        "plan": found.plan,
        "org": found.plan.org,
        "form": form,
        "parts": [_part(number, part, form, titles) for number, part in enumerate(found.parts)],
        "lost": sentences.lost(found.lost),
        "waiting": len(found.waiting),
        "has_text": texts,
        "refusal": policy.may_write(request.standing, found.plan),
        "crumbs": crumbs(found.plan.org, (_("Bring in a plan"), _bring_address(found)), (found.original.name, "")),
    }


def _part(number: int, part: dict[str, Any], form: TakeForm, titles: dict[int, str]) -> dict[str, Any]:
    words = text_of(part["html"])
    return {
        "number": number,
        "title": part["title"],
        "words": len(words.split()),
        "begins": words[:200],
        # Clean HTML: core/rich_text wrote it when the file was brought in.
        "html": mark_safe(part["html"]),  # noqa: S308
        "field": form[f"part-{number}"] if f"part-{number}" in form.fields else None,
        "taken": part["taken"],
        "went_to": titles.get(part["taken"], _("a section that is gone")) if part["taken"] else "",
    }


def _bring_address(found: Incoming) -> str:
    return reverse(f"plans:bring_{found.plan.org.kind}", args=[found.org_id])


@require_POST
@audience("signed_in")
@at_most(120, per="hour", of="plan pictures")
@few_at_once(2, of="plan pictures")
def picture(request: PersonRequest, plan_id: int) -> JsonResponse:
    """Keep a picture for a text, for the editor: answers with the address of its clean copy."""
    plan = the_plan(plan_id)
    refusal = may_add_picture(request.standing, plan)
    upload = request.FILES.get("picture")
    if refusal is not None:
        return JsonResponse({"said": str(refusal)}, status=403)
    if upload is None or (upload.size or 0) > LARGEST:
        said = _("Choose a picture of up to %(most)s MB.") % {"most": LARGEST // 2**20}
        return JsonResponse({"said": said}, status=422)
    try:
        kept = actions.keep_picture(plan=plan, content=upload.read(), by=request.standing, at=clock.now())
    except ValidationError as error:
        return JsonResponse({"said": " ".join(error.messages)}, status=422)
    return JsonResponse({"src": f"/documents/{kept.pk}/"})


def _status(form: Any) -> int:
    return 422 if form.errors else 200
