"""One section: write it, save while writing, merge two texts, say who writes it and how far it is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import Refusal, require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.rich_text import words_changed
from shelterbelt.plans import actions, policy, queries
from shelterbelt.plans.forms.writing import MergeForm, TextForm
from shelterbelt.plans.models import Section, SectionRevision
from shelterbelt.plans.rules import outline
from shelterbelt.plans.views.common import note_seen, the_section, writing_page

TOO_LATE = 409


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(2000, per="hour", of="plan texts", on={"POST"})
def section(request: PersonRequest, section_id: int) -> HttpResponse:
    """Write a section. Whatever stands against it, what was typed stays on the page."""
    found = the_section(section_id)
    require(policy.may_see_draft(request.standing, found.plan))
    refusal = policy.may_write_section(request.standing, found)
    form = TextForm(request.POST or None, initial={"body": found.body, "revision": found.revision})
    if form.is_valid() and refusal is None:
        saved = _save(request, found.pk, form.cleaned_data["body"], form.cleaned_data["revision"])
        if saved.is_conflict:
            return redirect("plans:merge", found.pk)
        messages.success(request, _("The text is kept."))
        return redirect("plans:section", found.pk)
    status = TOO_LATE if refusal and request.method == "POST" else 422 if form.errors else 200
    return render(request, "plans/section.html", _page(request, found, form, refusal), status=status)


@require_POST
@audience("signed_in")
@at_most(2000, per="hour", of="plan texts")
def save(request: PersonRequest, section_id: int) -> JsonResponse:
    """Keep what is being typed: for the editor, which is told the number of the text that stands now."""
    number = request.POST.get("revision", "")
    if not number.isdecimal() or len(number) > 9 or "body_html" not in request.POST:
        return JsonResponse({"said": _("This page is out of date. Open the section again.")}, status=422)
    try:
        saved = _save(request, section_id, request.POST["body_html"], int(number))
    except PermissionDenied as error:
        the_section(section_id)  # or there is no such page for them
        return JsonResponse({"said": str(error)}, status=403)
    except ValidationError as error:
        return JsonResponse({"said": " ".join(error.messages)}, status=422)
    if saved.is_conflict:
        said = _("Somebody else wrote here meanwhile. Both texts are kept.")
        return JsonResponse({"said": said, "merge": reverse("plans:merge", args=[section_id])}, status=TOO_LATE)
    at = time_format(timezone.localtime(clock.now()), "TIME_FORMAT")
    return JsonResponse({"revision": saved.section.revision, "saved": at})


def _save(request: PersonRequest, section_id: int, body: str, based_on: int) -> actions.Saved:
    return actions.save_section(
        section_id=section_id, body=body, based_on=based_on, by=request.standing, at=clock.now()
    )


def _page(request: PersonRequest, found: Section, form: TextForm, refusal: Refusal | None) -> dict[str, Any]:
    note_seen(request, found.plan, "section")
    return writing_page(request, found.plan, "writing", found.title, missing=()) | {
        "section": found,
        "form": form,
        "prompts": outline.prompts_of(found.key),
        "topics": outline.topics_of(found.key, request.today),
        "aside": queries.texts_aside(found),
        "task": found.tasks.open().first(),
        "heirs": found.plan.org.kind == "district",
        "refusal": refusal,
        "no_sending": policy.may_send_to_schools(request.standing, found),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plan texts", on={"POST"})
def merge(request: PersonRequest, section_id: int) -> HttpResponse:
    """Two people wrote at once: put their texts together. Both stay in the history."""
    found = the_section(section_id)
    require(policy.may_write_section(request.standing, found))
    waiting = queries.texts_aside(found)
    if not waiting:
        return redirect("plans:section", found.pk)
    theirs = waiting[0]
    form = MergeForm(request.POST or None, initial={"body": found.body, "revision": found.revision, "aside": theirs.pk})
    if form.is_valid():
        saved = actions.merge_section(
            section_id=found.pk,
            aside_id=form.cleaned_data["aside"],
            body=form.cleaned_data["body"],
            based_on=form.cleaned_data["revision"],
            by=request.standing,
            at=clock.now(),
        )
        if not saved.is_conflict and len(waiting) == 1:
            messages.success(request, _("The merged text is kept."))
            return redirect("plans:section", found.pk)
        return redirect("plans:merge", found.pk)
    shown = writing_page(request, found.plan, "writing", found.title, missing=()) | {
        "section": found,
        "form": form,
        "theirs": theirs,
        "changes": words_changed(found.body, theirs.body),
        "more": len(waiting) - 1,
    }
    return render(request, "plans/merge.html", shown, status=422 if form.errors else 200)


@require_safe
@audience("signed_in")
def history(request: PersonRequest, section_id: int) -> HttpResponse:
    """Every text a section had, or one of them beside the one that stands."""
    found = the_section(section_id)
    require(policy.may_see_draft(request.standing, found.plan))
    note_seen(request, found.plan, "history")
    chosen = request.GET.get("text", "")
    earlier = get_object_or_404(found.revisions, pk=int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else None
    shown = writing_page(request, found.plan, "writing", found.title, missing=()) | {
        "section": found,
        "texts": found.revisions.defer("body").select_related("saved_by").order_by("-saved_at", "-pk")[:200],
        "earlier": earlier,
        "changes": words_changed(earlier.body, found.body) if earlier else "",
        "refusal": policy.may_write_section(request.standing, found),
    }
    return render(request, "plans/history.html", shown)


@require_POST
@audience("signed_in")
@at_most(600, per="hour", of="plan texts")
def restore(request: PersonRequest, section_id: int, revision_id: int) -> HttpResponse:
    """Take an earlier text again. The one that stands now stays in the history."""
    found = the_section(section_id)
    earlier = get_object_or_404(found.revisions, pk=revision_id)
    actions.save_section(
        section_id=found.pk,
        body=earlier.body,
        based_on=found.revision,
        by=request.standing,
        at=clock.now(),
        origin=SectionRevision.Origin.RESTORED,
    )
    messages.success(request, _("The earlier text stands again."))
    return redirect("plans:section", found.pk)
