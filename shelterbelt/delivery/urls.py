"""Addresses of what was sent."""

from django.urls import path

from shelterbelt.delivery import views

app_name = "delivery"
urlpatterns = [
    path("sent/calls/", views.calls, name="calls"),
    path("sent/calls/<uuid:call_id>/", views.called, name="called"),
    path("sent/<uuid:sent_id>/", views.sent, name="sent"),
]
