"""The columns that generators fill, by table, and how an organisation becomes a row."""

from datetime import date

from shelterbelt.demo.world import Row, World
from shelterbelt.orgs.models import BEGINNING

ORG = (
    "id", "kind", "name", "state_id", "sector", "service", "region_system", "low_grade", "high_grade", "address",
    "city", "postal_code", "website", "latitude", "longitude", "precision", "opened_on", "closed_on",
)  # fmt: skip
JURISDICTION = ("agency_id", "org_id", "from_on", "until_on")
MEMBERSHIP = ("member_id", "group_id", "axis", "from_on", "until_on")
IDENTIFIER = ("org_id", "scheme", "value", "within_id")
PERSON = ("id", "password", "last_login", "name", "email", "phone", "language", "is_active")
APPOINTMENT = ("person_id", "org_id", "office", "from_on", "until_on")
DRILL = (
    "id", "school_id", "nature", "kind", "incident_class", "status", "requirement", "planned_on", "held_on",
    "started_at", "minutes", "is_announced", "plan_part", "plan_part_other", "place", "students", "staff", "visitors",
    "law_enforcement_present", "fire_present", "ems_present", "emergency_management_present", "accommodations",
    "parents_told_on", "simulated_with_students", "debriefed", "summary", "strengths", "improvements", "completed_on",
    "cancelled_because", "origin", "recorded_by_id", "recorded_at",
)  # fmt: skip
INVITATION = ("drill_id", "school_id", "agency_id", "came")
CORRECTIVE_ACTION = ("id", "drill_id", "school_id", "what", "owner", "due_on", "done_on", "outcome")
ATTESTATION = (
    "id", "org_id", "output", "output_version", "year", "about_id", "answers", "statement", "level", "made_by_id",
    "made_on", "replaced_on", "reviewed_level", "reviewed_by_id", "reviewed_on", "document_id",
)  # fmt: skip
DESIGNATION = ("id", "org_id", "duty", "holder", "order", "level", "from_on", "until_on", "made_by_id")
PROGRESS = (
    "id", "org_id", "recommendation", "status", "evidence", "next_action", "due_on", "made_by_id", "made_on",
    "replaced_on",
)  # fmt: skip


def org_row(
    world: World,
    org_id: int,
    kind: str,
    name: str,
    *,
    sector: str = "",
    service: str = "",
    region_system: str = "",
    grades: tuple[str, str] = ("", ""),
    point: tuple[float, float] | None,
    city: str = "",
    website: str = "",
    opened_on: date = BEGINNING,
    closed_on: date | None = None,
) -> Row:
    """A row of the directory with an invented address."""
    latitude, longitude = point or (None, None)
    street = world.names.street() if city else ""
    return (
        org_id, kind, name, world.ground.state_id, sector, service, region_system, *grades, street, city[:80], "",
        website, latitude, longitude, "city_centroid" if point else "", opened_on, closed_on,
    )  # fmt: skip
