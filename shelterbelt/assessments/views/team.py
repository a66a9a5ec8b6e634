"""A team: forming it, who comes and who goes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions.team import Joining, add_member, end_member, form_team
from shelterbelt.assessments.forms.team import MemberForm, TeamForm
from shelterbelt.assessments.models import Team, TeamMember
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.queries import assessment as queries
from shelterbelt.assessments.rules.cadence import MIN_ROLES
from shelterbelt.assessments.views.common import crumbs, form_page, tell
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def form(request: PersonRequest, org_id: int) -> HttpResponse:
    """A new team of a school or district."""
    org = get_object_or_404(Org, pk=org_id)
    require(policy.may_form_team(request.standing, org))
    asked = TeamForm(request.POST or None)
    if asked.is_valid():
        team = form_team(org=org, name=asked.cleaned_data["name"], members=(), by=request.standing, on=request.today)
        messages.success(request, _("The team is formed. Add its people: three roles or more."))
        return redirect("assessments:team", team.pk)
    return form_page(request, "team_new", asked, org=org, crumbs=crumbs(here=_("New team")))


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def team(request: PersonRequest, team_id: int) -> HttpResponse:
    """Its people; the form below adds one."""
    found = get_object_or_404(Team.objects.select_related("org"), pk=team_id)
    require(policy.may_read(request.standing, found.org) if found.org.kind == Org.Kind.SCHOOL else None)
    asked = MemberForm(request.POST or None)
    if asked.is_valid():
        try:
            add_member(found, joining=_joining(asked), by=request.standing, on=request.today)
        except ValidationError as error:
            tell(asked, error)
        else:
            return redirect("assessments:team", found.pk)
    shown = {
        "team": found,
        "form": asked,
        "members": queries.members_of(found, request.today),
        "roles": queries.roles_in(found, request.today),
        "needed": MIN_ROLES,
        "refusal": policy.may_change_team(request.standing, found),
        "crumbs": crumbs(found.org if found.org.kind == Org.Kind.SCHOOL else None, here=found.name),
    }
    return render(request, "assessments/team.html", shown, status=422 if asked.errors else 200)


@require_POST
@audience("signed_in")
def leave(request: PersonRequest, team_id: int, member_id: int) -> HttpResponse:
    """Somebody leaves the team."""
    member = get_object_or_404(TeamMember.objects.select_related("team__org"), pk=member_id, team=team_id)
    end_member(member, by=request.standing, on=request.today)
    messages.success(request, _("%(name)s is no longer in the team.") % {"name": member.name})
    return redirect(reverse("assessments:team", args=[team_id]))


def _joining(asked: MemberForm) -> Joining:
    """Who joins. An address that belongs to nobody within sight is told at its field."""
    address = asked.cleaned_data["email"]
    person = Person.objects.filter(email__iexact=address).first() if address else None
    if address and person is None:
        raise ValidationError({"email": [_("Nobody within your sight signs in with this address. Leave it empty.")]})
    return Joining(asked.cleaned_data["name"], asked.cleaned_data["role"], person)
