"""All 35 outputs for state, regions, counties, districts and schools, from nothing and after one change.

The limit is the database's part of the same work: one statement that visits every row of the year which the outputs
read, and counts them by organisation.
"""

import uuid

import django
from django.db import transaction

from tests.bench.outputs import everything, visit
from tests.bench.state import TODAY
from tests.bench.timing import line, median_seconds


def main() -> None:
    """Print the figures."""
    django.setup()
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.core.school_year import SchoolYear
    from shelterbelt.drills.models import Drill
    from shelterbelt.measures.changes import forget
    from shelterbelt.measures.measured import Measured
    from shelterbelt.orgs.models import Org

    this_year = SchoolYear.of(TODAY)

    def all_of(year: SchoolYear) -> int:
        return everything(Measured(state, TODAY), year)

    with transaction.atomic(), acting_as_system("measures", today=TODAY, reason="bench"):
        state = Org.objects.get(kind="state")
        school = Org.objects.schools().open_on(TODAY).order_by("pk").first()
        assert school is not None
        for year, name in ((this_year - 1, "a whole year"), (this_year, "the present year")):
            limit = median_seconds(lambda year=year: visit(year))  # type: ignore[misc]
            cold = median_seconds(lambda year=year: all_of(year), before=forget)  # type: ignore[misc]
            print(line(f"{all_of(year):,} cells of {name}, nothing kept", cold, aim=0.5, limit=limit))
        warm = median_seconds(lambda: all_of(this_year))
        print(line("the same while no fact changes", warm))

        def one_more_drill() -> None:
            Drill.objects.create(
                id=uuid.uuid4(), school=school, kind="fire", status="held", held_on=TODAY, recorded_at=f"{TODAY}T12:00Z"
            )

        after = median_seconds(lambda: all_of(this_year), before=one_more_drill)
        print(line("the same right after one more drill was recorded", after, aim=0.15, limit=warm))
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
