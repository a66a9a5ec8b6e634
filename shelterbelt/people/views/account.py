"""How one signs in: password, second factors, recovery codes; and where one is signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.people import sign_in_queries as queries
from shelterbelt.people.actions import signing_in as actions
from shelterbelt.people.models import Person, Session
from shelterbelt.people.policy import may_remove_factor, may_reset_factors
from shelterbelt.people.sessions import hashed
from shelterbelt.people.sign_in import before_second_factor, factors, own_address, recent
from shelterbelt.people.sign_in.app_setup import app_setup, forget_secret
from shelterbelt.people.sign_in.required import has_shown, lacks_second_factor
from shelterbelt.people.sign_in_forms import AddPasskeyForm, AppCodeForm
from shelterbelt.people.views.own_keys import own_key


@require_safe
@audience("signed_in")
def account(request: Any) -> HttpResponse:
    """How I sign in."""
    shown = {"ways": queries.ways_of(request.person), "sessions": queries.sessions_of(request).count()}
    return render(request, "people/account.html", shown)


@never_cache
@require_safe
@before_second_factor
@audience("signed_in")
def second_factors(request: Any) -> HttpResponse:
    """My second factors, and what can be added."""
    lacking = lacks_second_factor(request)
    if lacking and factors.has_factor(request.person):  # they have one and came in without: once more, with it
        return redirect(_with_next(request, "people:again"))
    mine = factors.factors_of(request.person).exclude(type=factors.Kind.RECOVERY_CODES)
    lines = [(factor, may_remove_factor(request.standing, factor)) for factor in mine]
    shown = {
        "lines": lines,
        "has_app": any(factor.type == factors.Kind.TOTP for factor, _refusal in lines),
        "codes": factors.unused_codes(request.person),
        "lacking": lacking,
        "next": _next(request),
    }
    return render(request, "people/second_factors.html", shown)


@recent
@own_key
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@audience("signed_in")
def add_app(request: Any) -> HttpResponse:
    """An app on my phone that shows codes."""
    setup, form = app_setup(request, request.person), AppCodeForm(request.POST or None)
    if form.is_valid() and _done(form, actions.add_app, secret=setup.secret, by=request.standing, **form.cleaned_data):
        forget_secret(request)
        return _added(request, factors.Kind.TOTP)
    return render(request, "people/add_app.html", {"form": form, "setup": setup, "next": _next(request)})


@recent
@own_key
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@audience("signed_in")
def add_passkey(request: Any) -> HttpResponse:
    """A passkey: this computer, my phone, a key to plug in."""
    form = AddPasskeyForm(request.POST or None)
    if form.is_valid() and _done(form, actions.add_passkey, by=request.standing, **form.cleaned_data):
        return _added(request, factors.Kind.WEBAUTHN)
    options = factors.new_passkey_options(request.person)
    return render(request, "people/add_passkey.html", {"form": form, "options": options, "next": _next(request)})


def _done(form: Any, act: Any, **values: Any) -> bool:
    """Whether the action was done; else the form says why not."""
    try:
        act(**values)
    except ValidationError as problem:
        form.add_error(None, problem)
    return bool(form.is_valid())


def _added(request: Any, kind: str) -> HttpResponseRedirect:
    """From now on this session has its second factor. The spare codes come next."""
    has_shown(request, kind)
    messages.success(request, _("Done. From now on you are asked for it whenever you sign in."))
    if factors.codes_to_show(request.person):
        return redirect(_with_next(request, "people:recovery_codes"))
    return HttpResponseRedirect(_next(request) or reverse("people:second_factors"))


@recent
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def remove_factor(request: Any, factor_id: int) -> HttpResponse:
    """Remove an app or a passkey."""
    factor = get_object_or_404(
        factors.factors_of(request.person).exclude(type=factors.Kind.RECOVERY_CODES), pk=factor_id
    )
    require(may_remove_factor(request.standing, factor))
    if request.method == "POST":
        actions.remove_factor(factor=factor, by=request.standing)
        messages.success(request, _("Removed. It no longer lets anybody in."))
        return redirect("people:second_factors")
    return render(request, "people/remove_factor.html", {"factor": factor})


@recent
@own_key
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@audience("signed_in")
def recovery_codes(request: Any) -> HttpResponse:
    """My spare codes: shown until I have kept them, and never again; or new ones."""
    if request.method == "POST" and "kept" in request.POST:
        actions.keep_recovery_codes(by=request.standing)
        messages.success(request, _("Your recovery codes are shown no more. Keep the paper in a safe place."))
        return HttpResponseRedirect(_next(request) or reverse("people:second_factors"))
    if request.method == "POST":
        return _new_codes(request)
    shown = {
        "codes": factors.codes_to_show(request.person),
        "left": len(factors.unused_codes(request.person) or []),
        "has_factor": factors.has_factor(request.person),
        "next": _next(request),
    }
    return render(request, "people/recovery_codes.html", shown)


def _new_codes(request: Any) -> HttpResponse:
    try:
        actions.new_recovery_codes(by=request.standing)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("people:second_factors")
    return redirect(_with_next(request, "people:recovery_codes"))


@recent
@own_key
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def change_password(request: Any) -> HttpResponse:
    """Another password."""
    form: SetPasswordForm[Person] = SetPasswordForm(request.person, request.POST or None)
    if form.is_valid():
        here = hashed(request.session.session_key)
        actions.change_password(password=form.cleaned_data["new_password1"], but=here, by=request.standing)
        update_session_auth_hash(request, request.person)
        messages.success(request, _("Your password is changed. Everywhere else you were signed out."))
        return redirect("people:account")
    return render(request, "people/change_password.html", {"form": form})


@never_cache
@require_safe
@audience("signed_in")
def sessions(request: Any) -> HttpResponse:
    """Where I am signed in, and who tried to be me."""
    here = hashed(request.session.session_key)
    shown = {
        "lines": [(session, session.pk == here) for session in queries.sessions_of(request)],
        "failures": queries.failures_of(request.person),
    }
    return render(request, "people/sessions.html", shown)


@require_POST
@audience("signed_in")
def end_session(request: Any, reference: str) -> HttpResponse:
    """Sign me out there."""
    mine = Session.objects.filter(person=request.person).exclude(pk=hashed(request.session.session_key))
    actions.end_session(session=get_object_or_404(mine.known_by(reference)), by=request.standing)
    messages.success(request, _("You are signed out there."))
    return redirect("people:sessions")


@require_POST
@audience("signed_in")
def end_other_sessions(request: Any) -> HttpResponse:
    """Sign me out everywhere but here."""
    ended = actions.end_other_sessions(but=hashed(request.session.session_key), by=request.standing)
    told = ngettext(
        "You are signed out on %(number)s other device.", "You are signed out on %(number)s other devices.", ended
    )
    messages.success(request, told % {"number": ended})
    return redirect("people:sessions")


@recent
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def reset_factors(request: Any, person_id: int) -> HttpResponse:
    """Take the second factors away from somebody who lost them all."""
    somebody = get_object_or_404(Person, pk=person_id)
    require(may_reset_factors(request.standing, somebody))
    if request.method == "POST":
        actions.reset_factors(person=somebody, by=request.standing)
        said = {"person": somebody}
        messages.success(request, _("%(person)s can sign in with the password alone, once, to set up anew.") % said)
        return redirect("people:person", somebody.pk)
    return render(request, "people/reset_factors.html", {"somebody": somebody})


def _next(request: Any) -> str:
    """Where they were going, if that is ours."""
    return own_address(request, request.POST.get("next") or request.GET.get("next", ""))


def _with_next(request: Any, name: str) -> str:
    onward = _next(request)
    return f"{resolve_url(name)}?{urlencode({'next': onward})}" if onward else resolve_url(name)
