"""Addresses of assessments."""

from django.urls import path

from shelterbelt.assessments.views import assessment, findings, overview, report, team, templates, walk, worker

app_name = "assessments"
urlpatterns = [
    path("assessments/", overview.mine, name="mine"),
    path("assessments/walk-worker.js", worker.worker, name="worker"),
    path("assessments/templates/", templates.templates, name="templates"),
    path("assessments/templates/publish/", templates.publish, name="publish"),
    path("assessments/templates/<slug:template_key>/<str:template_version>/", templates.template, name="template"),
    path("assessments/teams/<int:team_id>/", team.team, name="team"),
    path("assessments/teams/<int:team_id>/members/<int:member_id>/leave/", team.leave, name="leave"),
    path("assessments/photographs/<uuid:photograph_id>/", walk.photograph, name="photograph"),
    path("assessments/photographs/<uuid:photograph_id>/remove/", walk.remove, name="remove"),
    path("assessments/<uuid:assessment_id>/", assessment.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/walk/<slug:domain>/", walk.walk, name="walk"),
    path("assessments/<uuid:assessment_id>/sync/", walk.sync, name="sync"),
    path("assessments/<uuid:assessment_id>/answers/", walk.answers, name="answers"),
    path("assessments/<uuid:assessment_id>/photographs/", walk.photographs, name="photographs"),
    path("assessments/<uuid:assessment_id>/submit/", assessment.submit, name="submit"),
    path("assessments/<uuid:assessment_id>/accept/", assessment.accept, name="accept"),
    path("assessments/<uuid:assessment_id>/give-back/", assessment.give_back, name="give_back"),
    path("assessments/<uuid:assessment_id>/close/", assessment.close, name="close"),
    path("assessments/<uuid:assessment_id>/cancel/", assessment.cancel, name="cancel"),
    path("assessments/<uuid:assessment_id>/findings/", findings.findings, name="findings"),
    path("assessments/<uuid:assessment_id>/findings/<slug:question>/", findings.finding, name="finding"),
    path("assessments/<uuid:assessment_id>/report/", report.report, name="report"),
    path("assessments/<uuid:assessment_id>/report.pdf", report.pdf, name="pdf"),
    path("orgs/<int:org_id>/assessment-teams/new/", team.form, name="new_team"),
    path("schools/<int:school_id>/assessments/", overview.school, name="school"),
    path("schools/<int:school_id>/assessments/plan/", assessment.plan, name="plan"),
    path("schools/<int:school_id>/assessments/record/", assessment.record, name="record"),
]
