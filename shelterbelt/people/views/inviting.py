"""Invitations: who was invited at an organisation, and the page behind the link in the mail."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock, log_lines
from shelterbelt.orgs.models import Org
from shelterbelt.people import actions, queries
from shelterbelt.people.actions.inviting import from_token
from shelterbelt.people.models import Invitation, Person
from shelterbelt.people.policy import may_appoint_anyone, may_invite
from shelterbelt.people.views.closed_names import note_names

log = log_lines.logger("shelterbelt.people.inviting")

A_PAGE = 50
_TOKEN = "invitation"  # noqa: S105  the name of a place in the session
TOLD = ("used", "withdrawn", "ended")
"""What became of an invitation that whoever held its link is told. Old and invented links get one answer."""


@require_safe
@audience("signed_in")
def invitations(request: PersonRequest, org_id: int) -> HttpResponse:
    """Who was invited here and has not come yet."""
    org = get_object_or_404(Org, pk=org_id)
    require(may_appoint_anyone(request.standing, org))
    page = Paginator(queries.invitations_at(org), A_PAGE).get_page(request.GET.get("page"))
    note_names(request, (invitation.appointment for invitation in page))
    at = clock.now()
    lines = [(one, queries.state_of(one, at=at, on=request.today), may_invite(request.standing, one)) for one in page]
    return render(request, "people/invitations.html", {"org": org, "page_obj": page, "lines": lines})


@require_POST
@audience("signed_in")
@at_most(60, per="hour", of="invitations sent again")
def send_again(request: PersonRequest, invitation_id: int) -> HttpResponse:
    """A new link in a new mail."""
    invitation = _the_invitation(invitation_id)
    actions.send_again(invitation=invitation, by=request.standing, at=clock.now())
    said = {"person": invitation.person}
    messages.success(request, _("%(person)s gets a new mail. The link in the one before no longer works.") % said)
    return redirect("people:invitations", invitation.org_id)


@require_POST
@audience("signed_in")
def withdraw_invitation(request: PersonRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _the_invitation(invitation_id)
    actions.withdraw_invitation(invitation=invitation, by=request.standing, at=clock.now())
    said = {"person": invitation.person}
    messages.success(request, _("The invitation of %(person)s no longer works. The office itself goes on.") % said)
    return redirect("people:invitations", invitation.org_id)


def _the_invitation(number: int) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("appointment", "org", "person"), pk=number)


@never_cache
@require_safe
@audience("public")
def invitation(request: PersonRequest, token: str) -> HttpResponse:
    """The link in the mail. Its secret goes into the session at once, so that it stands in no address passed on."""
    request.session[_TOKEN] = token
    return redirect("people:accept")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@audience("public")
def accept(request: PersonRequest) -> HttpResponse:
    """Choose a password, by an invitation."""
    token = request.session.get(_TOKEN, "")
    found = from_token(token)
    state = queries.state_of(found, at=clock.now(), on=request.today) if found and found.person.is_active else ""
    if found is None or state != "open":
        return _not_open(request, found, state)
    _speak(request, found.person)
    form: SetPasswordForm[Person] = SetPasswordForm(found.person, request.POST or None)
    if form.is_valid():
        return _accepted(request, token, form.cleaned_data["new_password1"])
    return render(request, "people/accept.html", {"form": form, "invitation": found, "office": _office(found)})


def _accepted(request: PersonRequest, token: str, password: str) -> HttpResponse:
    try:
        actions.accept(token=token, password=password, at=clock.now(), on=request.today)
    except PermissionDenied:  # somebody was quicker: the page says what became of it
        return redirect("people:accept")
    logout(request)  # whoever used this browser before
    messages.success(request, _("Your password is set. Sign in with it."))
    return redirect("people:sign_in")


def _not_open(request: PersonRequest, found: Invitation | None, state: str) -> HttpResponse:
    log.warning("an invitation was refused", why=state or "unknown", invitation=found.pk if found else None)
    if found is None or state not in TOLD:
        return render(request, "people/invitation_spent.html", status=410)
    _speak(request, found.person)
    return render(request, "people/invitation_over.html", {"invitation": found, "state": state}, status=410)


def _speak(request: PersonRequest, person: Person) -> None:
    """In the person's language, unless whoever reads has chosen another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(person.language)


def _office(found: Invitation) -> str:
    return str(found.appointment.get_office_display())
