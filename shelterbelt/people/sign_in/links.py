"""Links we mail, with which somebody chooses a password."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from shelterbelt.people.models import Person
from shelterbelt.people.sign_in.scope import signing_in


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
