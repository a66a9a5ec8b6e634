"""Addresses of the front page, of every office's own page, and of the overviews."""

from django.urls import path

from shelterbelt.home.views import (
    agency,
    district,
    export,
    front,
    health,
    output,
    recommendations,
    region,
    school,
    start,
    state,
    why,
)

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("start/", start.start, name="start"),
    path("schools/<int:school_id>/", school.school, name="school"),
    path("districts/<int:district_id>/", district.district, name="district"),
    path("districts/<int:district_id>/schools.csv", district.schools_csv, name="district_csv"),
    path("organisations/<int:org_id>/outputs/<slug:output_id>/", why.why, name="why"),
    path("agencies/<int:agency_id>/", agency.agency, name="agency"),
    path("state/", state.state, name="state"),
    path("state/recommendations/", recommendations.recommendations, name="recommendations"),
    path("state/outputs.<slug:form>", export.state_export, name="state_export"),
    path("regions/<int:org_id>/", region.region, name="region"),
    path("outputs/<slug:output_id>/", output.output, name="output"),
    path("outputs/<slug:output_id>/units/", output.units, name="units"),
]
