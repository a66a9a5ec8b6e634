"""Addresses of sharing: for those who keep a plan, and for the agencies that hold it."""

from django.urls import path

from shelterbelt.plans.views import sharing
from shelterbelt.plans.views.responding import held

urlpatterns = [
    path("orgs/<int:org_id>/plan/shares/", sharing.shares, name="shares"),
    path("orgs/<int:org_id>/plan/shares/new/", sharing.share_new, name="share_new"),
    path("plans/shares/<uuid:share_id>/", sharing.share, name="share"),
    path("shared-plans/<uuid:share_id>/", held.held, name="held"),
    path("shared-plans/<uuid:share_id>/acknowledge/", held.held_acknowledge, name="held_acknowledge"),
    path("shared-plans/<uuid:share_id>/copy/", held.held_copy, name="held_copy"),
    path("shared-plans/<uuid:share_id>/copy.pdf", held.held_pdf, name="held_pdf"),
]
