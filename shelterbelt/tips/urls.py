"""Addresses of the tip desk, of recipients and of supervisors. The tip line's own are in line_urls.py."""

from django.urls import path

from shelterbelt.tips.views.desk import claiming, queue, tip

app_name = "tips"
urlpatterns = [
    path("desk/", queue.queue, name="queue"),
    path("desk/<uuid:tip_id>/", tip.tip, name="tip"),
    path("desk/<uuid:tip_id>/claim/", claiming.claim, name="claim"),
]
