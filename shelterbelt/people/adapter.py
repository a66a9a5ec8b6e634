"""How django-allauth behaves in this house: nobody signs up, addresses stand on the person, scopes are ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shelterbelt.people.federation.offering import led_to_provider
from shelterbelt.people.models import Person, SignIn
from shelterbelt.people.sign_in import enter, own_address


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """What allauth asks the site about accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """An account comes with an appointment, never by itself."""
        return False

    def get_login_stages(self) -> list[str]:
        """A second factor, for those who have one. Addresses are known from whoever appointed, so none is verified."""
        return ["shelterbelt.people.sign_in.stages.SecondFactorStage"]

    def pre_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse | None:
        """Whoever has to come in by their organization's own sign-in is led there, whatever else was right."""
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer or led_to_provider(request, user)

    def login(self, request: HttpRequest, user: Person) -> None:
        """Begin the session, in the sign-in's scope: until then nobody acts."""
        records = get_authentication_records(request, user)
        factors = [record["type"] for record in records if record["method"] == "mfa"]
        enter(request, user, way=_way(records), second_factor=factors[-1] if factors else "")

    def post_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse:  # noqa: ARG002
        """On to where they were going, if that is ours."""
        wanted = own_address(request, more.get("redirect_url") or "")
        return HttpResponseRedirect(wanted or resolve_url(settings.LOGIN_REDIRECT_URL))

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:  # noqa: ARG002
        """A closed account reads like an unknown one."""
        return redirect("people:sign_in")

    def get_reauthentication_methods(self, user: Person | AnonymousUser) -> list[dict[str, Any]]:
        """One page of ours asks again, in every way that the person has."""
        if not user.is_authenticated:
            return []
        return [{"id": "reauthenticate", "description": _("Confirm that it is you"), "url": reverse("people:again")}]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Letters leave through our own queue, in the same transaction; allauth writes none."""
        raise RuntimeError(f"No letter of django-allauth leaves this house: {template_prefix}")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Changes of factors and passwords are told by our own letters (people.tell_of_change)."""


def _way(records: list[dict[str, Any]]) -> SignIn.Way:
    if any(record.get("passwordless") for record in records):
        return SignIn.Way.PASSKEY
    if any(record["method"] == "socialaccount" for record in records):
        return SignIn.Way.PROVIDER
    return SignIn.Way.PASSWORD
