"""Addresses of reports, designations, progress and reminders."""

from django.urls import path

from shelterbelt.attestations.views import attesting, designating, progressing, reminding, reviewing

app_name = "attestations"
_OUTPUT = "outputs/<slug:output_id>/<slug:year>/"
urlpatterns = [
    path(f"organisations/<int:org_id>/{_OUTPUT}attest/", attesting.attest, name="attest"),
    path(f"districts/<int:district_id>/{_OUTPUT}attest/", attesting.attest_for_schools, name="attest_for_schools"),
    path(f"organisations/<int:org_id>/{_OUTPUT}remind/", reminding.remind, name="remind"),
    path("attestations/<uuid:attestation_id>/review/", reviewing.review, name="review"),
    path("organisations/<int:org_id>/designate/", designating.designate, name="designate"),
    path("designations/<uuid:designation_id>/end/", designating.end_designation, name="end_designation"),
    path("organisations/<int:org_id>/recommendations/<slug:recommendation_id>/", progressing.progress, name="progress"),
]
