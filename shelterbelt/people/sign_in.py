"""Who somebody is: by address and password, by a link we mailed, or in a demonstration by a click.

Before anyone has signed in no person exists for them, so each of these looks under the sign-in's own scope, and no
longer than it must. How often one may try comes with the next issue.
"""

from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.debug import sensitive_variables

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.people.models import Person

BACKEND = "shelterbelt.people.sign_in.ByAddress"


def signing_in(reason: str) -> AbstractContextManager[None]:
    """The scope in which somebody is recognised."""
    return acting_as_system("sign_in", today=clock.today(), reason=reason)


class ByAddress(ModelBackend):
    """Recognises a person by e-mail address and password. An unknown address takes as long as a wrong password."""

    @sensitive_variables("password")
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> Any:  # Django's own signature promises its own kind of account
        """The person, or None."""
        with signing_in("sign in"):
            return super().authenticate(request, username=username, password=password, **more)

    def get_user(self, user_id: int) -> Any:
        """The person with this number, if they may still sign in."""
        with signing_in("go on"):
            return super().get_user(user_id)


@sensitive_variables("password")
def recognised(request: HttpRequest, *, email: str, password: str) -> Person | None:
    """Who this address and password belong to; None without saying which of the two is wrong."""
    person = authenticate(request, username=email, password=password)
    return person if isinstance(person, Person) else None


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


def with_address(email: str) -> Person | None:
    """The person with this address, if they may sign in."""
    with signing_in("forgotten password"):
        return Person.objects.filter(email__iexact=email, is_active=True).first()


def password_link(person: Person) -> str:
    """An address where this person can choose a password, once, and for three days."""
    reference = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return str(settings.SITE) + reverse("people:set_password", args=[reference, token])


def from_link(reference: str, token: str) -> Person | None:
    """Whose link this is; None if it was used, is too old, or never was one."""
    try:
        number = int(urlsafe_base64_decode(reference))
    except ValueError:
        return None
    with signing_in("password link"):
        person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None or not default_token_generator.check_token(person, token):
        return None
    return person
