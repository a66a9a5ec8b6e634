"""A try at an address and password, from beginning to end."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.models import Login
from django.http import HttpResponseBase
from django.views.decorators.debug import sensitive_variables

from shelterbelt.people.models import Person, SignIn
from shelterbelt.people.sign_in import tries
from shelterbelt.people.sign_in.by_address import recognised
from shelterbelt.people.sign_in.factors import passkey_of, used
from shelterbelt.people.sign_in.links import with_address
from shelterbelt.people.sign_in.scope import signing_in


@sensitive_variables("password")
def try_password(request: Any, *, email: str, password: str) -> Person | None:
    """Whose they are. Raises MustWait, before anything is looked at, after too many failures."""
    this = tries.of_password(request, email)
    person = recognised(request, email=email, password=password)
    if person is None:
        tries.note_failure(request, SignIn.Outcome.WRONG_PASSWORD, person=with_address(email))
        return None
    this.forgive()
    return person


def begin_with_passkey(request: Any, credential: dict[str, Any], onward: str) -> HttpResponseBase | None:
    """Sign in whoever's passkey answered. It asked for finger, face or PIN itself, so that it is two factors in one."""
    with signing_in("sign in with a passkey"):
        factor = passkey_of(None, credential)
        if factor is None:
            return None
        used(request, factor, passwordless=True)
        login = Login(user=factor.user, email=factor.user.email, redirect_url=onward)
        answer: HttpResponseBase = perform_login(request, login)
        return answer


def begin(request: Any, person: Person, *, onward: str) -> HttpResponseBase:
    """Go through what else signing in asks of this person; then, or at once, to where they were going."""
    with signing_in("sign in"):
        login = Login(user=person, email=person.email, redirect_url=onward)
        answer: HttpResponseBase = perform_password_login(request, {"email": person.email}, login)
        return answer
