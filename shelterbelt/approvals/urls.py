"""Addresses of approvals."""

from django.urls import path

from shelterbelt.approvals import views

app_name = "approvals"
urlpatterns = [
    path("approvals/", views.waiting, name="waiting"),
    path("approvals/<int:approval_id>/", views.approval, name="approval"),
    path("approvals/<int:approval_id>/withdraw/", views.withdraw, name="withdraw"),
]
