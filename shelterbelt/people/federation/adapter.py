"""How django-allauth finds the providers we connected, and what becomes of what they say."""

from typing import Any, NoReturn

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from shelterbelt.core import clock
from shelterbelt.core.text import key_in
from shelterbelt.people.device_words import device_words
from shelterbelt.people.federation import trying
from shelterbelt.people.federation.actions import refuse, vouch
from shelterbelt.people.federation.fetching import Silent
from shelterbelt.people.federation.models import IdentityProvider, RefusedSignIn
from shelterbelt.people.federation.refusing import refused_page
from shelterbelt.people.federation.rules import Said, proves_second_factor
from shelterbelt.people.federation.telling import ToldLogin
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import signing_in

Reason = RefusedSignIn.Reason


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """What allauth asks the site about identity providers."""

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002  allauth's signature
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """The one connected provider of this reference; allauth's own table of them stays empty."""
        number = key_in(provider or "")
        if number is None:
            return []
        with signing_in("find the identity provider"):
            rows = list(IdentityProvider.objects.filter(pk=number).select_related("org"))
        return [as_app(row) for row in rows if client_id in {None, row.client_id}]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  allauth's signature
        """No provider makes a person: an account comes with an appointment."""
        return False

    def get_requests_session(self) -> NoReturn:
        """Whatever asks a provider does so within the bounds of fetching.py."""
        raise RuntimeError("Ask providers through shelterbelt.people.federation.fetching.")

    def pre_social_login(self, request: HttpRequest, sociallogin: ToldLogin) -> NoReturn:
        """The provider has spoken. All that follows is ours: vouching, and allauth's stages of signing in."""
        raise ImmediateHttpResponse(
            answered(request, sociallogin.provider.app.row, sociallogin.said, sociallogin.state)
        )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        """What a provider's answer lacked, in a sentence; on record if this browser did begin the sign-in."""
        row: IdentityProvider = provider.app.row
        begun = bool((extra_context or {}).get("state"))
        if not begun:
            raise ImmediateHttpResponse(refused_page(request, row, None))
        reason = _reason(error, exception)
        refuse(provider=row, reason=reason, at=clock.now(), detail=str(exception or ""))
        raise ImmediateHttpResponse(refused_page(request, row, reason))


def _reason(error: str | None, exception: Exception | None) -> RefusedSignIn.Reason:
    if exception is not None:
        return Reason.SILENT if isinstance(exception, Silent) else Reason.NOT_GENUINE
    return Reason.DECLINED if error in {AuthError.CANCELLED, AuthError.UNKNOWN} else Reason.NOT_GENUINE


def as_app(row: IdentityProvider) -> SocialApp:
    """Our record in allauth's terms; never saved."""
    app = SocialApp(provider=row.protocol, provider_id=row.reference, name=row.name[:40], client_id=row.client_id)
    app.row = row
    return app


def answered(request: HttpRequest, provider: IdentityProvider, said: Said, state: dict[str, Any]) -> HttpResponse:
    """What follows from a provider's word, for the sign-in or the try that was begun."""
    if state.get("process") == trying.PROCESS:
        return trying.result(request, provider, said)
    return entered(request, provider, said, onward=state.get("next") or "")


def entered(request: HttpRequest, provider: IdentityProvider, said: Said, *, onward: str) -> HttpResponse:
    """Sign in the person whom a provider vouches for, through whatever else their office asks for."""
    today = clock.today()
    if not provider.is_live(today):
        return refused_page(request, provider, None)
    found = vouch(provider=provider, said=said, today=today, at=clock.now())
    if not isinstance(found, Person):
        return refused_page(request, provider, found)
    session: Any = request.session
    session.device = device_words(request.headers.get("User-Agent", ""))  # allauth has read it anew meanwhile
    with signing_in(f"signs in with identity provider {provider.pk}"):
        record_authentication(request, found, "socialaccount", provider=provider.reference, uid=said.subject)
        if proves_second_factor(said.methods, provider.second_factor_claims):
            record_authentication(request, found, "mfa", type="provider", id=provider.reference)
        answer: HttpResponse = perform_login(request, found, redirect_url=onward or resolve_url("home:start"))
        return answer
