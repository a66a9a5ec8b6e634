"""Whom districts reminded of what this year, and whether the letter went out."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from shelterbelt.attestations.demonstration.tables import REMINDER
from shelterbelt.demo.world import Row, Rows, World, days_between, holder, moment, uuids

OFTEN = ("D-O1", "D-O2", "E-O2", "I-O2")
"""What schools are reminded of."""
SHARE = 0.12


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """From a district's coordinator to some of its schools."""
    rows = list(_all(world, rng))
    ids = uuids(rng, len(rows))
    yield Rows("attestations_reminder", REMINDER, [(key, *row) for key, row in zip(ids, rows, strict=True)])


def _all(world: World, rng: np.random.Generator) -> Iterator[Row]:
    for district in world.districts:
        coordinator = holder(district.coordinator, world.today)
        for school in district.schools:
            luck = rng.random(4).tolist()
            if coordinator is None or luck[0] > SHARE or not school.is_open(world.this_year):
                continue
            asked = moment(days_between(world.this_year.starts_on, world.today, luck[1]), luck[2])
            mailed = asked + timedelta(minutes=3) if luck[3] < 0.95 else None
            yield (
                school.id, OFTEN[int(luck[2] * len(OFTEN))], world.this_year.starts, coordinator, asked, mailed,
                1 + int(luck[3] * 2) if mailed else 0,
            )  # fmt: skip
