"""Addresses, room by room."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from shelterbelt.api import errors
from shelterbelt.api.operations import PREFIX
from shelterbelt.people.views.signing_in import sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    path(PREFIX, include("shelterbelt.api.urls")),
    path("", include("shelterbelt.contacts.urls")),
    path("", include("shelterbelt.documents.urls")),
    path("", include("shelterbelt.drills.urls")),
    path("", include("shelterbelt.tips.referral_urls")),
    path("", include("shelterbelt.tips.urls")),
    path("", include("shelterbelt.home.urls")),
    path("", include("shelterbelt.attestations.urls")),
    path("", include("shelterbelt.plans.urls")),
    path("", include("shelterbelt.plans.evaluation_urls")),
    path("", include("shelterbelt.improvements.urls")),
    path("", include("shelterbelt.assessments.urls")),
    path("", include("shelterbelt.assessments.buying_urls")),
    path("", include("shelterbelt.disclosure.urls")),
    path("", include("shelterbelt.people.federation.urls")),
    path("", include("shelterbelt.people.urls")),
    path("sign-in/", sign_in, name="account_login"),  # what django-allauth calls it
    path("", include("shelterbelt.approvals.urls")),
    path("", include("shelterbelt.delivery.urls")),
    path("", include("shelterbelt.orgs.urls")),
    path("", include("shelterbelt.trail.urls")),
    path("", include("shelterbelt.demo.urls")),
]

# Programs are told what is wrong in JSON, people on a page.
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
