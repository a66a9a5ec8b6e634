"""Beginning a session as somebody."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from shelterbelt.core import clock
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in.by_address import BACKEND
from shelterbelt.people.sign_in.scope import signing_in


def enter(request: HttpRequest, person: Person) -> None:
    """Begin a session as this person, under a new key."""
    with signing_in("sign in"):
        login(request, person, backend=BACKEND)


def enter_as(request: HttpRequest, person: Person) -> None:
    """Begin a session without a password. In a demonstration only, where everybody is invented."""
    if not settings.DEMONSTRATION:
        raise RuntimeError("Only a demonstration lets people in without a password.")
    enter(request, person)


def remember_sign_in(sender: object, user: Person, **more: object) -> None:  # noqa: ARG001  a signal's receiver
    """Note when somebody last signed in. Links mailed before then stop working."""
    with signing_in("sign in"):
        user.last_login = clock.now()
        user.save(update_fields=["last_login"])
