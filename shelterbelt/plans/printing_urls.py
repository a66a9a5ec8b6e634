"""Addresses of prints."""

from django.urls import path

from shelterbelt.plans.views import printing

urlpatterns = [
    path("plans/versions/<int:version_id>/print/", printing.choose, name="print"),
    path("plans/versions/<int:version_id>/print.pdf", printing.pdf, name="pdf"),
]
