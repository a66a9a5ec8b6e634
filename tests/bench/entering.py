"""Signed-in sessions for the people of the measured state, as a sign-in leaves them behind."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shelterbelt.people.models import Appointment


@dataclass(frozen=True)
class Entered:
    """Somebody signed in: who, where they hold which office, and the header that says so."""

    person: int
    office: str
    org: int
    cookie: str


def enter(held: "Appointment") -> Entered:
    """Sign the holder of an office in, with their second factor."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from shelterbelt.people.sessions import SessionStore
    from shelterbelt.people.sign_in.entering import SECOND_FACTOR

    session = SessionStore()
    session[SESSION_KEY] = str(held.person_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = held.person.get_session_auth_hash()
    session[SECOND_FACTOR] = "bench"
    session.save()
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    return Entered(held.person_id, held.office, held.org_id, cookie)
