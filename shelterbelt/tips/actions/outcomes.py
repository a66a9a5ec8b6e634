"""The desk and the outcomes: asked for after 15 days and then every 30, accepted, or asked for again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import history
from shelterbelt.tips.actions.clocks import start_clock
from shelterbelt.tips.actions.following import follow
from shelterbelt.tips.actions.holding import desk_eyes
from shelterbelt.tips.actions.referral_letters import locked_referral, renew_link, send_notice
from shelterbelt.tips.models import Message, Referral
from shelterbelt.tips.policy import referrals as policy
from shelterbelt.tips.rules import progress
from shelterbelt.tips.sealing import words as sealing
from shelterbelt.tips.sealing.opening import key_of

LONGEST = 4000


@transaction.atomic
def accept_outcome(referral: Referral, *, by: Standing, at: datetime) -> Referral:
    """The desk has read it and has no question left."""
    held = _held(referral)
    require(policy.may_judge(by, held))
    if held.state == Referral.State.ACCEPTED:
        return held
    held.state = Referral.State.ACCEPTED
    held.ended_at = at
    held.save(update_fields=["state", "ended_at"])
    history.write(held.tip, "accept_outcome", at=at, by=by.person, referral=held.pk.hex)
    follow(held.tip, at)
    return held


@transaction.atomic
def ask_again(referral: Referral, *, text: str, by: Standing, at: datetime) -> Referral:
    """The desk wants to know more: the outcome that was reported stays, a new one is owed."""
    held = _held(referral)
    require(policy.may_judge(by, held))
    said = _said(text)
    held.state, held.ended_at = Referral.State.WORKING, None
    held.save(update_fields=["state", "ended_at"])
    _keep(held, said, by.person, at)
    history.write(held.tip, "ask_outcome_again", at=at, by=by.person, referral=held.pk.hex)
    if held.is_primary:
        start_clock(held.tip, "outcome", at=at, referral=held)
    _notify(held, "reply", at=at, by=by.person)
    follow(held.tip, at)
    return held


@transaction.atomic
def reply_to_recipient(referral: Referral, *, text: str, by: Standing, at: datetime) -> Message:
    """Answer a recipient, or tell them more. They are notified that there is something to read."""
    held = _held(referral)
    require(policy.may_follow(by, held))
    message = _keep(held, _said(text), by.person, at)
    history.write(held.tip, "reply", at=at, by=by.person, referral=held.pk.hex)
    _notify(held, "reply", at=at, by=by.person)
    held.tip.changed_at = at
    held.tip.save(update_fields=["changed_at"])
    return message


def ask_outcome(referral: Referral, *, at: datetime) -> bool:
    """Ask for the outcome that is due, as the clock does; whether there was one to ask for.

    HB 1341 of 2023 would have had schools and police say after 15 days, and then every 30, what came of a tip.
    """
    with transaction.atomic(), desk_eyes(at, "ask for an outcome"):
        held = locked_referral(referral.pk)
        if held is None or not held.is_primary or held.state not in progress.OPEN - progress.ANSWERED:
            return False
        history.write(held.tip, "ask_outcome", at=at, by_whom="system", referral=held.pk.hex, org=held.org_id)
        _notify(held, "outcome", at=at, by=None)
    return True


def _notify(held: Referral, about: str, *, at: datetime, by: Person | None) -> None:
    renew_link(held, key_of(held.tip), at=at)
    held.save(update_fields=["link_until", "link_hash", "link_tries"])
    send_notice(held, at=at, by=by, about=about)


def _held(referral: Referral) -> Referral:
    held = locked_referral(referral.pk)
    if held is None:
        raise ValidationError(_("This referral is there no more."))
    return held


def _keep(held: Referral, text: str, person: Person, at: datetime) -> Message:
    message = Message(
        tip=held.tip, org_id=held.state_org_id, referral=held, way=Message.Way.TO_RECIPIENT, by=person, at=at
    )
    message.words = sealing.seal_text(key_of(held.tip), text, kind="message", of=message.pk)
    message.save(force_insert=True)
    return message


def _said(text: str) -> str:
    said = text.replace("\x00", "").strip()
    if not said:
        raise ValidationError({"text": [_("Write a few words.")]})
    if len(said) > LONGEST:
        raise ValidationError({"text": [_("That is longer than %(most)s characters.") % {"most": LONGEST}]})
    return said
