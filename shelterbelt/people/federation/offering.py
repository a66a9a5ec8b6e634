"""What the sign-in asks about providers: to whom one is offered, who has to use it, for whom it still speaks."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpResponse
from django.shortcuts import render

from shelterbelt.core import clock
from shelterbelt.people.federation.models import IdentityProvider
from shelterbelt.people.federation.queries import binding, offered_for, still_vouches
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in.onward import own_address
from shelterbelt.people.sign_in.scope import signing_in


def offer(email: str) -> IdentityProvider | None:
    """The provider to offer for an address. Anybody may know; whether the address is anybody's stays untold."""
    if "@" not in email or not email.isprintable():
        return None
    with signing_in("whose sign-in an address has"):
        return offered_for(email, clock.today())


def by_provider(request: Any, person: Person) -> str:
    """The reference of the provider by which this session was begun, or is about to be; empty for any other way."""
    records = get_authentication_records(request, person)
    named = [str(record["provider"]) for record in records if record["method"] == "socialaccount"]
    return named[-1] if named else ""


def proved_here(request: Any, person: Person) -> bool:
    """Whether they proved in this session, with a password or factor of ours, who they are.

    Whoever was let in on a provider's word alone leaves no key here that would outlast its word.
    """
    records = get_authentication_records(request, person)
    ours = any(each["method"] == "password" or _is_own_factor(each) for each in records)
    return ours or not by_provider(request, person)


def _is_own_factor(record: dict[str, Any]) -> bool:
    return bool(record["method"] == "mfa" and record.get("type") != "provider")


def led_to_provider(request: Any, person: Person) -> HttpResponse | None:
    """The page that leads somebody to the provider that their organization requires; None if they may go on."""
    if by_provider(request, person):
        return None
    with signing_in("whether a password will do"):
        required = binding(person, clock.today())
    if required is None:
        return None
    shown = {"offered": required, "next": own_address(request, request.POST.get("next", ""))}
    return render(request, "people/providers/bound.html", shown, status=403)


def still_vouched_for(session: Any, person: Person, on: date) -> bool:
    """Whether the provider that let somebody in could do so today. Others are asked nothing, and cost nothing."""
    reference = by_provider(SimpleNamespace(session=session), person)  # all that allauth asks of a request here
    if not reference:
        return True
    with signing_in("whether their provider still speaks for them"):
        return still_vouches(reference, person, on)
