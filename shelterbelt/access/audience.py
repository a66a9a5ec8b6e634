"""Every page says who it is for; nobody else gets further than the sign-in or a refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from shelterbelt.access.standing import PersonRequest

Audience = Literal["public", "signed_in", "state", "demonstration"]
P = ParamSpec("P")


def audience(
    who: Audience,
) -> Callable[
    [Callable[Concatenate[PersonRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Declare who a view is for: everybody, people who signed in, the state office, or visitors of a demonstration.

    A demonstration's pages don't exist (404) where the site isn't one.
    """

    def declare(
        view: Callable[Concatenate[PersonRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if who == "demonstration" and not settings.DEMONSTRATION:
                raise Http404
            if who in {"signed_in", "state"} and request.person is None:
                return redirect_to_login(request.get_full_path())
            if who == "state" and not request.standing.is_state_office:
                raise PermissionDenied(_("This page is for the state school safety office."))
            return view(request, *args, **kwargs)

        guarded.audience = who  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", guarded)

    return declare
