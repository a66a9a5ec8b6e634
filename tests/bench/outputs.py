"""All 35 outputs of a year in one go, and the limit they are held against."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shelterbelt.core.school_year import SchoolYear
    from shelterbelt.measures.measured import Measured
    from shelterbelt.strategy.model import Output

AXES = ("state", "troop", "homeland", "rpdc", "county", "district")
LIMIT = """
select count(*) from (
    select output, org_id, count(*) from attestations_attestation where year = %(year)s group by 1, 2
    union all
    select kind, school_id, count(*) from drills_drill where held_on between %(first)s and %(last)s group by 1, 2
    union all
    select office, org_id, count(*) from people_appointment where from_on <= %(last)s group by 1, 2
) as visited
"""


def everything(measured: "Measured", year: "SchoolYear") -> int:
    """Compute every output for state, regions, counties, districts and schools; how many cells that makes."""
    from shelterbelt.strategy import current

    with measured.at_once():
        return sum(_cells(measured, output, year) for output in current().outputs)


def _cells(measured: "Measured", output: "Output", year: "SchoolYear") -> int:
    if output.kind == "count":
        return int(measured.number(output, year) is not None)
    groups = sum(len(measured.figures(output, year, axis)) for axis in AXES)
    return groups + len(measured.facts(output, year).units)


def visit(year: "SchoolYear") -> None:
    """The database's part of the same work: visit every row of the year that outputs read, and count by who it is."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(LIMIT, {"year": year.starts, "first": year.starts_on, "last": year.ends_on})
        cursor.fetchall()
