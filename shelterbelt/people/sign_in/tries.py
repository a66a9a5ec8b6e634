"""Failing costs time, and only where it happened: at a browser, for an address. Never for a whole network.

A try is counted before it is made and forgiven when it succeeds, so that a thousand at once are no way around.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shelterbelt.core import clock
from shelterbelt.people.models import Person, SignIn, Tries
from shelterbelt.people.sign_in.hidden import hidden
from shelterbelt.people.sign_in.known_browsers import word_for
from shelterbelt.people.sign_in.scope import signing_in
from shelterbelt.people.sign_in_rules import CLOCK_SLACK, TRIES_FORGOTTEN_AFTER, still_to_wait


class MustWait(Exception):
    """Too many failures: nothing is tried for so long."""

    def __init__(self, left: timedelta) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True)
class Try:
    """One that was counted. Whoever succeeds is forgiven."""

    key: str

    def forgive(self) -> None:
        """It was they: the count begins anew."""
        with signing_in("forgive failed tries"):
            Tries.objects.filter(pk=self.key).update(failures=0)


def of_password(request: Any, email: str) -> Try:
    """Count a try at an address's password, from this browser if it knows the address, else from all that don't."""
    word = word_for(request, email)
    return _count(request, hidden("known" if word else "unknown", email, word), SignIn.Way.PASSWORD, email=email)


def of_factor(request: Any, person: Person) -> Try:
    """Count a try at a person's second factor. Only who knows the password gets this far."""
    word = word_for(request, person.email or "")
    return _count(request, hidden("factor", str(person.pk), word), SignIn.Way.PASSWORD, person=person)


def of_proof(request: Any, person: Person) -> Try:
    """Count a try to prove again, inside a session, that it is they."""
    key = hidden("proof", str(person.pk), str(request.session.session_key))
    return _count(request, key, SignIn.Way.PASSWORD, person=person)


def of_link(email: str) -> bool:
    """Count a link that was asked for; whether one may be sent. Nobody's mailbox is filled by somebody else."""
    try:
        _reserve(hidden("link", email))
    except MustWait:
        return False
    return True


def note_failure(
    request: Any, outcome: SignIn.Outcome, *, person: Person | None, way: SignIn.Way = SignIn.Way.PASSWORD
) -> None:
    """Put a failure on record: whose it was, if anybody's, and on what kind of device. Never the address."""
    with signing_in("sign-in failed"):
        SignIn.objects.create(person=person, outcome=outcome, way=way, at=clock.now(), device=request.session.device)


def _count(request: Any, key: str, way: SignIn.Way, *, person: Person | None = None, email: str = "") -> Try:
    try:
        _reserve(key)
    except MustWait as wait:
        if _is_first_refusal(key):
            with signing_in("sign-in refused"):
                owner = person or Person.objects.filter(email__iexact=email).first()
            note_failure(request, SignIn.Outcome.MUST_WAIT, person=owner, way=way)
        raise MustWait(wait.left) from None
    return Try(key)


def _reserve(key: str) -> None:
    """Count one more, if it may be tried now."""
    with signing_in("count a try"):
        left = _count_one(key, now=clock.now())
    if left:
        raise MustWait(left)


def _count_one(key: str, *, now: datetime) -> timedelta:
    """How long nothing may be tried; if it may, one more is counted."""
    tries, _new = Tries.objects.select_for_update().get_or_create(pk=key, defaults={"failures": 0, "last_at": now})
    if tries.last_at > now + CLOCK_SLACK:  # the clock was set back: whoever waits does so from now on
        tries.last_at = now
        tries.save(update_fields=["last_at"])
    left = still_to_wait(tries.failures, last_at=tries.last_at, now=now)
    if not left:
        tries.failures = 1 if now - tries.last_at > TRIES_FORGOTTEN_AFTER else tries.failures + 1
        tries.last_at, tries.is_told = now, False
        tries.save(update_fields=["failures", "last_at", "is_told"])
    return left


def _is_first_refusal(key: str) -> bool:
    with signing_in("count a refusal"):
        return bool(Tries.objects.filter(pk=key, is_told=False).update(is_told=True))
