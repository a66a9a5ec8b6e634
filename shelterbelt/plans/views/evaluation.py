"""How good a plan is: what it lacks, and what evaluations said."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.headers import FILE_OF_OTHERS
from shelterbelt.core.storage import file_store
from shelterbelt.improvements.models import Finding
from shelterbelt.plans import queries
from shelterbelt.plans.models import Evaluation, Plan
from shelterbelt.plans.policy.evaluation import may_answer, may_evaluate, may_see_evaluations
from shelterbelt.plans.queries.evaluation import Quality, evaluations_of, method_used, quality_of, result_of
from shelterbelt.plans.rules.evaluation import Area, Method, outside_methods
from shelterbelt.plans.rules.high_quality import Lack
from shelterbelt.plans.rules.outline import sections
from shelterbelt.plans.views.common import crumbs, home_of, note_seen, the_org


@dataclass(frozen=True)
class Line:
    """One thing that is lacking, with where it is mended; empty for whoever may not go there."""

    what: str
    link: str
    verb: str
    details: tuple[str, ...] = ()


def the_plan_of(org_id: int) -> Plan:
    """The plan of an organisation's address."""
    plan = queries.plan_of(the_org(org_id))
    if plan is None:
        raise Http404(_("No plan is begun there yet."))
    return plan


def the_evaluation(evaluation_id: UUID) -> Evaluation:
    """The evaluation of an address."""
    found = Evaluation.objects.select_related("plan__org", "version__plan__org", "submitted_by")
    return get_object_or_404(found, pk=evaluation_id)


def quality_page(org_id: int) -> str:
    """The address of what a plan lacks."""
    return reverse("evaluation:quality", args=[org_id])


@require_safe
@audience("signed_in")
def quality(request: PersonRequest, org_id: int) -> HttpResponse:
    """What is missing for a plan of high quality (D-O1), with links; and every evaluation so far."""
    plan = the_plan_of(org_id)
    require(may_see_evaluations(request.standing, plan))
    note_seen(request, plan, "what the plan lacks")
    found = quality_of(plan, request.today)
    version = found.version or queries.draft_of(plan)
    refusal = may_evaluate(request.standing, version)
    shown = {
        "org": plan.org,
        "crumbs": crumbs(plan.org, (_("How good is it?"), "")),
        "quality": found,
        "lines": [_line(lack, plan, found, may_begin=refusal is None) for lack in found.lacks],
        "evaluations": [(each, _name(each)) for each in evaluations_of(plan)],
        "refusal": refusal,
    }
    return render(request, "plans/evaluation/quality.html", shown)


def _line(lack: Lack, plan: Plan, found: Quality, *, may_begin: bool) -> Line:
    org, home = plan.org_id, home_of(plan.org)
    begin = reverse("evaluation:begin", args=[org]) if may_begin else ""
    result = reverse("evaluation:evaluation", args=[found.evaluation.pk]) if found.evaluation else begin
    titles = {each.key: each.title for each in sections()}
    missing = tuple(str(titles.get(key, key)) for key in found.missing)
    lines: dict[Lack, Line] = {
        "version": Line(_("No version is in force that the board adopted."), home, _("Finish and adopt the plan")),
        "year": Line(_("It was not adopted or confirmed this school year."), home, _("Confirm it, or write a new one")),
        "sections": Line(_("Sections that a plan needs are missing."), home, _("Write them"), missing),
        "evaluation": Line(_("This version was not evaluated with a score."), begin, _("Evaluate it")),
        "score": Line(
            _("Its last evaluation scored %(score)s %%; it takes %(least)g %%.")
            % {"score": found.evaluation.score if found.evaluation else "", "least": found.min_score},
            result,
            _("See what was found"),
        ),
        "critical": Line(
            _("Its last evaluation does not show that every critical point is met."),
            result,
            _("See which"),
            _critical(found),
        ),
    }
    return lines[lack]


def _critical(found: Quality) -> tuple[str, ...]:
    method = method_used(found.evaluation) if found.evaluation else None
    failed = found.evaluation.failed if found.evaluation else []
    return tuple(question.asks for question in method.questions if question.key in failed) if method else ()


def _name(evaluation: Evaluation) -> str:
    method = method_used(evaluation)
    return method.name if method else evaluation.method


@require_safe
@audience("signed_in")
def evaluation(request: PersonRequest, evaluation_id: UUID) -> HttpResponse:
    """One evaluation: how far it is, or what came of it."""
    found = the_evaluation(evaluation_id)
    require(may_see_evaluations(request.standing, found.plan))
    note_seen(request, found.plan, "evaluation")
    method = method_used(found)
    shown = {
        "evaluation": found,
        "org": found.plan.org,
        "name": _name(found),
        "crumbs": crumbs(found.plan.org, (_("How good is it?"), quality_page(found.org_id)), (_("An evaluation"), "")),
        "refusal": may_answer(request.standing, found),
        "findings": Finding.objects.of_source(Finding.Source.EVALUATION, found.pk).order_by("recorded_at", "pk"),
    }
    if method is not None and method not in outside_methods():
        result = result_of(found, method)
        shown |= {"result": result, "areas": _areas(found, method), "failed": _asked(method, result.failed)}
    return render(request, "plans/evaluation/evaluation.html", shown)


def _areas(found: Evaluation, method: Method) -> list[tuple[Area, int, int]]:
    """Each area, how many questions it has, and how many are answered."""
    answered = set(found.answers.exclude(answer="").values_list("question", flat=True))
    return [
        (area, len(area.questions), sum(question.key in answered for question in area.questions))
        for area in method.areas
    ]


def _asked(method: Method, keys: tuple[str, ...]) -> list[str]:
    return [question.asks for question in method.questions if question.key in keys]


@require_safe
@audience("signed_in")
def report(request: PersonRequest, evaluation_id: UUID) -> HttpResponseBase:
    """The report of an evaluation that was made elsewhere. It is closed like the plan."""
    found = the_evaluation(evaluation_id)
    require(may_see_evaluations(request.standing, found.plan))
    if not found.report_sha256:
        raise Http404(_("This evaluation has no report."))
    note_seen(request, found.plan, "report of an evaluation")
    response = download(
        request,
        file_store().open(found.report_sha256),
        name=found.report_name,
        content_type=found.report_type,
        still=lambda standing: may_see_evaluations(standing, found.plan) is None,
    )
    response["Content-Security-Policy"] = FILE_OF_OTHERS
    return response
