"""Pages that make keys: closed to whoever is here on a provider's word alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt.people.federation.offering import proved_here
from shelterbelt.people.sign_in import factors

P = ParamSpec("P")


def own_key(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Mark a view that makes or shows a key. It stands below @recent, above all that looks at the method."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _refused(args[0]) or view(*args, **kwargs)

    return asked


def _refused(request: Any) -> HttpResponseBase | None:
    """The page where they prove it, or, if they have nothing to prove it with, the sentence that says how to get it."""
    person = request.person
    if person is None or proved_here(request, person):
        return None
    if factors.has_factor(person) or person.has_usable_password():
        messages.info(request, _("Your organization's sign-in let you in. Prove here first that it is you."))
        onward = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('people:again')}?{onward}")
    messages.error(
        request,
        _(
            "Your organization's sign-in let you in, and it can't make keys that outlast it. Sign out, choose “I have "
            "no password, or I forgot it”, and come in with the password that you set by mail."
        ),
    )
    return redirect("people:second_factors")
