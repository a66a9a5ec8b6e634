"""Addresses of evaluations, of what a plan lacks, and of sessions on it."""

from django.urls import path

from shelterbelt.plans.views import briefing, evaluating, evaluation

app_name = "evaluation"
urlpatterns = [
    path("orgs/<int:org_id>/plan/quality/", evaluation.quality, name="quality"),
    path("orgs/<int:org_id>/plan/evaluate/", evaluating.begin, name="begin"),
    path("orgs/<int:org_id>/plan/evaluate/report/", evaluating.record, name="record"),
    path("orgs/<int:org_id>/plan/briefings/", briefing.briefings, name="briefings"),
    path("orgs/<int:org_id>/plan/briefings/add/", briefing.add, name="add_briefing"),
    path("plans/briefings/<uuid:briefing_id>/withdraw/", briefing.withdraw, name="withdraw_briefing"),
    path("plans/evaluations/<uuid:evaluation_id>/", evaluation.evaluation, name="evaluation"),
    path("plans/evaluations/<uuid:evaluation_id>/report/", evaluation.report, name="report"),
    path("plans/evaluations/<uuid:evaluation_id>/submit/", evaluating.submit, name="submit"),
    path("plans/evaluations/<uuid:evaluation_id>/areas/<slug:area>/", evaluating.area, name="area"),
]
