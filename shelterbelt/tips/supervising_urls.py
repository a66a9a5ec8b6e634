"""Addresses of the supervisor's pages and of the desk's numbers."""

from django.urls import path

from shelterbelt.tips.views.supervising import keeping, numbers, overview

patterns = [
    path("desk/overview/", overview.overview, name="overview"),
    path("desk/overview/release/", overview.release, name="release"),
    path("desk/overview/no-tips/", overview.no_tips, name="no_tips"),
    path("desk/numbers/", numbers.numbers, name="numbers"),
    path("desk/numbers/<str:form>/", numbers.numbers_export, name="numbers_export"),
    path("desk/disposals/", keeping.disposals, name="disposals"),
    path("desk/<uuid:tip_id>/hold/", keeping.hold, name="hold"),
    path("desk/<uuid:tip_id>/hold/<uuid:hold_id>/lift/", keeping.lift, name="lift_hold"),
    path("desk/<uuid:tip_id>/reporter/", keeping.unmask, name="unmask"),
    path("desk/<uuid:tip_id>/reporter/<uuid:request_id>/", keeping.reporter, name="reporter"),
]
