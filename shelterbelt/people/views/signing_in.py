"""Sign in, sign out, choose a password. For everybody, so in English and Spanish."""

from datetime import timedelta
from typing import Any

from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.people.actions import ask_for_link, choose_password
from shelterbelt.people.federation.offering import offer
from shelterbelt.people.forms import ForgottenForm, SignInForm
from shelterbelt.people.models import Person, SignIn
from shelterbelt.people.sign_in import (
    before_second_factor,
    factors as second_factors,
    from_link,
    own_address,
    signing_in,
    tries,
)
from shelterbelt.people.sign_in.stages import SecondFactorStage
from shelterbelt.people.sign_in.trying import begin, begin_with_passkey, try_password
from shelterbelt.people.sign_in_forms import CodeForm, PasskeyForm

_TOKEN = "password_link"  # noqa: S105  the name of a place in the session
_HELD = "choose"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@audience("public")
def sign_in(request: PersonRequest) -> HttpResponseBase:
    """By address and password, or by a passkey."""
    onward = _onward(request)
    if request.person is not None and request.method != "POST":
        return HttpResponseRedirect(onward)
    form = SignInForm(request.POST or None)
    if form.is_valid() and (answer := _tried(request, form, onward)):
        return answer
    offered = offer(request.POST.get("email", ""))
    shown = {"form": form, "next": request.GET.get("next", ""), "offered": offered}
    return render(request, "people/sign_in.html", shown)


def _tried(request: PersonRequest, form: SignInForm, onward: str) -> HttpResponseBase | None:
    try:
        person = try_password(request, **form.cleaned_data)
    except tries.MustWait as wait:
        form.add_error(None, told_to_wait(wait.left))
        return None
    if person is not None:
        return begin(request, person, onward=onward)
    form.add_error(None, _("We don't know this address with this password. Check both and try again."))
    return None


def told_to_wait(left: timedelta) -> str:
    """How long, and what works meanwhile."""
    minutes = int(left.total_seconds() // 60) + 1
    return ngettext(
        "Too many tries failed. Try again in a minute. The link that we mail you works at once.",
        "Too many tries failed. Try again in %(minutes)s minutes. The link that we mail you works at once.",
        minutes,
    ) % {"minutes": minutes}


def _onward(request: PersonRequest) -> str:
    """Where they were going, if that is an address of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return own_address(request, wanted) or resolve_url(settings.LOGIN_REDIRECT_URL)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@audience("public")
def sign_in_passkey(request: PersonRequest) -> HttpResponseBase:
    """What a passkey is to sign, for the page's script; and, sent back, whoever signed it."""
    if request.method != "POST":
        return JsonResponse(second_factors.passkey_options(None))
    form = PasskeyForm(request.POST)
    if form.is_valid() and (answer := begin_with_passkey(request, form.cleaned_data["credential"], _onward(request))):
        return answer
    messages.error(request, _("This passkey isn't known here. Sign in with your password, or try another passkey."))
    return redirect("people:sign_in")


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@audience("public")
def second_factor(request: PersonRequest) -> HttpResponseBase:
    """The second factor of somebody whose password was right."""
    with signing_in("second factor"):
        stage = LoginStageController.enter(request, SecondFactorStage.key)
    if stage is None or request.person is not None:
        return redirect("people:sign_in")
    form = _form_of_factor(request)
    if form is not None and form.is_valid() and (answer := _shown(request, form, stage)):
        return answer
    return render(request, "people/second_factor.html", _asked(stage.login, form))


def _form_of_factor(request: Any) -> CodeForm | PasskeyForm | None:
    if request.method != "POST":
        return None
    return PasskeyForm(request.POST) if "credential" in request.POST else CodeForm(request.POST)


def _shown(request: PersonRequest, form: CodeForm | PasskeyForm, stage: Any) -> HttpResponseBase | None:
    """Whether it was the right one: then the sign-in goes on."""
    person = stage.login.user
    try:
        this = tries.of_factor(request, person)
    except tries.MustWait as wait:
        form.add_error(None, told_to_wait(wait.left))
        return None
    with signing_in("second factor"):
        if factor := second_factors.given(person, form.cleaned_data):
            this.forgive()
            second_factors.used(request, factor)
            answer: HttpResponseBase = stage.exit()
            return answer
    tries.note_failure(request, SignIn.Outcome.WRONG_CODE, person=person)
    form.add_error(None, second_factors.sentence(form.cleaned_data))
    return None


def _asked(login: Login, form: CodeForm | PasskeyForm | None) -> dict[str, Any]:
    """What the page asks for, by what this person has."""
    with signing_in("second factor"):
        kinds = set(second_factors.factors_of(login.user).values_list("type", flat=True))
        options = second_factors.passkey_options(login.user) if second_factors.Kind.WEBAUTHN in kinds else None
    code = form if isinstance(form, CodeForm) else CodeForm()
    return {"form": form or code, "code": code, "has_app": second_factors.Kind.TOTP in kinds, "options": options}


@require_POST
@before_second_factor
@audience("public")
def sign_out(request: PersonRequest) -> HttpResponseRedirect:
    """End the session."""
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("people:sign_in")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
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
@before_second_factor
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


def _choose(request: Any, person: Person) -> HttpResponse:
    form: SetPasswordForm[Person] = SetPasswordForm(person, request.POST or None)
    if form.is_valid():
        choose_password(person=person, password=form.cleaned_data["new_password1"])
        logout(request)  # whoever used this browser before
        request.known_to_this_browser = person  # only they read their mail
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("people:sign_in")
    return render(request, "people/set_password.html", {"form": form, "of": person})
