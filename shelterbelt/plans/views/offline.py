"""The plan in force for reading without a connection, and the service worker that keeps it on a phone."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.plans import policy
from shelterbelt.plans.models import Plan, Version
from shelterbelt.plans.queries import drawings, in_force_of
from shelterbelt.plans.queries.offline import readable
from shelterbelt.plans.queries.printing import closed_words
from shelterbelt.plans.views.common import crumbs, note_seen, the_plan, the_version
from shelterbelt.plans.views.drawings import picture_address


@require_safe
@audience("signed_in")
def offline(request: PersonRequest, plan_id: int) -> HttpResponse:
    """The version in force on one page, drawings and all. A draft is never kept anywhere."""
    plan = the_plan(plan_id)
    require(policy.may_read(request.standing, plan))
    version = _in_force(plan)
    note_seen(request, plan, "plan on a phone")
    rows = drawings.drawings_in(version.parts)
    shown = {
        "plan": plan, "org": plan.org, "version": version, "parts": readable(version.parts),
        "drawings": [drawings.shown(row, lambda digest: picture_address(version.pk, digest)) for row in rows],
        "loaded_at": clock.now(), "closed": closed_words(request.today),
        "crumbs": crumbs(plan.org, (_("On this phone"), "")),
    }  # fmt: skip
    answer = render(request, "plans/offline.html", shown)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@audience("signed_in")
@at_most(60, per="hour", of="plans kept")
def keep(request: PersonRequest, plan_id: int) -> HttpResponse:
    """Note that the plan in force is taken along on a phone. The phone then fetches it."""
    plan = the_plan(plan_id)
    require(policy.may_read(request.standing, plan))
    version = _in_force(plan)
    note_reading(Version._meta.db_table, str(version.pk), org=plan.org_id, reason="kept on a phone")
    return HttpResponse(status=204)


@require_safe
@audience("public")
def worker(_request: HttpRequest) -> HttpResponse:
    """The script, served from where it acts; it holds nothing about anybody."""
    path = finders.find("js/plan-worker.js")
    if not isinstance(path, str):
        raise Http404
    return HttpResponse(
        Path(path).read_text(encoding="utf-8"),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def _in_force(plan: Plan) -> Version:
    found = in_force_of(plan)
    if found is None:
        raise Http404(_("No version of this plan is in force."))
    return the_version(found.pk)
