"""Addresses of drawings."""

from django.urls import path

from shelterbelt.plans.views import drawings as views, drawings_held

urlpatterns = [
    path("plans/<int:plan_id>/drawings/", views.drawings, name="drawings"),
    path("plans/drawings/<int:drawing_id>/", views.drawing, name="drawing"),
    path("plans/drawings/<int:drawing_id>/picture.png", views.drawing_picture, name="drawing_picture"),
    path("plans/drawings/<int:drawing_id>/remove/", views.remove_drawing, name="remove_drawing"),
    path("plans/marks/<int:mark_id>/remove/", views.remove_mark, name="remove_mark"),
    path("plans/versions/<int:version_id>/drawings/", views.version_drawings, name="version_drawings"),
    path("plans/versions/<int:version_id>/drawings/<str:digest>.png", views.version_picture, name="version_picture"),
    path("shared-plans/<uuid:share_id>/drawings/", drawings_held.held_drawings, name="held_drawings"),
    path("shared-plans/<uuid:share_id>/drawings/<str:digest>.png", drawings_held.held_picture, name="held_picture"),
]
