"""How somebody signs in and where they are signed in, as their own pages ask."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from shelterbelt.core import clock
from shelterbelt.people.models import Person, Session, SignIn
from shelterbelt.people.sign_in.factors import Kind, factors_of, unused_codes
from shelterbelt.people.sign_in_rules import session_limits

A_FEW = 10


@dataclass(frozen=True)
class Ways:
    """What somebody can prove with that it is they."""

    password: bool
    app: bool
    passkeys: int
    codes: int

    @property
    def has_factor(self) -> bool:
        """Something besides the password."""
        return self.app or self.passkeys > 0


def ways_of(person: Person) -> Ways:
    """What a person has."""
    kinds = list(factors_of(person).values_list("type", flat=True))
    return Ways(
        password=person.has_usable_password(),
        app=Kind.TOTP in kinds,
        passkeys=kinds.count(Kind.WEBAUTHN),
        codes=len(unused_codes(person) or []),
    )


def sessions_of(request: Any) -> "QuerySet[Session]":
    """Where the person of this request is signed in, the latest seen first; without those that are over."""
    limits, now = session_limits(request.standing.offices_that_ask), clock.now()
    return Session.objects.filter(
        person=request.person, begun_at__gte=now - limits.longest, seen_at__gte=now - limits.idle
    ).order_by("-seen_at", "pk")


def failures_of(person: Person) -> "QuerySet[SignIn]":
    """The latest tries to sign in as this person that failed."""
    return SignIn.objects.filter(person=person).exclude(outcome=SignIn.Outcome.SIGNED_IN).order_by("-at")[:A_FEW]
