"""The columns of drills and what belongs to them, as generators fill them."""

DRILL = (
    "id", "school_id", "nature", "kind", "incident_class", "status", "requirement", "planned_on", "held_on",
    "started_at", "minutes", "is_announced", "plan_part", "plan_part_other", "place", "students", "staff", "visitors",
    "law_enforcement_present", "fire_present", "ems_present", "emergency_management_present", "accommodations",
    "parents_told_on", "simulated_with_students", "debriefed", "summary", "strengths", "improvements", "completed_on",
    "cancelled_because", "origin", "recorded_by_id", "recorded_at",
)  # fmt: skip
INVITATION = ("drill_id", "school_id", "agency_id", "came")
ATTACHMENT = ("drill_id", "school_id", "document_id")
CORRECTIVE_ACTION = ("id", "drill_id", "school_id", "what", "owner", "due_on", "done_on", "outcome")
