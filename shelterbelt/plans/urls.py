"""Addresses of plans."""

from django.urls import path

from shelterbelt.plans import drawings_urls, offline_urls, printing_urls, sharing_urls, writing_urls
from shelterbelt.plans.incoming import urls as incoming_urls
from shelterbelt.plans.views import overview

app_name = "plans"
urlpatterns = [
    path("schools/<int:org_id>/plan/", overview.school, name="school"),
    path("districts/<int:org_id>/plan/", overview.district, name="district"),
    path("orgs/<int:org_id>/plan/begin/", overview.begin, name="begin"),
    *writing_urls.urlpatterns,
    *drawings_urls.urlpatterns,
    *offline_urls.urlpatterns,
    *incoming_urls.urlpatterns,
    *printing_urls.urlpatterns,
    *sharing_urls.urlpatterns,
]
