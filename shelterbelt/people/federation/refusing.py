"""The page that says why signing in with a provider didn't work, without telling a provider about people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shelterbelt.people.federation.models import IdentityProvider, RefusedSignIn

Reason = RefusedSignIn.Reason

ABOUT_THE_PROVIDER = {Reason.SILENT, Reason.NOT_GENUINE, Reason.DECLINED, Reason.USED}
"""What may be told to whoever sits there. All that concerns people reads the same: who asks may be lying."""


def refused_page(request: HttpRequest, provider: IdentityProvider, reason: Reason | None) -> HttpResponse:
    """`None`: the sign-in wasn't begun in this browser, or too long ago."""
    told = "stale" if reason is None else reason.value if reason in ABOUT_THE_PROVIDER else "person"
    status = 503 if reason is Reason.SILENT else 403
    return render(request, "people/providers/refused.html", {"provider": provider, "told": told}, status=status)
