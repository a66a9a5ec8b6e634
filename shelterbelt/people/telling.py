"""Letters about offices: invitations, and word of who acts for whom."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.jobs import task
from shelterbelt.people.actions.inviting import INVITED_WITH, new_link
from shelterbelt.people.models import Invitation, Person, StandIn
from shelterbelt.people.rules import CLOSED_OFFICES
from shelterbelt.people.sign_in import signing_in


@task("people.mail_invitation", retry=3)
def mail_invitation(invitation: int) -> None:
    """Mail an invitation. Run twice, it mails two links, of which only the later works."""
    with signing_in("mail an invitation"):
        known = Invitation.objects.open(clock.now()).select_related(*INVITED_WITH).filter(pk=invitation).first()
        if known is not None and known.person.is_active and known.person.email:
            invitation_letter(known, link=invitation_link(new_link(invitation=known))).send()


def invitation_link(token: str) -> str:
    """The address in the letter. Opening it moves the token into the session, out of the address."""
    return str(settings.SITE) + reverse("people:invitation", args=[token])


def invitation_letter(invitation: Invitation, *, link: str) -> EmailMessage:
    """The mail, in the person's language, on behalf of the organisation that appoints."""
    appointment, person = invitation.appointment, invitation.person
    with translation.override(person.language):
        shown = {
            "person": person,
            "sender": invitation.sender,
            "org": invitation.org,
            # Mail is read on the way; what the law keeps closed doesn't stand in it.
            "office": "" if appointment.office in CLOSED_OFFICES else appointment.get_office_display(),
            "from_on": appointment.from_on,
            "until": localtime(invitation.expires_at),
            "link": link,
        }
        return EmailMessage(
            subject=_("%(sender)s invites you to Shelterbelt") % {"sender": invitation.sender},
            body=render_to_string("people/mail/invitation.txt", shown),
            to=[str(person.email)],
        )


@task("people.mail_stand_in", retry=3)
def mail_stand_in(stand_in: int, person: int) -> None:
    """Tell somebody that they may act for another, or that somebody may act for them. Run twice, it tells twice."""
    with acting_as_system("delivery", today=clock.today(), reason="tell of a stand-in"):
        lent = StandIn.objects.select_related("appointment__person", "person", "org", "given_by").get(pk=stand_in)
        reader = Person.objects.filter(pk=person, is_active=True).exclude(email=None).first()
        if reader is not None and lent.until_on > clock.today():
            stand_in_letter(lent, reader).send()


def stand_in_letter(stand_in: StandIn, reader: Person) -> EmailMessage:
    """The mail, in the reader's language, to who stands in or to whose office it is."""
    with translation.override(reader.language):
        shown = {
            "stand_in": stand_in,
            "reader": reader,
            "is_theirs": reader.pk == stand_in.appointment.person_id,
            "link": settings.SITE + reverse("people:stand_ins"),
        }
        return EmailMessage(
            subject=_("Acting for somebody else at %(org)s") % {"org": stand_in.org},
            body=render_to_string("people/mail/stand_in.txt", shown),
            to=[str(reader.email)],
        )
