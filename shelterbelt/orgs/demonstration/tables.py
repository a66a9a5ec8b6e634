"""The columns of the directory that generators fill, and how an organisation becomes a row."""

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
FORMER_OPENING = ("org_id", "opened_on", "closed_on")
IMPORT = (
    "state_id", "profile", "file_name", "sha256", "stored_as", "effective_on", "closes_missing", "status",
    "rows_total", "rows_done", "report", "started_at", "finished_at", "started_by",
)  # fmt: skip
FORMER_NAME = ("org_id", "name", "until_on")
ENROLMENT = ("org_id", "year", "students", "basis")


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
