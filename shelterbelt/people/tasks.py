"""Mails links with which people choose their password. Letters about offices stand in telling.py."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from shelterbelt.core import clock
from shelterbelt.core.jobs import every, task
from shelterbelt.people import telling  # noqa: F401  its tasks are found with these
from shelterbelt.people.federation import tasks as _of_providers  # noqa: F401  and so are theirs
from shelterbelt.people.models import Person, Tries
from shelterbelt.people.sessions import clear_ended
from shelterbelt.people.sign_in import password_link, signing_in
from shelterbelt.people.sign_in_rules import TRIES_FORGOTTEN_AFTER


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


_CHANGES = {
    "factor_added": gettext_lazy("A second factor was added to your account"),
    "factor_removed": gettext_lazy("A second factor was removed from your account"),
    "codes_renewed": gettext_lazy("You have new recovery codes"),
    "factors_reset": gettext_lazy("Your second factors were taken away"),
    "password_changed": gettext_lazy("Your password was changed"),
    "provider_linked": gettext_lazy("Your organization's own sign-in lets you in"),
}


@task("people.tell_of_change", retry=3)
def tell_of_change(person: int, what: str) -> None:
    """Tell somebody what changed about how they sign in. Run twice, it tells twice."""
    with signing_in("tell of a change"):
        known = Person.objects.filter(pk=person, is_active=True).exclude(email=None).first()
    if known is not None:
        change_letter(known, what).send()


def change_letter(person: Person, what: str) -> EmailMessage:
    """The mail, in the person's language: what happened, and what to do if it wasn't they."""
    with translation.override(person.language):
        shown = {"person": person, "what": what, "site": settings.SITE, "forgotten": reverse("people:forgotten")}
        return EmailMessage(
            subject=str(_CHANGES[what]),
            body=render_to_string("people/mail/change.txt", shown),
            to=[str(person.email)],
        )


@every("17 * * * *", "people.clear_sessions")
def clear_sessions(_due: int) -> None:
    """Remove sessions that are over and failures that are forgotten. Safe to repeat."""
    now = clock.now()
    clear_ended(now)
    with signing_in("forget old failures"):
        Tries.objects.filter(last_at__lt=now - TRIES_FORGOTTEN_AFTER).delete()
