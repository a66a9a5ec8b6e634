"""The few addresses that the frame of a page may lead to, so that these tests need no room above them."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path


def nothing(_request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return HttpResponse()


def room(name: str, *pages: str) -> URLResolver:
    """Pages of one room."""
    return path(f"{name}/", include(([path(f"{page}/", nothing, name=page) for page in pages], name)))


urlpatterns = [
    room("home", "front", "start", "state"),
    room("drills", "mine"),
    room("people", "sign_in", "sign_out"),
    path("language/", nothing, name="set_language"),
]
