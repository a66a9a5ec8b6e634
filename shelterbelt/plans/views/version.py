"""Versions: read one, see what changed in words, check its seal, take it from draft to force."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.rich_text import words_changed
from shelterbelt.plans import actions, policy, queries, words
from shelterbelt.plans.forms.writing import AdoptForm, ReviewForm
from shelterbelt.plans.models import Version
from shelterbelt.plans.rules import comparing, freezing
from shelterbelt.plans.rules.steps import Missing
from shelterbelt.plans.views.common import crumbs, home_of, note_seen, telling, the_plan, the_version, writing_page


@require_safe
@audience("signed_in")
def version(request: PersonRequest, version_id: int) -> HttpResponse:
    """One frozen version, whole."""
    found = the_version(version_id)
    require(policy.may_read_version(request.standing, found))
    note_seen(request, found.plan, "version")
    shown = _shown(found) | {
        "parts": [_part(part) for part in found.parts],
        "is_whole": freezing.is_whole(found.content, found.sha256),
        "sees_draft": policy.may_see_draft(request.standing, found.plan) is None,
    }
    return render(request, "plans/version.html", shown)


@require_safe
@audience("signed_in")
def draft(request: PersonRequest, plan_id: int) -> HttpResponse:
    """The plan as it is written now, whole."""
    plan = the_plan(plan_id)
    require(policy.may_see_draft(request.standing, plan))
    note_seen(request, plan, "draft")
    found = queries.draft_of(plan)
    shown = {
        "org": plan.org,
        "plan": plan,
        "version": found,
        "crumbs": crumbs(plan.org, (_("As it is written now"), "")),
        "parts": [_part(part) for part in queries.compose(plan)],
        "sees_draft": True,
    }
    return render(request, "plans/version.html", shown)


@require_safe
@audience("signed_in")
def differences(request: PersonRequest, version_id: int) -> HttpResponse:
    """What changed since the version before, in words."""
    found = the_version(version_id)
    require(policy.may_read_version(request.standing, found))
    note_seen(request, found.plan, "differences")
    before = _before(found)
    parts = found.parts if found.sha256 else queries.compose(found.plan)
    changed = comparing.differing(before.parts if before else [], parts)
    shown = _shown(found) | {
        "before": before,
        "changes": [(each, words_changed(each.before, each.after)) for each in changed],
    }
    return render(request, "plans/differences.html", shown)


def _before(found: Version) -> Version | None:
    adopted = found.plan.versions.exclude(sha256="").filter(number__lt=found.number)
    return adopted.with_content().latest_first().first()


def _shown(found: Version) -> dict[str, Any]:
    org = found.plan.org
    last = _("Version %(number)s") % {"number": found.number}
    return {"org": org, "plan": found.plan, "version": found, "crumbs": crumbs(org, (last, ""))}


def _part(part: freezing.Part) -> dict[str, Any]:
    """A part for the page: its HTML was cleaned when it was saved, and the rows of its lists are plain lines."""
    return {**part, "rows": [comparing.lines_of(row) for row in part["facts"]]}


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(60, per="hour", of="plan versions", on={"POST"})
def review(request: PersonRequest, plan_id: int) -> HttpResponse:
    """Freeze the draft for review."""
    plan = the_plan(plan_id)
    found = queries.draft_of(plan)
    require(policy.may_send_to_review(request.standing, found))
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        with telling(form):
            actions.send_to_review(version=found, by=request.standing, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("The text is frozen. What the board adopts is exactly this."))
            return redirect(home_of(plan.org))
    shown = writing_page(request, plan, "implementing", _("To review")) | {
        "form": form,
        "draft": found,
        "missing": [_lack(plan.pk, each) for each in queries.missing_of(plan, request.today)],
    }
    return render(request, "plans/review.html", shown, status=422 if form.errors else 200)


def _lack(plan_id: int, missing: Missing) -> tuple[str, str]:
    return words.sentence(missing), reverse("plans:step", args=[plan_id, missing.step])


@require_POST
@audience("signed_in")
@at_most(60, per="hour", of="plan versions")
def call_off(request: PersonRequest, version_id: int) -> HttpResponse:
    """Take a version back from review."""
    found = the_version(version_id)
    actions.call_off_review(version=found, by=request.standing)
    messages.success(request, _("The review is called off. Everybody can write again."))
    return redirect(home_of(found.plan.org))


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(60, per="hour", of="plan versions", on={"POST"})
def adopt(request: PersonRequest, version_id: int) -> HttpResponse:
    """Record the board's decision."""
    found = the_version(version_id)
    require(policy.may_adopt(request.standing, found))
    form = AdoptForm(request.POST or None)
    if form.is_valid():
        with telling(form):
            actions.adopt(version=found, by=request.standing, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("Recorded. The next draft is open for whatever comes up."))
            return redirect(home_of(found.plan.org))
    shown = writing_page(request, found.plan, "implementing", _("The board's decision")) | {
        "form": form,
        "version": found,
    }
    return render(request, "plans/adopt.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
@at_most(60, per="hour", of="plan versions")
def attest(request: PersonRequest, plan_id: int) -> HttpResponse:
    """Confirm the plan for this school year."""
    plan = the_plan(plan_id)
    try:
        actions.attest(plan=plan, by=request.standing, at=clock.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The plan is confirmed for this school year."))
    return redirect("plans:step", plan.pk, "implementing")
