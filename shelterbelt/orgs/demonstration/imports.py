"""The files of the directory that the invented state's office brought in, or tried to."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from shelterbelt.demo.world import Row, Rows, World, moment
from shelterbelt.orgs.demonstration.tables import IMPORT

WRONG = [[17, "county", "No county of the state is called Bone County."], [40, "grades", "12 to 09 runs backwards."]]
"""What the refused file got wrong: row, column and sentence."""


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """One file a year in the summer; the first of all was refused, put right, and sent again."""
    rows: list[Row] = []
    for place, year in enumerate(world.years if world.is_first else ()):
        day = year.starts_on + timedelta(days=11 + int(rng.integers(0, 9)))
        if day <= world.today:
            rows += [] if place else [_import(world, rng, year.starts, "refused", place, day - timedelta(days=1))]
            rows.append(_import(world, rng, year.starts, "loaded", place, day))
    yield Rows("orgs_directoryimport", IMPORT, rows)


def _import(world: World, rng: np.random.Generator, year: int, status: str, place: int, day: date) -> Row:
    schools, refused = len(world.schools), status == "refused"
    begins = moment(day, float(rng.random()))
    counts = {"opened": schools if not place else int(rng.integers(2, 20)), "unchanged": schools if place else 0}
    report = {"counts": counts, "skipped": 0, "errors": WRONG if refused else [], "warnings": [],
              "errors_total": len(WRONG) * refused, "warnings_total": 0}  # fmt: skip
    return (
        world.ground.state_id, "own_schools", f"schools-{year}.csv", rng.bytes(32).hex(), "", date(year, 7, 1), False,
        status, schools, 0 if refused else schools, json.dumps(report), begins, begins + timedelta(seconds=40),
        "import",
    )  # fmt: skip
