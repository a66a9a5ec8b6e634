"""Choose a password by a mailed link, and ask for the link."""

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from shelterbelt.core.jobs import enqueue
from shelterbelt.people.actions.signing_in import end_sessions
from shelterbelt.people.models import Person, Session, SignIn
from shelterbelt.people.sign_in import signing_in, tries, with_address


@sensitive_variables("password")
def choose_password(*, person: Person, password: str) -> None:
    """Set a password. Every session begun with the old one ends."""
    with signing_in("choose a password"):
        person.set_password(password)
        person.save(update_fields=["password"])
        end_sessions(Session.objects.filter(person=person), SignIn.Ended.PASSWORD)
        enqueue("people.tell_of_change", person=person.pk, what="password_changed")


@transaction.atomic
def ask_for_link(*, email: str) -> None:
    """Have a link mailed, if we know the address. The work asked for is the same either way, so time tells nothing."""
    person = with_address(email)
    if tries.of_link(email):
        enqueue("people.mail_password_link", person=person.pk if person else 0)
