"""Somebody without a sign-in opens a referral: by the link in their mail and the code told apart from it.

Looking at the link does nothing: mail scanners do that. Five wrong codes lock it until the desk sends a new one.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from shelterbelt.tips.actions import history
from shelterbelt.tips.actions.alarms import raise_alarms
from shelterbelt.tips.actions.holding import desk_eyes
from shelterbelt.tips.actions.referral_letters import locked_referral
from shelterbelt.tips.models import Referral
from shelterbelt.tips.policy.referrals import ENDED, Proof
from shelterbelt.tips.sealing import links
from shelterbelt.tips.sealing.opening import key_of

TRIES = 5
OPEN_FOR = timedelta(minutes=30)
"""How long a browser goes on without asking for the code again."""


class LinkOver(Exception):
    """The link is unknown, too old, locked, or its referral has ended. Which of these isn't said."""


def works(secret: str, at: datetime) -> bool:
    """Whether a code may be tried with this link."""
    with desk_eyes(at, "look up a referral's link"):
        return _open(secret, at).filter(link_tries__lt=TRIES).exists()


def try_code(secret: str, code: str, at: datetime) -> Proof:
    """Open it with the code. Raises LinkOver, or ValidationError for a wrong code. Each try is kept."""
    with desk_eyes(at, "try a referral's code"):
        counted = _open(secret, at).filter(link_tries__lt=TRIES).update(link_tries=F("link_tries") + 1)
        proof = _tried(secret, code, at) if counted else None
    if not counted:
        raise LinkOver
    if proof is None:
        raise ValidationError({"code": [_("That is not the code. Look at it again: it has 8 digits.")]})
    return proof


def _open(secret: str, at: datetime) -> "QuerySet[Referral]":
    return Referral.objects.filter(link_hash=links.digest(secret), link_until__gt=at).exclude(state__in=ENDED)


def _tried(secret: str, code: str, at: datetime) -> Proof | None:
    number = _open(secret, at).values_list("pk", flat=True).first()
    held = locked_referral(number)
    if held is None or held.link_until is None:
        return None
    if not links.is_code(code, key_of(held.tip), held.pk, held.link_until):
        if held.link_tries >= TRIES:
            history.write(held.tip, "lock_link", at=at, by_whom="system", referral=held.pk.hex)
            raise_alarms(held.tip, "recipient_wrote", at=at)
        return None
    held.link_tries = 0
    held.save(update_fields=["link_tries"])
    history.write(held.tip, "open_link", at=at, by_whom="recipient", referral=held.pk.hex)
    return Proof(held.pk, links.digest(secret), at + OPEN_FOR)
