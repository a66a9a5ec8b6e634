"""Addresses of reports, designations, progress and reminders."""

from django.urls import URLPattern

app_name = "attestations"
urlpatterns: list[URLPattern] = []
