"""The purchases of a district, those of all districts within reach, and that a year went by without any."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shelterbelt import strategy
from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions.procurement import OUTPUT, say_nothing_bought
from shelterbelt.assessments.models import Procurement
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.queries import procurement as queries
from shelterbelt.assessments.rules.procurement_judging import is_evaluated_first
from shelterbelt.assessments.views.procurement_common import PAGE, the_district
from shelterbelt.attestations.queries import attestation_in_force
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org

LAST_SHOWN = 10
"""How many years back the pages offer."""


@require_safe
@audience("signed_in")
def mine(request: PersonRequest) -> HttpResponse:
    """One's own district at once; whoever reaches several chooses."""
    places = queries.districts_within_reach(request.today)
    if len(own := list(places[:2])) == 1:
        return redirect("buying:district", own[0].pk)
    words = request.GET.get("words", "").strip()
    if words:
        places = places.filter(name__icontains=words)
    undecided = queries.purchases().undecided() if own else queries.purchases().none()
    return render(request, "buying/mine.html", {
        "page_obj": Paginator(places, PAGE).get_page(request.GET.get("page")), "words": words, "reaches": bool(own),
        "undecided": undecided[:PAGE],
    })  # fmt: skip


@require_safe
@audience("signed_in")
def district(request: PersonRequest, district_id: int) -> HttpResponse:
    """A year's purchases, and what E-O1 says of them."""
    place = the_district(district_id)
    require(policy.may_read(request.standing, place))
    year = _the_year(request)
    if not request.standing.is_inside(place):
        note_reading("assessments.purchases", year.slug, org=place.pk, reason="list of purchases")
    current = SchoolYear.of(request.today)
    rows = [(each, _counts(each)) for each in queries.purchases().filter(queries.of_year(year), org=place)]
    so_far = queries.year_so_far(place, year, request.today)
    return render(request, "buying/district.html", {
        "district": place, "year": year, "years": [year - 1, year + 1] if year < current else [year - 1],
        "rows": rows, "open_before": _undecided_before(place, year) if year == current else [], "so_far": so_far,
        "said": _said(place, year, request), "is_current": year == current,
        "refusal": policy.may_consider(request.standing, place),
        "may_say_nothing": policy.may_say_nothing_bought(request.standing, place), "output": OUTPUT,
    })  # fmt: skip


@require_POST
@audience("signed_in")
def nothing(request: PersonRequest, district_id: int) -> HttpResponse:
    """One click: the district bought nothing for security this year."""
    place = the_district(district_id)
    require(policy.may_say_nothing_bought(request.standing, place))
    year = _the_year(request, request.POST.get("year", ""))
    try:
        say_nothing_bought(district=place, year=year, by=request.standing, on=request.today)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is on record. If you buy something after all, write it down here."))
    response = redirect("buying:district", place.pk)
    response["Location"] += f"?year={year}"
    return response


def _counts(purchase: Procurement) -> str:
    judged = queries.as_judged(purchase)
    if judged is None:
        return ""
    return "met" if is_evaluated_first(judged) else "not_met"


def _undecided_before(place: Org, year: SchoolYear) -> list[Procurement]:
    """What was begun in an earlier year and still waits for a decision."""
    return list(queries.purchases().undecided().filter(org=place, considered_on__lt=year.starts_on))


def _said(place: Org, year: SchoolYear, request: PersonRequest) -> object:
    """What was attested for the year instead; records stand above it."""
    return attestation_in_force(place, strategy.current().output(OUTPUT), year, request.today)


def _the_year(request: PersonRequest, named: str | None = None) -> SchoolYear:
    text = named if named is not None else request.GET.get("year", "")
    current = SchoolYear.of(request.today)
    if not text:
        return current
    try:
        year = SchoolYear.named(text)
    except ValueError as error:
        raise Http404(str(error)) from error
    if not current - LAST_SHOWN <= year <= current:
        raise Http404(_("There are no records for that school year."))
    return year
