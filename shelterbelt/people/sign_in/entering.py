"""Beginning a session as somebody, and ending it."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from shelterbelt.core import clock
from shelterbelt.people.models import Person, SignIn
from shelterbelt.people.sign_in.by_address import BACKEND
from shelterbelt.people.sign_in.scope import signing_in

SECOND_FACTOR = "second_factor"
"""Where a session keeps with what second factor somebody came in; empty if with none."""


def enter(
    request: Any, person: Person, *, way: SignIn.Way = SignIn.Way.PASSWORD, second_factor: str = "", at: Any = None
) -> None:
    """Begin a session as this person, under a new key, and put it on record."""
    session, now = request.session, at or clock.now()
    session.ending = SignIn.Ended.REPLACED
    with signing_in("sign in"):
        login(request, person, backend=BACKEND)
        _end_earlier(session, now)
        signed_in = SignIn.objects.create(
            person=person, outcome=SignIn.Outcome.SIGNED_IN, way=way, at=now, device=session.device
        )
    session.ending = SignIn.Ended.SIGNED_OUT
    session.sign_in_id = signed_in.pk
    session.begun_at = session.seen_at = session.reauthenticated_at = now
    session[SECOND_FACTOR] = second_factor
    if way != SignIn.Way.CLICK:
        request.known_to_this_browser = person  # the middleware lets the browser remember


def _end_earlier(session: Any, now: Any) -> None:
    if session.sign_in_id is not None:
        SignIn.objects.filter(pk=session.sign_in_id, ended_at=None).update(ended_at=now, ended=SignIn.Ended.REPLACED)


def enter_as(request: HttpRequest, person: Person) -> None:
    """Begin a session without a password. In a demonstration only, where everybody is invented."""
    if not settings.DEMONSTRATION:
        raise RuntimeError("Only a demonstration lets people in without a password.")
    enter(request, person, way=SignIn.Way.CLICK)


def remember_sign_in(sender: object, user: Person, **more: object) -> None:  # noqa: ARG001  a signal's receiver
    """Note when somebody last signed in. Links mailed before then stop working."""
    with signing_in("sign in"):
        user.last_login = clock.now()
        user.save(update_fields=["last_login"])
