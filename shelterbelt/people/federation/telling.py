"""What a provider says, on its way into allauth's steps: nothing of it is kept but the subject."""

from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import ProviderException
from django.http import HttpRequest

from shelterbelt.people.federation.rules import Said
from shelterbelt.people.models import Person


class Untrue(ProviderException):  # type: ignore[misc]  # allauth brings no types
    """What came back isn't the provider's word, for us, now; the message is for the record."""


class ToldLogin(SocialLogin):  # type: ignore[misc]  # allauth brings no types
    """A sign-in as a provider tells it. Whom it concerns is found by vouching, not by allauth."""

    def __init__(self, provider: Any, said: Said) -> None:
        account = SocialAccount(provider=provider.sub_id, uid=said.subject)
        super().__init__(user=Person(), account=account, provider=provider)
        self.said = said

    def lookup(self) -> None:
        """Nobody yet."""


class Telling:
    """For allauth's provider classes: what they answer with is what was said."""

    def sociallogin_from_response(self, request: HttpRequest, response: Said) -> ToldLogin:  # noqa: ARG002
        """Carry it to the adapter."""
        return ToldLogin(self, response)
