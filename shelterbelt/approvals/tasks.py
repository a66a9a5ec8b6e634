"""Tells those who may decide that something waits for them, and who asked what came of it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shelterbelt.access.scope import acting_as_system
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.queries import is_waiting, second_people
from shelterbelt.core import clock
from shelterbelt.core.jobs import enqueue, task
from shelterbelt.people.models import Person


@task("approvals.mail_asked", retry=3)
def mail_asked(approval: int) -> None:
    """Have a letter sent to each who may decide. Run twice, it reminds them twice."""
    on = clock.today()
    with acting_as_system("delivery", today=on, reason="tell who may decide"):
        asked = Approval.objects.open(clock.now()).filter(pk=approval).select_related("org").first()
        for person in second_people(asked, on) if asked else []:
            enqueue("approvals.mail_one", approval=approval, person=person.pk)


@task("approvals.mail_one", retry=3)
def mail_one(approval: int, person: int) -> None:
    """Mail one who may decide, if it is still open. Run twice, it reminds them twice."""
    with acting_as_system("delivery", today=clock.today(), reason="tell who may decide"):
        asked = _known(approval)
        reader = Person.objects.filter(pk=person, is_active=True).exclude(email=None).first()
        if reader is not None and is_waiting(asked, clock.now()):
            _letter(asked, reader, "asked").send()


@task("approvals.mail_decided", retry=3)
def mail_decided(approval: int) -> None:
    """Mail who asked what came of it. Run twice, it says it twice."""
    with acting_as_system("delivery", today=clock.today(), reason="tell who asked"):
        asked = _known(approval)
        if asked.asked_by.is_active and asked.asked_by.email:
            _letter(asked, asked.asked_by, "decided").send()


def _known(number: int) -> Approval:
    return Approval.objects.select_related("org", "asked_by", "asked_for", "decided_by").get(pk=number)


def _letter(approval: Approval, reader: Person, which: str) -> EmailMessage:
    """In the reader's language. What was asked for isn't told: mail is read on the way."""
    with translation.override(reader.language):
        shown = {
            "approval": approval,
            "person": reader,
            "until": localtime(approval.expires_at),
            "link": settings.SITE + reverse("approvals:approval", args=[approval.pk]),
        }
        subjects = {
            "asked": _("A second person is asked for at %(org)s") % {"org": approval.org},
            "decided": _("What you asked for at %(org)s was decided") % {"org": approval.org},
        }
        return EmailMessage(
            subject=subjects[which],
            body=render_to_string(f"approvals/mail/{which}.txt", shown),
            to=[str(reader.email)],
        )
