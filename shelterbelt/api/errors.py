"""What is told where no view was reached: a problem to programs, a page to people.

Django's own views for this look for the token against forged requests in what was sent. Where that can't be read they
fail a second time, and nobody is told anything; so they are used without that look, which these pages don't need.
"""

import sys
from collections.abc import Callable
from inspect import unwrap

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.views import csrf, defaults

from shelterbelt.core.patience import ran_out
from shelterbelt.core.problems import is_for_programs, problem
from shelterbelt.core.refusals import too_much

_PAGES: dict[int, Callable[..., HttpResponse]] = {
    400: unwrap(defaults.bad_request),
    403: unwrap(defaults.permission_denied),
    404: unwrap(defaults.page_not_found),
    500: unwrap(defaults.server_error),
}
A_MINUTE = "60"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What can't be read, or looks like an attack."""
    plain = problem(400) if is_for_programs(request) else _PAGES[400](request, exception)
    return too_much(request, exception) or plain


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A refusal outside of any operation."""
    if is_for_programs(request):
        return problem(403, str(exception))
    return _PAGES[403](request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    return problem(404) if is_for_programs(request) else _PAGES[404](request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or a wait that was ended. What it was stands in the log, not in the answer."""
    if ran_out(sys.exc_info()[1]):
        return _too_long(request)
    return problem(500) if is_for_programs(request) else _PAGES[500](request)


def _too_long(request: HttpRequest) -> HttpResponse:
    """Nothing on this page asks the database, which is in the middle of what failed."""
    if is_for_programs(request):
        return problem(503, Retry_After=A_MINUTE)
    return HttpResponse(get_template("too_long.html").render(), status=503, headers={"Retry-After": A_MINUTE})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A request that somebody else's page may have sent."""
    if is_for_programs(request):
        name = settings.CSRF_COOKIE_NAME
        return problem(403, _("Send the value of the cookie %(name)s in the header X-CSRFToken.") % {"name": name})
    return csrf.csrf_failure(request, reason=reason)
