"""The templates that assessments follow, and publishing one for the whole state."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions.template import publish_template
from shelterbelt.assessments.forms.assessment import TemplateForm
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.queries import templates as queries
from shelterbelt.assessments.views.common import crumbs, form_page, tell


@require_safe
@audience("signed_in")
def templates(request: PersonRequest) -> HttpResponse:
    """All of them, the newest first."""
    shown = {
        "templates": queries.every(),
        "usable": queries.usable(request.today),
        "refusal": policy.may_publish(request.standing),
        "crumbs": crumbs(here=_("Templates")),
    }
    return render(request, "assessments/templates.html", shown)


@require_safe
@audience("signed_in")
def template(request: PersonRequest, template_key: str, template_version: str) -> HttpResponse:
    """Every question of one template."""
    found = queries.find(template_key, template_version)
    if found is None:
        raise Http404
    return render(request, "assessments/template.html", {"template": found, "crumbs": crumbs(here=found.title)})


@require_http_methods(["GET", "HEAD", "POST"])
@audience("state")
def publish(request: PersonRequest) -> HttpResponse:
    """Publish a version; from its first day on schools can choose it."""
    require(policy.may_publish(request.standing))
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        state = next(each.org for each in request.standing.holdings if each.office == "state_office")
        try:
            row = publish_template(text=form.text(), state=state, by=request.standing, on=request.today)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The template is published."))
            return redirect("assessments:template", row.key, row.version)
    return form_page(request, "publish", form, crumbs=crumbs(here=_("Publish a template")))
