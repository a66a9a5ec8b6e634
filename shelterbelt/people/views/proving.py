"""The page that asks somebody to prove again that it is they."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.people.models import SignIn
from shelterbelt.people.sign_in import before_second_factor, factors, own_address, tries
from shelterbelt.people.sign_in.again import prove
from shelterbelt.people.sign_in.by_address import fits
from shelterbelt.people.sign_in.required import has_shown
from shelterbelt.people.sign_in_forms import CodeForm, PasskeyForm, PasswordForm
from shelterbelt.people.views.signing_in import told_to_wait


@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@audience("signed_in")
def again(request: Any) -> HttpResponse:
    """Is it still you? By a second factor if they have one, else by the password."""
    onward = own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    by_factor = factors.has_factor(request.person)
    form = _sent(request, by_factor=by_factor) if request.method == "POST" else None
    if form is not None and form.is_valid() and _proved(request, form):
        return HttpResponseRedirect(onward or resolve_url("people:account"))
    return render(request, "people/again.html", _asked(request, form, by_factor=by_factor) | {"next": onward})


def _sent(request: Any, *, by_factor: bool) -> Any:
    if not by_factor:
        return PasswordForm(request.POST)
    return PasskeyForm(request.POST) if "credential" in request.POST else CodeForm(request.POST)


def _proved(request: Any, form: Any) -> bool:
    try:
        this = tries.of_proof(request, request.person)
    except tries.MustWait as wait:
        form.add_error(None, told_to_wait(wait.left))
        return False
    if _is_password(request, form) if "password" in form.cleaned_data else _is_factor(request, form):
        this.forgive()
        prove(request)
        return True
    return False


def _is_password(request: Any, form: Any) -> bool:
    if fits(request.person, form.cleaned_data["password"]):
        record_authentication(request, request.person, "password")
        return True
    tries.note_failure(request, SignIn.Outcome.WRONG_PASSWORD, person=request.person)
    form.add_error("password", _("This isn't your password. Type it once more."))
    return False


def _is_factor(request: Any, form: Any) -> bool:
    factor = factors.given(request.person, form.cleaned_data)
    if factor is not None:
        factors.used(request, factor)
        has_shown(request, factor.type)
        return True
    tries.note_failure(request, SignIn.Outcome.WRONG_CODE, person=request.person)
    form.add_error(None, factors.sentence(form.cleaned_data))
    return False


def _asked(request: Any, form: Any, *, by_factor: bool) -> dict[str, Any]:
    """What the page asks for, by what this person has."""
    kinds = set(factors.factors_of(request.person).values_list("type", flat=True)) if by_factor else set()
    return {
        "form": form,
        "code": form if isinstance(form, CodeForm) else CodeForm(),
        "password": form if isinstance(form, PasswordForm) else PasswordForm(),
        "by_factor": by_factor,
        "has_password": request.person.has_usable_password(),
        "has_app": factors.Kind.TOTP in kinds,
        "options": factors.passkey_options(request.person) if factors.Kind.WEBAUTHN in kinds else None,
    }
