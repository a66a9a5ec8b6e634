"""What has to be mended: the answers that fall short, and the findings they became."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions.finding import find
from shelterbelt.assessments.forms.assessment import FindingForm
from shelterbelt.assessments.models import Answer
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.queries import assessment as queries, templates
from shelterbelt.assessments.queries.findings import findings_of
from shelterbelt.assessments.rules import scoring
from shelterbelt.assessments.rules.template import Template
from shelterbelt.assessments.views.common import crumbs, form_page, note_read, tell, the_assessment
from shelterbelt.core import clock


@require_safe
@audience("signed_in")
def findings(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Every answer that falls short, the gravest first, each with its finding or the way to write one down."""
    found = the_assessment(assessment_id)
    require(policy.may_read_one(request.standing, found))
    note_read(request.standing, found)
    if not found.template:
        raise Http404
    template = templates.followed_by(found)
    answers = queries.latest_answers(found)
    known = findings_of(found)
    weak = scoring.weaknesses(template, queries.levels_of(answers))
    shown = {
        "assessment": found,
        "rows": [(each, answers[each.question.key], known.get(each.question.key)) for each in weak],
        "written": sum(each.question.key in known for each in weak),
        "template": template,
        "refusal": policy.may_find(request.standing, found),
        "crumbs": crumbs(found.org, found, here=_("Findings")),
    }
    return render(request, "assessments/findings.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def finding(request: PersonRequest, assessment_id: uuid.UUID, question: str) -> HttpResponse:
    """Write one down, with its risk and what is done about it."""
    found = the_assessment(assessment_id)
    require(policy.may_find(request.standing, found))
    template = templates.followed_by(found) if found.template else None
    if template is None or question not in template.questions:
        raise Http404
    answers = queries.latest_answers(found)
    form = FindingForm(request.POST or None, initial=_proposed(question, template, answers))
    if form.is_valid():
        try:
            find(found, question=question, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The finding is in the register of improvements."))
            return redirect("assessments:findings", found.pk)
    here = crumbs(found.org, found, here=_("Finding"))
    return form_page(
        request, "finding", form, assessment=found, question=template.questions[question],
        answer=answers.get(question), crumbs=here,
    )  # fmt: skip


def _proposed(question: str, template: Template, answers: dict[str, Answer]) -> dict[str, object]:
    """What the answer suggests; people who know the place change it."""
    asked, answer = template.questions[question], answers.get(question)
    level = answer.level if answer is not None and answer.level is not None else 0
    return {
        "what": answer.note if answer is not None and answer.note else asked.text,
        "likelihood": scoring.likely(level, template.top),
        "impact": asked.weight + 1,
    }
