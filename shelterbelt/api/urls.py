"""Addresses of the API: each operation behind the walls that pages have."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from ninja.operation import PathView

from shelterbelt.api.describing import description
from shelterbelt.api.operations import WRITING, api
from shelterbelt.api.reading import JSON, reference
from shelterbelt.core.problems import problem


def answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Look at the method and the kind of content first; and have the middleware against forged requests look too."""
    shared = view.__closure__[0].cell_contents if view.__closure__ else None
    if not isinstance(shared, PathView):
        raise TypeError("django-ninja keeps the operations of an address elsewhere now.")
    methods = sorted({method for operation in shared.operations for method in operation.methods})
    audiences = {getattr(operation.view_func, "audience", None) for operation in shared.operations}

    @wraps(view)
    def answer(request: HttpRequest, **address: Any) -> HttpResponseBase:
        if request.method == "HEAD":  # the server leaves out the body
            request.method = "GET"
        if request.method not in methods:
            return problem(405, Allow=", ".join(methods))
        if request.method in WRITING and request.content_type != JSON:
            return problem(415)
        return view(request, **address)

    answer.csrf_exempt = False  # type: ignore[attr-defined]  # the package exempts its views; ours use the session
    answer.audience = audiences.pop() if len(audiences) == 1 else None  # type: ignore[attr-defined]
    return answer


def described(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The description itself refuses as the operations do."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        return view(request) if request.method in {"GET", "HEAD"} else problem(405, Allow="GET, HEAD")

    return answer


app_name = "api"
urlpatterns = [
    path("openapi.json", described(description), name="description"),
    path("", reference, name="reference"),
    *(
        URLPattern(each.pattern, answering(each.callback), each.default_args, each.name)
        for each in api.urls[0]
        if isinstance(each, URLPattern) and each.name != "api-root"
    ),
]
