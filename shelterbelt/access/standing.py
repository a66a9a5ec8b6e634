"""What a person's current appointments add up to: the offices they hold and where."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.http import HttpRequest

from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import groups_of
from shelterbelt.people.models import Appointment, Person, StandIn
from shelterbelt.people.rules import CLOSED_OFFICES, STATEWIDE_OFFICES

OWN_KINDS = frozenset({Org.Kind.SCHOOL, Org.Kind.DISTRICT})
"""Organisations whose people are those of the schools themselves."""


@dataclass(frozen=True)
class Holding:
    """One office held now."""

    office: str
    org: Org


@dataclass(frozen=True)
class Standing:
    """A person with the offices they hold on a day. Policies ask it; it never asks the clock."""

    person: Person
    today: date
    holdings: tuple[Holding, ...]
    acting_for: StandIn | None = None
    """Under which they act for another: then they hold that person's one office and none of their own."""
    _known: dict[int, frozenset[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def offices(self) -> frozenset[str]:
        """The offices held, anywhere."""
        return frozenset(holding.office for holding in self.holdings)

    @cached_property
    def offices_that_ask(self) -> frozenset[str]:
        """What may ask more of whoever signs in: the offices held, and their own too while they act for another.

        One question to the database, and only then; also in the request in which the acting has just ended.
        """
        if self.acting_for is None and self.holdings:
            return self.offices
        own = Appointment.objects.filter(person=self.person).current(self.today).values_list("office", flat=True)
        return self.offices | frozenset(own)

    @cached_property
    def is_state_office(self) -> bool:
        """Holds the state school safety office."""
        return bool(self.offices & STATEWIDE_OFFICES)

    @cached_property
    def is_responder(self) -> bool:
        """Works for an agency."""
        return any(holding.org.kind == Org.Kind.AGENCY for holding in self.holdings)

    def holds(self, *offices: str, at: Org | int) -> bool:
        """Holds one of these offices at exactly this organisation."""
        org_id = at if isinstance(at, int) else at.pk
        return any(holding.org.pk == org_id and holding.office in offices for holding in self.holdings)

    def holds_over(self, *offices: str, org: Org) -> bool:
        """Holds one of these offices at this organisation or at one it belongs to today (its district, its state)."""
        mine = {holding.org.pk for holding in self.holdings if holding.office in offices}
        if not mine or mine & {org.pk, org.state_id}:  # no need to read the directory
            return bool(mine)
        return bool(mine & self._groups(org))

    def is_inside(self, org: Org) -> bool:
        """Holds an office here or at the district over it today; region, state and agencies are outside."""
        mine = {holding.org.pk for holding in self.holdings if holding.org.kind in OWN_KINDS}
        return bool(mine) and (org.pk in mine or bool(mine & self._groups(org)))

    def _groups(self, org: Org) -> frozenset[int]:
        # Level by level, because a school lies in a region through its county. Asked once for each organisation.
        if org.pk not in self._known:
            self._known[org.pk] = frozenset(group.pk for group in groups_of(org, self.today).values())
        return self._known[org.pk]

    @cached_property
    def fingerprint(self) -> str:
        """The same as long as the same person holds the same: an open page compares it with what holds now."""
        held = sorted(f"{holding.office} {holding.org.pk}" for holding in self.holdings)
        lent = self.acting_for.pk if self.acting_for else ""
        return hashlib.blake2s(f"{self.person.pk}|{lent}|{held}".encode(), digest_size=8).hexdigest()

    @cached_property
    def home(self) -> Org | None:
        """The organisation whose page they start on: the one of their first appointment."""
        return self.holdings[0].org if self.holdings else None


class PersonRequest(HttpRequest):
    """A request that knows who acts. `person` is None for somebody who hasn't signed in."""

    person: Person | None
    standing: Standing
    today: date


def standing_of(person: Person, *, today: date, acting_for: StandIn | None = None) -> Standing:
    """Read a person's current appointments; under that person's scope or the sign-in's."""
    if acting_for is not None:
        lent = acting_for.appointment
        return Standing(person, today, (Holding(lent.office, lent.org),), acting_for)
    current = Appointment.objects.filter(person=person).current(today).select_related("org").order_by("from_on", "id")
    return Standing(person, today, tuple(Holding(appointment.office, appointment.org) for appointment in current))


def stand_in_of(person: Person, number: int, *, today: date) -> StandIn | None:
    """The stand-in with this number, while this person may act under it."""
    theirs = StandIn.objects.current(today).filter(person=person).exclude(appointment__office__in=CLOSED_OFFICES)
    return theirs.select_related("appointment__org", "appointment__person").filter(pk=number).first()
