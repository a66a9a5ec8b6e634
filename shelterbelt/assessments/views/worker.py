"""The service worker that lets a walk-through go on without a connection. It must be served from where it acts."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience


@require_safe
@audience("public")
def worker(_request: HttpRequest) -> HttpResponse:
    """The script; it holds nothing about anybody."""
    path = finders.find("js/walk-worker.js")
    if not isinstance(path, str):
        raise Http404
    return HttpResponse(
        Path(path).read_text(encoding="utf-8"),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )
