"""What an open page asks now and then: whether it may still stand there. Asking doesn't keep a session alive."""

from typing import Any

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.core import clock
from shelterbelt.people.sign_in import before_second_factor
from shelterbelt.people.sign_in_rules import session_ends, session_limits


@never_cache
@require_safe
@before_second_factor
@audience("public")
def session_state(request: Any) -> JsonResponse:
    """Who is signed in with which offices, as one word, and in how many seconds that ends by itself."""
    request.was_seen = False  # a page that asks by itself is nobody's doing
    return JsonResponse(_state(request))


@never_cache
@require_POST
@before_second_factor
@audience("public")
def stay(request: Any) -> JsonResponse:
    """Somebody said that they are still there: like any other request, it keeps the session going."""
    if request.person is not None:
        request.session.seen_at = clock.now()
        request.was_seen = True
    return JsonResponse(_state(request))


def _state(request: Any) -> dict[str, Any]:
    if request.person is None:
        return {"access": ""}
    session = request.session
    ends_at, why = session_ends(
        begun_at=session.begun_at, seen_at=session.seen_at, limits=session_limits(request.standing.offices_that_ask)
    )
    return {
        "access": request.standing.fingerprint,
        "seconds": max(0, int((ends_at - clock.now()).total_seconds())),
        "extends": why == "idle",
    }
