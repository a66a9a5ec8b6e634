"""Sign in with one's organisation: type the address, go to the provider, come back. In English and Spanish."""

import json
from datetime import datetime
from typing import Any

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock, sealing
from shelterbelt.people.federation import fetching, saml, trying
from shelterbelt.people.federation.actions import refuse, use_once
from shelterbelt.people.federation.adapter import answered, as_app
from shelterbelt.people.federation.forms import AddressForm
from shelterbelt.people.federation.models import IdentityProvider, RefusedSignIn
from shelterbelt.people.federation.offering import offer
from shelterbelt.people.federation.openid import OpenIdAdapter
from shelterbelt.people.federation.refusing import refused_page
from shelterbelt.people.federation.rules import Said
from shelterbelt.people.federation.telling import Untrue
from shelterbelt.people.sign_in import own_address, signing_in

_COOKIE = "assertion"
_SECONDS = 120
Protocol = IdentityProvider.Protocol


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@audience("public")
def choose(request: PersonRequest) -> HttpResponse:
    """Which provider speaks for an address. Anybody may know; whether the address is anybody's stays untold."""
    form = AddressForm(request.POST or None)
    offered = None
    if form.is_valid():
        offered = offer(form.cleaned_data["email"])
        if offered is None:
            form.add_error("email", _("No organization has its own sign-in for this address. Use your password."))
    shown = {"form": form, "offered": offered, "next": _next(request)}
    return render(request, "people/providers/choose.html", shown)


def _next(request: HttpRequest) -> str:
    """Where they were going, if that is ours."""
    return own_address(request, request.POST.get("next") or request.GET.get("next", ""))


def _provider(number: int, *, live: bool = False) -> IdentityProvider:
    """A provider that people may be on their way with."""
    with signing_in("find the identity provider"):
        found = IdentityProvider.objects.select_related("org").filter(pk=number).first()
    if found is None or (live and not found.is_live(clock.today())):
        raise Http404
    return found


@never_cache
@require_POST
@audience("public")
def begin(request: PersonRequest, with_id: int) -> HttpResponse:
    """Go to the provider's sign-in page."""
    return sent_off(request, _provider(with_id, live=True), AuthProcess.LOGIN, onward=_next(request))


def sent_off(request: HttpRequest, row: IdentityProvider, process: str, *, onward: str = "") -> HttpResponse:
    """Lead to the provider. By a page, not by a redirect: forms of ours may end nowhere else (form-action 'self')."""
    try:
        with fetching.within():
            answer = as_app(row).get_provider(request).redirect(request, process=process, next_url=onward)
    except ProviderException as error:
        reason = RefusedSignIn.Reason.SILENT
        refuse(provider=row, reason=reason, at=clock.now(), detail=str(error))
        return refused_page(request, row, reason)
    shown = {"provider": row, "address": answer["Location"], "trying": process == trying.PROCESS}
    return render(request, "people/providers/on_the_way.html", shown)


class _Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth brings no types
    """allauth's steps after a provider has sent somebody back with a code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A response that says whose it is must be this provider's (RFC 9207)."""
        named = request.GET.get("iss")
        row = self.adapter.row
        if named is not None and named != row.issuer:
            reason = RefusedSignIn.Reason.NOT_GENUINE
            refuse(provider=row, reason=reason, at=clock.now(), detail="The response names another issuer.")
            return refused_page(request, row, reason)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


@never_cache
@require_safe
@audience("public")
def callback(request: PersonRequest, with_id: int) -> HttpResponse:
    """Come back from an OpenID Connect provider."""
    row = _provider(with_id)
    if row.protocol != Protocol.OPEN_ID:
        raise Http404
    with fetching.within():
        view = _Callback.adapter_view(OpenIdAdapter(request, row.reference))
        answer: HttpResponse = view(request)
        return answer


@csrf_exempt  # the form comes from the provider's page; what it says is signed, and the next request has the session
@never_cache
@require_POST
@audience("public")
def acs(request: PersonRequest, with_id: int) -> HttpResponse:
    """A SAML provider's answer, in a form that the browser sends for it, without our session."""
    row = _provider(with_id)
    if row.protocol != Protocol.SAML:
        raise Http404
    try:
        found = saml.checked(row, request.POST.get("SAMLResponse", ""), at=clock.now())
    except Untrue as error:
        reason = RefusedSignIn.Reason.NOT_GENUINE
        refuse(provider=row, reason=reason, at=clock.now(), detail=str(error))
        return refused_page(request, row, reason)
    answer = redirect("providers:finish", row.pk)
    _keep(answer, row, found)
    return answer


def _keep(answer: HttpResponseRedirect, row: IdentityProvider, found: saml.Assertion) -> None:
    kept = {
        "subject": found.said.subject,
        "email": found.said.email,
        "verified": found.said.verified,
        "methods": sorted(found.said.methods),
        "in_response_to": found.in_response_to,
        "digest": found.digest,
        "expires_at": found.expires_at.isoformat(),
    }
    answer.set_cookie(
        _COOKIE,
        sealing.seal(json.dumps(kept).encode(), _context(row)),
        max_age=_SECONDS,
        path=answer["Location"],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _context(row: IdentityProvider) -> str:
    return f"assertion of identity provider {row.pk}"


def _kept(request: HttpRequest, row: IdentityProvider) -> saml.Assertion | None:
    try:
        found = json.loads(sealing.unseal(request.COOKIES.get(_COOKIE, ""), _context(row)))
    except sealing.Unsealable:
        return None
    expires_at = parse_datetime(found["expires_at"])
    if not isinstance(expires_at, datetime) or expires_at <= clock.now():
        return None
    said = Said(found["subject"], found["email"], found["verified"], frozenset(found["methods"]))
    return saml.Assertion(said, found["in_response_to"], found["digest"], expires_at)


@never_cache
@require_safe
@audience("public")
def finish(request: PersonRequest, with_id: int) -> HttpResponse:
    """The same browser again, now with its session: only where the sign-in was begun, and only once."""
    row = _provider(with_id)
    found = _kept(request, row)
    state = _begun(request, row, found) if found is not None else None
    if found is None or state is None:
        return refused_page(request, row, None)
    if not use_once(provider=row, digest=found.digest, expires_at=found.expires_at):
        return refused_page(request, row, refuse(provider=row, reason=RefusedSignIn.Reason.USED, at=clock.now()))
    answer = answered(request, row, found.said, state)
    answer.delete_cookie(_COOKIE, path=request.path)
    return answer


def _begun(request: HttpRequest, row: IdentityProvider, found: saml.Assertion) -> dict[str, Any] | None:
    """What this browser's session remembers of the request that was answered; it forgets it at once."""
    state: dict[str, Any] | None = statekit.unstash_state(
        request, provider_id=row.reference, state_id=found.in_response_to
    )
    return state


@require_safe
@audience("public")
def our_metadata(request: PersonRequest, with_id: int) -> HttpResponse:  # noqa: ARG001  a view's signature
    """Who we are, for a SAML provider's administrator."""
    row = _provider(with_id)
    if row.protocol != Protocol.SAML:
        raise Http404
    return HttpResponse(saml.our_metadata(row), content_type="application/samlmetadata+xml")
