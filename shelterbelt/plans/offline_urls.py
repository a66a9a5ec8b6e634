"""Addresses of plans on a phone. The worker acts below the folder it is served from."""

from django.urls import path

from shelterbelt.plans.views import offline as views

urlpatterns = [
    path("plans/offline/worker.js", views.worker, name="offline_worker"),
    path("plans/offline/<int:plan_id>/", views.offline, name="offline"),
    path("plans/offline/<int:plan_id>/keep/", views.keep, name="keep_offline"),
]
