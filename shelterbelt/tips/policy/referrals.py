"""Who refers a tip, and who answers for a referral."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.tips.models import Referral, Tip
from shelterbelt.tips.policy.desk import may_work
from shelterbelt.tips.rules import states

RECEIVERS = ("principal", "school_coordinator", "school_resource_officer", "superintendent", "district_coordinator",
             "agency_lead", "responder")  # fmt: skip
"""Offices that read and answer what was referred to their organisation."""
DISTRICT = ("superintendent", "district_coordinator")
"""Offices that do so for the schools of their district as well."""
ENDED = frozenset({"returned", "withdrawn"})


@dataclass(frozen=True)
class Proof:
    """That somebody without a sign-in opened a referral's link and knew its code, a short while ago."""

    referral_id: UUID
    link: bytes
    """Digest of the link's secret: a renewed link ends what an older one opened."""
    until: datetime


Answerer = Standing | Proof
"""Whoever answers: signed in, or by link and code."""


@policy("tips.refer")
def may_refer(standing: Standing, tip: Tip) -> Refusal | None:
    """Give a tip to schools and agencies."""
    if tip.state not in states.NEEDS_WORK:
        return Refusal(_("Nothing is left to do with this tip. Reopen it first."))
    return may_work(standing, tip)


@policy("tips.follow_referral")
def may_follow(standing: Standing, referral: Referral) -> Refusal | None:
    """At the desk: write to the recipient, send the notice anew, note a call, take the referral back."""
    if referral.state in ENDED:
        return Refusal(_("This referral has ended. Refer the tip anew if it is needed."))
    return may_work(standing, referral.tip)


@policy("tips.judge_outcome")
def may_judge(standing: Standing, referral: Referral) -> Refusal | None:
    """Accept an outcome, or ask for it again."""
    if referral.state not in {Referral.State.ANSWERED, Referral.State.ACCEPTED}:
        return Refusal(_("No outcome was reported yet."))
    return may_work(standing, referral.tip)


def receives(standing: Standing) -> bool:
    """Whether somebody holds an office to which tips can be referred."""
    return not standing.offices.isdisjoint(RECEIVERS)


@policy("tips.read_referral")
def may_read(by: Answerer, referral: Referral) -> Refusal | None:
    """Read what was referred to one's own school, district or agency."""
    if isinstance(by, Proof):
        return None if _holds(by, referral) else Refusal(_("This link doesn't open it any more. Ask the tip desk."))
    org = referral.org
    if org is not None and referral.state != Referral.State.WITHDRAWN and (
        by.holds(*RECEIVERS, at=org) or by.holds_over(*DISTRICT, org=org)
    ):  # fmt: skip
        return None
    return Refusal(_("This tip was referred to others."))


@policy("tips.answer_referral")
def may_answer(by: Answerer, referral: Referral) -> Refusal | None:
    """Acknowledge, ask the desk, say that work has begun, report what came of it."""
    refusal = may_read(by, referral)
    if refusal is None and referral.state in ENDED:
        return Refusal(_("This referral has ended: you gave it back, or the desk took it back."))
    return refusal


@policy("tips.return_referral")
def may_return(by: Answerer, referral: Referral) -> Refusal | None:
    """Say that it is not theirs."""
    refusal = may_answer(by, referral)
    if refusal is None and not states.may_move(states.REFERRAL, referral.state, Referral.State.RETURNED):
        return Refusal(_("You have reported an outcome already, so it can't be given back. Write to the tip desk."))
    return refusal


def _holds(proof: Proof, referral: Referral) -> bool:
    return (
        proof.referral_id == referral.pk
        and referral.link_hash is not None
        and bytes(referral.link_hash) == proof.link
        and referral.state != Referral.State.WITHDRAWN
    )
