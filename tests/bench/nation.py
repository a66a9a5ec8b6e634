"""All 35 outputs of a nation: 100,000 schools in 18,000 districts and 2,600 counties, ten school years.

Not among the parts that `make bench` runs by itself, for making the nation takes some ten minutes and 9 GB:
`make bench ARGS=nation`. Its database is kept for the next run, and brought up to date, as long as the demonstration
that invents it stays the same. One year, then all ten, are computed from nothing; the limit is the same visit of the
rows as in the part `measures`.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from tests import databases
from tests.bench.outputs import everything, visit
from tests.bench.state import TODAY
from tests.bench.timing import line, median_seconds

SIZE, YEARS = 33.4, 10
ONE_YEAR, ALL_YEARS = 2.0, 30.0
"""Seconds that one year and all of them may take."""
GROUNDS = (
    "shelterbelt/demo/*.py",
    "shelterbelt/demo/*.csv",
    "shelterbelt/*/demonstration/**/*.py",
    "shelterbelt/*/demonstration.py",
    "strategies/*",
)
PREFIX = "bench_nation_"


def ready(home: Path) -> tuple[str, float]:
    """The nation's database, made if it isn't there yet, and how many seconds making it took."""
    from shelterbelt.core import database

    database.prepare(home=home / "postgres")
    name = f"{PREFIX}{databases.fingerprint(*GROUNDS)}"
    kept = home / f"{name}.json"
    if not kept.exists():
        for earlier in home.glob(f"{PREFIX}*.json"):
            databases.drop(earlier.stem)
            earlier.unlink()
        databases.drop(name)  # one that was never finished
        databases.create(name)
        databases.manage(name, "migrate", "--verbosity=0", "--skip-checks", login="owner")
        started = time.perf_counter()
        asked = ("--size", str(SIZE), "--years", str(YEARS), "--today", TODAY.isoformat())
        databases.manage(name, "load_demonstration", *asked, "--skip-checks", login="owner")
        kept.write_text(json.dumps({"load_seconds": time.perf_counter() - started}), encoding="utf-8")
    databases.manage(name, "migrate", "--verbosity=0", "--skip-checks", login="owner")
    return name, float(json.loads(kept.read_text(encoding="utf-8"))["load_seconds"])


def main() -> int:
    """Print the figures."""
    home = Path(os.environ.setdefault("SHELTERBELT_HOME", str(databases.ROOT / "var/bench"))).resolve()
    name, loaded = ready(home)
    os.environ |= databases.environment(name) | {
        "SHELTERBELT_LOGIN": "app",
        "DJANGO_SETTINGS_MODULE": "shelterbelt.settings",
    }
    import django

    django.setup()
    from shelterbelt.access.scope import acting_as_system

    with acting_as_system("measures", today=TODAY, reason="bench"):
        return _measured(loaded)


def _measured(loaded: float) -> int:
    from shelterbelt.attestations.models import Attestation
    from shelterbelt.core.school_year import SchoolYear
    from shelterbelt.drills.models import Drill
    from shelterbelt.measures.changes import forget
    from shelterbelt.measures.measured import Measured
    from shelterbelt.orgs.models import Org

    state, this_year = Org.objects.get(kind="state"), SchoolYear.of(TODAY)
    years = [this_year - ago for ago in reversed(range(YEARS))]

    def compute(*wanted: SchoolYear) -> int:
        return sum(everything(Measured(state, TODAY), year) for year in wanted)

    print(f"{Org.objects.schools().count():,} schools, {Drill.objects.count():,} drills,", end=" ")
    print(f"{Attestation.objects.count():,} attestations; loaded in {loaded / 60:.1f} min")
    limits = {year: median_seconds(lambda year=year: visit(year), runs=3) for year in years}  # type: ignore[misc]
    slowest = 0.0
    for year, name in ((this_year - 1, "a whole year"), (this_year, "the present year")):
        took = median_seconds(lambda year=year: compute(year), before=forget, runs=5)  # type: ignore[misc]
        print(line(f"{compute(year):,} cells of {name}, nothing kept", took, aim=ONE_YEAR, limit=limits[year]))
        slowest = max(slowest, took)
    ten = median_seconds(lambda: compute(*years), before=forget, runs=1)
    cells = compute(*years)
    print(line(f"{cells:,} cells of {YEARS} years, nothing kept", ten, aim=ALL_YEARS, limit=sum(limits.values())))
    print(line("the same while no fact changes", median_seconds(lambda: compute(*years), runs=3)))
    print(f"the process took {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB of memory at most")
    return 0 if slowest <= ONE_YEAR and ten <= ALL_YEARS else 1


if __name__ == "__main__":
    sys.exit(main())
