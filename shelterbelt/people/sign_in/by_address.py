"""Recognises a person by e-mail address and password."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from shelterbelt.core.text import one_spelling
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in.scope import signing_in

BACKEND = "shelterbelt.people.sign_in.ByAddress"


class ByAddress(ModelBackend):
    """Recognises a person by e-mail address and password. An unknown address takes as long as a wrong password."""

    @sensitive_variables("password")
    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002  Django's signature
        username: str | None = None,
        password: str | None = None,
        **more: Any,  # noqa: ARG002
    ) -> Any:  # Django's own signature promises its own kind of account
        """The person, or None. Hashing takes its time on purpose, and no transaction waits for it."""
        if not username or password is None:
            return None
        with signing_in("sign in"):
            person = Person.objects.filter(email__iexact=username).first()
        if person is None:
            Person().set_password(password)
            return None
        return person if fits(person, password) and self.user_can_authenticate(person) else None

    def get_user(self, user_id: int) -> Any:
        """The person with this number, if they may still sign in."""
        with signing_in("go on"):
            return super().get_user(user_id)


@sensitive_variables("password")
def fits(person: Person, password: str) -> bool:
    """Whether it is this person's password."""
    spelled = one_spelling(password)
    return check_password(spelled, person.password, setter=lambda known: _hash_anew(person, known))


@sensitive_variables("password")
def _hash_anew(person: Person, password: str) -> None:
    """A hash made by older rules is made anew as soon as the password is at hand."""
    with signing_in("hash a password anew"):
        person.set_password(password)
        person.save(update_fields=["password"])


@sensitive_variables("password")
def recognised(request: HttpRequest, *, email: str, password: str) -> Person | None:
    """Who this address and password belong to; None without saying which of the two is wrong."""
    person = authenticate(request, username=email, password=password)
    return person if isinstance(person, Person) else None
