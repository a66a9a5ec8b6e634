"""What is real under the invented state: its counties and regions, as the directory has them."""

import csv
from pathlib import Path

from django.conf import settings
from django.db import connection

from shelterbelt.demo.world import County, Ground
from shelterbelt.orgs.actions import install_state
from shelterbelt.orgs.models import Identifier, Membership, Org

POINTS = Path(__file__).parent / "counties.csv"
"""Middles of counties (US Census cartographic boundaries) and the digits their district codes begin with."""

NUMBERED = (
    "orgs_org",
    "people_person",
    "people_appointment",
    "plans_plan",
    "plans_version",
    "plans_section",
    "plans_sectionrevision",
    "plans_goal",
    "plans_drawing",
    "assessments_team",
    "assessments_teammember",
)
"""Tables whose ids are given before the rows are written, because others refer to them."""


def known_counties() -> dict[str, tuple[str, tuple[float, float]]]:
    """By FIPS code: the digits of its district codes, latitude and longitude."""
    with POINTS.open(encoding="utf-8", newline="") as file:
        return {
            row["fips"]: (row["code"], (float(row["latitude"]), float(row["longitude"])))
            for row in csv.DictReader(file)
        }


def read_ground() -> Ground:
    """Install the state's counties and regions if they aren't there, and read them."""
    state = install_state(settings.STATE)
    in_rpdc = Membership.objects.filter(axis="rpdc", member__kind=Org.Kind.COUNTY, member__state=state)
    return Ground(
        state_id=state.pk,
        counties=_counties(state),
        rpdc=_centers(state),
        counties_with_rpdc=frozenset(in_rpdc.values_list("member_id", flat=True)),
        last_ids={table: _last_id(table) for table in NUMBERED},
    )


def _counties(state: Org) -> tuple[County, ...]:
    known, regions = known_counties(), _regions_of_counties(state)
    rows = Identifier.objects.filter(scheme="fips", org__kind=Org.Kind.COUNTY, org__state=state).order_by("value")
    found = []
    for number, (org_id, name, fips) in enumerate(rows.values_list("org_id", "org__name", "value"), 1):
        code, point = known.get(fips, (f"{number:03d}", None))
        found.append(County(org_id, name, fips, code, point, regions.get(org_id, ())))
    return tuple(found)


def _regions_of_counties(state: Org) -> dict[int, tuple[tuple[str, int], ...]]:
    rows = Membership.objects.filter(
        member__kind=Org.Kind.COUNTY, member__state=state, group__kind=Org.Kind.REGION, until_on=None
    ).exclude(axis="rpdc")  # fmt: skip
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    for county, system, region in rows.order_by("axis").values_list("member_id", "axis", "group_id"):
        found[county] = (*found.get(county, ()), (system, region))
    return found


def _centers(state: Org) -> dict[str, int]:
    rows = Identifier.objects.filter(scheme="region", value__startswith="rpdc:", org__state=state)
    return {value.removeprefix("rpdc:"): org_id for value, org_id in rows.values_list("value", "org_id")}


def _last_id(table: str) -> int:
    """The number before the next one, which nobody else gets from now on."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id')) - 1", [table])
        return int(cursor.fetchone()[0])
