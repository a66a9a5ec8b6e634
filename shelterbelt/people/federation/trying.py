"""Trying a connection out: the provider vouches for whoever tries, and nobody is signed in by it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shelterbelt.core import clock
from shelterbelt.people.federation.actions import note_tested, verdict
from shelterbelt.people.federation.models import IdentityProvider, RefusedSignIn
from shelterbelt.people.federation.refusing import refused_page
from shelterbelt.people.federation.rules import Said, proves_second_factor
from shelterbelt.people.sign_in import signing_in

PROCESS = "try"
"""How allauth's state remembers that it is only a try."""


def result(request: HttpRequest, provider: IdentityProvider, said: Said) -> HttpResponse:
    """What the provider said about whoever tries, and whether that would let them in. That it spoke is noted."""
    asker: Any = request
    if asker.person is None:
        return refused_page(request, provider, None)
    with signing_in(f"identity provider {provider.pk} tried out"):
        person, reason = verdict(provider=provider, said=said, today=asker.today)
    note_tested(provider=provider, by=asker.standing, at=clock.now())
    shown = {
        "provider": provider,
        "said": said,
        "methods": sorted(said.methods),
        "second_factor": proves_second_factor(said.methods, provider.second_factor_claims),
        "reason": RefusedSignIn.Reason(reason).label if reason else "",
        "lets_in": person is not None and reason is None,
    }
    return render(request, "people/providers/tried.html", shown)
