"""Invite somebody who was appointed and can't sign in yet; send it again, take it back, accept it."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core import clock
from shelterbelt.core.jobs import enqueue
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.orgs.models import Org
from shelterbelt.people.actions.passwords import choose_password
from shelterbelt.people.models import Appointment, Invitation, Person
from shelterbelt.people.policy import may_invite
from shelterbelt.people.queries import state_of
from shelterbelt.people.rules import INVITATION_DAYS, OFFICES
from shelterbelt.people.sign_in import signing_in

INVITED_WITH = ("appointment", "org", "person", "sender", "made_by")
"""What every reader of an invitation reads along."""
_TOKEN_BYTES = 32


def invite_if_new(appointment: Appointment, *, by: Standing) -> Invitation | None:
    """Invite whoever was just appointed, if they have an address and no sign-in yet."""
    with signing_in("whom to invite"):
        person = Person.objects.get(pk=appointment.person_id)
    if not person.email or person.has_sign_in:
        return None
    return _invite(appointment, by=by, at=clock.now())


def _invite(appointment: Appointment, *, by: Standing, at: datetime) -> Invitation:
    invitation = Invitation.objects.create(
        appointment=appointment,
        org=appointment.org,
        person_id=appointment.person_id,
        sender=sender_of(appointment, by=by),
        made_by=by.person,
        made_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )
    enqueue("people.mail_invitation", invitation=invitation.pk)
    return invitation


def sender_of(appointment: Appointment, *, by: Standing) -> Org:
    """The organisation that appoints: where whoever does it holds the office that may."""
    for holding in by.holdings:
        if holding.office in OFFICES[appointment.office].appointed_by and by.holds_over(
            holding.office, org=appointment.org
        ):
            return holding.org
    return appointment.org


@transaction.atomic
def send_again(*, invitation: Invitation, by: Standing, at: datetime) -> Invitation:
    """A new link. The old one stops working with this, whether or not the letter arrives."""
    one_at_a_time([f"invitation of {invitation.person_id}"])
    invitation.refresh_from_db()
    require(may_invite(by, invitation))
    _close(invitation, at)
    return _invite(invitation.appointment, by=by, at=at)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Standing, at: datetime) -> None:
    """Take it back. The office stays until it is ended."""
    one_at_a_time([f"invitation of {invitation.person_id}"])
    invitation.refresh_from_db()
    require(may_invite(by, invitation))
    _close(invitation, at)


def _close(invitation: Invitation, at: datetime) -> None:
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])


@transaction.atomic
def new_link(*, invitation: Invitation) -> str:
    """A token for the letter about to be sent. Only its digest is kept, so a token made before stops working."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    invitation.token_hash = digest(token)
    invitation.save(update_fields=["token_hash"])
    return token


def digest(token: str) -> str:
    """What is kept of a token. It is 256 random bits, so no salt or slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def from_token(token: str) -> Invitation | None:
    """The invitation a link belongs to; None for one that never was. One question, whatever is asked for."""
    with signing_in("invitation"):
        return Invitation.objects.select_related(*INVITED_WITH).filter(token_hash=digest(token)).first()


@sensitive_variables("password", "token")
@transaction.atomic
def accept(*, token: str, password: str, at: datetime, on: date) -> Person:
    """Choose a password by an invitation, once: of two clicks at the same moment, the second is told it was used."""
    with signing_in("accept an invitation"):
        found = from_token(token)
        if found is not None:
            one_at_a_time([f"invitation of {found.person_id}"])
            found = from_token(token)  # as it is now that nobody else has it
        if found is None or state_of(found, at=at, on=on) != "open" or not found.person.is_active:
            raise PermissionDenied(_("This invitation no longer works."))
        found.accepted_at = at
        found.save(update_fields=["accepted_at"])
        choose_password(person=found.person, password=password)
        return found.person
