"""Who acted for whom: superintendents and principals are away for some weeks, and somebody stands in."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from shelterbelt.demo.world import District, Row, Rows, Term, World, days_between, holder
from shelterbelt.people.demonstration.tables import STAND_IN

AWAY_BEFORE, AWAY_NOW = 0.14, 0.03


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """In districts: for the superintendent, the coordinator; for a principal, another principal."""
    yield Rows("people_standin", STAND_IN, _all(world, rng))


def _all(world: World, rng: np.random.Generator) -> Iterator[Row]:
    for district in world.districts:
        for org, term, other in _pairs(district, world.today):
            luck = rng.random(3).tolist()
            spans = _spans(term, world.today, luck)
            yield from ((term.appointment_id, org, other, *span, term.person_id) for span in spans)


def _pairs(district: District, today: date) -> Iterator[tuple[int, Term, int]]:
    """Where an office is, who holds it now, and who would stand in."""
    for term in district.superintendent:
        other = holder(district.coordinator, today)
        if term.holds(today) and other is not None and other != term.person_id:
            yield district.id, term, other
    heads = [(school.id, term) for school in district.schools for term in school.principal if term.holds(today)]
    for (school, term), (_, neighbor) in pairwise(heads):
        yield school, term, neighbor.person_id


def _spans(term: Term, today: date, luck: list[float]) -> list[tuple[date, date]]:
    """Some weeks in the past for some, and these weeks for a few."""
    if luck[0] < AWAY_NOW:
        begins = max(term.from_on, today - timedelta(days=int(luck[1] * 14)))
        return [(begins, today + timedelta(days=3 + int(luck[2] * 20)))]
    if luck[0] > AWAY_BEFORE or (today - term.from_on).days < 120:
        return []
    begins = days_between(term.from_on, today - timedelta(days=60), luck[1])
    return [(begins, begins + timedelta(days=5 + int(luck[2] * 40)))]
