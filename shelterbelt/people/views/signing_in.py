"""Sign in, sign out, choose a password. For everybody, so in English and Spanish."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.people.actions import ask_for_link, choose_password
from shelterbelt.people.forms import ForgottenForm, SignInForm
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import enter, from_link, recognised

_TOKEN = "password_link"  # noqa: S105  the name of a place in the session
_HELD = "choose"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@audience("public")
def sign_in(request: PersonRequest) -> HttpResponse:
    """By address and password."""
    onward = _onward(request)
    if request.person is not None and request.method != "POST":
        return HttpResponseRedirect(onward)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        person = recognised(request, **form.cleaned_data)
        if person is not None:
            enter(request, person)
            return HttpResponseRedirect(onward)
        form.add_error(None, _("We don't know this address with this password. Check both and try again."))
    return render(request, "people/sign_in.html", {"form": form, "next": request.GET.get("next", "")})


def _onward(request: PersonRequest) -> str:
    """Where they were going, if that is an address of ours: a path from the root, not the name of a page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own and wanted.startswith("/") else resolve_url(settings.LOGIN_REDIRECT_URL)


@require_POST
@audience("public")
def sign_out(request: PersonRequest) -> HttpResponseRedirect:
    """End the session."""
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("people:sign_in")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@audience("public")
def forgotten(request: PersonRequest) -> HttpResponse:
    """Ask for a link to choose a password."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        ask_for_link(email=form.cleaned_data["email"])
        return render(request, "people/link_sent.html", {"email": form.cleaned_data["email"]})
    return render(request, "people/forgotten.html", {"form": form})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@audience("public")
def set_password(request: PersonRequest, reference: str, token: str) -> HttpResponse:
    """Choose a password, by the link we mailed.

    The link's secret goes into the session at once, so that it stands in no address a browser passes on.
    """
    if token != _HELD:
        request.session[_TOKEN] = token
        return redirect("people:set_password", reference, _HELD)
    person = from_link(reference, request.session.get(_TOKEN, ""))
    if person is None:
        return render(request, "people/link_spent.html", status=410)
    return _choose(request, person)


def _choose(request: PersonRequest, person: Person) -> HttpResponse:
    form: SetPasswordForm[Person] = SetPasswordForm(person, request.POST or None)
    if form.is_valid():
        choose_password(person=person, password=form.cleaned_data["new_password1"])
        del request.session[_TOKEN]
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("people:sign_in")
    return render(request, "people/set_password.html", {"form": form, "of": person})
