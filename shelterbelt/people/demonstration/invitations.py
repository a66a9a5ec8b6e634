"""The links with which the newly appointed come in: used, run out, taken back, or still on their way."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from shelterbelt.demo.world import District, Row, Rows, School, Term, World, holder, moment
from shelterbelt.people.demonstration.tables import INVITATION
from shelterbelt.people.rules import INVITATION_DAYS

NEW_DAYS = 150
"""Whoever was appointed within so many days was invited by such a link."""


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """For the new principals, coordinators and officers of each district, from its superintendent."""
    yield Rows("people_invitation", INVITATION, _all(world, rng))


def _all(world: World, rng: np.random.Generator) -> Iterator[Row]:
    for district in world.districts:
        head = holder(district.superintendent, world.today)
        for org, term in _appointed(district) if head is not None else ():
            if term.holds(world.today) and term.person_id != head and _is_new(term, world.today):
                yield _invitation(world, rng, district, org, term, head)


def _appointed(district: District) -> Iterator[tuple[int, Term]]:
    yield from ((district.id, term) for term in (*district.coordinator, *district.cyber))
    for school in district.schools:
        yield from ((school.id, term) for term in _of_school(school))


def _of_school(school: School) -> tuple[Term, ...]:
    return (*school.principal, *school.coordinator, *school.resource_officers)


def _is_new(term: Term, today: date) -> bool:
    return (today - term.from_on).days < NEW_DAYS


def _invitation(
    world: World, rng: np.random.Generator, district: District, org: int, term: Term, made_by: int | None
) -> Row:
    luck = rng.random(4).tolist()
    made_at = moment(min(world.today, term.from_on + timedelta(days=int(luck[0] * 6))), luck[1])
    expires_at = made_at + timedelta(days=INVITATION_DAYS)
    answered = made_at + timedelta(days=1 + int(luck[2] * 11), hours=2)
    came = luck[3] < 0.82 and answered.date() < world.today
    taken_back = luck[3] > 0.96 and answered.date() < world.today
    return (
        term.appointment_id, org, term.person_id, district.id, made_by, made_at, expires_at, rng.bytes(32).hex(),
        answered if came else None, answered if taken_back else None,
    )  # fmt: skip
