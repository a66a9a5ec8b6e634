"""What RSMo 160.664 asks districts to report: incidents and credible threats at each attendance center, counted.

The state's database holds no student's data and only counts by charter, district or attendance center, and is a public
record. So a report holds counts alone: which school, what nature and class, how many. No narrative, no day, no person.
DESE sets criteria and time frame; until they are published a district chooses the days of a report itself.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from shelterbelt.drills.models import Drill
from shelterbelt.orgs.models import Identifier, Org
from shelterbelt.orgs.queries import schools_of

REPORTABLE = tuple(
    kind for kind in Drill.IncidentClass.values if kind != Drill.IncidentClass.NOT_REPORTABLE
)  # fmt: skip
HEAD = ("attendance_center_code", "attendance_center", "nature", "class", "number")


@dataclass(frozen=True)
class Row:
    """How many of one class there were at one attendance center."""

    code: str
    school: str
    nature: str
    incident_class: str
    number: int


def rows_of(district: Org, from_on: date, until_on: date) -> list[Row]:
    """The counts of a district's schools between two days, both included; a school without any has a row of zero."""
    schools = dict(schools_of(district, until_on).values_list("pk", "name"))
    codes = dict(
        Identifier.objects.filter(org__in=schools, scheme=Identifier.Scheme.STATE_BUILDING).values_list(
            "org_id", "value"
        )
    )
    counted = (
        Drill.objects.held()
        .filter(school__in=schools, held_on__range=(from_on, until_on), incident_class__in=REPORTABLE)
        .exclude(nature=Drill.Nature.DRILL)
        .values_list("school_id", "nature", "incident_class")
        .annotate(many=Count("pk"))
    )
    found = [Row(codes.get(pk, ""), schools[pk], nature, kind, many) for pk, nature, kind, many in counted]
    reporting = {pk for pk, *_rest in counted}
    found += [Row(codes.get(pk, ""), name, "", "", 0) for pk, name in schools.items() if pk not in reporting]
    return sorted(found, key=lambda row: (row.school, row.code, row.nature, row.incident_class))


def as_kept(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows as a submitted report keeps them."""
    return [asdict(row) for row in rows]


def as_table(rows: Iterable[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """A report's rows as a table with its head."""
    return [HEAD, *((row["code"], row["school"], row["nature"], row["incident_class"], row["number"]) for row in rows)]
