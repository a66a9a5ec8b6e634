"""Addresses of plans that are brought in, among those of plans."""

from django.urls import path

from shelterbelt.plans.incoming import views

urlpatterns = [
    path("schools/<int:org_id>/plan/bring/", views.bring, {"kind": "school"}, name="bring_school"),
    path("districts/<int:org_id>/plan/bring/", views.bring, {"kind": "district"}, name="bring_district"),
    path("plans/brought/<int:incoming_id>/", views.brought, name="brought"),
    path("plans/<int:plan_id>/pictures/", views.picture, name="pictures"),
]
