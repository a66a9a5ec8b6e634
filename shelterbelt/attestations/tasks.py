"""Mails reminders to those who answer for an organisation."""

import logging
import smtplib
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shelterbelt import strategy
from shelterbelt.access.scope import acting_as_system
from shelterbelt.attestations.models import Reminder
from shelterbelt.attestations.queries import recipients
from shelterbelt.attestations.rules import DAYS_BETWEEN_REMINDERS, not_attested
from shelterbelt.core import clock
from shelterbelt.core.jobs import enqueue, every, task
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.people.models import Person

log = logging.getLogger(__name__)


@task("attestations.mail_reminders", retry=5)
def mail_reminders() -> None:
    """Mail every reminder not mailed yet, each in a transaction of its own. Running twice mails nothing twice.

    One that reached nobody holds up no other. The next run tries it again, until it may be sent anew anyway.
    """
    at = clock.now()
    since = at - timedelta(days=DAYS_BETWEEN_REMINDERS)
    with acting_as_system("delivery", today=timezone.localdate(at), reason="mail reminders"):
        unmailed = Reminder.objects.filter(mailed_at=None, asked_at__gt=since)
        waiting = list(unmailed.order_by("asked_at", "pk").values_list("pk", flat=True))
    for reminder_id in waiting:
        with acting_as_system("delivery", today=timezone.localdate(at), reason="mail reminders"):
            _mail(reminder_id, at)


@every("10 11 * * *", "attestations.mail_reminders_again")
def mail_reminders_again(_due: int) -> None:
    """Once a day, for those that the mail server didn't take."""
    enqueue("attestations.mail_reminders", lock="attestations.mail_reminders")


@transaction.atomic
def _mail(reminder_id: UUID, at: datetime) -> None:
    """Mail one reminder, unless another worker has it or had it. Whom it reached once it doesn't reach again."""
    waiting = Reminder.objects.select_for_update(of=("self",), skip_locked=True).filter(mailed_at=None)
    reminder = waiting.select_related("org").filter(pk=reminder_id).first()
    if reminder is None:
        return
    people = recipients([reminder.org], timezone.localdate(at))[reminder.org_id]
    reached = sum(_reaches(letter(reminder, person)) for person in people)
    if people and not reached:
        log.warning("reminder %s reached none of %d people", reminder.pk, len(people))
        return
    reminder.mailed_at, reminder.mailed_to = at, reached
    reminder.save(update_fields=["mailed_at", "mailed_to"])


def _reaches(mail: EmailMessage) -> bool:
    """Send it. Each letter has a connection of its own, so that one address refused spoils no other."""
    try:
        return mail.send() == 1
    except (smtplib.SMTPException, OSError) as error:
        # The error's own words hold the address, which belongs in no log.
        log.warning("a reminder could not be mailed: %s", type(error).__name__)
        return False


def letter(reminder: Reminder, person: Person) -> EmailMessage:
    """What the reminder says, in the person's language. Nothing in it is secret: mail is read on the way."""
    with translation.override(person.language):
        output = strategy.current().output(reminder.output)
        year = SchoolYear(reminder.year)
        shown = {
            "org": reminder.org,
            "person": person,
            "title": output.title,
            "year": year,
            "address": settings.SITE + _address(reminder, year),
        }
        return EmailMessage(
            subject=_("Please report for %(org)s: %(title)s") % {"org": reminder.org, "title": output.title},
            body=render_to_string("attestations/mail/reminder.txt", shown),
            to=[str(person.email)],
        )


def _address(reminder: Reminder, year: SchoolYear) -> str:
    """Where to report it: the questions, or the organisation's page for what follows from records."""
    if not_attested(strategy.current().output(reminder.output)):
        return reverse("home:start")
    return reverse("attestations:attest", args=[reminder.org_id, reminder.output, year.slug])
