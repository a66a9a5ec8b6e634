"""Choose a password, and ask for the link to do so."""

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from shelterbelt.core.jobs import enqueue
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import signing_in, with_address


@sensitive_variables("password")
def choose_password(*, person: Person, password: str) -> None:
    """Set a password. Every session begun with the old one ends."""
    with signing_in("choose a password"):
        person.set_password(password)
        person.save(update_fields=["password"])


@transaction.atomic
def ask_for_link(*, email: str) -> None:
    """Have a link mailed, if we know the address. The work asked for is the same either way, so time tells nothing."""
    person = with_address(email)
    enqueue("people.mail_password_link", person=person.pk if person else 0)
