"""Report on an output: for one organisation, for its people, or for many schools."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.attestations import actions, queries, rules, words
from shelterbelt.attestations.forms import AttestForm, AttestPeopleForm, AttestSchoolsForm
from shelterbelt.attestations.models import Attestation
from shelterbelt.attestations.policy import may_attest, may_attest_for_schools
from shelterbelt.attestations.views.common import done, output_or_404, page_of, year_or_404
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import schools_of
from shelterbelt.strategy.model import Output


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def attest(request: PersonRequest, org_id: int, output_id: str, year: str) -> HttpResponse:
    """Answer an output's questions for one organisation."""
    org, output, asked = get_object_or_404(Org, pk=org_id), output_or_404(output_id), year_or_404(year)
    require(may_attest(request.standing, org, output))
    if closed := rules.year_in_question(output, asked, on=request.today):
        return _closed(request, org, output, asked, closed)
    if output.unit == "person":
        return _attest_people(request, org, output, asked)
    return _attest_org(request, org, output, asked)


def _closed(request: PersonRequest, org: Org, output: Output, year: SchoolYear, code: str) -> HttpResponse:
    """A year that can't be reported on, and why."""
    shown = {"org": org, "output": output, "year": year, "why": words.refusal(code, year=year)}
    return render(request, "attestations/closed_year.html", shown, status=404)


def _attest_org(request: PersonRequest, org: Org, output: Output, year: SchoolYear) -> HttpResponse:
    said = list(queries.said(org, output, year).with_level(request.today))
    former = next((each for each in said if each.replaced_on is None), None)
    form = AttestForm(
        request.POST or None, request.FILES or None, output=output, year=year, on=request.today,
        answers=former.answers if former else None,
    )  # fmt: skip
    if form.is_valid() and done(
        request, form, org,
        lambda document: actions.attest(
            org=org, output=output, year=year, answers=form.cleaned_data["answers"],
            statement=form.cleaned_data["statement"], document=document, by=request.standing, on=request.today,
        ),
    ):  # fmt: skip
        messages.success(request, _("Your report on %(output)s counts from now on.") % {"output": output.id})
        return redirect(page_of(org))
    return render(
        request,
        "attestations/attest.html",
        {"org": org, "output": output, "year": year, "form": form, "former": former, "said": _worded(output, said)},
    )


def _worded(output: Output, said: list[Attestation]) -> list[dict[str, object]]:
    """What was said before, question by question, in the words of the plan."""
    return [{"report": report, "answers": words.answers(output, report.answers)} for report in said]


def _attest_people(request: PersonRequest, org: Org, output: Output, year: SchoolYear) -> HttpResponse:
    people = list(queries.serving_at(org, request.today))
    form = AttestPeopleForm(
        request.POST or None, request.FILES or None, output=output, year=year, on=request.today, people=people,
        said=queries.people_said(org, output, year, request.today),
    )  # fmt: skip
    if form.is_valid() and done(
        request, form, org,
        lambda document: actions.attest_for_people(
            org=org, output=output, year=year, attended=form.cleaned_data["attended"],
            attended_on=form.cleaned_data[rules.PERSON_DAY],
            statement=form.cleaned_data["statement"], document=document, by=request.standing, on=request.today,
        ),
    ):  # fmt: skip
        messages.success(request, _("Your report on %(output)s counts from now on.") % {"output": output.id})
        return redirect(page_of(org))
    shown = {"org": org, "output": output, "year": year, "form": form, "people": people}
    return render(request, "attestations/attest_people.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def attest_for_schools(request: PersonRequest, district_id: int, output_id: str, year: str) -> HttpResponse:
    """Answer an output's questions once for several schools of a district."""
    district, output = get_object_or_404(Org, pk=district_id), output_or_404(output_id)
    asked = year_or_404(year)
    require(may_attest_for_schools(request.standing, district, output))
    if closed := rules.year_in_question(output, asked, on=request.today):
        return _closed(request, district, output, asked, closed)
    schools = schools_of(district, request.today)
    lacking = list(queries.schools_lacking(district, output, asked, request.today))
    form = AttestSchoolsForm(
        request.POST or None, request.FILES or None, output=output, year=asked, on=request.today,
        schools=schools, lacking=lacking,
    )  # fmt: skip
    if form.is_valid() and done(
        request, form, district,
        lambda document: actions.attest_for_schools(
            district=district, schools=list(form.cleaned_data["schools"]), output=output, year=asked,
            answers=form.cleaned_data["answers"], statement=form.cleaned_data["statement"], document=document,
            by=request.standing, on=request.today,
        ),
    ):  # fmt: skip
        number = len(form.cleaned_data["schools"])
        messages.success(
            request,
            ngettext("You reported for %(number)s school.", "You reported for %(number)s schools.", number)
            % {"number": number},
        )
        return redirect(page_of(district))
    shown = {"org": district, "output": output, "year": asked, "form": form, "lacking": lacking}
    return render(request, "attestations/attest_for_schools.html", shown)
