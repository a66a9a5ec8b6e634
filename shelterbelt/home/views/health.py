"""What whoever watches the site asks: does it live, may visitors come. Details are told to operators elsewhere."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import health


@require_safe
@never_cache
@audience("public")
def healthz(_request: PersonRequest) -> HttpResponse:
    """The web process answers. It asks the database nothing, so that a slow database isn't taken for a dead server."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
@audience("public")
def readyz(_request: PersonRequest) -> HttpResponse:
    """Whether visitors may be sent here. What is missing is for operators: it stands on the page of figures."""
    ready = health.is_ready()
    return JsonResponse({"ready": ready}, status=200 if ready else 503)
