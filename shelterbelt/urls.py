"""Addresses, room by room."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    path("", include("shelterbelt.documents.urls")),
    path("", include("shelterbelt.drills.urls")),
    path("", include("shelterbelt.home.urls")),
    path("", include("shelterbelt.attestations.urls")),
    path("", include("shelterbelt.people.urls")),
    path("", include("shelterbelt.orgs.urls")),
    path("", include("shelterbelt.demo.urls")),
]
