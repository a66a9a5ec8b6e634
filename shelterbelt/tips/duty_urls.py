"""Addresses about one's duty at the desk."""

from django.urls import path

from shelterbelt.tips.views.desk import duty

patterns = [
    path("desk/push-worker.js", duty.worker, name="push_worker"),
    path("desk/duty/", duty.duty, name="duty"),
    path("desk/duty/begin/", duty.begin, name="begin_shift"),
    path("desk/duty/try/", duty.try_alarm, name="try_alarm"),
    path("desk/duty/browsers/", duty.add_browser, name="add_browser"),
    path("desk/duty/browsers/<uuid:browser_id>/remove/", duty.remove_browser, name="remove_browser"),
    path("desk/duty/<uuid:shift_id>/end/", duty.end, name="end_shift"),
]
