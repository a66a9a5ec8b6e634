"""The people who serve schools as coordinators, SROs and SPOs: the units of I-O3."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Case, QuerySet, When

from shelterbelt.core.arrays import Ints
from shelterbelt.measures.asking import Asked, rows_of
from shelterbelt.measures.reading import read_columns
from shelterbelt.measures.sets import Said
from shelterbelt.people.models import Appointment
from shelterbelt.people.rules import CLOSED_OFFICES, OFFICES

SERVING_OFFICES = tuple(office for office, meaning in OFFICES.items() if meaning.serves_schools)


@dataclass(frozen=True)
class Serving:
    """The people who serve on a day: one place for every office, with the organisation and whether it is closed."""

    people: Ints
    orgs: Ints
    is_closed: npt.NDArray[np.bool_]

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.people.nbytes + self.orgs.nbytes + self.is_closed.nbytes

    def counted(self, *, with_closed: bool) -> tuple[Ints, Ints]:
        """People and organisations, without the offices closed by law where they must not be counted."""
        return (self.people, self.orgs) if with_closed else (self.people[~self.is_closed], self.orgs[~self.is_closed])


def serving_on(day: date) -> Serving:
    """Everybody who serves on a day."""
    held = Appointment.objects.current(day).filter(office__in=SERVING_OFFICES)
    closed = Case(When(office__in=CLOSED_OFFICES, then=1), default=0)
    people, orgs, is_closed = read_columns(held.values("person_id", "org_id", closed=closed))
    return Serving(people, orgs, is_closed > 0)


def offices_counted(asked: Asked) -> tuple[str, ...]:
    """The offices that serve schools, without those closed by law where they must not be counted."""
    return tuple(office for office in SERVING_OFFICES if asked.with_closed or office not in CLOSED_OFFICES)


def trained_by_office(asked: Asked, trained: Said) -> dict[str, QuerySet[Any, Any]]:
    """The trained who hold each office, and where."""
    people = rows_of(trained).values("about")
    return {
        office: Appointment.objects.current(asked.on).filter(office=office, person__in=people)
        for office in offices_counted(asked)
    }
