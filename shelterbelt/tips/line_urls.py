"""Addresses of the tip line's own process. None of them ever holds a code, a word or a number of a tip."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from shelterbelt.tips.views.line import filing, healthy, refusing, returning, schools


class Language:
    """A language that somebody chose, in the address: there is no cookie to keep it in."""

    regex = "en|es"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Language, "language")
pages = [
    path("", filing.tip, name="tip"),
    path("schools", schools.schools, name="schools"),
    path("return/", returning.back, name="return"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("tip/<language:language>/", include((pages, "line_in"))),
    path("tip/", include((pages, "line"))),
    path("healthz", healthy.healthy, name="healthz"),
    path("", healthy.to_the_line, name="front"),
]

handler400 = refusing.bad_request
handler403 = refusing.denied
handler404 = refusing.not_found
handler500 = refusing.broken
