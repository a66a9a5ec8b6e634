"""Addresses of the other channels: the phone, services, notices of agencies."""

from django.urls import path

from shelterbelt.tips.views import inbound, notices, sources
from shelterbelt.tips.views.desk import phone

patterns = [
    path("desk/phone/", phone.phone, name="phone"),
    path("desk/<uuid:tip_id>/complete/", phone.complete, name="complete"),
    path("desk/sources/", sources.sources, name="sources"),
    path("desk/sources/<uuid:source_id>/end/", sources.end, name="end_source"),
    path("notices/", notices.notices, name="notices"),
    path("notices/give/", notices.give, name="give_notice"),
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path("notices/<uuid:notice_id>/acknowledge/", notices.acknowledge, name="acknowledge_notice"),
    path("notices/<uuid:notice_id>/withdraw/", notices.withdraw, name="withdraw_notice"),
    path("api/v1/tips/inbound", inbound.hand_in, name="hand_in"),
]
