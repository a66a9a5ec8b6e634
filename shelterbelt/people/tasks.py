"""Mails links with which people choose their password. Letters about offices stand in telling.py."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from shelterbelt.core.jobs import task
from shelterbelt.people import telling  # noqa: F401  its tasks are found with these
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import password_link, signing_in


@task("people.mail_password_link", retry=3)
def mail_password_link(person: int) -> None:
    """Mail somebody a link. Run twice, it mails two links that do the same, of which one can be used."""
    with signing_in("mail a password link"):
        known = Person.objects.filter(pk=person, is_active=True).exclude(email=None).first()
    if known is not None:
        letter(known).send()


def letter(person: Person) -> EmailMessage:
    """The mail, in the person's language."""
    with translation.override(person.language):
        shown = {"person": person, "link": password_link(person), "site": settings.SITE}
        return EmailMessage(
            subject=_("Choose your password for Shelterbelt"),
            body=render_to_string("people/mail/password_link.txt", shown),
            to=[str(person.email)],
        )
