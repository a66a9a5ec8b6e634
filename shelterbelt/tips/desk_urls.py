"""Addresses of the tip desk."""

from django.urls import path

from shelterbelt.tips.views.desk import alarms, claiming, judging, queue, searching, talking, tip

patterns = [
    path("desk/", queue.queue, name="queue"),
    path("desk/search/", searching.search, name="search"),
    path("desk/pulse/", alarms.pulse, name="pulse"),
    path("desk/alarms/", alarms.alarms, name="alarms"),
    path("desk/alarms/<uuid:alarm_id>/", alarms.acknowledge, name="acknowledge_alarm"),
    path("desk/first-lines/", queue.show_words, name="first_lines"),
    path("desk/views/", queue.save_view, name="save_view"),
    path("desk/views/<uuid:view_id>/", queue.view, name="view"),
    path("desk/<uuid:tip_id>/", tip.tip, name="tip"),
    path("desk/<uuid:tip_id>/claim/", claiming.claim, name="claim"),
    path("desk/<uuid:tip_id>/give-back/", claiming.give_back, name="give_back"),
    path("desk/<uuid:tip_id>/assign/", claiming.assign, name="assign"),
    path("desk/<uuid:tip_id>/say/", talking.say, name="say"),
    path("desk/<uuid:tip_id>/note/", talking.note, name="note"),
    path("desk/<uuid:tip_id>/life-safety/", judging.life_safety, name="life_safety"),
    path("desk/<uuid:tip_id>/kind/", judging.kind, name="kind"),
    path("desk/<uuid:tip_id>/link/", judging.link, name="link"),
    path("desk/<uuid:tip_id>/link/<uuid:link_id>/undo/", judging.undo_link, name="undo_link"),
]
