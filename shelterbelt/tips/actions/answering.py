"""Recipients answer for a referral: signed in, or by link and code. What they do is done with the desk's eyes.

A recipient sees neither the tip's clocks nor its history nor what else it was referred to, yet their answer moves all
of it. So each verb asks the policy with who answers, and does the rest as the system's own tip desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.contacts.models import Contact
from shelterbelt.delivery.actions import acknowledge as acknowledge_letter
from shelterbelt.delivery.models import Recipient
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import counting, history
from shelterbelt.tips.actions.alarms import raise_alarms
from shelterbelt.tips.actions.clocks import end_clocks, start_clock
from shelterbelt.tips.actions.closing import reopen_for
from shelterbelt.tips.actions.following import follow
from shelterbelt.tips.actions.holding import desk_eyes
from shelterbelt.tips.actions.referral_letters import CODES, PURPOSE, locked_referral, of_referral
from shelterbelt.tips.actions.referring import give_back
from shelterbelt.tips.models import Disposition, Message, Referral
from shelterbelt.tips.policy import referrals as policy
from shelterbelt.tips.policy.referrals import Answerer
from shelterbelt.tips.rules import states
from shelterbelt.tips.rules.dispositions import actions_for
from shelterbelt.tips.sealing import words as sealing
from shelterbelt.tips.sealing.opening import key_of

LONGEST = 4000
_UNREAD = {Referral.State.QUEUED, Referral.State.UNREACHED, Referral.State.SENT}


@dataclass(frozen=True)
class Outcome:
    """What a recipient says came of a tip."""

    validity: str
    result: str
    actions: Sequence[str] = field(default_factory=tuple)
    was_aware: bool | None = None
    was_sufficient: bool | None = None
    words: str = ""


@transaction.atomic
def acknowledge(referral: Referral, *, by: Answerer, at: datetime, name: str = "") -> Referral:
    """Somebody says that they have read it and take it on. Opening it never does that."""
    require(policy.may_answer(by, referral))
    person = by.person if isinstance(by, Standing) else None
    if person is None and referral.acknowledged_at is None and not name.strip():
        raise ValidationError({"name": [_("Write your name, so that the tip desk knows who has it.")]})
    with desk_eyes(at, "acknowledge a referral"):
        _quiet(referral, person, "page" if person else "code", at)
        held = _held(referral, by)
        how = Referral.How.PORTAL if person else Referral.How.LINK
        _acknowledged(held, how, at, person=person, name=name)
    return held


@transaction.atomic
def acknowledge_by_phone(referral: Referral, *, name: str, by: Standing, at: datetime) -> Referral:
    """Whoever called them writes down who answered and took it on."""
    require(policy.may_follow(by, referral))
    if not name.strip():
        raise ValidationError({"name": [_("Write who answered the phone.")]})
    with desk_eyes(at, "acknowledge a referral on the phone"):
        _quiet(referral, None, "call", at)
        held = _held(referral)
        require(policy.may_follow(by, held))
        _acknowledged(held, Referral.How.CALL, at, name=name, caller=by.person)
    return held


@transaction.atomic
def start_work(referral: Referral, *, by: Answerer, at: datetime, name: str = "") -> Referral:
    """They have begun; who hadn't acknowledged does so by that."""
    held = acknowledge(referral, by=by, at=at, name=name)
    with desk_eyes(at, "work on a referral"):
        if states.may_move(states.REFERRAL, held.state, Referral.State.WORKING):
            held.state = Referral.State.WORKING
            held.save(update_fields=["state"])
            _write(held, "work", by, at)
            follow(held.tip, at)
    return held


@transaction.atomic
def ask_back(referral: Referral, *, text: str, by: Answerer, at: datetime) -> Message:
    """Ask the desk, or tell it something."""
    require(policy.may_answer(by, referral))
    said = _said(text, "text")
    with desk_eyes(at, "ask the desk back"):
        held = _held(referral, by)
        message = _kept(held, said, Message.Way.FROM_RECIPIENT, by.person if isinstance(by, Standing) else None, at)
        _write(held, "ask_back", by, at)
        held.tip.changed_at = at
        held.tip.save(update_fields=["changed_at"])
        raise_alarms(held.tip, "recipient_wrote", at=at)
    return message


