"""Recognises a person by e-mail address and password."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from shelterbelt.people.models import Person
from shelterbelt.people.sign_in.scope import signing_in

BACKEND = "shelterbelt.people.sign_in.ByAddress"


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
