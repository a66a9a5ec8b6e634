"""Notices of referrals: asked of the delivery room, and heard of again. None holds a word of a tip."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, override

from shelterbelt.access.scope import acting_as_system
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.queries import Call, call_chain
from shelterbelt.delivery.actions import Reader, To, Words, send_message
from shelterbelt.delivery.hooks import Change, filled, outcomes
from shelterbelt.delivery.models import Attempt, Message as Letters
from shelterbelt.delivery.queries import status_of
from shelterbelt.delivery.rules.letters import Letter
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import counting, history
from shelterbelt.tips.actions.alarms import raise_alarms
from shelterbelt.tips.actions.following import follow
from shelterbelt.tips.models import Referral, Tip
from shelterbelt.tips.sealing import links
from shelterbelt.tips.sealing.opening import key_of

PURPOSE, CODES = "tips.referral", "tips.referral_code"
LANGUAGES = ("en", "es")
LINK_WORKS = timedelta(hours=72)
_BEING_SENT = {Referral.State.QUEUED, Referral.State.UNREACHED, Referral.State.SENT}


def renew_link(referral: Referral, key: bytes, *, at: datetime) -> None:
    """A new link and code; those before open nothing any more."""
    referral.link_until = (at + LINK_WORKS).replace(microsecond=0)
    referral.link_hash = links.digest(links.secret_of(key, referral.pk, referral.link_until))
    referral.link_tries = 0


def send_notice(
    referral: Referral, *, at: datetime, by: Person | None, typed: Sequence[tuple[str, str]] = (), about: str = "notice"
) -> None:
    """Ask for the notice to be sent along the chain. Where nobody can be tried, it is red at once."""
    tip = referral.tip
    to = _to(referral, at, typed)
    send_message(
        purpose=PURPOSE,
        key=f"{referral.pk.hex}:{about}:{len(status_of(referral.pk, purpose=PURPOSE))}",
        org=referral.org or referral.state_org,
        words=_words(referral, about),
        to=to,
        at=at,
        urgency=Letters.Urgency.LIFE_SAFETY if tip.is_life_safety else Letters.Urgency.ROUTINE,
        about=referral.pk,
        readers=[Reader(office, referral.state_org_id) for office in ("tip_analyst", "tip_supervisor")],
        at_once=tip.is_life_safety,
        by=by,
    )
    if not to:
        stand(referral, Referral.State.UNREACHED, at)


def _to(referral: Referral, at: datetime, typed: Sequence[tuple[str, str]]) -> list[To]:
    if referral.org is None:
        return _typed(referral, typed)
    return _chain(call_chain(referral.org, at), is_life_safety=referral.tip.is_life_safety)


def _chain(calls: Iterable[Call], *, is_life_safety: bool) -> list[To]:
    return [
        To(
            ref=f"contact:{call.contact.pk}",
            name=call.contact.name,
            addresses=_addresses(call, is_life_safety=is_life_safety),
            language=call.contact.language,
            step=step,
            link="portal" if call.contact.person_id else "",
        )
        for step, call in enumerate(calls, start=1)
    ]


def _addresses(call: Call, *, is_life_safety: bool) -> tuple[tuple[str, str], ...]:
    """Mail first, for the code goes by text; a call is what a person at the desk makes."""
    known = {"call" if channel == "voice" else channel: address for channel, address in call.channels}
    order = ["email", "sms", "call"]
    if is_life_safety and "email" in known and not call.contact.person_id:
        order.remove("sms")  # all at once, so a text with the link would stand beside the one with the code
    return tuple((channel, known[channel]) for channel in order if channel in known)


def _typed(referral: Referral, typed: Sequence[tuple[str, str]]) -> list[To]:
    """An office outside the state: what the analyst typed, or was told before."""
    addresses = tuple(typed) or _told_before(referral)
    return [To(ref="outside", name=referral.outside, addresses=addresses)] if addresses else []


def _told_before(referral: Referral) -> tuple[tuple[str, str], ...]:
    before = [one for receipt in status_of(referral.pk, purpose=PURPOSE) for one in receipt.recipients]
    return tuple((channel, address) for channel, address in before[-1].addresses) if before else ()


def _words(referral: Referral, about: str) -> Words:
    texts = {language: _text(referral, about, language) for language in LANGUAGES}
    return Words(
        subject={language: subject for language, (subject, _text) in texts.items()},
        text={language: text for language, (_subject, text) in texts.items()},
    )


def _text(referral: Referral, about: str, language: str) -> tuple[str, str]:
    """Which school, how urgent, and what to do: nothing of what the tip says."""
    with override(language):
        place = str(referral.tip.school) if referral.tip.school else _("no school is named")
        said = {"place": place, "desk": str(referral.state_org)}
        if about == "reply":
            return _("The tip desk has written to you (%(place)s)") % said, _HOW[about]() % said
        if about == "outcome":
            return _("What came of the tip? (%(place)s)") % said, _HOW[about]() % said
        if about == "anew":
            return _("URGENT: nobody else has answered yet (%(place)s)") % said, _HOW[about]() % said
        if referral.tip.is_life_safety:
            return _("URGENT: a tip about life safety (%(place)s)") % said, _HOW["urgent"]() % said
        return _("A tip was referred to you (%(place)s)") % said, _HOW["notice"]() % said


_HOW: dict[str, Callable[[], str]] = {
    "anew": lambda: _(
        "A tip that was referred to you as well has not been acknowledged by anybody else who was told. "
        "Place: %(place)s.\n\nOpen the link and look whether you must act now."
    ),
    "urgent": lambda: _(
        "A tip about somebody's life was referred to you. Place: %(place)s.\n\n"
        "Open the link, read it and acknowledge it now. If you don't, the next contact in your chain is called."
    ),
    "notice": lambda: _(
        "A tip was referred to you. Place: %(place)s.\n\nOpen the link, read it and acknowledge it."
    ),
    "reply": lambda: _(
        "The tip desk has written to you about a tip that was referred to you. Place: %(place)s.\n\n"
        "Open the link to read it."
    ),
    "outcome": lambda: _(
        "A tip was referred to you and the tip desk doesn't know yet what came of it. Place: %(place)s.\n\n"
        "Open the link and report the outcome. It takes two minutes."
    ),
}  # fmt: skip


@filled(PURPOSE)
def put_link(letter: Letter, attempt: Attempt) -> Letter:
    """The link, right before the letter leaves: with a secret for whoever has no sign-in."""
    referral, key = _read(attempt.message.about, "put a link into a notice")
    if referral is None or referral.link_until is None:
        return letter
    if letter.link == "portal":
        path = reverse("referrals:referral", args=[referral.pk])
    else:
        path = reverse("referrals:by_link", args=[links.secret_of(key, referral.pk, referral.link_until)])
    return replace(letter, link=settings.SITE + path)


@filled(CODES)
def put_code(letter: Letter, attempt: Attempt) -> Letter:
    """The code, right before the text leaves."""
    referral, key = _read(attempt.message.about, "put a code into a text")
    if referral is None or referral.link_until is None:
        return letter
    code = links.code_of(key, referral.pk, referral.link_until)
    return replace(letter, short=f"{letter.short} {code}", text=f"{letter.text} {code}")


def _read(referral_id: UUID | None, reason: str) -> tuple[Referral | None, bytes]:
    with acting_as_system("delivery", today=timezone.localdate(), reason=reason):
        referral = Referral.objects.select_related("tip").filter(pk=referral_id).first() if referral_id else None
        return referral, key_of(referral.tip) if referral else b""


@outcomes(PURPOSE)
def heard(change: Change) -> None:
    """How the delivery of a notice stands: reached, or red."""
    held = locked_referral(change.recipient.message.about)
    if held is None:
        return
    if change.recipient.status == "sent":
        _send_code(held, change)
    receipts = status_of(held.pk, purpose=PURPOSE)
    if any(receipt.is_sent for receipt in receipts):
        stand(held, Referral.State.SENT, change.at)
    elif any(receipt.not_reached for receipt in receipts):
        stand(held, Referral.State.UNREACHED, change.at)


def _send_code(referral: Referral, change: Change) -> None:
    """To whoever got the link by mail, the code by text."""
    to = change.recipient
    if to.link == "portal" or not to.attempts.filter(channel="email", outcome="sent").exists():
        return
    texts = _texts_of(to.ref) if referral.org_id else [addr for channel, addr in to.addresses if channel == "sms"]
    if not texts or to.attempts.filter(channel="sms").exclude(outcome="skipped").exists():
        return
    words = {language: _code_words(language) for language in LANGUAGES}
    send_message(
        purpose=CODES,
        key=f"{to.message_id.hex}:{to.ref}",
        org=referral.org or referral.state_org,
        words=Words(subject=words, text=words, short=words),
        to=[To(ref=to.ref, name=to.name, addresses=(("sms", texts[0]),), language=to.language)],
        at=change.at,
        urgency=to.message.urgency,
        about=referral.pk,
        readers=to.message.readers,
    )


def _texts_of(ref: str) -> list[str]:
    found = Contact.objects.in_use().filter(pk=int(ref.partition(":")[2])).exclude(sms="")
    return list(found.values_list("sms", flat=True))


def _code_words(language: str) -> str:
    with override(language):
        return _("A tip was referred to you. The link is in your mail. Its code:")


def locked_referral(referral_id: UUID | None) -> Referral | None:
    """A referral as it is now, its tip held with it. The tip is always held first, and after delivery's rows."""
    known = Referral.objects.filter(pk=referral_id).values_list("tip_id", flat=True).first() if referral_id else None
    if known is None or referral_id is None:
        return None
    tip = Tip.objects.select_for_update(of=("self",)).select_related("school", "org").get(pk=known)
    held = Referral.objects.select_for_update(of=("self",)).select_related("org", "state_org").get(pk=referral_id)
    held.tip = tip
    return held


def stand(referral: Referral, state: str, at: datetime) -> None:
    """Note that somebody there was reached, or that nobody was so far."""
    if referral.state not in _BEING_SENT or referral.state == state:
        return
    is_first = state == Referral.State.SENT and referral.sent_at is None
    referral.state = state
    referral.sent_at = referral.sent_at or (at if state == Referral.State.SENT else None)
    referral.save(update_fields=["state", "sent_at"])
    verb = "reach" if state == Referral.State.SENT else "not_reached"
    history.write(referral.tip, verb, at=at, by_whom="system", referral=referral.pk.hex, org=referral.org_id)
    if state == Referral.State.UNREACHED and referral.is_primary:
        raise_alarms(referral.tip, "unreached", at=at)
    if is_first:
        counting.count("sent", [referral.tip], at=at, **of_referral(referral, at))
    follow(referral.tip, at)


def of_referral(referral: Referral, at: datetime) -> dict[str, Any]:
    """What is counted with each step of a referral."""
    seconds = max(0, int((at - referral.at).total_seconds()))
    return {"recipient_class": referral.to, "is_primary": referral.is_primary, "seconds": seconds}
