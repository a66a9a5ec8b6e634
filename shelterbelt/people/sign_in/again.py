"""Proving again that it is they: before what would do most harm in a stolen session or at a desk left alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.conf import settings
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from shelterbelt.core import clock
from shelterbelt.people.sign_in.kept_forms import keep
from shelterbelt.people.sign_in_rules import is_recent

P = ParamSpec("P")


def proved_lately(request: Any) -> bool:
    """Whether they signed in, or proved again that it is they, in the last quarter of an hour.

    In a demonstration nobody has a password to prove anything with, and nothing is real: there it always holds.
    """
    return settings.DEMONSTRATION or is_recent(request.session.reauthenticated_at, now=clock.now())


def require_recent(request: Any) -> HttpResponseRedirect | None:
    """The way to prove it, from where they come back here, what they typed included; None if they did lately."""
    if request.person is None or proved_lately(request):
        return None
    keep(request, request.session, request.person)
    return HttpResponseRedirect(f"{reverse('people:again')}?{urlencode({'next': request.get_full_path()})}")


def recent(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Mark a view that asks for a recent proof. It stands above all that looks at the method, and above @audience."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return require_recent(args[0]) or view(*args, **kwargs)

    return asked


def prove(request: Any) -> None:
    """They did."""
    request.session.reauthenticated_at = clock.now()
    request.session.modified = True