@transaction.atomic
def return_referral(referral: Referral, *, why: str, by: Answerer, at: datetime) -> Referral:
    """It is not theirs. The desk is told why, and has to find another."""
    require(policy.may_return(by, referral))
    said = _said(why, "why")
    with desk_eyes(at, "return a referral"):
        _quiet(referral, by.person if isinstance(by, Standing) else None, "returned", at)
        held = _held(referral)
        require(policy.may_return(by, held))
        _kept(held, said, Message.Way.FROM_RECIPIENT, by.person if isinstance(by, Standing) else None, at)
        _write(held, "return", by, at)
        give_back(held, at)
    return held


@transaction.atomic
def report_outcome(referral: Referral, *, outcome: Outcome, by: Answerer, at: datetime, name: str = "") -> Disposition:
    """Say what came of it, or say it anew: each version is kept. A closed tip opens again by a changed one."""
    require(policy.may_answer(by, referral))
    _check(referral, outcome)
    held = acknowledge(referral, by=by, at=at, name=name)
    with desk_eyes(at, "report an outcome"):
        last = held.dispositions.order_by("-revision").first()
        if last is not None and _same(held, last, outcome):
            return last
        made = _disposition(held, outcome, by, name, at, (last.revision if last else 0) + 1)
        is_first = held.answered_at is None
        held.state, held.answered_at = Referral.State.ANSWERED, at
        held.save(update_fields=["state", "answered_at"])
        _write(held, "report" if is_first else "revise", by, at, validity=outcome.validity, result=outcome.result)
        _count(held, outcome, last, at)
        end_clocks(held.tip, ("acknowledge", "chain", "outcome"), at=at, referral=held)
        reopen_for(held.tip, at=at)
        follow(held.tip, at)
    return made


def outcome_words(disposition: Disposition, key: bytes) -> dict[str, str]:
    """The sealed part of an outcome: `words`, and the `name` of who reported: the desk doesn't see everybody."""
    if not len(disposition.words):
        return {}
    return sealing.unseal_answers(key, disposition.words, kind="disposition", of=disposition.pk)


def _acknowledged(
    held: Referral,
    how: str,
    at: datetime,
    *,
    person: Person | None = None,
    name: str = "",
    caller: Person | None = None,
) -> None:
    """The first acknowledgment stands: who, when, how. One that comes later changes nothing."""
    if held.acknowledged_at is not None:
        return
    held.acknowledged_at, held.acknowledged_by, held.how = at, person, how
    held.acknowledged_as = (str(person) if person else name.strip())[:120]
    if held.state in _UNREAD:
        held.state = Referral.State.ACKNOWLEDGED
    held.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_as", "how", "state"])
    by_whom = "desk" if caller else "recipient"
    told = {"referral": held.pk.hex, "org": held.org_id, "how": how}
    history.write(held.tip, "acknowledge", at=at, by=caller or person, by_whom=by_whom, **told)
    counting.count("acknowledged", [held.tip], at=at, word=how, **of_referral(held, at))
    end_clocks(held.tip, ("acknowledge", "chain"), at=at, referral=held)
    if held.is_primary:
        start_clock(held.tip, "outcome", at=at, referral=held)
    follow(held.tip, at)


def _quiet(referral: Referral, person: Person | None, how: str, at: datetime) -> None:
    """Nobody further along the chain is told any more. Delivery's rows are held before the tip's."""
    told = Recipient.objects.filter(message__about=referral.pk, message__purpose__in=(PURPOSE, CODES))
    waiting = told.filter(message__acknowledged_at=None, message__cancelled_at=None).select_related("message")
    own = _refs_of(person)
    by_message: dict[object, list[Recipient]] = {}
    for each in waiting.order_by("message__made_at", "step", "pk"):
        by_message.setdefault(each.message_id, []).append(each)
    for recipients in by_message.values():
        acknowledge_letter(max(recipients, key=lambda each: _likely(each, own)), by=person, at=at, how=how)


def _refs_of(person: Person | None) -> set[str]:
    contacts = Contact.objects.filter(person=person).values_list("pk", flat=True) if person else []
    return {f"contact:{number}" for number in contacts}


