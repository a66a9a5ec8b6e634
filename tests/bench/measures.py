"""All 35 outputs for state, regions, counties, districts and schools, from nothing and after one change.

The limit is the database's part of the same work: one statement that visits every row of the year which the outputs
read, and counts them by organisation.
"""

import uuid

import django
from django.db import connection, transaction

from tests.bench.state import TODAY
from tests.bench.timing import line, median_seconds

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


def main() -> None:
    """Print the figures."""
    django.setup()
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.core.school_year import SchoolYear
    from shelterbelt.drills.models import Drill
    from shelterbelt.measures.changes import forget
    from shelterbelt.measures.measured import Measured
    from shelterbelt.orgs.models import Org
    from shelterbelt.strategy import current
    from shelterbelt.strategy.model import Output

    this_year = SchoolYear.of(TODAY)

    def everything(state: Org, year: SchoolYear) -> int:
        measured = Measured(state, TODAY)
        with measured.at_once():
            return sum(cells(measured, output, year) for output in current().outputs)

    def cells(measured: Measured, output: Output, year: SchoolYear) -> int:
        if output.kind == "count":
            return int(measured.number(output, year) is not None)
        groups = sum(len(measured.figures(output, year, axis)) for axis in AXES)
        return groups + len(measured.facts(output, year).units)

    def bare(year: SchoolYear) -> None:
        with connection.cursor() as cursor:
            cursor.execute(LIMIT, {"year": year.starts, "first": year.starts_on, "last": year.ends_on})
            cursor.fetchall()

    with transaction.atomic(), acting_as_system("measures", today=TODAY, reason="bench"):
        state = Org.objects.get(kind="state")
        school = Org.objects.schools().open_on(TODAY).order_by("pk").first()
        assert school is not None
        for year, name in ((this_year - 1, "a whole year"), (this_year, "the present year")):
            limit = median_seconds(lambda year=year: bare(year))  # type: ignore[misc]
            cold = median_seconds(lambda year=year: everything(state, year), before=forget)  # type: ignore[misc]
            print(line(f"{everything(state, year):,} cells of {name}, nothing kept", cold, aim=0.5, limit=limit))
        warm = median_seconds(lambda: everything(state, this_year))
        print(line("the same while no fact changes", warm))

        def one_more_drill() -> None:
            Drill.objects.create(
                id=uuid.uuid4(), school=school, kind="fire", status="held", held_on=TODAY, recorded_at=f"{TODAY}T12:00Z"
            )

        after = median_seconds(lambda: everything(state, this_year), before=one_more_drill)
        print(line("the same right after one more drill was recorded", after, aim=0.15, limit=warm))
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
