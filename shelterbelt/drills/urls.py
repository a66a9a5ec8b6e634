"""Addresses of drills and incidents."""

from django.urls import path

from shelterbelt.drills.views import drill, exports, follow_up, incident_reports, mine, record, school, worker

app_name = "drills"
urlpatterns = [
    path("drills/", mine.mine, name="mine"),
    path("drills/follow-up/", follow_up.follow_up, name="follow_up"),
    path("drills/actions/<uuid:action_id>/", follow_up.action, name="action"),
    path("drills/<uuid:drill_id>/", drill.drill, name="drill"),
    path("drills/<uuid:drill_id>/day/", drill.reschedule, name="reschedule"),
    path("drills/<uuid:drill_id>/cancel/", drill.cancel, name="cancel"),
    path("drills/<uuid:drill_id>/learned/", record.after_action, name="after_action"),
    path("drills/<uuid:drill_id>/agencies/", drill.agencies, name="agencies"),
    path("drills/<uuid:drill_id>/files/", drill.attach, name="attach"),
    path("drills/<uuid:drill_id>/actions/", follow_up.add, name="add_action"),
    path("districts/<int:district_id>/incidents/", incident_reports.incident_report, name="incident_report"),
    path("districts/<int:district_id>/incidents.<slug:form>", incident_reports.counts_file, name="incident_counts"),
    path(
        "incident-reports/<uuid:incident_report_id>.<slug:form>",
        incident_reports.submitted_file,
        name="incident_report_file",
    ),
    path("schools/drill-worker.js", worker.worker, name="worker"),
    path("schools/<int:school_id>/drills/", school.school, name="school"),
    path("schools/<int:school_id>/drills/record/", record.record, name="record"),
    path("schools/<int:school_id>/drills/schedule/", school.schedule, name="schedule"),
    path("schools/<int:school_id>/drills/incident/", record.incident, name="incident"),
    path("schools/<int:school_id>/drills/<slug:year>.csv", exports.csv_file, name="csv"),
    path("schools/<int:school_id>/drills/<slug:year>.xlsx", exports.xlsx_file, name="xlsx"),
]
