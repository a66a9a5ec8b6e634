"""A tip is given to those who can do something about it, by the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.delivery.actions import cancel
from shelterbelt.delivery.models import Message as Letters
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import counting, history
from shelterbelt.tips.actions.alarms import raise_alarms
from shelterbelt.tips.actions.clocks import end_clocks, start_clock
from shelterbelt.tips.actions.following import follow
from shelterbelt.tips.actions.moving import locked
from shelterbelt.tips.actions.referral_letters import locked_referral, of_referral, renew_link, send_notice
from shelterbelt.tips.models import Referral, Tip
from shelterbelt.tips.policy import referrals as policy
from shelterbelt.tips.queries.recipients import class_of
from shelterbelt.tips.sealing import words as sealing
from shelterbelt.tips.sealing.opening import key_of

LONGEST = 4000
FLAGS = ("welfare_check", "weapon", "happening_now", "officer_safety")
"""What law enforcement is told apart: codes, whose words are in the forms."""


@dataclass(frozen=True)
class Wanted:
    """One recipient, as the desk chose it: an organisation of the directory, or an office outside the state."""

    org: Org | None = None
    is_primary: bool = True
    rule: str = ""
    outside: str = ""
    addresses: tuple[tuple[str, str], ...] = ()
    """Of an office outside the state: (channel, address)."""


@transaction.atomic
def refer(
    tip: Tip, *, wanted: Sequence[Wanted], by: Standing, at: datetime, words: str = "", flags: Sequence[str] = ()
) -> list[Referral]:
    """Give a tip to these recipients and have each notified; whoever has it already gets it no second time."""
    tip = locked(tip)
    require(policy.may_refer(by, tip))
    if not wanted:
        raise ValidationError(_("Choose at least one recipient."))
    if len(words) > LONGEST:
        raise ValidationError({"words": [_("That is longer than %(most)s characters.") % {"most": LONGEST}]})
    made = [_made(tip, each, words, flags, by.person, at) for each in wanted if _is_new(tip, each)]
    follow(tip, at)
    return made


def _is_new(tip: Tip, wanted: Wanted) -> bool:
    there = tip.referrals.exclude(state__in=policy.ENDED)
    return not there.filter(org=wanted.org, outside=wanted.outside).exists()


def _made(tip: Tip, wanted: Wanted, words: str, flags: Sequence[str], by: Person | None, at: datetime) -> Referral:
    referral = Referral(
        tip=tip,
        state_org_id=tip.org_id,
        org=wanted.org,
        outside=wanted.outside,
        to=_class(wanted),
        is_primary=wanted.is_primary,
        rule=wanted.rule,
        by=by,
        at=at,
    )
    key = key_of(tip)
    referral.words = _sealed(key, referral, words, flags)
    renew_link(referral, key, at=at)
    referral.save(force_insert=True)
    _tell(referral, at, by)
    if referral.is_primary:
        start_clock(tip, "acknowledge", at=at, referral=referral)
        start_clock(tip, "chain", at=at, referral=referral)
    send_notice(referral, at=at, by=by, typed=wanted.addresses)
    return referral


def _class(wanted: Wanted) -> str:
    found = Referral.To.OUT_OF_STATE if wanted.org is None else class_of(wanted.org)
    if found is None:
        raise ValidationError(_("A tip is referred to a school, a district or an agency."))
    return str(found)


def _sealed(key: bytes, referral: Referral, words: str, flags: Sequence[str]) -> bytes:
    """Words and flags together; flags reach law enforcement alone."""
    told = flags if referral.to == Referral.To.LAW_ENFORCEMENT else ()
    said = {"words": words.strip(), "flags": " ".join(flag for flag in FLAGS if flag in told)}
    return sealing.seal_answers(key, said, kind="referral", of=referral.pk) if any(said.values()) else b""


def _tell(referral: Referral, at: datetime, by: Person | None) -> None:
    tip = referral.tip
    told: dict[str, Any] = {
        "referral": referral.pk.hex,
        "org": referral.org_id,
        "primary": referral.is_primary,
        "rule": referral.rule,
    }
    history.write(tip, "refer", at=at, by=by, by_whom="desk" if by else "system", **told)
    counting.count("referred", [tip], at=at, **_since_received(referral, at))


def _since_received(referral: Referral, at: datetime) -> dict[str, Any]:
    seconds = max(0, int((at - referral.tip.received_at).total_seconds()))
    return of_referral(referral, at) | {"seconds": seconds}


def refer_by_rule(tip: Tip, org: Org, *, rule: str, at: datetime) -> Referral:
    """Refer a tip, which the caller holds, as the system itself: a chain is at its end."""
    made = _made(tip, Wanted(org, rule=rule), "", (), None, at)
    follow(tip, at)
    return made


def tell_anew(referral: Referral, *, at: datetime) -> None:
    """Tell a recipient who has the tip that nobody else has answered. The caller holds the tip."""
    renew_link(referral, key_of(referral.tip), at=at)
    referral.save(update_fields=["link_until", "link_hash", "link_tries"])
    history.write(referral.tip, "tell_anew", at=at, by_whom="system", referral=referral.pk.hex, org=referral.org_id)
    send_notice(referral, at=at, by=None, about="anew")


@transaction.atomic
def send_again(
    referral: Referral, *, by: Standing, at: datetime, addresses: Sequence[tuple[str, str]] = ()
) -> Referral:
    """Send the notice anew along the chain as it is now, with a new link and code: those before open nothing more."""
    _call_off(referral, at)
    held = _held(referral, by)
    renew_link(held, key_of(held.tip), at=at)
    held.save(update_fields=["link_until", "link_hash", "link_tries"])
    history.write(held.tip, "send_again", at=at, by=by.person, referral=held.pk.hex)
    send_notice(held, at=at, by=by.person, typed=addresses)
    _touch(held.tip, at)
    return held


@transaction.atomic
def make_primary(referral: Referral, *, by: Standing, at: datetime) -> Referral:
    """Who was only informed must answer from now on: they are notified anew, and counted as that."""
    if Referral.objects.filter(pk=referral.pk, is_primary=True).exists():
        return referral
    _call_off(referral, at)
    held = _held(referral, by)
    counting.count("referred", [held.tip], at=at, amount=-1, **_since_received(held, held.at))
    held.is_primary = True
    counting.count("referred", [held.tip], at=at, **_since_received(held, held.at))
    renew_link(held, key_of(held.tip), at=at)
    held.save(update_fields=["is_primary", "link_until", "link_hash", "link_tries"])
    history.write(held.tip, "make_primary", at=at, by=by.person, referral=held.pk.hex, org=held.org_id)
    for kind in ("outcome",) if held.acknowledged_at else ("acknowledge", "chain"):
        start_clock(held.tip, kind, at=at, referral=held)
    send_notice(held, at=at, by=by.person)
    follow(held.tip, at)
    return held


@transaction.atomic
def withdraw(referral: Referral, *, by: Standing, at: datetime) -> Referral:
    """Take a referral back: it was sent to somebody wrong. They read it no more."""
    _call_off(referral, at)
    held = _held(referral, by)
    _end(held, Referral.State.WITHDRAWN, at)
    history.write(held.tip, "withdraw", at=at, by=by.person, referral=held.pk.hex)
    follow(held.tip, at)
    return held


def give_back(referral: Referral, at: datetime) -> None:
    """A recipient's return, for answering.py: the desk is called, for the tip is its own again."""
    _end(referral, Referral.State.RETURNED, at)
    counting.count("returned", [referral.tip], at=at, **of_referral(referral, at))
    follow(referral.tip, at)
    if referral.is_primary:
        raise_alarms(referral.tip, "returned", at=at)


def _end(referral: Referral, state: str, at: datetime) -> None:
    referral.state, referral.ended_at, referral.link_hash, referral.link_until = state, at, None, None
    referral.save(update_fields=["state", "ended_at", "link_hash", "link_until"])
    end_clocks(referral.tip, ("acknowledge", "chain", "outcome"), at=at, met=False, referral=referral)


def _held(referral: Referral, by: Standing) -> Referral:
    held = locked_referral(referral.pk)
    if held is None:
        raise ValidationError(_("This referral is there no more."))
    require(policy.may_follow(by, held))
    return held


def _call_off(referral: Referral, at: datetime) -> None:
    """Stop what is still being sent. Before the tip is held: delivery's rows are always taken first."""
    for letter in Letters.objects.filter(about=referral.pk, cancelled_at=None):
        cancel(letter, at=at)


def _touch(tip: Tip, at: datetime) -> None:
    tip.changed_at = at
    tip.save(update_fields=["changed_at"])
