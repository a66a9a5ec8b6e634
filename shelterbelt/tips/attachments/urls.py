"""Addresses of a tip's files, among those of the tip desk."""

from django.urls import path

from shelterbelt.tips.attachments import views

patterns = [
    path("desk/<uuid:tip_id>/files/", views.attach, name="attach"),
    path("tip-files/<uuid:file_id>/", views.copy, name="file"),
    path("tip-files/<uuid:file_id>/picture/", views.picture, name="file_picture"),
    path("tip-files/<uuid:file_id>/original/", views.original, name="file_original"),
    path("tip-files/<uuid:file_id>/mark/", views.mark, name="mark_file"),
]
