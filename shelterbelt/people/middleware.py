"""What every request of somebody who signed in must meet: a session that goes on, and the second factor asked for."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from shelterbelt.core import clock
from shelterbelt.core.problems import is_for_programs, problem
from shelterbelt.people.models import SignIn
from shelterbelt.people.session_ending import why_over
from shelterbelt.people.sessions import is_to_be_noted
from shelterbelt.people.sign_in import known_browsers, lacks_second_factor
from shelterbelt.people.sign_in.kept_forms import keep, send_kept

ALWAYS_ANSWERS = {"set_language"}


class SignInRules:
    """Stands after access's ActAsPerson, which knows who acts and with which offices."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Answer, unless the session is over. A form that was sent too late is looked at first: see process_view."""
        request.session_over = ""
        if request.person is None:
            request.user = AnonymousUser()  # allauth asks everybody's request who its user is
            if SESSION_KEY in request.session:  # no view may run in the scope of somebody who isn't there
                return _forget(request)
        else:
            request.session_over = why_over(request.session, request.standing)
            request.was_seen = not request.session_over and is_to_be_noted(request.session, clock.now())
        if request.session_over and request.method in {"GET", "HEAD"}:
            return _end(request)
        return _with_known_browser(request, self.get_response(request))

    def process_view(self, request: Any, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        """End what is over and keep what was typed; ask for the second factor; send what was kept."""
        if request.session_over:
            return _end(request)
        if request.person is None:
            return None
        if lacks_second_factor(request) and not _answers_before(request, view):
            return _to(request, reverse("people:second_factors"))
        send_kept(request)
        return None


def _end(request: Any) -> HttpResponseBase:
    """Sign them out, say why, and lead back to where they were going."""
    why, person = request.session_over, request.person
    request.session.ending = SignIn.Ended(why)
    request.session.flush()
    request.person = None
    if is_for_programs(request):
        return problem(401)
    messages.info(request, _SENTENCES[why]())
    if request.method in {"GET", "HEAD"}:
        return HttpResponseRedirect(request.get_full_path())
    if keep(request, request.session, person):
        messages.info(request, _("What you had typed is kept and will be sent once you have signed in."))
    return _to(request, reverse("people:sign_in"))


def _forget(request: Any) -> HttpResponseBase:
    """End a session whose password is no longer theirs, or whose account was closed, and ask again as nobody."""
    request.session.ending = SignIn.Ended.PASSWORD
    request.session.flush()
    if is_for_programs(request):
        return problem(401)
    messages.info(request, _("You were signed out because your password was changed. Sign in to go on."))
    if request.method in {"GET", "HEAD"}:
        return HttpResponseRedirect(request.get_full_path())
    return _to(request, reverse("people:sign_in"))


_SENTENCES: dict[str, Callable[[], str]] = {
    "idle": lambda: _("You were signed out because nothing happened for a while. Sign in to go on."),
    "too_long": lambda: _("You were signed out because your session had lasted long enough. Sign in to go on."),
    "provider": lambda: _(
        "You were signed out because the sign-in that let you in was turned off, or can't speak for you any more. "
        "Sign in to go on."
    ),
    "clock": lambda: _("You were signed out because this site's clock was changed. Sign in to go on."),
}


def _answers_before(request: Any, view: Any) -> bool:
    return getattr(view, "before_second_factor", False) or request.resolver_match.view_name in ALWAYS_ANSWERS


def _to(request: Any, address: str) -> HttpResponseBase:
    """Lead to a page from which one comes back here; a part of a page asks for the whole of it."""
    if is_for_programs(request):
        return problem(403, _("Your office asks for a second factor. Set one up on the site first."))
    onward = request.get_full_path()
    if request.headers.get("HX-Request"):
        onward = request.htmx.current_url_abs_path or "/"
        return HttpResponse(headers={"HX-Redirect": f"{address}?{urlencode({'next': onward})}"})
    return HttpResponseRedirect(f"{address}?{urlencode({'next': onward})}")


def _with_known_browser(request: Any, response: HttpResponseBase) -> HttpResponseBase:
    person = getattr(request, "known_to_this_browser", None)
    if person is not None and person.email:
        known_browsers.remember(request, response, person.email)
    return response
