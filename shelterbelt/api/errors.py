"""What is told where no view was reached: a problem to programs, a page to people."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import csrf, defaults

from shelterbelt.core.problems import is_for_programs, problem
from shelterbelt.core.refusals import too_much


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What can't be read, or looks like an attack."""
    if is_for_programs(request):
        return problem(413 if isinstance(exception, RequestDataTooBig) else 400)
    return too_much(request, exception) or defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A refusal outside of any operation."""
    if is_for_programs(request):
        return problem(403, str(exception))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    return problem(404) if is_for_programs(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours. What it was stands in the log, not in the answer."""
    return problem(500) if is_for_programs(request) else defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A request that somebody else's page may have sent."""
    if is_for_programs(request):
        name = settings.CSRF_COOKIE_NAME
        return problem(403, _("Send the value of the cookie %(name)s in the header X-CSRFToken.") % {"name": name})
    return csrf.csrf_failure(request, reason=reason)
