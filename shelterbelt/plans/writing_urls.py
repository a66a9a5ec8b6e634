"""Addresses of the guided path: steps, lists, sections, versions, tasks."""

from django.urls import path

from shelterbelt.plans.views import goals, hazards, lists, section, sections, steps, tasks, version

urlpatterns = [
    path("plans/", tasks.mine, name="mine"),
    path("plans/<int:plan_id>/steps/<slug:step>/", steps.step, name="step"),
    path("plans/<int:plan_id>/draft/", version.draft, name="draft"),
    path("plans/<int:plan_id>/review/", version.review, name="review"),
    path("plans/<int:plan_id>/attest/", version.attest, name="attest"),
    path("plans/<int:plan_id>/training/", tasks.training, name="training"),
    path("plans/<int:plan_id>/hazards/", hazards.choose, name="hazards"),
    path("plans/<int:plan_id>/sections/", sections.add, name="add_section"),
    path("plans/<int:plan_id>/contacts/<int:row_id>/looked-up/", lists.check, name="check_contact"),
    path("plans/<int:plan_id>/lists/<slug:list_name>/", lists.listed, name="list"),
    path("plans/<int:plan_id>/lists/<slug:list_name>/add/", lists.add, name="list_add"),
    path("plans/<int:plan_id>/lists/<slug:list_name>/<int:row_id>/", lists.change, name="list_change"),
    path("plans/<int:plan_id>/lists/<slug:list_name>/<int:row_id>/remove/", lists.remove, name="list_remove"),
    path("plans/hazards/<int:hazard_id>/", hazards.rate, name="rate"),
    path("plans/hazards/<int:hazard_id>/annex/", hazards.annex, name="annex"),
    path("plans/goals/<int:goal_id>/", goals.change, name="goal"),
    path("plans/goals/<int:goal_id>/courses/", goals.courses, name="courses"),
    path("plans/goals/<int:goal_id>/remove/", goals.remove_goal, name="remove_goal"),
    path("plans/courses/<int:course_id>/remove/", goals.remove_course, name="remove_course"),
    path("plans/sections/<int:section_id>/", section.section, name="section"),
    path("plans/sections/<int:section_id>/save/", section.save, name="save"),
    path("plans/sections/<int:section_id>/merge/", section.merge, name="merge"),
    path("plans/sections/<int:section_id>/history/", section.history, name="history"),
    path("plans/sections/<int:section_id>/history/<int:revision_id>/", section.restore, name="restore"),
    path("plans/sections/<int:section_id>/goals/", goals.goals, name="goals"),
    path("plans/sections/<int:section_id>/ready/", sections.ready, name="ready"),
    path("plans/sections/<int:section_id>/leave-out/", sections.leave_out, name="leave_out"),
    path("plans/sections/<int:section_id>/owner/", sections.owner, name="owner"),
    path("plans/sections/<int:section_id>/send/", sections.send, name="send"),
    path("plans/versions/<int:version_id>/", version.version, name="version"),
    path("plans/versions/<int:version_id>/differences/", version.differences, name="differences"),
    path("plans/versions/<int:version_id>/call-off/", version.call_off, name="call_off"),
    path("plans/versions/<int:version_id>/adopt/", version.adopt, name="adopt"),
    path("plans/tasks/<int:task_id>/", tasks.task, name="task"),
]
