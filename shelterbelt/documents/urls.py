"""Addresses of files."""

from django.urls import path

from shelterbelt.documents import views

app_name = "documents"
urlpatterns = [path("documents/<uuid:document_id>/", views.open_document, name="open")]
