"""Floor plans and site maps: what there is, a new one, what is where on it; and those of a version that stands."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most, few_at_once
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.storage import file_store
from shelterbelt.plans import policy
from shelterbelt.plans.actions import drawings as actions
from shelterbelt.plans.actions.drawing_copies import clean_pictures
from shelterbelt.plans.forms.drawings import DrawingForm, MarkForm
from shelterbelt.plans.models import Drawing, Mark, Plan
from shelterbelt.plans.queries import drawings as queries
from shelterbelt.plans.views.common import crumbs, note_seen, telling, the_plan, the_version


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(120, per="hour", of="drawings", on=("POST",))
@few_at_once(2, of="drawings", on=("POST",))
def drawings(request: PersonRequest, plan_id: int) -> HttpResponse:
    """The drawings of what is being written; and a form for another one."""
    plan = the_plan(plan_id)
    require(policy.may_see_draft(request.standing, plan))
    form = DrawingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = _kept(request, plan, form)
        if kept:
            messages.success(request, _("The drawing is kept. Now mark what is where."))
            return redirect("plans:drawing", kept[0].pk)
    shown = {
        "plan": plan, "org": plan.org, "form": form, "refusal": policy.may_write(request.standing, plan),
        "drawings": plan.drawings.order_by("position", "pk").prefetch_related("marks"),
        "crumbs": crumbs(plan.org, (_("Drawings"), "")),
    }  # fmt: skip
    return render(request, "plans/drawings.html", shown, status=422 if form.errors else 200)


def _kept(request: PersonRequest, plan: Plan, form: DrawingForm) -> list[Drawing]:
    require(policy.may_write(request.standing, plan))  # before a stranger's file is opened
    given = {name: form.cleaned_data[name] for name in ("kind", "title", "alt")}
    upload = form.cleaned_data["upload"]
    kept: list[Drawing] = []
    with telling(form):
        pictures = clean_pictures(upload.read())
        kept += actions.keep_drawings(plan=plan, pictures=pictures, by=request.standing, at=clock.now(), **given)
    return kept


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="marks", on=("POST",))
def drawing(request: PersonRequest, drawing_id: int) -> HttpResponse:
    """One drawing with its marks; and a form for another mark."""
    found = _the_drawing(drawing_id)
    require(policy.may_see_draft(request.standing, found.plan))
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with telling(form):
            mark = actions.add_mark(drawing=found, by=request.standing, **form.mark())
            messages.success(request, _("Marked: %(mark)s.") % {"mark": mark})
            return redirect("plans:drawing", found.pk)
    return render(request, "plans/drawing.html", _shown(request, found, form), status=422 if form.errors else 200)


def _shown(request: PersonRequest, found: Drawing, form: MarkForm) -> dict[str, object]:
    ids = {(mark.kind, mark.number): mark.pk for mark in found.marks.all()}
    address = reverse("plans:drawing_picture", args=[found.pk])
    return {
        "drawing": found, "plan": found.plan, "org": found.plan.org, "form": form,
        "shown": queries.shown(queries.row_of(found), lambda _digest: address, ids),
        "refusal": policy.may_write(request.standing, found.plan),
        "crumbs": crumbs(
            found.plan.org, (_("Drawings"), reverse("plans:drawings", args=[found.plan_id])), (found.title, "")
        ),
    }  # fmt: skip


@require_safe
@audience("signed_in")
def drawing_picture(request: PersonRequest, drawing_id: int) -> HttpResponse:
    """The clean copy of a drawing, for its page."""
    found = _the_drawing(drawing_id)
    require(policy.may_see_draft(request.standing, found.plan))
    return picture(found.sha256)


@require_POST
@audience("signed_in")
def remove_drawing(request: PersonRequest, drawing_id: int) -> HttpResponse:
    """Take a drawing out of what is being written."""
    found = _the_drawing(drawing_id)
    actions.remove_drawing(drawing=found, by=request.standing)
    messages.success(request, _("The drawing is taken out. Versions that hold it keep it."))
    return redirect("plans:drawings", found.plan_id)


@require_POST
@audience("signed_in")
def remove_mark(request: PersonRequest, mark_id: int) -> HttpResponse:
    """Take a mark off its drawing."""
    found = get_object_or_404(Mark.objects.select_related("drawing__plan__org"), pk=mark_id)
    actions.remove_mark(mark=found, by=request.standing)
    messages.success(request, _("The mark is gone."))
    return redirect("plans:drawing", found.drawing_id)


@require_safe
@audience("signed_in")
def version_drawings(request: PersonRequest, version_id: int) -> HttpResponse:
    """The drawings of a version, as they were frozen."""
    version = the_version(version_id)
    require(policy.may_read_version(request.standing, version))
    note_seen(request, version.plan, "drawings")
    rows = queries.drawings_in(version.parts)
    shown = {
        "number": version.number, "org": version.plan.org,
        "drawings": [queries.shown(row, lambda digest: picture_address(version.pk, digest)) for row in rows],
        "crumbs": crumbs(version.plan.org, (_("Drawings"), "")),
    }  # fmt: skip
    return render(request, "plans/drawings_of_version.html", shown)


@require_safe
@audience("signed_in")
def version_picture(request: PersonRequest, version_id: int, digest: str) -> HttpResponse:
    """One picture of a version's drawings."""
    version = the_version(version_id)
    require(policy.may_read_version(request.standing, version))
    if digest not in {row["sha256"] for row in queries.drawings_in(version.parts)}:
        raise Http404(_("This version has no such drawing."))
    return picture(digest)


def picture_address(version_id: int, digest: str) -> str:
    """Where a picture of a version is."""
    return reverse("plans:version_picture", args=[version_id, digest])


def picture(digest: str) -> HttpResponse:
    """A clean picture, for whoever may see it and no cache on the way."""
    try:
        with file_store().open(digest) as kept:
            content = kept.read()
    except FileNotFoundError as error:
        raise Http404(_("This drawing is recorded, but its picture is no longer here.")) from error
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": "private, no-store"})


def _the_drawing(drawing_id: int) -> Drawing:
    found = Drawing.objects.select_related("plan__org").prefetch_related("marks")
    return get_object_or_404(found, pk=drawing_id)