def _likely(recipient: Recipient, own: set[str]) -> tuple[bool, bool, int]:
    """Who of a chain has answered: the person's own entry, else whoever was told last, else the first."""
    was_told = recipient.status not in {Recipient.Status.WAITING, Recipient.Status.SPARED}
    return recipient.ref in own, was_told, recipient.step if was_told else -recipient.step


def _held(referral: Referral, by: Answerer | None = None) -> Referral:
    held = locked_referral(referral.pk)
    if held is None:
        raise ValidationError(_("This referral is there no more."))
    if by is not None:
        require(policy.may_answer(by, held))
    return held


def _write(held: Referral, verb: str, by: Answerer, at: datetime, **told: object) -> None:
    person = by.person if isinstance(by, Standing) else None
    history.write(held.tip, verb, at=at, by=person, by_whom="recipient", referral=held.pk.hex, org=held.org_id, **told)


def _kept(held: Referral, text: str, way: str, person: Person | None, at: datetime) -> Message:
    message = Message(tip=held.tip, org_id=held.state_org_id, referral=held, way=way, by=person, at=at)
    message.words = sealing.seal_text(key_of(held.tip), text, kind="message", of=message.pk)
    message.save(force_insert=True)
    return message


def _said(text: str, name: str) -> str:
    said = text.replace("\x00", "").strip()
    if not said:
        raise ValidationError({name: [_("Write a few words.")]})
    if len(said) > LONGEST:
        raise ValidationError({name: [_("That is longer than %(most)s characters.") % {"most": LONGEST}]})
    return said


def _check(referral: Referral, outcome: Outcome) -> None:
    offered = {action.code for action in actions_for(referral.to)}
    problems: dict[str, list[str]] = {}
    if outcome.validity not in Disposition.Validity.values:
        problems["validity"] = [_("Choose an answer.")]
    if outcome.result not in Disposition.Result.values:
        problems["result"] = [_("Choose an answer.")]
    if not set(outcome.actions) <= offered:
        problems["actions"] = [_("Choose from the list.")]
    if len(outcome.words) > LONGEST:
        problems["words"] = [_("That is longer than %(most)s characters.") % {"most": LONGEST}]
    if problems:
        raise ValidationError(problems)


def _disposition(held: Referral, outcome: Outcome, by: Answerer, name: str, at: datetime, revision: int) -> Disposition:
    made = Disposition(
        referral=held,
        tip=held.tip,
        state_org_id=held.state_org_id,
        revision=revision,
        validity=outcome.validity,
        actions=list(outcome.actions),
        result=outcome.result,
        was_aware=outcome.was_aware,
        was_sufficient=outcome.was_sufficient,
        by=by.person if isinstance(by, Standing) else None,
        at=at,
    )
    said = {
        "words": outcome.words.replace("\x00", "").strip(),
        "name": (str(made.by) if made.by else name.strip())[:120],
    }
    if any(said.values()):
        made.words = sealing.seal_answers(key_of(held.tip), said, kind="disposition", of=made.pk)
    made.save(force_insert=True)
    return made


def _same(held: Referral, last: Disposition, outcome: Outcome) -> bool:
    """A form sent twice is one outcome. One that the desk asked for again is new, even in the same words."""
    if held.state == Referral.State.WORKING:
        return False
    said = outcome_words(last, key_of(held.tip)).get("words", "")
    return (
        last.validity, last.actions, last.result, last.was_aware, last.was_sufficient, said,
    ) == (
        outcome.validity, list(outcome.actions), outcome.result, outcome.was_aware, outcome.was_sufficient,
        outcome.words.strip(),
    )  # fmt: skip


def _count(held: Referral, outcome: Outcome, last: Disposition | None, at: datetime) -> None:
    """Once per referral in each count; a changed outcome takes back what the one before said."""
    whom = of_referral(held, at)
    if last is not None:
        counting.count("answered", [held.tip], at=at, amount=-1, word=last.validity, **whom)
        counting.count("result", [held.tip], at=at, amount=-1, word=last.result, **whom)
    counting.count("answered", [held.tip], at=at, word=outcome.validity, **whom)
    counting.count("result", [held.tip], at=at, word=outcome.result, **whom)
